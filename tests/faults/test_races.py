"""Several real processes and people at once: nobody gets two callers, no caller two agents, and nobody is left stuck."""

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest

from directory.model import AgentId
from store.crowd import busy, fill, free, ringing, wrap_up
from switchboard.watch_station import SEEN_FOR_SECONDS, see_station
from tests.faults.invariants import i6_offers_start_in_arrival_order
from tests.faults.processes import HERE, wait_until
from tests.faults.rig import Rig, paths
from tests.faults.story import Story, everyone_comes_back, time_leaps

CHOOSERS = 8
CENTER = ("icg_1", "icg_2", "icg_3", "icg_4")  # of those who press 0 without a region
SHIFTS_SECONDS = 0.001
BURST_PER_SECOND = 60
MOST_SECONDS = 1.0  # that a webhook may take in a burst, of a hundred the slowest but one


@contextmanager
def choosers(line: Rig, count: int, *arguments: str) -> Iterator[None]:
    """Run processes that do nothing but choose, or whatever they are told to; none may break."""
    environ = {**os.environ, **line.environ}
    command = [sys.executable, "-m", "tests.faults.chooser", *arguments]
    running = [
        subprocess.Popen(
            command, cwd=HERE, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(count)
    ]
    try:
        for process in running:
            assert process.stdout.readline() == b"listening\n", process.stderr.read()
        yield
    finally:
        told = [process.communicate(b"x", timeout=60) for process in running]
    assert [error.decode() for _, error in told if error.strip()] == []
    assert all(b"chose" in said for said, _ in told)


@pytest.mark.fault(15)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_eight_processes_that_choose_at_once_offer_each_agent_once_and_nobody_in_a_wrap_up(
    lines, size, figures, request, kind
):
    line = lines(request.getfixturevalue("migrated_copy") if kind == "postgresql" else None, speed=1)
    line.sign_in(*CENTER)
    directory, rounds = line.house.directory, size.of(10_000, 40)
    made = 0

    with choosers(line, CHOOSERS):
        for number in range(rounds):
            if number % 50 == 0:
                fill(line.database, directory, 200, line.clock.now())
            wrapping = AgentId(CENTER[number % 4])
            busy(line.database)
            wrap_up(line.database, {wrapping: line.clock.now() + timedelta(hours=1)})
            freed = [AgentId(name) for name in CENTER if name != wrapping]
            free(line.database, freed, line.clock.now())
            wait_until(lambda: len(ringing(line.database)) >= len(freed), "all three are offered somebody")
            offered = ringing(line.database)
            assert Counter(offered) == Counter(freed)
            made += len(offered)

    figures.update(rounds=rounds, offers=made)
    assert made == 3 * rounds


def pressed(line: Rig, count: int, first: int) -> Iterator[tuple[Story, dict]]:
    """Give callers who are offered to somebody, one after the other, with the offer."""
    for number in range(first, first + count):
        story = Story(line, number)
        for hook in story.enters():
            line.post(hook.path, hook.fields)
        yield story, wait_until(story.offer, f"call {number} is offered to somebody")
        line.post(paths.CALL_STATUS, {**story.enters()[0].fields, "CallStatus": "completed"})
        everyone_comes_back(line)


@pytest.fixture
def standing_line(lines, migrated_copy) -> Rig:
    """Two web processes on PostgreSQL whose clock stands still, and the four agents of one center."""
    line = lines(migrated_copy, web_processes=2, speed=0).start()
    line.sign_in(*CENTER)
    return line


@pytest.mark.fault(16)
def test_of_two_clicks_on_one_offer_exactly_one_gets_the_caller_and_the_other_hears_so(standing_line, size, figures):
    line, rounds = standing_line, size.of(1000, 12)
    slowest = 0.0
    for number, (story, offer) in enumerate(pressed(line, rounds, first=1)):
        other = Story(line, 100_000 + number)  # another tab's leg
        clicks = [story.accept(offer["station"], str(offer["id"])), other.accept(offer["station"], str(offer["id"]))]
        with ThreadPoolExecutor(2) as tabs:
            answers = list(tabs.map(lambda click: line.post(click.path, click.fields), clicks))
        assert sorted(b"<Conference" in answer.content for answer in answers) == [False, True]
        assert {answer.status_code for answer in answers} == {200}
        slowest = max(slowest, *(answer.elapsed.total_seconds() for answer in answers))

    figures.update(rounds=rounds, slowest_seconds=round(slowest, 2))
    line.check()


@pytest.mark.fault(17)
def test_a_hang_up_that_meets_an_accept_leaves_an_answered_or_an_abandoned_call_and_nobody_stuck(
    standing_line, size, figures
):
    line, rounds = standing_line, size.of(1000, 12)
    outcomes: Counter[str] = Counter()
    for number, (story, offer) in enumerate(pressed(line, rounds, first=1)):
        click = story.accept(offer["station"], str(offer["id"]))
        hang_up = {**story.enters()[0].fields, "CallStatus": "completed"}

        def clicks(click=click, number=number):
            time.sleep(SHIFTS_SECONDS * (number % 10))  # up to the five milliseconds either way, and beyond
            return line.post(click.path, click.fields)

        def hangs_up(fields=hang_up):
            time.sleep(SHIFTS_SECONDS * 5)
            return line.post(paths.CALL_STATUS, fields)

        with ThreadPoolExecutor(2) as both:
            answered, reported = both.submit(clicks), both.submit(hangs_up)
            assert (answered.result().status_code, reported.result().status_code) == (200, 204)
        line.post(paths.CALL_STATUS, {**click.fields, "CallStatus": "completed"})
        (call,) = [row for row in line.rows("calls") if row["id"] == story.call]
        outcomes[call["outcome"]] += 1

    figures.update(rounds=rounds, **outcomes)
    assert set(outcomes) <= {"answered", "abandoned_in_queue"}
    line.check()


@pytest.mark.fault(18)
def test_a_browser_that_dies_while_it_rings_loses_the_caller_to_the_next_agent_who_keeps_their_age(
    lines, figures, migrated_copy
):
    line = lines(migrated_copy, web_processes=2, speed=0).start()
    line.sign_in(*CENTER)
    for agent in CENTER:
        see_station(line.house, AgentId(agent))
    time_leaps(line, timedelta(seconds=5))
    story = Story(line, 1)
    for hook in story.enters():
        line.post(hook.path, hook.fields)
    first = wait_until(story.offer, "the caller is offered to somebody")
    entered = line.rows("queue_entries")[0]["entered_at"]
    for agent in set(CENTER) - {first["agent_id"]}:
        see_station(line.house, AgentId(agent))

    time_leaps(line, timedelta(seconds=SEEN_FOR_SECONDS - 5))  # before the offer's own time is over
    wait_until(lambda: story.offer()["id"] != first["id"], "the caller is offered to somebody else")

    figures.update(offers=len(line.rows("offers")))
    (gone,) = [agent for agent in line.rows("agents") if agent["id"] == first["agent_id"]]
    assert (gone["presence"], gone["break_reason"], gone["work_state"]) == ("break", "station_lost", "idle")
    assert story.offer()["agent_id"] != first["agent_id"]
    assert line.rows("queue_entries")[0]["entered_at"] == entered


@pytest.mark.fault(19)
def test_an_agent_who_vanishes_in_a_call_is_freed_by_its_end_and_the_limit_of_the_wrap_up(standing_line, figures):
    line = standing_line
    story, _ = begun(line)
    accept = story.accept(story.offer()["station"], str(story.offer()["id"]))
    line.post(accept.path, accept.fields)

    began = time.monotonic()
    line.post(paths.CALL_STATUS, {**story.enters()[0].fields, "CallStatus": "completed"})
    agent = story.offer()["agent_id"]
    state = {row["id"]: row["work_state"] for row in line.rows("agents")}[agent]
    figures.update(freed_after=round(time.monotonic() - began, 2))

    assert state == "wrapping"
    time_leaps(line, timedelta(seconds=30))
    wait_until(lambda: {row["id"]: row["work_state"] for row in line.rows("agents")}[agent] == "idle", "they are idle")


def begun(line: Rig) -> tuple[Story, dict]:
    story = Story(line, 1)
    for hook in story.enters():
        line.post(hook.path, hook.fields)
    return story, wait_until(story.offer, "the caller is offered to somebody")


@pytest.mark.fault(8)
def test_a_program_that_locks_the_database_file_makes_callers_wait_and_refuses_none(lines, size, figures):
    line = lines(speed=1).start()
    line.sign_in("icg_1")
    locked = size.of(4, 1)
    other = sqlite3.connect(line.folder / "line.db", isolation_level=None)
    stories = [Story(line, number) for number in range(1, 9)]

    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    with ThreadPoolExecutor(len(stories)) as callers:
        asked = [callers.submit(line.post, story.enters()[0].path, story.enters()[0].fields) for story in stories]
        wait_until(lambda: time.monotonic() - began > locked, "it is held for a while")
        other.execute("ROLLBACK")
        answers = [one.result() for one in asked]

    slowest = max(answer.elapsed.total_seconds() for answer in answers)
    figures.update(calls=len(answers), locked_seconds=locked, slowest_seconds=round(slowest, 2))
    assert {(answer.status_code, b"<Gather" in answer.content) for answer in answers} == {(200, True)}
    assert slowest < locked + 5


def posted_at_a_pace(line: Rig, hooks: list) -> list:
    """Post webhooks as 600 calls in ten seconds make them come."""
    began = time.monotonic()

    def post(number: int):
        time.sleep(max(began + number / BURST_PER_SECOND - time.monotonic(), 0))
        return line.post(hooks[number].path, hooks[number].fields)

    with ThreadPoolExecutor(32) as callers:
        return list(callers.map(post, range(len(hooks))))


def p99_of(answers: list) -> float:
    took = sorted(answer.elapsed.total_seconds() for answer in answers)
    return round(took[int(len(took) * 0.99)], 3)


@pytest.mark.fault(22)
def test_of_a_burst_of_callers_nobody_is_refused_and_all_are_offered_in_the_order_they_came(
    lines, size, figures, migrated_copy
):
    line = lines(migrated_copy, web_processes=2, speed=1).start()
    line.sign_in(*CENTER)
    stories = [Story(line, number) for number in range(1, size.of(600, 24) + 1)]
    first = [story.enters()[0] for story in stories]
    asks = [story.enters()[1] for story in stories]

    for warm in posted_at_a_pace(line, [Story(line, 100_000 + n).enters()[0] for n in range(8)]):
        assert warm.status_code == 200  # the burst meets a line that has been taking calls

    answers = [posted_at_a_pace(line, hooks) for hooks in (first, asks)]

    p99 = {phase: p99_of(told) for phase, told in zip(("first", "asks"), answers, strict=True)}
    answers = [answer for told in answers for answer in told]
    figures.update(calls=len(stories), **{f"{phase}_p99": seconds for phase, seconds in p99.items()})
    if size.full:  # the few calls of a small run tell more of what else the machine does
        assert max(p99.values()) <= MOST_SECONDS
    assert {answer.status_code for answer in answers} == {200}
    assert len(line.rows("queue_entries")) == len(stories)
    assert len(line.rows("offers")) >= len(CENTER)
    assert i6_offers_start_in_arrival_order(line.history()) == []
