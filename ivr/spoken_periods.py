"""How long, as it is said: 사흘, 두 주, 보름, 석 달, 반년, 일 년 반; in days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ivr.corrections import clauses
from ivr.spoken_numbers import DIGITS_READ, number_read

WEEK, MONTH, HALF_YEAR, YEAR = 7, 30, 182, 365  # days
DAYS_NAMED = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15, "스무날": 20, "대엿새": 6, "예니레": 7, "댓새": 5, "달포": 40, "한철": 90, "반달": 15, "반개월": 15,
    "반년": HALF_YEAR,
}  # fmt: skip
TO_NINE = tuple(DAYS_NAMED)[:9]  # 하루 to 아흐레, also after ten and twenty: 열이틀
DAYS = DAYS_NAMED | {
    f"{ten}{name}": days + DAYS_NAMED[name] for ten, days in (("열", 10), ("스무", 20)) for name in TO_NINE
}
NAMED = re.compile("|".join(sorted(DAYS, key=len, reverse=True)))
UNITS = {
    "개월": MONTH,
    "분기": 3 * MONTH,
    "달": MONTH,
    "주일": WEEK,
    "주": WEEK,
    "년": YEAR,
    "학기": 6 * MONTH,
    "일": 1,
}
COUNTED = re.compile(  # what was so long ago is no length
    f"(?P<count>[{DIGITS_READ}]+|[0-9]+)(?P<unit>{'|'.join(UNITS)})(?P<half>(?:하고도?)?반(?!년|달))?(?![이가]?전)"
)
SOME = {
    "두어": 2, "두서너": 3, "두세": 3, "서너": 4, "너덧": 5, "너댓": 5, "네댓": 5, "네다섯": 5, "댓": 5, "대여섯": 6,
    "예닐곱": 7, "일고여덟": 8, "여남은": 11, "이삼": 3, "삼사": 4, "사오": 5, "오륙": 6, "한두": 2, "일이": 2,
}  # fmt: skip
SOME_COUNTED = re.compile(f"({'|'.join(sorted(SOME, key=len, reverse=True))})(?=달|주|개월|년|일|해)")
MISHEARD_MONTHS = re.compile("[게계]월(?!드)|[개게계]얼(?!마)")
YEARS = re.compile(  # native numbers only, and nothing that has to do with doing: 이해, 못 해
    "(?<![에못])(?P<count>한|두|세|서너|두세|두어|3|2)해(?=$|요$|동안|만|는|를|가|쯤|정도|이상|넘|반|이요|이면|짜리|걸)"
)
FOUR_DAYS = re.compile("(?<!회)사날(?![짜씨])")  # said for 사나흘
NO_LENGTH = re.compile("하루빨리|하루종일|하루라도|한달음|일주일에하루")

AND = re.compile("(?:하고도?|하구|이랑|에다가?|정도|쯤)?")


@dataclass(frozen=True)
class Part:
    """A length in one unit, and where it was said."""

    unit: int  # days
    days: int
    start: int
    end: int


def spoken_days(utterance: str) -> int | None:
    """Return the length of time said in days, the longest when several ("3개월에서 4개월"); None when none was."""
    return next((days for days in map(_longest_days, reversed(clauses(utterance))) if days), None)


def _longest_days(said: str) -> int | None:
    said = MISHEARD_MONTHS.sub("개월", said)
    said = SOME_COUNTED.sub(lambda some: str(SOME[some[1]]), said)
    said = YEARS.sub(lambda years: f"{years['count']}년", said)
    named = [] if NO_LENGTH.search(said) else NAMED.finditer(said)
    parts = [Part(HALF_YEAR if it[0] == "반년" else 1, DAYS[it[0]], *it.span()) for it in named]
    parts += [Part(1, 4, *some.span()) for some in FOUR_DAYS.finditer(said)]
    for counted in COUNTED.finditer(said):
        unit = UNITS[counted["unit"]]
        half = unit // 2 if counted["half"] else 0
        parts += [Part(unit, _days(count, unit) + half, *counted.span()) for count in _counts(counted["count"])[:1]]
    return max(_put_together(said, sorted(parts, key=lambda part: part.start)), default=None)


def _put_together(said: str, parts: Sequence[Part]) -> list[int]:
    """Return the lengths; what is told in smaller and smaller units is one: 일 년 육 개월, 한 달하고 보름."""
    lengths: list[int] = []
    before: Part | None = None
    for part in parts:
        if before and part.unit < before.unit and AND.fullmatch(said, before.end, part.start):
            lengths[-1] += part.days
        else:
            lengths.append(part.days)
        before = part
    return lengths


def _days(count: int, unit: int) -> int:
    """Return so many units in days; twelve months are a year."""
    if unit != MONTH:
        return count * unit
    years, months = divmod(count, 12)
    return years * YEAR + months * MONTH


def _counts(said: str) -> list[int]:
    """Return the number at the end of what was read; 한 열 is about ten."""
    return [count for start in range(len(said)) if (count := number_read(said[start:]))]
