"""The outbox: what is owed is a row, and the row alone decides what is done."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest

from switchboard import do_outbox as outbox
from switchboard.dispatch_outbox import dispatch_outbox
from switchboard.do_outbox import AGAIN_AFTER_SECONDS, TRIES, do_due, do_outbox

EACH_WAIT = (*AGAIN_AFTER_SECONDS, AGAIN_AFTER_SECONDS[-1])  # between the six attempts


def fails(_house, _subject):
    raise RuntimeError("the provider is away")


class SilentBell:
    def ring(self, _tasks) -> int:
        return 0


@pytest.fixture
def failing(monkeypatch):
    monkeypatch.setattr(outbox, "WORK", {"note": fails})


def test_the_same_event_twice_owes_one_task(line):
    assert line.owes("note", "26-000123-3")
    assert not line.owes("note", "26-000123-3")

    assert line.owes("other", "26-000123-3")
    assert len(line.due()) == 2


def test_an_event_that_is_rolled_back_owes_nothing(line):
    def event():
        with line.house.store.work() as work:
            work.outbox.add("note", "1", line.clock.at)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        event()

    assert line.due() == []


def test_a_task_is_done_once_however_often_it_is_told_of(line, done):
    line.owes()
    (task,) = line.due()

    for _ in range(3):
        do_outbox(line.house, task.id)

    assert done == ["1"]
    (row,) = line.rows("outbox")
    assert (row.state, row.attempts, row.done_at) == ("done", 1, line.clock.at)


def test_of_many_who_come_at_once_one_does_the_task(line, done):
    line.owes()
    (task,) = line.due()
    together = threading.Barrier(8, timeout=30)

    def come(_number):
        together.wait()
        do_outbox(line.house, task.id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(come, range(8)))

    assert done == ["1"]


def test_a_task_that_fails_waits_longer_each_time_and_is_given_up_after_six(line, failing):
    line.owes()
    waits = []
    for _ in range(TRIES - 1):
        began = line.clock.at
        assert do_due(line.house) == 1
        (row,) = line.rows("outbox")
        line.clock.at = row.due_at - timedelta(microseconds=1)
        assert do_due(line.house) == 0
        line.clock.at = row.due_at
        waits.append(round((row.due_at - began).total_seconds()))
    do_due(line.house)

    (row,) = line.rows("outbox")
    assert waits == list(EACH_WAIT)
    assert (row.state, row.attempts, row.error) == ("failed", 6, "RuntimeError: the provider is away")
    line.clock.passes(days=1)
    assert line.due() == []


def is_killed(_house, _subject):
    raise KeyboardInterrupt


def test_a_task_whose_worker_dies_twice_is_less_than_half_a_minute_late(line, monkeypatch):
    kills, done = [1, 2], []

    def is_killed_twice(_house, subject):
        if kills and kills.pop():
            raise KeyboardInterrupt
        done.append(subject)

    monkeypatch.setattr(outbox, "WORK", {"note": is_killed_twice})
    line.owes()
    began = line.clock.at

    while not done:
        with suppress(KeyboardInterrupt):
            do_due(line.house)
        line.clock.passes(seconds=1)

    assert (line.clock.at - began).total_seconds() < 30


def test_a_task_whose_worker_dies_each_time_is_given_up_too(line, monkeypatch):
    monkeypatch.setattr(outbox, "WORK", {"note": is_killed})
    line.owes()
    (task,) = line.due()
    for _ in range(TRIES):
        with pytest.raises(KeyboardInterrupt):
            do_outbox(line.house, task.id)
        line.clock.passes(minutes=10)

    do_outbox(line.house, task.id)

    (row,) = line.rows("outbox")
    assert (row.state, row.attempts, row.error) == ("failed", 6, "the last attempt never came to an end")


def test_a_task_that_failed_once_can_still_be_done(line, failing, monkeypatch):
    line.owes()
    do_due(line.house)
    said = []
    monkeypatch.setattr(outbox, "WORK", {"note": lambda _house, subject: said.append(subject)})

    line.clock.passes(seconds=10)
    do_due(line.house)

    (row,) = line.rows("outbox")
    assert (said, row.state, row.error) == (["1"], "done", None)


def test_a_slow_attempt_that_ends_after_the_next_one_began_still_counts(line, monkeypatch):
    def slow(_house, _subject):
        line.clock.passes(seconds=11)
        (again,) = line.due()
        with line.house.store.work() as work:  # another worker takes it meanwhile
            assert work.outbox.claim(again, line.clock.at, line.clock.at)

    monkeypatch.setattr(outbox, "WORK", {"note": slow})
    line.owes()

    do_due(line.house)

    (row,) = line.rows("outbox")
    assert (row.state, row.attempts) == ("done", 2)


def test_a_kind_that_this_version_does_not_know_waits_for_one_that_does(line):
    line.owes("of_tomorrow")

    do_due(line.house)

    (row,) = line.rows("outbox")
    assert (row.state, row.attempts, row.error) == ("waiting", 1, "KeyError: 'of_tomorrow'")


def test_housekeeping_is_owed_once_a_day_from_four_o_clock_in_korea(line):
    line.clock.passes(hours=17, minutes=59)  # 03:59 on Wednesday
    for _ in range(2):
        dispatch_outbox(line.house, SilentBell())
    assert [(row.kind, row.subject) for row in line.rows("outbox")] == [("housekeeping", "2026-11-25")]
    assert line.due() == []

    line.clock.passes(minutes=1)

    assert len(line.due()) == 1


def test_a_line_that_was_down_at_four_owes_that_day_s_housekeeping_at_once(line):
    dispatch_outbox(line.house, SilentBell())

    do_due(line.house)
    dispatch_outbox(line.house, SilentBell())

    assert [(row.subject, row.state) for row in line.rows("outbox")] == [("2026-11-24", "done")]
