"""When to call back, as it is said: 내일 오전 열 시, 모레 세 시, 월요일 아침 아홉 시, 지금 바로.

The answer is a day counted from today, or a weekday, and a time; which date that is, a calendar knows.
"""

import re

from ivr.corrections import clauses
from ivr.speech_text import squeezed
from ivr.spoken_numbers import DIGITS_READ, number_read

NOW = re.compile("지금|바로|당장|즉시|곧")
DAYS = {
    "내일모레": 2, "글피": 3, "모레": 2, "내일": 1, "명일": 1, "익일": 1, "낼": 1, "오늘": 0, "금일": 0,
    "이따": 0, "있다가": 0,
    "하루뒤": 1, "이틀뒤": 2, "사흘뒤": 3, "나흘뒤": 4, "닷새뒤": 5, "일주일뒤": 7,
}  # fmt: skip
WEEKDAYS = {
    "월요일": "Monday", "화요일": "Tuesday", "수요일": "Wednesday", "목요일": "Thursday", "금요일": "Friday",
    "토요일": "Saturday", "일요일": "Sunday",
}  # fmt: skip
DAY_NAMES = re.compile("|".join(sorted([*WEEKDAYS, *DAYS], key=len, reverse=True)))
CLOCK = re.compile(
    f"(?P<hour>[{DIGITS_READ}]{{1,3}}|[0-9]{{1,2}})시(?!간)(?:(?P<half>반)|(?P<minute>[{DIGITS_READ}]{{1,4}}|[0-9]{{1,2}})분)?(?P<before>전)?"
)
WRITTEN = re.compile(r"([0-9]{1,2})\s*:\s*([0-9]{2})")
SEVERAL = re.compile(
    "^이?나|에서|부터|사이|이나|아니면|또는|혹은|안되면|내지"
)  # of a span and of a choice the first counts
MORNING = re.compile("오전|아침|새벽")
AFTERNOON = re.compile("오후|저녁|밤|낮|점심")
PART_OF_DAY = re.compile(f"{MORNING.pattern}|{AFTERNOON.pattern}")
AROUND_NOON = re.compile("낮|점심")  # eleven of these is before noon
NO_PART = "네한서나"  # of the hour: "네 한 시", "한 두 시쯤", "넘어서 세 시"
FIRST_OPEN, LAST_MORNING = 8, 11  # hours that nobody calls afternoon in; 세 시 alone is the afternoon
LATE_MORNING = 10
HALF_DAY, MINUTES_OF_DAY = 12, 1440


def spoken_time(utterance: str) -> str:
    """Return "now", "D+1 10:00", "next Monday 09:00", or "unclear" where no time of a day was said.

    Of several the last counts, for who says more is more exact: "여덟 시 넘어서요 여덟 시 반".
    """
    utterance = WRITTEN.sub(r"\1시 \2분", utterance)
    utterance = utterance.replace("욜", "요일").replace("정오", "열두 시").replace("있다 ", "있다가 ")
    parts = [
        DAY_NAMES.sub(" ", re.sub("(?<=[루틀흘새일]) ?(?:후에?|뒤에|있다가)", "뒤", clause))
        for clause in clauses(utterance)
    ]
    said = squeezed(utterance)
    for clause in reversed(parts):
        if clock := _clock_in(clause):
            minutes = _minutes(
                clock, _part_of_day(clause[: clock.start()]) or _part_of_day(clause) or _part_of_day(said)
            )
            return f"{_day(utterance)} {minutes // 60:02}:{minutes % 60:02}" if minutes is not None else "unclear"
    return "now" if NOW.search(said) else "unclear"


def _clock_in(clause: str) -> re.Match[str] | None:
    """Return the time a clause ends on; of a span or a choice the first."""
    found = list(CLOCK.finditer(clause))
    if not found:
        return None
    return found[0] if SEVERAL.search(clause[found[0].end() :]) else found[-1]


def _part_of_day(said: str) -> str:
    """Return the part of the day that is said last, or ""."""
    found = [it[0] for it in PART_OF_DAY.finditer(said)]
    return found[-1] if found else ""


def _minutes(clock: re.Match[str], part: str) -> int | None:
    """Return the minute of the day, or None where the numbers are no time."""
    hour = _hour(clock["hour"])
    minute = 30 if clock["half"] else number_read(clock["minute"] or "0")
    if hour is None or minute is None or hour > 2 * HALF_DAY or minute > 59:
        return None
    is_early = MORNING.fullmatch(part) or (AROUND_NOON.fullmatch(part) and hour >= LATE_MORNING)
    if hour < HALF_DAY and not is_early and (part or not FIRST_OPEN <= hour <= LAST_MORNING):
        hour += HALF_DAY
    if clock["before"] and minute and not clock["half"]:
        return hour * 60 - minute if hour else None  # ten to midnight is of another day: to be asked
    return (hour * 60 + minute) % MINUTES_OF_DAY


def _hour(said: str) -> int | None:
    """Return the hour, whatever stands before it: "네 한 시", "지나서 두 시"."""
    for start in range(len(said)):
        hour = number_read(said[start:])
        if hour is not None or said[start] not in NO_PART:
            return hour
    return None


def _day(utterance: str) -> str:
    """Return the day, the one said after a correction where there is one."""
    for clause in reversed(clauses(utterance)):
        said = re.sub("(?<=[루틀흘새일])(?:후|있다가)", "뒤", clause)
        if found := DAY_NAMES.search(said):
            if found[0] in WEEKDAYS:
                return f"next {WEEKDAYS[found[0]]}"
            return f"D+{DAYS[found[0]]}" if DAYS[found[0]] else "D"
    return "D"
