"""Follow-up calls fall on working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import HoursOverride
from records.korean_time import KOREA
from routing.opening_hours import working_day
from tickets.follow_up import AFTER_DAYS, Again, FollowUp, called_again_at, follow_up_at, on_working_day
from tickets.life import FollowUpState
from tickets.number import make_number


def korean(text) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KOREA).astimezone(UTC)


@pytest.mark.parametrize(
    ("resolved", "days", "due"),
    [
        ("2026-11-24 10:00", 30, "2026-12-24 09:00"),
        ("2026-11-26 10:00", 30, "2026-12-28 09:00"),  # a Saturday
        ("2026-11-25 10:00", 30, "2026-12-28 09:00"),  # Christmas, then a weekend
        ("2026-11-09 10:00", 90, "2027-02-10 09:00"),  # 설날 and its substitute
        ("2026-11-24 08:30", 30, "2026-12-24 09:00"),  # a day is a Korean day
    ],
)
def test_a_call_is_due_on_the_morning_of_the_next_working_day(resolved, days, due):
    assert follow_up_at(korean(resolved), days, []) == korean(due)


def test_a_day_closed_since_then_moves_the_call_on():
    closed = HoursOverride(date(2026, 12, 24), None, None, None, "임시공휴일")

    assert on_working_day(korean("2026-12-24 09:00"), [closed]) == korean("2026-12-28 09:00")


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(AFTER_DAYS),
)
def test_no_call_falls_on_a_day_off_or_before_its_time(resolved, days):
    due = follow_up_at(resolved, days, []).astimezone(KOREA)
    wanted = (resolved + timedelta(days=days)).astimezone(KOREA).date()

    assert working_day(due.date(), [])
    assert due.hour == 9
    assert due.date() >= wanted
    assert not any(working_day(wanted + timedelta(days=n), []) for n in range((due.date() - wanted).days))


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(Again, st.integers(1, 30), st.integers(1, 30)),
    st.integers(0, 30),
)
def test_a_company_not_reached_is_called_so_many_working_days_later_as_often_as_the_settings_say(now, again, missed):
    follow_up = FollowUp(1, make_number(2026, 1), 30, now, FollowUpState.DUE, missed=missed)

    at = called_again_at(follow_up, now, again, [])

    assert (at is None) == (missed + 1 >= again.tries)
    if at:
        first, last = (moment.astimezone(KOREA).date() for moment in (now, at))
        days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
        assert sum(working_day(day, []) for day in days) == again.working_days
        assert working_day(last, [])
