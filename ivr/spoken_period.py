"""A spoken period as days: 석 달 is 90, 보름 15, 2주 14, 반년 180."""

import re
from collections.abc import Mapping

from ivr.speech_text import squeezed

UNIT_DAYS: Mapping[str, int] = {"일": 1, "주": 7, "달": 30, "개월": 30, "년": 365}
WHOLE: Mapping[str, int] = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "일주일": 7, "열흘": 10,
    "보름": 15, "스무날": 20, "반년": 180,
}  # fmt: skip
NATIVE: Mapping[str, int] = {
    "한": 1, "두": 2, "석": 3, "세": 3, "넉": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
    "열": 10,
}  # fmt: skip
SINO: Mapping[str, int] = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
KOREAN = re.compile(
    rf"(?P<whole>{'|'.join(WHOLE)})"
    rf"|(?P<number>\d{{1,3}}|{'|'.join(NATIVE)}|[일이삼사오육칠팔구십백]{{1,5}})(?P<unit>개월|달|주|일|년)(?![이가]?전)"
)
ENGLISH = re.compile(
    r"\b(?P<number>\d{1,3}|an?|one|two|three|four|five|six|nine|twelve) (?P<unit>day|week|month|year)s?\b"
)
ENGLISH_DAYS: Mapping[str, int] = {"day": 1, "week": 7, "month": 30, "year": 365}
ENGLISH_NUMBERS: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12,
}  # fmt: skip


def days_in(utterance: str, language: str = "ko") -> int | None:
    """Return the longest period an utterance names, in days, or None; what happened so long ago is no period."""
    if language != "ko":
        found = [
            (int(word) if (word := period["number"]).isdigit() else ENGLISH_NUMBERS[word])
            * ENGLISH_DAYS[period["unit"]]
            for period in ENGLISH.finditer(utterance.lower())
        ]
    else:
        found = [_days(period) for period in KOREAN.finditer(squeezed(utterance))]
    return max((days for days in found if days > 0), default=None)


def _days(period: re.Match[str]) -> int:
    return WHOLE[period["whole"]] if period["whole"] else _number(period["number"]) * UNIT_DAYS[period["unit"]]


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    if word in NATIVE:
        return NATIVE[word]
    total = digit = 0
    for sign in word:
        if sign in SINO:
            digit = SINO[sign]
        else:
            total += (digit or 1) * (10 if sign == "십" else 100)
            digit = 0
    return total + digit
