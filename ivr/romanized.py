"""Korean names in Latin letters, as maps and recognizers write them: 강릉 is gangneung, 창원 is changwon.

The Revised Romanization of 2000 for names of places, with the sound changes that happen in them.
"""

INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
)  # fmt: skip
FINALS = (  # before a consonant, and at the end
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
)  # fmt: skip
BEFORE_VOWEL = (  # the final consonant moves over
    "", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r", "m", "b", "ps", "s", "ss",
    "ng", "j", "ch", "k", "t", "p", "",
)  # fmt: skip
NASAL = {"k": "ng", "t": "n", "p": "m"}
MEETINGS = {("n", "r"): "ll", ("l", "n"): "ll", ("l", "r"): "ll", ("m", "r"): "mn", ("ng", "r"): "ngn"}


def romanized(name: str) -> str:
    """Return a name of Hangul syllables in small letters; anything else in it is left out."""
    syllables = [divmod(ord(sign) - ord("가"), 28) for sign in name if "가" <= sign <= "힣"]
    written, final = "", 0
    for front, next_final in syllables:
        initial, vowel = divmod(front, 21)
        written += _meeting(final, INITIALS[initial]) + VOWELS[vowel]
        final = next_final
    return written + FINALS[final]


def _meeting(final: int, initial: str) -> str:
    """Return how a final consonant and the next initial sound together."""
    if not initial:
        return BEFORE_VOWEL[final]
    ends = FINALS[final]
    if ends in NASAL and initial in {"n", "m"}:
        return NASAL[ends] + initial
    if ends in NASAL and initial == "r":
        return NASAL[ends] + "n"
    return MEETINGS.get((ends, initial), ends + initial)
