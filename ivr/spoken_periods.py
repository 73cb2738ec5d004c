"""How long, as it is said: 사흘, 두 주, 보름, 석 달, 반년, 일 년 반; in days."""

import re

from ivr.corrections import clauses
from ivr.spoken_numbers import DIGITS_READ, number_read

WEEK, MONTH, HALF_YEAR, YEAR = 7, 30, 182, 365  # days
DAYS_NAMED = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15, "스무날": 20, "대엿새": 6, "예니레": 7, "댓새": 5, "달포": 40,
}  # fmt: skip
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
    f"(?P<count>[{DIGITS_READ}]+|[0-9]+)(?P<unit>{'|'.join(UNITS)})(?P<half>반(?!년))?(?![이가]?전)"
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


def spoken_days(utterance: str) -> int | None:
    """Return the length of time said in days, the longest when several ("3개월에서 4개월"); None when none was."""
    return next((days for days in map(_longest_days, reversed(clauses(utterance))) if days), None)


def _longest_days(said: str) -> int | None:
    said = MISHEARD_MONTHS.sub("개월", said)
    said = SOME_COUNTED.sub(lambda some: str(SOME[some[1]]), said)
    said = YEARS.sub(lambda years: f"{years['count']}년", said)
    found = [days for name, days in DAYS_NAMED.items() if name in said and not NO_LENGTH.search(said)]
    found += [HALF_YEAR] * ("반년" in said)
    found += [4] * bool(FOUR_DAYS.search(said))
    for counted in COUNTED.finditer(said):
        unit = UNITS[counted["unit"]]
        half = unit // 2 if counted["half"] else 0
        found += [_days(count, unit) + half for count in _counts(counted["count"])[:1]]
    return max(found, default=None)


def _days(count: int, unit: int) -> int:
    """Return so many units in days; twelve months are a year."""
    if unit != MONTH:
        return count * unit
    years, months = divmod(count, 12)
    return years * YEAR + months * MONTH


def _counts(said: str) -> list[int]:
    """Return the number at the end of what was read; 한 열 is about ten."""
    return [count for start in range(len(said)) if (count := number_read(said[start:]))]
