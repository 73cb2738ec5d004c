"""Numbers as they are read: 천이백삼십사 and 스물두 by value, 공일공 and 하나둘 digit by digit."""

import re

SINO = dict(zip("영공일이삼사오육륙칠팔구", (0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
PLACES = {"십": 10, "백": 100, "천": 1000}
NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "너": 4,
    "다섯": 5, "닷": 5, "여섯": 6, "엿": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
DIGITS_READ = "".join(sorted({*SINO, *PLACES, *"".join((*NATIVE_ONES, *NATIVE_TENS))}))
COUNTED_OUT = ("제로", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
DIGIT_WORDS = {word: str(value) for word, value in (*SINO.items(), *zip(COUNTED_OUT, range(10), strict=True))}
ONE_DIGIT = re.compile("|".join(sorted(DIGIT_WORDS, key=len, reverse=True)) + "|[0-9]")
NATIVE = re.compile(
    f"(?P<tens>{'|'.join(NATIVE_TENS)})?(?P<ones>{'|'.join(sorted(NATIVE_ONES, key=len, reverse=True))})?"
)


def number_read(said: str) -> int | None:
    """Return the value of a number read aloud in one way throughout, or written; None when it is none."""
    if said.isdecimal():
        return int(said[:9])
    native = NATIVE.fullmatch(said)
    if said and native:
        return NATIVE_TENS.get(native["tens"] or "", 0) + NATIVE_ONES.get(native["ones"] or "", 0)
    return _sino(said)


def _sino(said: str) -> int | None:
    total, ones = 0, None
    for sound in said:
        if sound in PLACES:
            total, ones = total + (1 if ones is None else ones) * PLACES[sound], None
        elif sound in SINO and ones is None:
            ones = SINO[sound]
        else:
            return None
    return total + (ones or 0) if said else None


def digits_read(said: str) -> str | None:
    """Return digits that were read one by one, or None when anything else is among them."""
    found, at = "", 0
    while at < len(said):
        digit = ONE_DIGIT.match(said, at)
        if digit is None:
            return None
        found += DIGIT_WORDS.get(digit[0], digit[0])
        at = digit.end()
    return found
