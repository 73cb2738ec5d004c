"""How to listen to an answer: which keys, whether speech, how long, and the words to expect."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from directory.model import Directory
from ivr.directory_key import DirectoryKey
from ivr.english_places import english_places
from ivr.institute_fields import field_words
from ivr.institute_names import spoken_names
from ivr.intake import Category
from ivr.place_names import WIDE_NAMES
from ivr.prompts import Prompts
from ivr.steps import Entry, Question

MOST_HINTS = 500  # Twilio's limits: entries, characters in each, and no commas inside
LONGEST_HINT = 100
KEYS_OF = {  # the most keys an entry takes; one that is ended by a key counts it too
    "area_code": 3,
    "telephone_number": 13,
    "ticket_number": 11,
    "ticket_code": 4,
}
SERVICE_WORDS = ("기술 애로", "애로 기술", "특허 조회", "장비 예약", "디비 공개", "실험실", "인력 교류", "연구원 파견",
                 "정보 제공", "시장 정보", "기술 로드맵", "기술 이전", "기술료", "상담원")  # fmt: skip
ANSWERS = ("네", "예", "맞습니다", "아니요", "아닙니다", "동의합니다", "동의하지 않습니다", "일 번", "이 번")


ENGLISH_SERVICE_WORDS = ("technical problem", "patent", "equipment", "laboratory", "researcher exchange", "information",
                         "market information", "technology transfer", "license", "counselor", "operator")  # fmt: skip
ENGLISH_ANSWERS = ("yes", "no", "that is right", "I agree", "I do not agree", "one", "two")


@dataclass(frozen=True)
class Listening:
    """What the telephone network is asked to listen for."""

    max_keys: int
    hears_speech: bool
    timeout_seconds: int
    finish_on_key: str  # "" wherever # means back
    hints: tuple[str, ...]


def listening_for(question: Question, directory: Directory, prompts: Prompts, language: str) -> Listening:
    hints = hints_for(question, directory, prompts, language)
    if not isinstance(question, Entry):
        return Listening(1, True, question.wait_seconds, "", hints)
    hears_speech = question.takes != "telephone_number"  # a check digit or a list of codes tells what was misheard
    return Listening(KEYS_OF[question.takes], hears_speech, question.wait_seconds, question.ends_with, hints)


def hints_for(question: Question, directory: Directory, prompts: Prompts, language: str) -> tuple[str, ...]:
    """Return the question's own hints and those of the directory, within the limits of the telephone network.

    Sources take turns, each with its most telling words first, so that none is cut off by a long one before it.
    """
    names = tuple(prompts.name_of(service, language) for service in Category)
    return _hints(DirectoryKey(directory), question.hints, question.hints_from, names, language)


@lru_cache(maxsize=256)  # more than all questions in all languages
def _hints(
    key: DirectoryKey, own: tuple[str, ...], hints_from: tuple[str, ...], services: tuple[str, ...], language: str
) -> tuple[str, ...]:
    sources = (HINTS[source](key.directory, services, language) for source in hints_from)
    turns = (hint for turn in zip_longest(*sources) for hint in turn if hint is not None)
    return tuple(dict.fromkeys(filter(None, map(as_hint, (*own, *turns)))))[:MOST_HINTS]


def as_hint(words: str) -> str:
    """Return the words as one hint, or "" when they cannot be one: too long, or not one line."""
    hint = " ".join(words.replace(",", " ").split())
    return hint if len(hint) <= LONGEST_HINT and hint.isprintable() else ""


def service_names(directory: Directory, services: tuple[str, ...], language: str) -> Iterable[str]:
    del directory
    return (*services, *(SERVICE_WORDS if language == "ko" else ENGLISH_SERVICE_WORDS))


def institutes(directory: Directory, services: tuple[str, ...], language: str) -> Iterable[str]:
    del services
    if language != "ko":
        return (name for one in directory.institutes.values() for name in (one.code, one.name_en))
    return spoken_names(directory)


def fields(directory: Directory, services: tuple[str, ...], language: str) -> Iterable[str]:
    del services
    if language != "ko":
        return (word for institute in directory.institutes.values() for word in institute.fields_en)
    return (word for word in field_words(directory) if len(word) > 1)


def places(directory: Directory, services: tuple[str, ...], language: str) -> Iterable[str]:
    del services
    if language != "ko":
        return english_places(directory)
    regions = (name for region in directory.regions.values() for name in (region.short_ko, *region.aliases))
    return (*regions, *WIDE_NAMES, *(form for place in directory.places for form in place.spoken_forms))


def answers(directory: Directory, services: tuple[str, ...], language: str) -> Iterable[str]:
    del directory, services
    return ANSWERS if language == "ko" else ENGLISH_ANSWERS


HINTS: Mapping[str, Callable[[Directory, tuple[str, ...], str], Iterable[str]]] = {
    "services": service_names,
    "institutes": institutes,
    "fields": fields,
    "places": places,
    "answers": answers,
}
