"""When a desk may be rung: within its hours, and within the windows of the day in which its people take calls.

A caller who already waits when a desk closes is served a while longer; nobody new is sent there.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from directory.model import Desk, DeskCalendar, HoursOverride
from routing.opening_hours import (
    DAYS_LOOKED_AHEAD,
    NeverOpens,
    OpenState,
    Span,
    in_korea,
    is_open,
    korean_spans,
    spans_of,
)

OUTSIDE_WINDOW = "outside ring window"
Overrides = Sequence[HoursOverride]


def may_be_rung(desk: Desk, calendar: DeskCalendar, at: datetime, overrides: Overrides) -> OpenState:
    """Say whether a new caller may be sent to a desk now, and by which rule."""
    hours = is_open(desk, at, overrides)
    moment = in_korea(at)
    if not hours.open or any(opens <= moment < closes for opens, closes in _rung(desk, calendar, moment, overrides)):
        return hours
    return OpenState(open=False, rule=OUTSIDE_WINDOW)


def next_ring(desk: Desk, calendar: DeskCalendar, at: datetime, overrides: Overrides) -> datetime:
    """Return the earliest moment from `at` on at which the desk may be rung. Raises NeverOpens as `next_opening`."""
    moment = in_korea(at)
    for days in range(DAYS_LOOKED_AHEAD + 1):
        for opens, closes in _rung(desk, calendar, moment + timedelta(days=days), overrides):
            if moment < closes:
                return max(opens, moment).astimezone(UTC)
    raise NeverOpens(
        f"{desk.id}: may not be rung within {DAYS_LOOKED_AHEAD} days of {moment:%Y-%m-%d} "
        "(expected ring windows within its hours)"
    )


def served_until(desk: Desk, calendar: DeskCalendar, at: datetime, overrides: Overrides) -> datetime | None:
    """Return until when callers who wait now are served at a desk, or None when they are not any more."""
    moment = in_korea(at)
    after = timedelta(minutes=calendar.serves_after_closing_minutes)
    for day in (moment, moment - timedelta(days=1)):  # the day before may have ended at midnight
        hours, _ = spans_of(desk, day.date(), overrides)
        closing = {closes for _, closes in hours}
        for opens, closes in _cut(hours, calendar, day):
            until = closes + after if closes in closing else closes
            if opens <= moment < until:
                return until.astimezone(UTC)
    return None


def answer_day(desk: Desk, days: int, at: datetime, overrides: Overrides) -> datetime:
    """Return the end of the desk's `days`-th day of its own from its next opening on; raises NeverOpens."""
    day = in_korea(at)
    for _ in range(DAYS_LOOKED_AHEAD + 1):
        hours = [closes for _, closes in spans_of(desk, day.date(), overrides)[0] if closes > day]
        if hours:
            days -= 1
            if days == 0:
                return max(hours).astimezone(UTC)
        day = _midnight_after(day)
    raise NeverOpens(f"{desk.id}: has no {days} days within {DAYS_LOOKED_AHEAD} (expected hours or an override)")


def _rung(desk: Desk, calendar: DeskCalendar, day: datetime, overrides: Overrides) -> Iterator[Span]:
    """Yield the spans of a Korean day in which a desk may be rung."""
    yield from _cut(spans_of(desk, day.date(), overrides)[0], calendar, day)


def _cut(hours: Sequence[Span], calendar: DeskCalendar, day: datetime) -> Iterator[Span]:
    """Yield the hours of a day, cut by the windows in which the desk may be rung."""
    windows = _windows(calendar, day.date())
    for opens, closes in hours:
        for first, last in windows if calendar.ring_windows else [(opens, closes)]:
            if max(opens, first) < min(closes, last):
                yield max(opens, first), min(closes, last)


def _windows(calendar: DeskCalendar, day: date) -> list[Span]:
    todays = [(span.opens, span.closes) for span in calendar.ring_windows if span.weekday == day.weekday()]
    return korean_spans(day, todays)


def _midnight_after(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
