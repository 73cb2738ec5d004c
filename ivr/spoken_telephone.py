"""A telephone number as it is said: 공일공에 일이삼사에 오육칠팔이요, with 에 and 국에 for hyphens and corrections."""

import re
from collections.abc import Sequence

from ivr.corrections import CORRECTS, words_of
from ivr.endings import IT_IS
from ivr.spoken_numbers import PLACES, digits_read, number_read

THIS_NUMBER = re.compile(
    "(?:지금|이|제|내)(?:거는|전화|쓰는|건|걸고있는|거신|하는|통화하는|통화중인|전화하는|전화드린|쓰고있는)?(?:이)?(?:전화)?번호|전화한번호|전화건번호|걸려온번호|이전화|지금전화|이걸로|여기로"
    "|(?:뜬|뜨는|떠있는|찍힌|찍히는|걸린|보이는|나온|나오는|남은|남아있는|온|건|거는|쓰는|하는|그|같은|현재)(?:대로|거|걸|데|데로|(?:전화)?번호|전화|폰|핸드폰)(?:로|그대로|요|이요|예요|하세요|해|거기|맞|$)"
    "|이(?:폰|핸드폰|휴대폰|휴대전화|회선)|발신(?:자|된)?번호|지금이거|번호그대로|^그대로|(?:같은|이|본)번호"
)
OTHER_NUMBER = re.compile(
    "다른(?:번호|전화|데|걸로|폰)|(?:번호|전화|이거|이걸|폰)(?:는|은|가|로|로는)?(?:말고|아니|안돼|안되|안됩)|바뀌"
    "|(?:이|지금)(?:번호|전화|폰)(?:는|은|가|로|로는)?(?:좀)?(?:곤란|싫)|안(?:돼|됩)[^.]{0,3}이(?:번호|전화|폰)"
)
COUNTED = ("년", "개월", "주년", "명", "살", "층", "만원")  # 이천오 년: a number of something, none to call
SOME_NUMBER = ("번호", "전화", "폰")  # 이 번호: this one, no 2
LAST_DIGITS = re.compile("뒷자리|뒤에?네자리|끝번호|끝자리|뒷번호")
REFUSES = re.compile(
    "안(?:가르|알려|돼|되|하고|말|할|줘|줄|주|드[려릴]|밝|불러|댈|대)|싫|못(?:가르|알려|해|하|말|줘|주|줍|드[려릴립]|밝|불러)|말씀못|말고싶|왜(?:요|알|가르|필요|물|굳이)|거절|비밀|필요없|됐[어습]|(?:좀|쫌)(?:그런|그렇|그래)|곤란|불편|부담|꺼려|꺼림|사양하"
)
FRONT, BACK = ("앞은", "앞이", "앞에는", "앞자리는"), ("뒤는", "뒤가", "뒤에는", "뒷자리는")
END_OF_GROUP = re.compile("(?:국에|국의|국|에다가?|에|다시|대시|빼기|의|하고|하구|가|은|는|를|을|이랑|랑|에요|인데)$")
END_OF_SPEECH = re.compile(f"(?:번(?:{IT_IS})?|{IT_IS})$")
COUNTRY = "82"
LETTER_O = re.compile("oh|o(?=[o0-9]|$)")
LEAST_GROUP = 3  # digits; fewer are a slip put right
GROUP = 4  # digits in the last groups of a Korean number
LONGEST = 12
WHOLE = re.compile(  # the longest first
    r"010\d{8}|01[16-9]\d{7,8}|02\d{7,8}|050\d{8,9}|080\d{7,8}|070\d{8}|0[3-6][1-5]\d{7,8}|1[568]\d{6}"
)
WITHOUT_CODE = (7, 8)  # digits of a number whose area code was left out
CODE = re.compile("02|01[016-9]|070|080|0[3-6][1-5]")
LAST_GROUP = re.compile("[0-9]{4}")
CALLED_OH = re.compile(r"(?:515|510|015)(?=\d{8}$)")  # 오일오 for 공일공, as in English


def spoken_telephone(utterance: str) -> str:
    """Return the digits of a Korean number, "use_ani" for the caller's own, "partial:…", "refuse" or "none"."""
    words = words_of(utterance)
    groups = _without_starts(_spoken_groups(words))
    said = "".join(words)
    for start in range(len(groups)):  # what came before a whole number was a slip: "칠공이요 공칠공 일이삼사 오육칠팔"
        for end in range(len(groups), start, -1):  # and what comes after is no part: "… 오육칠팔 이 번호요"
            number = national("".join(groups[start:end]))
            if is_whole(number):
                return number
    if groups and len(groups[-1]) == GROUP:
        return f"partial:{without_code(groups)}"
    if OTHER_NUMBER.search(said) and not groups:
        return "none"
    if THIS_NUMBER.search(said):
        return "use_ani"
    if groups and LAST_DIGITS.search(said):
        return f"partial:{groups[-1]}"
    return "refuse" if REFUSES.search(said) else "none"


def _without_starts(groups: Sequence[str]) -> list[str]:
    """Leave out a group that was broken off and said again: 오육 … 오육칠팔."""
    return [
        digits
        for digits, after in zip(groups, (*groups[1:], ""), strict=False)
        if not (1 < len(digits) < len(after) and len(after) == GROUP and after.startswith(digits))
    ]


def without_code(groups: Sequence[str]) -> str:
    """Return the two last groups where they are a number without its area code, else the last one."""
    number = "".join(groups[-2:])
    return number if len(number) in WITHOUT_CODE and not number.startswith("0") else groups[-1]


def is_whole(number: str) -> bool:
    return WHOLE.fullmatch(number) is not None


def national(digits: str) -> str:
    """Return the digits as dialed in Korea: 82 10 … is 010 …"""
    if digits.startswith(COUNTRY) and len(digits) > LONGEST - len(COUNTRY):
        return "0" + digits.removeprefix(COUNTRY).removeprefix("0")
    return CALLED_OH.sub("010", digits)


def _spoken_groups(words: Sequence[str]) -> list[str]:
    """Return the groups of digits in order, with what was taken back left out and the front put in front."""
    groups: list[str] = []
    front: list[str] = []
    back: list[str] = []
    into = groups
    heard_to = 0
    for at, word in enumerate(words):
        if at < heard_to:
            continue
        if word in FRONT or word in BACK:
            into = front if word in FRONT else back
        elif word in CORRECTS:
            heard_to = at + 1 + _correct(into, words[at + 1 :])
        elif _is_of_a_thing(word, words[at + 1 : at + 2]):
            continue
        elif digits := _group(word):
            into.append(digits)
    return [*front, *groups, *back]


def _is_of_a_thing(word: str, behind: Sequence[str]) -> bool:
    """Tell whether a word that sounds like digits counts or points at what stands behind it."""
    return any(after.startswith(COUNTED) or (word == "이" and after.startswith(SOME_NUMBER)) for after in behind)


def _correct(groups: list[str], following: Sequence[str]) -> int:
    """Leave out what the words that follow say again; return how many of these words are used up by that.

    A digit alone corrects the end of a group, which may be said again as a whole: "이사육구 아니 팔이요 이사육팔".
    """
    again = [(at, digits) for at, word in enumerate(following) if (digits := _group(word))]
    if not (groups and again):
        _take_back(groups, "")
        return 0
    at, first = again[0]
    spelled = len(again) > 1 and all(len(digits) == 1 for _, digits in again[: len(groups[-1])])
    if len(first) < len(groups[-1]) and len(first) < LEAST_GROUP and not spelled:
        whole = groups.pop()
        is_said_again = len(again) > 1 and len(again[1][1]) == len(whole)
        groups += [] if is_said_again else [whole[: -len(first)] + first]
        return at + 1
    _take_back(groups, first)
    return 0


def _take_back(groups: list[str], again: str) -> None:
    """Leave out the groups that what follows says again: all from the last one that begins the same way."""
    for at in reversed(range(len(groups) if again else 0)):
        if groups[at][:1] == again[:1] or len(groups[at]) >= len(again):
            del groups[at:]
            return
    del groups[-1:]


def _group(word: str) -> str:
    """Return the digits of one word, or "": 일이삼사에 is 1234, 천이백삼십사 too."""
    word = LETTER_O.sub("0", word)
    ended = END_OF_SPEECH.sub("", word)
    read = [
        digits
        for said in (word, ended, word.removesuffix("요"), END_OF_GROUP.sub("", ended), END_OF_GROUP.sub("", word))
        if (digits := digits_read(said))
    ]
    if read:  # in 이이이이요 the last 이 is a digit
        known = (digits for fits in (CODE.fullmatch, LAST_GROUP.fullmatch) for digits in read if fits(digits))
        return next(known, read[0])
    for said in (word, ended, END_OF_GROUP.sub("", ended)):
        value = number_read(said) if any(place in said for place in PLACES) else None
        if value is not None:
            return str(value)
    joined = [
        digits_read(part) for part in re.split("국에|에다가?|에요|에|다시|국|하고", END_OF_SPEECH.sub("", word)) if part
    ]
    return "".join(part for part in joined if part) if joined and all(joined) else ""
