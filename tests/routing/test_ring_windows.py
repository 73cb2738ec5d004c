"""A desk is rung within its hours and its windows; whoever waits when it closes is served a while longer."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import DeskCalendar, HoursOverride
from directory.reading import files_in, read_directory
from directory.weekly_hours import weekly_hours
from routing.opening_hours import NeverOpens
from routing.ring_windows import OUTSIDE_WINDOW, answer_day, may_be_rung, next_ring, served_until

DIRECTORY = read_directory(files_in(Path(__file__).parents[2] / "directory" / "data"))
KITECH, ICG = DIRECTORY.desks["institute:KITECH"], DIRECTORY.desks["center:ICG"]
MORNINGS = DeskCalendar(weekly_hours("Mon-Fri 10:00-11:30"), (), 0, 1)
WHENEVER_OPEN = DeskCalendar((), (), 20, 1)
calendars = st.sampled_from([MORNINGS, WHENEVER_OPEN])
moments = st.datetimes(datetime(2026, 11, 20), datetime(2026, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001


def tuesday(clock: str) -> datetime:
    """Return a time of a working day in Korea."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 24, hour, minute, tzinfo=UTC) - timedelta(hours=9)


@pytest.mark.parametrize(
    ("clock", "rule"),
    [("09:30", OUTSIDE_WINDOW), ("10:00", None), ("11:29", None), ("11:30", OUTSIDE_WINDOW), ("12:10", "lunch")],
)
def test_a_laboratory_is_rung_only_in_its_window(clock, rule):
    said = may_be_rung(KITECH, MORNINGS, tuesday(clock), ())

    assert (said.open, said.open or said.rule) == (rule is None, rule or True)


def test_after_the_window_the_next_morning_is_the_next_time_to_ring():
    assert next_ring(KITECH, MORNINGS, tuesday("11:30"), ()) == tuesday("10:00") + timedelta(days=1)


@pytest.mark.parametrize(("clock", "until"), [("17:59", "18:20"), ("18:00", "18:20"), ("18:19", "18:20")])
def test_whoever_waits_when_a_center_closes_is_served_for_a_while(clock, until):
    assert served_until(ICG, WHENEVER_OPEN, tuesday(clock), ()) == tuesday(until)


@pytest.mark.parametrize("clock", ["08:59", "18:20", "23:00"])
def test_nobody_is_served_before_the_opening_or_after_that_while(clock):
    assert served_until(ICG, WHENEVER_OPEN, tuesday(clock), ()) is None


def test_the_end_of_a_window_is_no_closing_and_nobody_is_served_after_it():
    late = DeskCalendar(MORNINGS.ring_windows, (), 20, 1)

    assert served_until(KITECH, late, tuesday("11:29"), ()) == tuesday("11:30")


def test_an_answer_is_due_by_the_end_of_the_day_on_which_the_desk_opens_again():
    holiday = (HoursOverride(date(2026, 11, 25), None, None, None, "임시 공휴일"),)

    assert answer_day(KITECH, 1, tuesday("12:10"), ()) == tuesday("18:00")
    assert answer_day(KITECH, 1, tuesday("19:00"), ()) == tuesday("18:00") + timedelta(days=1)
    assert answer_day(KITECH, 2, tuesday("12:10"), holiday) == tuesday("18:00") + timedelta(days=2)


def test_windows_outside_the_hours_are_said_to_never_ring():
    nights = DeskCalendar(weekly_hours("Mon-Fri 22:00-23:00"), (), 0, 1)

    with pytest.raises(NeverOpens, match="institute:KITECH: may not be rung within 366 days"):
        next_ring(KITECH, nights, tuesday("10:00"), ())


def test_a_day_that_the_operator_opens_is_still_cut_by_the_window():
    duty = (HoursOverride(date(2026, 11, 24), KITECH.id, time(11), time(15), "비상 근무"),)

    assert not may_be_rung(KITECH, MORNINGS, tuesday("10:30"), duty).open
    assert may_be_rung(KITECH, MORNINGS, tuesday("11:10"), duty).open
    assert not may_be_rung(KITECH, MORNINGS, tuesday("12:00"), duty).open


@given(calendars, st.sampled_from([KITECH, ICG]), moments)
def test_a_desk_may_be_rung_exactly_from_the_next_time_to_ring_on(calendar, desk, at):
    ring = next_ring(desk, calendar, at, ())

    assert ring >= at
    assert may_be_rung(desk, calendar, ring, ()).open
    assert may_be_rung(desk, calendar, at, ()).open == (ring == at)


@given(calendars, st.sampled_from([KITECH, ICG]), moments)
def test_whoever_may_be_sent_to_a_desk_is_served_there_for_some_time(calendar, desk, at):
    until = served_until(desk, calendar, at, ())

    assert until is None or until > at
    assert until is not None or not may_be_rung(desk, calendar, at, ()).open
