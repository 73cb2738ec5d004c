"""Weekly hours as a person writes them: `Mon-Fri 09:00-12:00 13:00-18:00; Sat 10:00-13:00`, or `closed`."""

import re
from datetime import time
from itertools import pairwise

from directory.model import OpenSpan

EXPECTED = "hours such as Mon-Fri 09:00-12:00 13:00-18:00; Sat 10:00-13:00, or closed"
END_OF_DAY = time(0)  # as a closing time: 24:00, midnight at the end of that day

_DAYS = {
    name: day
    for day, names in enumerate(["mon 월", "tue 화", "wed 수", "thu 목", "fri 금", "sat 토", "sun 일"])
    for name in names.split()
}
_PART = re.compile(r"(?P<days>[^\d\s][^\d]*?)\s+(?P<spans>\d.*)", re.DOTALL)
_SPAN = re.compile(r"(\d{1,2}:\d{2})\s*[-~]\s*(\d{1,2}:\d{2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def weekly_hours(text: str) -> tuple[OpenSpan, ...]:
    """Return the spans in order of the week; raises ValueError saying what was expected.

    Days are Mon to Sun (or 월 to 일), a range or a list with commas; a later closing time than 24:00 takes two parts.
    """
    if text.strip().lower() == "closed":
        return ()
    spans = sorted(
        (span for part in text.split(";") for span in _spans_of(part.strip())),
        key=lambda span: (span.weekday, span.opens),
    )
    for before, after in pairwise(spans):
        if before.weekday == after.weekday and _minutes_to_close(before.closes) > _minutes(after.opens):
            raise ValueError(f"spans of a day that do not overlap; {EXPECTED}")
    return tuple(spans)


def clock_time(text: str) -> time:
    """Return 09:00 as a time of day; raises ValueError saying what was expected."""
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError("a time from 00:00 to 23:59")
    return time(int(found[1]), int(found[2]))


def closing_time(text: str) -> time:
    """Return a closing time; 24:00 is END_OF_DAY."""
    return END_OF_DAY if text == "24:00" else clock_time(text)


def opens_before(opens: time, closes: time) -> bool:
    return _minutes(opens) < _minutes_to_close(closes)


def _spans_of(part: str) -> list[OpenSpan]:
    found = _PART.fullmatch(part)
    if not found or _SPAN.sub("", found["spans"]).strip(" ,"):
        raise ValueError(EXPECTED)
    hours = [(clock_time(opens), closing_time(closes)) for opens, closes in _SPAN.findall(found["spans"])]
    if not all(opens_before(opens, closes) for opens, closes in hours):
        raise ValueError(f"each opening before its closing; {EXPECTED}")
    return [OpenSpan(day, opens, closes) for day in _days_of(found["days"]) for opens, closes in hours]


def _days_of(text: str) -> list[int]:
    days: list[int] = []
    for item in text.split(","):
        first, _, last = (name.strip() for name in item.partition("-"))
        start, end = _day(first), _day(last or first)
        days += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return days


def _day(name: str) -> int:
    day = _DAYS.get(name.lower()[:3], _DAYS.get(name.removesuffix("요일")))
    if day is None:
        raise ValueError(EXPECTED)
    return day


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _minutes_to_close(at: time) -> int:
    return _minutes(at) or 24 * 60
