"""A desk, and when it is there."""

from dataclasses import dataclass
from datetime import date, time

from directory.codes import DeskId


@dataclass(frozen=True)
class OpenSpan:
    """Hours on one weekday (Monday is 0), in Korean time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class HoursOverride:
    """The operator's word for one day, above holidays and weekly hours; without times the day is closed."""

    day: date
    desk: DeskId | None  # None: every desk
    opens: time | None
    closes: time | None
    reason: str


@dataclass(frozen=True)
class Desk:
    """Where calls are routed."""

    id: DeskId
    name_ko: str
    name_en: str
    hours: tuple[OpenSpan, ...]
    ring_seconds: int
    wrap_up_seconds: int


@dataclass(frozen=True)
class DeskCalendar:
    """When a desk may be rung within its hours, and what happens when it may not."""

    ring_windows: tuple[OpenSpan, ...]  # none: whenever the desk is open
    deputies: tuple[DeskId, ...]  # who stands in, in this order, while the desk cannot be asked
    serves_after_closing_minutes: int  # callers who wait when the desk closes are served for so long
    referral_answer_days: int  # days of the desk's own in which it answers a case that another desk took for it
