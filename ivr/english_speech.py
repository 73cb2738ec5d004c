"""What a caller says in English: a few words for each service, places, yes and no. Who is not understood gets a person.

English callers are few and their keys always work, so this stays a short list of plain words.
"""

import re
import unicodedata
from collections.abc import Mapping

from directory.model import Directory, InstituteCode
from ivr.english import UNITS
from ivr.english_places import english_whereabouts
from ivr.intake import Category
from ivr.services import GUESS, SURE, Service
from ivr.understanding import Understood

C = Category
SERVICES: Mapping[Category, re.Pattern[str]] = {
    C.OPERATOR: re.compile(r"\b(operator|counsell?or|agent|representative|consultant|(a|real) person|human|someone)\b"),
    C.TECHNOLOGY_TRANSFER: re.compile(r"\b(technology transfer|licen[cs]\w+|royalt\w+|transfer)\b"),
    C.DATABASE_ACCESS: re.compile(r"\b(patents?|equipment|instruments?|database|laborator(y|ies)|test facilit\w+)\b"),
    C.PERSONNEL_EXCHANGE: re.compile(r"\b(personnel|exchange|dispatch\w*|researchers?)\b"),
    C.INFORMATION: re.compile(r"\b(information|market|road ?map|planning|opening hours|office hours)\b"),
    C.TECHNICAL_DIFFICULTY: re.compile(
        r"\b(technical|problems?|troubles?|defect\w*|broken|breaks?|crack\w*|peel\w*|leak\w*|noise|fail\w*|wrong with"
        r"|not working|does ?nt work)\b"
    ),
}
EMERGENCY = re.compile(
    r"\b(emergency|ambulance|on fire|there is a fire|theres a fire|exploded|explosion|unconscious|bleeding)\b"
)
ABUSE = re.compile(r"\b(fuck\w*|shit|bitch|bastard|asshole)\b")
REPEAT = re.compile(r"\b(repeat|again|pardon|once more|say that|did not hear|didnt hear)\b")
BACK = re.compile(r"\b(go back|previous|back)\b")
NOISE = re.compile(r"(hello|hi|um+|uh+|er+|ah+|hm+|well|please|\s)*")
MEANS_NO = re.compile(r"\b(no|nope|not|dont|wrong|incorrect|disagree|refuse)\b")
MEANS_YES = re.compile(r"\b(yes|yeah|yep|right|correct|sure|ok|okay|agree|of course)\b")
UNDECIDED = re.compile(r"\b(what|why|who|which|how|know|maybe|perhaps|no problem)\b")
KEY = re.compile(r"(?:(?:press|number|option|key|the) )*(?P<word>[a-z0-9]+)(?: (?:please|key|one))*")
KEY_WORDS: Mapping[str, str] = {
    **{word: str(digit) for digit, word in enumerate(UNITS[:10])},
    **{str(digit): str(digit) for digit in range(10)},
    "oh": "0", "star": "*", "asterisk": "*", "pound": "#", "hash": "#",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
}  # fmt: skip
LONGEST_REQUEST = 6  # words; a longer utterance with "again" in it tells a story
SHORTEST_WISH = 5
LONGEST_YES = 5
MOST_INSTITUTES = 3


def english_words(utterance: str) -> tuple[str, ...]:
    """Return the words in small letters, without apostrophes and other marks."""
    plain = unicodedata.normalize("NFKC", utterance[:2000]).lower().replace("'", "").replace("’", "")
    return tuple(re.findall(r"[a-z0-9]+", plain))


def understand_english(directory: Directory, utterance: str) -> Understood:
    """Understand an utterance in English. The same words give the same answer; nothing is ever refused."""
    words = english_words(utterance)
    said = " ".join(words)
    place = english_whereabouts(directory, words)
    institutes = _institutes(directory, words, said)
    signals = _signals(words, said)
    quiet = {"emergency", "repeat", "back", "noise"} & set(signals)
    service = Service(None, 0.0) if quiet else _service(said, about_a_field=bool(institutes))
    tells = service.category not in {None, C.OPERATOR} and len(words) >= SHORTEST_WISH
    return Understood(
        category=service.category,
        category_confidence=service.confidence,
        region=place.region,
        region_candidates=place.candidates,
        institutes=institutes if service.category else (),
        signals=(*signals, *(("wish",) if tells else ())),
    )


def english_yes_or_no(utterance: str) -> bool | None:
    """Return the answer, or None when it could be either; a consent hangs on this, so yes must be plain."""
    said = " ".join(english_words(utterance))
    if UNDECIDED.search(said):
        return None
    if MEANS_NO.search(said):
        return False
    return True if MEANS_YES.search(said) else None


def english_key(utterance: str) -> str | None:
    """Return the key that was said and nothing else: "two", "press two please", "star"."""
    found = KEY.fullmatch(" ".join(english_words(utterance)))
    return KEY_WORDS.get(found["word"]) if found else None


def english_digits(utterance: str) -> str:
    """Return digits said one by one, or "" when anything else was said: "oh three one" is 031."""
    digits = [KEY_WORDS.get(word, word if word.isdigit() else "") for word in english_words(utterance)]
    return "".join(digits) if digits and all(digit.isdigit() for digit in digits) else ""


def _signals(words: tuple[str, ...], said: str) -> tuple[str, ...]:
    found = ["emergency"] if EMERGENCY.search(said) else []
    found += ["abuse"] if ABUSE.search(said) else []
    if len(words) <= LONGEST_REQUEST and REPEAT.search(said):
        found.append("repeat")
    elif len(words) <= LONGEST_REQUEST and BACK.search(said):
        found.append("back")
    if NOISE.fullmatch(said):
        found.append("noise")
    answer = english_yes_or_no(said) if len(words) <= LONGEST_YES else None
    return (*found, *(() if answer is None else ("yes",) if answer else ("no",)))


def _service(said: str, *, about_a_field: bool) -> Service:
    """Return the service named; who names several is asked, and who wants a person gets one."""
    named = [category for category, pattern in SERVICES.items() if pattern.search(said)]
    if C.OPERATOR in named:
        return Service(C.OPERATOR, SURE)
    if named:
        return Service(named[0], SURE if len(named) == 1 else GUESS)
    return Service(C.TECHNICAL_DIFFICULTY, GUESS) if about_a_field else Service(None, 0.0)


def _institutes(directory: Directory, words: tuple[str, ...], said: str) -> tuple[InstituteCode, ...]:
    """Return the institutes named, and then those whose fields were heard most often."""
    points: dict[InstituteCode, int] = {}
    for institute in directory.institutes.values():
        named = institute.code.lower() in words or institute.name_en.lower() in said
        heard = sum(f" {field.lower()} " in f" {said} " for field in institute.fields_en)
        if named or heard:
            points[institute.code] = heard + (100 if named else 0)
    return tuple(sorted(points, key=lambda code: (-points[code], code))[:MOST_INSTITUTES])
