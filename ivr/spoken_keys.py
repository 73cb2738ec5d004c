"""Keys that are said instead of pressed: "일 번이요", "별표", "두 번째 거"; and the words that only sound so."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ivr.corrections import CORRECTS, SETS_ASIDE, words_of
from ivr.endings import IT_IS
from ivr.speech_text import FINALS, FIRST_SYLLABLE, VOWELS, squeezed
from ivr.spoken_numbers import COUNTED_OUT, DIGIT_WORDS

LAST = "last"  # "마지막 거": the menu knows which one that is
ORDINALS = {
    "첫": 1, "처음": 1, "두": 2, "둘": 2, "세": 3, "셋": 3,
    "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
NAMED = {
    "별표": "*", "별": "*", "우물정자": "#", "우물정짜": "#", "우물정": "#", "우물": "#", "샵": "#", "샾": "#",
    "샤프": "#", "샵프": "#", "해시태그": "#", "해시": "#", "해쉬": "#",
    "스타": "*", "에스터리스크": "*", "아스테리스크": "*", "star": "*", "sharp": "#",
}  # fmt: skip
ENGLISH = {
    "제로": 0, "원": 1, "투": 2, "쓰리": 3, "스리": 3, "포": 4, "파이브": 5, "식스": 6, "세븐": 7, "에이트": 8,
    "에잇": 8, "나인": 9, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip

HEARD_AS = {"빵": "0", "쌈": "3", "싸": "4", "하나": "1", "둘": "2", "셋": "3", "넷": "4"}  # before 번 only
NOUGHT = ("빵", "동그라미")  # alone
DIGIT = "[영공일이삼사오육륙칠팔구0-9]"
NUMBER = "(?:번|뻔|범|버니(?=요))"  # all but the first are how recognizers write it
SERVICE = (
    "(?:기술애로|애로기술|애로|기술|데이터베이스|디비|장비|특허|실험실|인력"
    "|교류|파견|정보|제공|이전|조회|검색|상담원|상담사|상담|직원)"
)
BEFORE = (
    "(?:네|예|음|어|아|응|그|상담원|저기요?|저는|저|나는|난|그러니까|그니까|그럼|그냥|그러면|거시기|그게|그건|에|에이|저것|이거|그거"
    "|맨|제일|가장|끝에|있는|마지막에|마지막|뒤에|앞에|앞에서|위에서|처음에|거기|숫자|번호는?|버튼|다시|죄송해요|죄송합니다|미안해요"
    "|잘못말했(?:어요|네요|습니다)|메뉴|선택은?|우리는?|저희는?|아까|넘버|number|no|참|몇번이냐면|제가원하는건|원하는건|하고싶은건)*"
)
POLITE = f"(?:{IT_IS}|로|으로)?"
AFTER_NUMBER = (
    f"(?:{IT_IS}|로|으로|을|를|은|는|맞아요|있잖아요|맞습니다|없어요|그거|거|버튼|키|모양|표시|기호|메뉴|항목|번|좀"
    "|(?:눌러|누를|눌렀|누릅|누르|누린|눌릴|눌라|선택|부탁|연결|상담|골라|고를).*"
    f"|할(?:게요?|께요?|래요?|라요|란다|랍니다|랍니더)|하고싶(?:어요|은데요|습니다)|인?[것거]?같(?:은데요|아요|네요|습니다|심더)|{SERVICE}|하(?:겠습니다|께예|께요?|입시더|죠|지요)|해(?:주세요|주이소|주소|줘요?|줘유|주쇼|주시오|도|봐요)"
    "|일(?:거예요|걸요)|가(?:죠|지요|입시더|겠습니다|요)|갈(?:게요?|께요?|래요?)|주(?:세요|이소|쇼))*"
)
THIS_TIME = "이번(?:에|엔|주|달|만|상담|연결|통화|문의|접수|건|회|기술|애로|데이터|장비|특허|인력|정보)"


def numbered(unless: str) -> re.Pattern[str]:
    return re.compile(
        f"{BEFORE}{unless}(?P<key>{DIGIT}|{'|'.join(HEARD_AS)})(?:(?<![0-9])(?P=key))?{NUMBER}{AFTER_NUMBER}"
    )


NUMBERED, PLAINLY_NUMBERED = numbered(f"(?!{THIS_TIME})"), numbered("")
TOLD_FIRST = re.compile(  # what the key is for, before the key: "장비 조회 그거요 이 번", "정보 제공이니까 사 번"
    f"(?:(?:(?!{DIGIT}{NUMBER}).){{0,9}}(?:{SERVICE}|사람|바꿔주세요|바꿔줘요)"
    "(?:(?:받|하|보|찾)(?:으?려고|을거|을라고|고싶|는거|는데)(?:요|예|니까)?|이?니까요?|(?:하는)?그?거(?:요|예|니까)?"
    "|쪽(?:이요)?|연결|요|이요|은|는|이면|면)?)"
    f"(?P<key>{DIGIT}){NUMBER}{POLITE}"
)
BUTTON = re.compile(
    f"{BEFORE}(?P<key>[영공일삼사오육륙칠팔구0-9])(?:버튼|키){AFTER_NUMBER}"
)  # 이 버튼 is "this button"
BARE = re.compile(  # in 상담원이요 the 이 is no 2
    f"(?!아이|어이){BEFORE}(?P<key>(?:(?<![가-힣])|(?<=[네예음어아응냥럼는자]))이|(?!이){DIGIT}"
    f"|{'|'.join((*COUNTED_OUT, *NOUGHT))}){POLITE}"
)
IN_ENGLISH = re.compile(f"{BEFORE}(?P<word>{'|'.join(ENGLISH)})(?:번|버튼|키)?{AFTER_NUMBER}")
ORDINAL = re.compile(
    f"{BEFORE}(?:(?P<word>{'|'.join(ORDINALS)})(?:번?째|(?<=처음)(?=[거것꺼]))|(?P<key>[1-9일이삼사오육칠팔구])번?째)"
    f"(?:거|것|꺼|걸|번호)?{AFTER_NUMBER}"
)
FIRST_ONE = re.compile(
    f"{BEFORE}(?:(?:맨|제일|가장)(?:앞|위)(?:에)?(?:있는)?|(?:맨|제일)처음(?=[거것꺼번])|첫(?=[거것꺼번]))(?:번호|거|것|꺼|걸|번){AFTER_NUMBER}"
)
LAST_ONE = re.compile(
    f"{BEFORE}(?:맨|제일)?(?:마지막|끝|(?<=[맨일])(?:밑|아래|뒤))(?:에)?(?:있는|나온)?(?:번호|거|것|꺼|걸|번)?{AFTER_NUMBER}"
)
SYMBOL = re.compile(f"{BEFORE}(?P<word>{'|'.join(NAMED)})(?<!별(?=로))(?:자|표)?{AFTER_NUMBER}")
BY_NUMBER = (NUMBERED, BUTTON, BARE, TOLD_FIRST)
TURNS = frozenset({
    "잠깐", "잠깐만", "잠깐만요", "잠시", "잠시만", "잠시만요", "참", "아참", "취소", "정정", "중에", "중에서", "중",
})  # fmt: skip
MOST_WORDS = 8  # of keys said one after the other
BEFORE_A_KEY = frozenset({"이", "이이"})  # 이 번, where 이번 is "this time"
LONG_VOWELS = {0: {0, 2}, 4: {4, 6}, 8: {8, 12}, 13: {13, 17}, 18: {18}, 20: {20}}  # by number in Unicode: ㅓ after ㅕ
SYLLABLES = 19 * VOWELS * FINALS
SILENT_FIRST = 11  # the first sound of a syllable that begins with its vowel


def spoken_key(utterance: str) -> str | None:
    """Return the key that was said (0-9, * or #), LAST, or None when the words mean something else.

    Only an utterance that is nothing but a number counts: 이번에는, 한 번만 더, 일이 있어서요 are none.
    After a correction ("일 번 아니 이 번") the last number counts, and what is set aside does not: "일 번 말고".
    """
    said: list[list[str]] = [[]]
    aside: list[int] = []
    for word in words_of(utterance):
        if word not in CORRECTS and word not in TURNS:
            said[-1].append(word)
            continue
        if word in SETS_ASIDE and said[-1]:
            aside.append(len(said) - 1)
        said.append([])
    for at in reversed(range(len(said))):
        keys = keys_of(said[at])
        if at in aside:
            keys = keys[:-1]  # "사 번이요 오 번 말고"
        if keys and (at or len(set(keys)) == 1):
            return keys[-1]
    return None


def keys_of(words: Sequence[str]) -> list[str]:
    """Return the keys that are said one after the other, where nothing else is said: 둘이요 둘."""
    found: list[str] = []
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1) if len(words) <= MOST_WORDS else (len(words),)
        heard = next(((key, end) for end in ends if (key := key_of_words(words[start:end]))), None)
        if heard is None:
            return []
        key, start = heard
        found.append(key)
    return found


def key_of_words(words: Sequence[str]) -> str | None:
    said = "".join(words)
    is_plain = any(word in BEFORE_A_KEY and after.startswith("번") for word, after in pairwise(words))
    short = "".join(map(shortened, words))  # each alone: in "사 번이요 오 번" the 오 is a key
    return key_of_clause(said, plainly=is_plain) or (key_of_clause(short, plainly=is_plain) if short != said else None)


def shortened(said: str) -> str:
    """Return words with vowels that a recognizer wrote as long as they were drawn: 사 버언 is 사 번."""
    heard = ""
    for sound in said:
        drawn = joined(heard[-1], sound) if heard else ""
        heard = heard[:-1] + drawn if drawn else heard + sound
    return heard


def joined(first: str, second: str) -> str:
    """Return one syllable for two where the second only goes on with the vowel of the first, or ""."""
    before, after = ord(first) - FIRST_SYLLABLE, ord(second) - FIRST_SYLLABLE
    if (
        not (0 <= before < SYLLABLES and 0 <= after < SYLLABLES)
        or before % FINALS
        or after // FINALS // VOWELS != SILENT_FIRST
    ):
        return ""
    vowel, longer = before // FINALS % VOWELS, after // FINALS % VOWELS
    return chr(ord(first) + after % FINALS) if vowel in LONG_VOWELS.get(longer, ()) else ""


def key_of_clause(said: str, *, plainly: bool = False) -> str | None:
    if found := next((it for one in BY_NUMBER if (it := one.fullmatch(said))), None) or (
        plainly and PLAINLY_NUMBERED.fullmatch(said)
    ):
        return HEARD_AS.get(found["key"]) or ("0" if found["key"] in NOUGHT else digit(found["key"]))
    if found := ORDINAL.fullmatch(said):
        return str(ORDINALS[found["word"]]) if found["word"] else digit(found["key"])
    if found := IN_ENGLISH.fullmatch(said):
        return str(ENGLISH[found["word"]])
    if found := SYMBOL.fullmatch(said):
        return NAMED[found["word"]]
    return "1" if FIRST_ONE.fullmatch(said) else LAST if LAST_ONE.fullmatch(said) else None


def digit(said: str) -> str:
    return DIGIT_WORDS.get(said, said)


def spoken_digits(utterance: str) -> str:
    """Return digits said one by one, or "" when anything else was said: 공삼일 is 031.

    In 공삼일이요 the 이 may be a digit or part of the ending; it is kept, so the digits may have one 2 too many.
    """
    said = re.sub(
        r"(번?입니다|이에요|예요|번?이?요|번)$", lambda end: "이" * end[0].startswith("이요"), squeezed(utterance)
    )
    said = said.replace("에", "")
    return "".join(DIGIT_WORDS.get(sound, sound) for sound in said) if re.fullmatch(f"{DIGIT}+", said) else ""
