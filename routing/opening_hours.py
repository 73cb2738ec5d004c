"""When a desk is open: the operator's word for the day, then public holidays, then weekly hours.

Moments come and go as aware UTC; days and hours are Korean. A closing time is the first moment closed, an opening time
the first moment open, and 00:00 as a closing time is midnight at the end of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from directory.model import Desk, HoursOverride
from records.korean_time import KOREA
from routing.korean_holidays import holiday_name

SATURDAY = 5
DAYS_LOOKED_AHEAD = 366

Span = tuple[datetime, datetime]  # first moment open, first moment closed


class NeverOpens(Exception):
    """A desk has no opening within a year."""


@dataclass(frozen=True)
class OpenState:
    """Whether a desk is open, and the rule that says so, as a routing decision records it."""

    open: bool
    rule: str  # weekly hours, outside weekly hours, lunch, holiday 설날, override 임시공휴일


def is_open(desk: Desk, at: datetime, overrides: Sequence[HoursOverride]) -> OpenState:
    """Say whether a desk is open at a moment, and by which rule.

    An override for the desk wins over one for every desk; either wins over holidays and weekly hours, both ways: it
    closes a working day and opens a holiday. Raises ValueError when `at` has no time zone.
    """
    moment = in_korea(at)
    spans, rule = spans_of(desk, moment.date(), overrides)
    if any(opens <= moment < closes for opens, closes in spans):
        return OpenState(open=True, rule=rule)
    if rule != "weekly hours":
        return OpenState(open=False, rule=rule)
    pausing = bool(spans) and spans[0][0] <= moment < spans[-1][1]
    return OpenState(open=False, rule="lunch" if pausing else "outside weekly hours")


def next_opening(desk: Desk, at: datetime, overrides: Sequence[HoursOverride]) -> datetime:
    """Return the earliest moment from `at` on at which the desk is open: `at` itself when it is open now.

    Raises NeverOpens when there is none within a year, and ValueError when `at` has no time zone.
    """
    moment = in_korea(at)
    for days in range(DAYS_LOOKED_AHEAD + 1):
        spans, _ = spans_of(desk, moment.date() + timedelta(days=days), overrides)
        for opens, closes in spans:
            if moment < closes:
                return max(opens, moment).astimezone(UTC)
    raise NeverOpens(
        f"{desk.id}: no opening within {DAYS_LOOKED_AHEAD} days of {moment:%Y-%m-%d} (expected hours or an override)"
    )


def spans_of(desk: Desk, day: date, overrides: Sequence[HoursOverride]) -> tuple[list[Span], str]:
    """Return a Korean day's open spans in order and the rule they come from."""
    todays = [override for override in overrides if override.day == day and override.desk in {desk.id, None}]
    decisive = [override for override in todays if override.desk == desk.id] or todays
    if decisive:
        hours = [(o.opens, o.closes) for o in decisive if o.opens is not None and o.closes is not None]
        return korean_spans(day, hours), f"override {decisive[0].reason}"
    if name := holiday_name(day):
        return [], f"holiday {name}"
    return korean_spans(
        day, [(span.opens, span.closes) for span in desk.hours if span.weekday == day.weekday()]
    ), "weekly hours"


def working_day(day: date, overrides: Sequence[HoursOverride]) -> bool:
    """Say whether a Korean date counts as a working day of the line: Monday to Friday and no public holiday.

    Overrides for every desk win both ways; those for one desk do not change the line's calendar.
    """
    ours = [override for override in overrides if override.day == day and override.desk is None]
    if ours:
        return any(override.opens is not None for override in ours)
    return day.weekday() < SATURDAY and holiday_name(day) is None


def korean_moment(day: date, at: time) -> datetime:
    """Return a Korean date and time of day as an aware moment."""
    return datetime.combine(day, at, tzinfo=KOREA)


def korean_spans(day: date, hours: Sequence[tuple[time, time]]) -> list[Span]:
    """Return times of a Korean day as moments, in order."""
    return sorted((korean_moment(day, opens), _closing(day, closes)) for opens, closes in hours)


def _closing(day: date, closes: time) -> datetime:
    end_of_day = closes == time(0)
    return korean_moment(day + timedelta(days=1) if end_of_day else day, closes)


def in_korea(at: datetime) -> datetime:
    """Return a moment in Korean time; raises ValueError when it has no time zone."""
    if at.tzinfo is None:
        raise ValueError(f"opening hours: {at.isoformat()} has no time zone (expected aware UTC)")
    return at.astimezone(KOREA)
