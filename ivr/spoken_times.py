"""When to call back, as it is said: 내일 오전 열 시, 모레 세 시, 월요일 아침 아홉 시, 지금 바로.

The answer is a day counted from today, or a weekday, and a time; which date that is, a calendar knows.
"""

import re

from ivr.corrections import clauses
from ivr.speech_text import squeezed
from ivr.spoken_numbers import DIGITS_READ, number_read

NOW = re.compile("지금|바로|당장|즉시|곧")
DAYS = (("글피", 3), ("모레", 2), ("내일모레", 2), ("내일", 1), ("낼", 1), ("오늘", 0), ("이따", 0), ("있다가", 0))
WEEKDAYS = {
    "월요일": "Monday", "화요일": "Tuesday", "수요일": "Wednesday", "목요일": "Thursday", "금요일": "Friday",
    "토요일": "Saturday", "일요일": "Sunday",
}  # fmt: skip
DAY_NAMES = re.compile("|".join(sorted([*WEEKDAYS, *(name for name, _ in DAYS)], key=len, reverse=True)))
CLOCK = re.compile(
    f"(?P<hour>[{DIGITS_READ}]{{1,3}}|[0-9]{{1,2}})시(?!간)(?:(?P<half>반)|(?P<minute>[{DIGITS_READ}]{{1,4}}|[0-9]{{1,2}})분)?"
)
MORNING = re.compile("오전|아침|새벽")
AFTERNOON = re.compile("오후|낮|저녁|점심|밤")
FIRST_OPEN, LAST_MORNING = 8, 11  # hours that nobody calls afternoon in; 세 시 alone is the afternoon
HALF_DAY = 12


def spoken_time(utterance: str) -> str:
    """Return "now", "D+1 10:00", "next Monday 09:00", or "unclear" where no time of a day was said."""
    utterance = utterance.replace("욜", "요일").replace("정오", "열두 시")
    said = squeezed(utterance)
    clock = _last_clock(utterance)
    if clock is None:
        return "now" if NOW.search(said) else "unclear"
    hour = number_read(clock["hour"])
    minute = 30 if clock["half"] else number_read(clock["minute"] or "0")
    if hour is None or minute is None or hour > 24 or minute > 59:
        return "unclear"
    if (
        hour < HALF_DAY
        and not MORNING.search(said)
        and (AFTERNOON.search(said) or not FIRST_OPEN <= hour <= LAST_MORNING)
    ):
        hour += HALF_DAY
    return f"{_day(said)} {hour % 24:02}:{minute:02}"


def _last_clock(utterance: str) -> re.Match[str] | None:
    """Return the time said last, for a correction comes after what it corrects; 내일두시 is 두시."""
    found = (CLOCK.search(DAY_NAMES.sub(" ", clause)) for clause in reversed(clauses(utterance)))
    return next((clock for clock in found if clock), None)


def _day(said: str) -> str:
    for name, english in WEEKDAYS.items():
        if name in said:
            return f"next {english}"
    for name, after in DAYS:
        if name in said:
            return f"D+{after}" if after else "D"
    return "D"
