"""Keys that are said instead of pressed: "일 번이요", "별표", "두 번째 거"; and the words that only sound so."""

import re

from ivr.corrections import clauses
from ivr.endings import IT_IS
from ivr.speech_text import squeezed
from ivr.spoken_numbers import COUNTED_OUT, DIGIT_WORDS

LAST = "last"  # "마지막 거": the menu knows which one that is
ORDINALS = {
    "첫": 1, "처음": 1, "두": 2, "둘": 2, "세": 3, "셋": 3,
    "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
NAMED = {
    "별표": "*", "별": "*", "우물정자": "#", "우물정": "#", "우물": "#", "샵": "#", "샾": "#",
    "샤프": "#", "해시": "#", "스타": "*",
}  # fmt: skip

HEARD_AS = {"빵": "0", "쌈": "3", "싸": "4"}  # before 번 only
DIGIT = "[영공일이삼사오육륙칠팔구0-9]"
NUMBER = "(?:번|뻔|범|버니(?=요))"  # all but the first are how recognizers write it
BEFORE = (
    "(?:네|예|음|어|아|응|그|상담원|저기|저는|저|나는|난|그러니까|그니까|그럼|그냥|그러면|거시기"
    "|맨|제일|끝에|있는|마지막에|마지막|뒤에|앞에|처음에|거기|숫자|번호|버튼)*"
)
POLITE = f"(?:{IT_IS}|로|으로)?"
AFTER_NUMBER = (
    f"(?:{IT_IS}|로|으로|을|를|은|는|맞아요|없어요|그거|거|버튼|모양|표시|메뉴|항목"
    "|(?:눌러|누를|눌렀|누릅|누르|누린|눌릴|눌라|선택|부탁|연결|상담|골라|고를).*"
    "|할(?:게요?|께요?|래요?|라요|란다|랍니다|랍니더)|하고싶(?:어요|은데요|습니다)|같(?:은데요|아요|습니다|심더)|기술애로|애로기술|데이터베이스|장비조회|특허조회|인력교류|정보제공|기술이전|하(?:겠습니다|께예|께요?|입시더|죠|지요)|해(?:주세요|주이소|주소|줘요?|줘유|주쇼|주시오|도|봐요)"
    "|가(?:죠|지요|입시더|겠습니다|요)|갈(?:게요?|께요?|래요?)|주(?:세요|이소|쇼))*"
)
THIS_TIME = "이번(?:에|엔|주|달|만|상담|연결|통화|문의|접수|건|회|기술|애로|데이터|장비|특허|인력|정보)"
NUMBERED = re.compile(
    f"{BEFORE}(?:{DIGIT}번{POLITE})*(?!{THIS_TIME})(?P<key>{DIGIT}|{'|'.join(HEARD_AS)}){NUMBER}{AFTER_NUMBER}"
)
TOLD_FIRST = re.compile(  # what the key is for, before the key: "장비 조회 그거요 이 번", "정보 제공이니까 사 번"
    "(?:.{0,9}(?:애로|기술|조회|특허|장비|실험실|디비|데이터베이스|교류|파견|정보|제공|이전|상담원|상담사|상담|직원|사람)"
    "(?:(?:받|하|보)(?:으?려고|을거|을라고|고싶)(?:요|예|니까)?|이?니까요?|그?거(?:요|예|니까)?|요|이요|은|는)?)"
    f"(?P<key>{DIGIT}){NUMBER}{POLITE}"
)
BUTTON = re.compile(
    f"{BEFORE}(?P<key>[영공일삼사오육륙칠팔구0-9])(?:버튼|키){AFTER_NUMBER}"
)  # 이 버튼 is "this button"
BARE = re.compile(f"{BEFORE}(?P<key>{DIGIT}|{'|'.join(COUNTED_OUT)}){POLITE}")
ORDINAL = re.compile(
    f"{BEFORE}(?P<word>{'|'.join(ORDINALS)})(?:번?째|(?<=처음)(?=[거것꺼]))(?:거|것|꺼|걸|번호)?{AFTER_NUMBER}"
)
FIRST_ONE = re.compile(f"{BEFORE}(?:맨|제일|가장)앞(?:에)?(?:있는)?(?:번호|거|것|꺼|걸|번){AFTER_NUMBER}")
LAST_ONE = re.compile(f"{BEFORE}(?:맨)?(?:마지막|끝)(?:에)?(?:번호|거|것|꺼|걸|번)?{AFTER_NUMBER}")
SYMBOL = re.compile(f"{BEFORE}(?P<word>{'|'.join(NAMED)})(?<!별(?=로)){AFTER_NUMBER}")


def spoken_key(utterance: str) -> str | None:
    """Return the key that was said (0-9, * or #), LAST, or None when the words mean something else.

    Only an utterance that is nothing but a number counts: 이번에는, 한 번만 더, 일이 있어서요 are none.
    After a correction ("일 번 아니 이 번") the last number counts.
    """
    return next((key for key in map(key_of_clause, reversed(clauses(utterance))) if key), None)


def key_of_clause(said: str) -> str | None:
    for said_so in (NUMBERED, BUTTON, BARE, TOLD_FIRST):
        if found := said_so.fullmatch(said):
            return HEARD_AS.get(found["key"]) or DIGIT_WORDS.get(found["key"], found["key"])
    if FIRST_ONE.fullmatch(said):
        return "1"
    if found := ORDINAL.fullmatch(said):
        return str(ORDINALS[found["word"]])
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
