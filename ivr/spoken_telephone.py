"""A telephone number as it is said: 공일공에 일이삼사에 오육칠팔이요, with 에 and 국에 for hyphens and corrections."""

import re
from collections.abc import Sequence

from ivr.corrections import CORRECTS
from ivr.endings import IT_IS
from ivr.speech_text import tokens
from ivr.spoken_numbers import PLACES, digits_read, number_read

THIS_NUMBER = re.compile(
    "(?:지금|이|제|내)(?:거는|전화|쓰는|건|걸고있는|거신|하는|통화하는|통화중인|전화하는|전화드린|쓰고있는)?(?:이)?(?:전화)?번호|전화한번호|전화건번호|걸려온번호|이전화|지금전화|이걸로|여기로"
)
LAST_DIGITS = re.compile("뒷자리|뒤에?네자리|끝번호|끝자리|뒷번호")
REFUSES = re.compile(
    "안(?:가르|알려|말|할)|싫|못(?:가르|알려)|말고싶|왜(?:요|알|가르|필요|물|굳이)|거절|비밀|필요없|됐[어습]|(?:좀|쫌)(?:그런|그렇)|곤란|불편|부담|꺼려|꺼림|사양하"
)
FRONT, BACK = ("앞은", "앞이", "앞에는", "앞자리는"), ("뒤는", "뒤가", "뒤에는", "뒷자리는")
END_OF_GROUP = re.compile("(?:국에|국의|국|에|다시|대시|빼기|의)$")
END_OF_SPEECH = re.compile(f"(?:번(?:{IT_IS})?|{IT_IS})$")
COUNTRY = "82"
GROUP = 4  # digits in the last groups of a Korean number
SHORTEST, LONGEST = 8, 12


def spoken_telephone(utterance: str) -> str:
    """Return the digits of a Korean number, "use_ani" for the caller's own, "partial:…", "refuse" or "none"."""
    words = list(tokens(utterance))
    groups = _spoken_groups(words)
    said = "".join(words)
    for start in range(len(groups)):  # what came before a whole number was a slip: "칠공이요 공칠공 일이삼사 오육칠팔"
        number = national("".join(groups[start:]))
        if is_whole(number):
            return number
    if THIS_NUMBER.search(said):
        return "use_ani"
    if groups and (LAST_DIGITS.search(said) or len(groups[-1]) == GROUP):
        return f"partial:{groups[-1]}"
    return "refuse" if REFUSES.search(said) else "none"


def is_whole(number: str) -> bool:
    starts = re.match(r"0(?:10|1[16-9]|2|[3-6][1-5]|70|80|50\d?)|1[568]\d\d", number)
    return starts is not None and SHORTEST <= len(number) <= LONGEST


def national(digits: str) -> str:
    """Return the digits as dialed in Korea: 82 10 … is 010 …"""
    if digits.startswith(COUNTRY) and len(digits) > LONGEST - len(COUNTRY):
        return "0" + digits.removeprefix(COUNTRY).removeprefix("0")
    return digits


def _spoken_groups(words: Sequence[str]) -> list[str]:
    """Return the groups of digits in order, with what was taken back left out and the front put in front."""
    groups: list[str] = []
    front: list[str] = []
    back: list[str] = []
    into = groups
    for at, word in enumerate(words):
        if word in FRONT or word in BACK:
            into = front if word in FRONT else back
        elif word in CORRECTS:
            _take_back(into, words[at + 1 :])
        elif digits := _group(word):
            into.append(digits)
    return [*front, *groups, *back]


def _take_back(groups: list[str], following: Sequence[str]) -> None:
    """Leave out the groups that what follows says again: all from the last one that begins the same way."""
    again = next((digits for digits in map(_group, following) if digits), "")
    while groups and again:
        taken = groups.pop()
        if taken[:1] == again[:1] or len(taken) >= len(again):
            return
    if groups:
        groups.pop()


def _group(word: str) -> str:
    """Return the digits of one word, or "": 일이삼사에 is 1234, 천이백삼십사 too."""
    ended = END_OF_SPEECH.sub("", word)
    read = [
        digits
        for said in (word, ended, word.removesuffix("요"), END_OF_GROUP.sub("", ended))
        if (digits := digits_read(said))
    ]
    if read:  # in 이이이이요 the last 이 is a digit
        return next((digits for digits in read if len(digits) == GROUP), read[0])
    for said in (word, ended, END_OF_GROUP.sub("", ended)):
        value = number_read(said) if any(place in said for place in PLACES) else None
        if value is not None:
            return str(value)
    joined = [digits_read(part) for part in re.split("국에|에|다시|국", END_OF_SPEECH.sub("", word)) if part]
    return "".join(part for part in joined if part) if joined and all(joined) else ""
