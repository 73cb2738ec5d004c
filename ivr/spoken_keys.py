"""Keys that are said instead of pressed: "일 번이요", "별표", "두 번째 거"; and the words that only sound so."""

import re

from ivr.speech_text import squeezed, tokens
from ivr.spoken_numbers import COUNTED_OUT, DIGIT_WORDS

LAST = "last"  # "마지막 거": the menu knows which one that is
ORDINALS = ("첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NAMED = {"별표": "*", "별": "*", "우물정자": "#", "우물정": "#", "우물": "#", "샵": "#", "샾": "#"}

DIGIT = "[영공일이삼사오육륙칠팔구0-9]"
BEFORE = "(?:네|예|음|어|그|저기|저는|저|그럼)*"
POLITE = "(?:이요|이에요|이예요|예요|에요|입니다|인데요|이라고요|이라니까요|요|이야|로|으로)?"
AFTER_NUMBER = (
    "(?:이요|이에요|이예요|예요|에요|입니다|인데요|이라고요|이라니까요|요|이야|로|으로|을|를|은|는|맞아요|없어요"
    "|눌러.*|누를.*|눌렀.*|누릅.*|할게요|하겠습니다|해주세요|부탁.*|상담.*|연결.*|선택.*|주세요)*"
)
NUMBERED = re.compile(f"{BEFORE}(?:{DIGIT}번{POLITE})*(?P<key>{DIGIT})번{AFTER_NUMBER}")
BARE = re.compile(f"{BEFORE}(?P<key>{DIGIT}|{'|'.join(COUNTED_OUT)}){POLITE}")
ORDINAL = re.compile(f"{BEFORE}(?P<word>{'|'.join(ORDINALS)})번?째(?:거|것|꺼|걸|번호)?{AFTER_NUMBER}")
LAST_ONE = re.compile(f"{BEFORE}(?:맨)?(?:마지막|끝)(?:에)?(?:번호|거|것|꺼|걸|번)?{AFTER_NUMBER}")
SYMBOL = re.compile(f"{BEFORE}(?P<word>{'|'.join(NAMED)}){AFTER_NUMBER}")


def spoken_key(utterance: str) -> str | None:
    """Return the key that was said (0-9, * or #), LAST, or None when the words mean something else.

    Only an utterance that is nothing but a number counts: 이번에는, 한 번만 더, 일이 있어서요 are none.
    After a correction ("일 번 아니 이 번") the last number counts.
    """
    clauses = [""]
    for word in tokens(utterance):
        if word in {"아니", "말고", "아니고", "아니다"}:
            clauses.append("")
        else:
            clauses[-1] += word
    return next((key for key in map(key_of_clause, reversed(clauses)) if key), None)


def key_of_clause(said: str) -> str | None:
    if found := NUMBERED.fullmatch(said) or BARE.fullmatch(said):
        return DIGIT_WORDS.get(found["key"], found["key"])
    if found := ORDINAL.fullmatch(said):
        return str(ORDINALS.index(found["word"]) + 1)
    if LAST_ONE.fullmatch(said):
        return LAST
    if found := SYMBOL.fullmatch(said):
        return NAMED[found["word"]]
    return None


def spoken_digits(utterance: str) -> str:
    """Return digits said one by one, or "" when anything else was said: 공삼일 is 031.

    In 공삼일이요 the 이 may be a digit or part of the ending; it is kept, so the digits may have one 2 too many.
    """
    said = re.sub(
        r"(번?입니다|이에요|예요|번?이?요|번)$", lambda end: "이" * end[0].startswith("이요"), squeezed(utterance)
    )
    said = said.replace("에", "")
    return "".join(DIGIT_WORDS.get(sound, sound) for sound in said) if re.fullmatch(f"{DIGIT}+", said) else ""
