"""Three days, counted in working time: the promise a company hears."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import HoursOverride
from routing.opening_hours import KOREA, working_day
from tickets.deadline import answer_due, moment_before
from tickets.deadline import working_time as counted


def korean(text) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KOREA).astimezone(UTC)


def closed_day(day) -> HoursOverride:
    return HoursOverride(date.fromisoformat(day), None, None, None, "임시공휴일")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-24 10:00", "2026-11-27 10:00"),  # Tuesday to Friday
        ("2026-11-21 11:00", "2026-11-25 18:00"),  # Saturday: Monday, Tuesday, Wednesday
        ("2026-11-20 17:00", "2026-11-25 17:00"),  # Friday
        ("2026-11-23 09:00", "2026-11-25 18:00"),  # as the day begins
        ("2026-11-23 03:00", "2026-11-25 18:00"),  # before it begins
        ("2026-11-23 09:00:01", "2026-11-26 09:00:01"),
        ("2026-11-23 17:59:59", "2026-11-26 17:59:59"),
        ("2026-11-23 18:00", "2026-11-26 18:00"),  # as the day ends: the count begins tomorrow
        ("2026-11-23 23:59", "2026-11-26 18:00"),
        ("2026-09-22 10:00", "2026-09-29 10:00"),  # 추석: Thursday to Saturday
        ("2026-09-23 18:00", "2026-09-30 18:00"),
        ("2026-09-25 12:00", "2026-09-30 18:00"),  # received on 추석
        ("2026-12-30 10:00", "2027-01-05 10:00"),  # over New Year's Day and a weekend
        ("2026-12-31 18:00", "2027-01-06 18:00"),
        ("2027-02-05 10:00", "2027-02-12 10:00"),  # 설날 with its substitute
        ("2026-07-16 10:00", "2026-07-22 10:00"),  # 제헌절
    ],
)
def test_the_answer_is_due_after_three_days_of_working_time(received, due):
    found = answer_due(korean(received), [])

    assert found == korean(due)
    assert found.tzinfo is UTC


def test_a_day_is_a_korean_day():
    sunday_evening_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday 08:30 in Korea

    assert answer_due(sunday_evening_utc, []) == korean("2026-11-25 18:00")


def test_a_temporary_holiday_moves_the_answer_and_an_opened_holiday_brings_it_forward():
    opened = HoursOverride(date(2026, 7, 17), None, time(10), time(15), "정상 근무")

    assert answer_due(korean("2026-11-24 10:00"), [closed_day("2026-11-26")]) == korean("2026-11-30 10:00")
    assert answer_due(korean("2026-07-16 10:00"), [opened]) == korean("2026-07-21 10:00")


def test_a_desks_own_day_off_does_not_move_the_promise():
    own = HoursOverride(date(2026, 11, 26), "center:ICG", None, None, "이사")

    assert answer_due(korean("2026-11-24 10:00"), [own]) == korean("2026-11-27 10:00")


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        answer_due(datetime(2026, 11, 24, 10), [])  # noqa: DTZ001


moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
closures = st.lists(
    st.dates(date(2025, 1, 1), date(2028, 1, 20)).map(lambda day: closed_day(day.isoformat())), max_size=12
)


def working_time(start, end, overrides) -> timedelta:
    """Return the working time between two moments, counted day by day: the slow and plain way."""
    day, total = start.astimezone(KOREA).date(), timedelta(0)
    while day <= end.astimezone(KOREA).date():
        if working_day(day, overrides):
            opens, closes = (datetime.combine(day, time(hour), tzinfo=KOREA) for hour in (9, 18))
            total += max(min(end, closes) - max(start, opens), timedelta(0))
        day += timedelta(days=1)
    return total


@given(moments, closures)
def test_exactly_three_days_of_working_time_lie_before_the_deadline(received, overrides):
    due = answer_due(received, overrides)

    assert working_time(received, due, overrides) == timedelta(hours=27)
    assert working_time(received, due - timedelta(seconds=1), overrides) < timedelta(hours=27)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=10)), closures)
def test_whoever_calls_later_is_never_due_earlier(received, later, overrides):
    assert answer_due(received, overrides) <= answer_due(received + later, overrides)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=20)), closures)
def test_working_time_is_what_the_days_between_have(start, length, overrides):
    assert counted(start, start + length, overrides) == working_time(start, start + length, overrides)


def test_no_working_time_lies_before_the_start():
    assert counted(korean("2026-11-24 12:00"), korean("2026-11-24 10:00"), []) == timedelta(0)


@pytest.mark.parametrize(
    ("due", "hours", "before"),
    [
        ("2026-11-27 10:00", 9, "2026-11-26 10:00"),
        ("2026-11-27 10:00", 18, "2026-11-25 10:00"),
        ("2026-11-25 18:00", 9, "2026-11-25 09:00"),  # not the evening before
        ("2026-11-25 18:00", 0, "2026-11-25 18:00"),
        ("2026-11-23 10:00", 9, "2026-11-20 10:00"),  # over a weekend
        ("2026-09-28 12:00", 9, "2026-09-23 12:00"),  # over 추석
    ],
)
def test_a_warning_comes_as_a_working_day_begins(due, hours, before):
    assert moment_before(korean(due), timedelta(hours=hours), []) == korean(before)


@given(moments, st.timedeltas(timedelta(0), timedelta(hours=27)), closures)
def test_exactly_so_much_working_time_is_left_and_a_moment_later_less(received, left, overrides):
    due = answer_due(received, overrides)

    moment = moment_before(due, left, overrides)

    assert working_time(moment, due, overrides) == left
    later = moment + timedelta(seconds=1)
    assert later > due or working_time(later, due, overrides) < max(left, timedelta(microseconds=1))
