"""Recognized speech in one shape, so that spacing, width and punctuation do not matter."""

import re
import unicodedata

NOT_SPOKEN = re.compile(r"[^0-9a-z가-힣]+")
TAKES_BACK = re.compile("말고|아니고|아니라|말구|아니구|것보다|거보다")
OURS, OTHERS, PLACE = "㉠", "㉡", "㉢"  # signs that stand for a name: which body or place says nothing of the service
LONGEST = 2000  # characters looked at; a minute of speech has about 500


def tokens(utterance: str) -> tuple[str, ...]:
    """Return the words: composed Hangul, lower case, half width, no punctuation."""
    normal = unicodedata.normalize("NFKC", utterance[:LONGEST]).lower()
    return tuple(word for word in NOT_SPOKEN.split(normal) if word)


def squeezed(utterance: str) -> str:
    """Return the words without any space: "기술 이 전" and "기술이전" are the same."""
    return "".join(tokens(utterance))
