"""A call as a recognizer may write it: sounds that run together, vowels that are alike, a last sound that is lost.

Which syllables are misheard is read off the words, so that the same call is always misheard the same way.
"""

import zlib
from collections.abc import Iterator

FIRST, VOWELS, LASTS = 0xAC00, 21, 28  # how Unicode makes a syllable out of three sounds
SYLLABLES = 19 * VOWELS * LASTS
ONE_IN = 6  # syllables of which one is misheard
VOWEL_HEARD = {1: 5, 5: 1, 3: 7, 6: 4, 7: 5, 9: 0, 10: 11, 11: 10, 12: 8, 14: 4, 17: 13, 19: 20}  # 애 as 에, 의 as 이
TENSED = {0: 1, 3: 4, 7: 8, 9: 10, 12: 13}  # ㄱ as ㄲ
RELAXED = {tense: plain for plain, tense in TENSED.items()} | {15: 1, 16: 4, 17: 8, 14: 12}  # ㅋ as ㄲ, ㅊ as ㅈ
SILENT, NASAL, LIQUID = 11, {2, 6}, 5  # first sounds: none, ㄴ and ㅁ, ㄹ
NASALIZED = {1: 21, 7: 4, 19: 4, 22: 4, 23: 4, 25: 4, 17: 16, 26: 16}  # last ㄱ as ㅇ, ㅂ as ㅁ
CARRIED_OVER = {1: 0, 4: 2, 7: 3, 8: 5, 16: 6, 17: 7, 19: 9, 22: 12, 23: 14, 24: 15, 25: 16, 26: 17}  # last to first
LAST_HEARD = {4: 21, 21: 4, 16: 4, 27: 0, 20: 19}  # ㄴ and ㅇ for each other, ㅎ not at all


def misheard(said: str, way: int = 0) -> str:
    """Return the words with about one syllable in six misheard, each way other ones, as they may sound."""
    words = list(said)
    for at in range(len(words)):
        dice = zlib.crc32(f"{way} {at} {said}".encode())
        if is_syllable(words[at]) and dice % ONE_IN == 0:
            following = words[at + 1] if at + 1 < len(words) else " "
            ways = list(dict.fromkeys(ways_heard(words[at], following)))
            if ways:
                words[at], after = ways[dice // ONE_IN % len(ways)]
                words[at + 1 : at + 2] = [after] if at + 1 < len(words) else []
    return "".join(words)


def is_syllable(sign: str) -> bool:
    return len(sign) == 1 and 0 <= ord(sign) - FIRST < SYLLABLES


def ways_heard(sign: str, following: str) -> Iterator[tuple[str, str]]:
    """Return what a syllable and the one after it may be written as."""
    first, vowel, last = sounds_of(sign)
    if vowel in VOWEL_HEARD:
        yield syllable(first, VOWEL_HEARD[vowel], last), following
    if first in TENSED or first in RELAXED:
        yield syllable({**TENSED, **RELAXED}[first], vowel, last), following
    if is_syllable(following):
        first_after, vowel_after, last_after = sounds_of(following)
        if first_after == SILENT and last in CARRIED_OVER:
            yield syllable(first, vowel, 0), syllable(CARRIED_OVER[last], vowel_after, last_after)
        if first_after in NASAL and last in NASALIZED:
            yield syllable(first, vowel, NASALIZED[last]), following
        if first_after == LIQUID and last == 4:
            yield syllable(first, vowel, 8), following
    if last in LAST_HEARD:
        yield syllable(first, vowel, LAST_HEARD[last]), following


def sounds_of(sign: str) -> tuple[int, int, int]:
    """Return the numbers of first sound, vowel and last sound; 0 is no last sound."""
    at = ord(sign) - FIRST
    return at // (VOWELS * LASTS), at // LASTS % VOWELS, at % LASTS


def syllable(first: int, vowel: int, last: int) -> str:
    return chr(FIRST + (first * VOWELS + vowel) * LASTS + last)
