"""Recognized speech in one shape, so that spacing, width and punctuation do not matter."""

import re
import unicodedata

NOT_SPOKEN = re.compile(r"[^0-9a-z가-힣]+")
TAKES_BACK = re.compile("말고|아니고|아니라|말구|아니구|것보다|거보다")
OURS, OTHERS, PLACE = "㉠", "㉡", "㉢"  # signs that stand for a name: which body or place says nothing of the service
ALIKE = {1: 5, 3: 7, 10: 15, 11: 15, 19: 18}  # vowels by their number in Unicode
FIRST_SYLLABLE, VOWELS, FINALS = 0xAC00, 21, 28  # how Unicode makes a syllable: first sound, vowel, last sound
SOUNDS = {
    FIRST_SYLLABLE + at: FIRST_SYLLABLE + at + (ALIKE[vowel] - vowel) * FINALS
    for at in range(19 * VOWELS * FINALS)
    if (vowel := at // FINALS % VOWELS) in ALIKE
}
LONGEST = 2000  # characters looked at; a minute of speech has about 500


def tokens(utterance: str) -> tuple[str, ...]:
    """Return the words: composed Hangul, lower case, half width, no punctuation."""
    normal = unicodedata.normalize("NFKC", utterance[:LONGEST]).lower()
    return tuple(word for word in NOT_SPOKEN.split(normal) if word)


def squeezed(utterance: str) -> str:
    """Return the words without any space: "기술 이 전" and "기술이전" are the same."""
    return "".join(tokens(utterance))


def sound_of(said: str) -> str:
    """Return Hangul with one spelling for vowels that sound alike: ㅐ as ㅔ, ㅚ and ㅙ as ㅞ, ㅢ as ㅡ."""
    return said.translate(SOUNDS)
