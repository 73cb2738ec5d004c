"""A desk's weekly hours as they are said: 평일 오전 아홉 시부터 오후 여섯 시까지."""

from datetime import time
from functools import lru_cache
from itertools import groupby

from directory.model import OpenSpan
from ivr import english, korean

ENGLISH_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
NAMED = {
    (0, 1, 2, 3, 4): ("평일", "weekdays"),
    (0, 1, 2, 3, 4, 5, 6): ("매일", "every day"),
    (5, 6): ("주말", "weekends"),
}

Hours = tuple[tuple[time, time], ...]


@lru_cache(maxsize=64)  # said with most prompts, and the same all day
def spoken_hours(spans: tuple[OpenSpan, ...], language: str) -> str | None:
    """Return the week's hours, days of the same hours together; None when the desk never opens."""
    by_day: dict[int, Hours] = {}
    for span in spans:
        by_day[span.weekday] = (*by_day.get(span.weekday, ()), (span.opens, span.closes))
    alike = [
        (hours, tuple(day for day, _ in days)) for hours, days in groupby(by_day.items(), key=lambda item: item[1])
    ]
    return ", ".join(_said(days, hours, language) for hours, days in alike) or None


def _said(days: tuple[int, ...], hours: Hours, language: str) -> str:
    if language == "ko":
        named = NAMED[days][0] if days in NAMED else ", ".join(korean.WEEKDAYS[day] for day in days)
        return f"{named} " + ", ".join(f"{korean.clock(opens)}부터 {_closing(closes)}까지" for opens, closes in hours)
    named = NAMED[days][1] if days in NAMED else ", ".join(ENGLISH_DAYS[day] for day in days)
    return f"{named} " + ", ".join(f"from {english.clock(opens)} to {english.clock(closes)}" for opens, closes in hours)


def _closing(closes: time) -> str:
    return "자정" if closes == time(0) else korean.clock(closes)
