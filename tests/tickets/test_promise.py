"""The clock of a promise: its warnings, its pauses, and when it is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.korean_time import KOREA
from tickets.deadline import PROMISE, answer_due, working_time
from tickets.promise import Alarm, PromiseError, after_alarm, is_late, kept, paused, promised, resumed


def korean(text) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KOREA).astimezone(UTC)


TUESDAY = korean("2026-11-24 10:00")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
whiles = st.timedeltas(timedelta(0), timedelta(days=12))


def alarms(promise) -> list[tuple[Alarm, datetime]]:
    """Let every alarm sound as it falls due."""
    sounded = []
    while promise.alarm:
        sounded.append((promise.alarm, promise.alarm_at))
        promise = after_alarm(promise, [])
    return sounded


def test_the_owner_is_warned_on_the_second_day_and_the_supervisor_on_the_third():
    assert alarms(promised(TUESDAY, [])) == [
        (Alarm.WARN_OWNER, korean("2026-11-25 10:00")),
        (Alarm.WARN_SUPERVISOR, korean("2026-11-26 10:00")),
        (Alarm.OVERDUE, korean("2026-11-27 10:00")),
    ]


def test_nobody_is_warned_in_the_evening():
    saturday = promised(korean("2026-11-21 11:00"), [])

    assert [at for _, at in alarms(saturday)] == [
        korean("2026-11-24 09:00"),
        korean("2026-11-25 09:00"),
        korean("2026-11-25 18:00"),
    ]


@given(moments)
def test_warnings_come_in_order_and_none_after_the_due_time(received):
    promise = promised(received, [])
    times = [at for _, at in alarms(promise)]

    assert received < times[0] < times[1] < times[2] == promise.due_at


@given(moments, whiles, whiles)
def test_a_pause_costs_exactly_no_working_time(received, worked, pause):
    promise = promised(received, [])
    at = min(received + worked, promise.due_at - timedelta(microseconds=1))

    again = resumed(paused(promise, at, "자료 대기", []), at + pause, [])

    counted = working_time(received, at, []) + working_time(at + pause, again.due_at, [])
    assert counted == PROMISE
    assert again.due_at >= promise.due_at
    assert again.due_at == answer_due(at + pause, [], PROMISE - working_time(received, at, []))


@given(moments, whiles)
def test_a_pause_that_is_ended_at_once_changes_nothing(received, worked):
    promise = promised(received, [])
    at = min(received + worked, promise.due_at - timedelta(microseconds=1))

    assert resumed(paused(promise, at, "착오", []), at, []) == promise


@given(moments, st.lists(whiles, min_size=1, max_size=6))
def test_many_pauses_cost_no_more_than_one(received, pauses):
    promise, now = promised(received, []), received
    for pause in pauses:
        now = min(now + timedelta(hours=3), promise.due_at - timedelta(microseconds=1))
        before = working_time(now, promise.due_at, [])
        promise, now = resumed(paused(promise, now, "자료 대기", []), now + pause, []), now + pause
        assert working_time(now, promise.due_at, []) == before


def test_a_paused_promise_warns_nobody_and_knows_why():
    promise = paused(promised(TUESDAY, []), TUESDAY, " 시료 도착 대기 ", [])

    assert (promise.alarm_at, promise.alarm) == (None, Alarm.WARN_OWNER)
    assert (promise.is_paused, promise.pause_reason, promise.left) == (True, "시료 도착 대기", PROMISE)
    assert not is_late(promise, TUESDAY + timedelta(days=100))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda p: paused(kept(p, TUESDAY, []), TUESDAY, "x", []), "has its answer"),
        (lambda p: paused(paused(p, TUESDAY, "x", []), TUESDAY, "y", []), r"paused already \(x\)"),
        (lambda p: paused(p, p.due_at, "x", []), "overdue"),
        (lambda p: paused(p, TUESDAY, "  ", []), "with a reason"),
        (lambda p: resumed(p, TUESDAY, []), "not paused"),
    ],
)
def test_a_clock_that_does_not_stand_so_is_left_alone_and_says_why(make, why):
    with pytest.raises(PromiseError, match=why):
        make(promised(TUESDAY, []))


def test_a_kept_promise_warns_nobody_and_is_kept_once():
    first = kept(promised(TUESDAY, []), TUESDAY + timedelta(days=1), [])

    assert (first.alarm, first.alarm_at) == (None, None)
    assert kept(first, TUESDAY + timedelta(days=30), []) == first
    assert not is_late(first, TUESDAY + timedelta(days=30))


def test_an_answer_after_the_due_time_is_late_and_one_during_a_pause_is_not():
    promise = promised(TUESDAY, [])

    assert is_late(kept(promise, promise.due_at + timedelta(seconds=1), []), TUESDAY)
    assert is_late(promise, promise.due_at + timedelta(seconds=1))
    stopped = paused(promise, TUESDAY, "x", [])
    assert not is_late(kept(stopped, TUESDAY + timedelta(days=60), []), TUESDAY + timedelta(days=90))
