"""The words of the line in every language, and how a sentence is filled with values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from ivr import english, korean

PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]+))?\}")
SENTENCE = re.compile(r"[^.?!]+[.?!]*")
FALLBACK = "hold_on"  # spoken when a prompt is missing: a sentence that fits anywhere


@dataclass(frozen=True)
class Spoken:
    """One sentence for the caller, and the prompt it came from."""

    prompt: str
    text: str
    language: str = "ko"  # of the words: a menu may offer another language in that language


@dataclass(frozen=True)
class Wording:
    """The prompts of one language, and how it names services and regions."""

    prompts: Mapping[str, str]
    names: Mapping[str, str]  # technical_difficulty -> 기술 애로, KR-41 -> 경기
    spoken_in: Mapping[str, str] = field(default_factory=dict)  # prompt -> the other language its words are in


@dataclass(frozen=True)
class Prompts:
    """Prompts by language; Korean is always there."""

    wordings: Mapping[str, Wording]

    def speak(self, name: str, /, language: str = "ko", **values: object) -> Spoken:
        """Fill a prompt with values. A sentence that lacks its value is left out; a missing prompt asks to hold on.

        Both are found by the checker before a flow is published; at run time a caller never meets a failure.
        """
        if language not in self.wordings or name not in self.wordings[language].prompts:
            language = "ko"
        wording = self.wordings[language]
        template = wording.prompts.get(name, "")
        sentences = (fill(sentence, values, wording.names, language) for sentence in SENTENCE.findall(template))
        text = "".join(sentence for sentence in sentences if sentence is not None).strip()
        if not text:
            return Spoken(name, self.wordings["ko"].prompts.get(FALLBACK, ""))
        return Spoken(name, text, wording.spoken_in.get(name, language))

    def _wording(self, language: str) -> Wording:
        return self.wordings.get(language) or self.wordings["ko"]

    def name_of(self, value: str, language: str = "ko") -> str:
        """Return how a service or region is called: 기술 이전, 경기."""
        return self._wording(language).names.get(value, value)


def fill(sentence: str, values: Mapping[str, object], names: Mapping[str, str], language: str = "ko") -> str | None:
    """Replace each {value} or {value:way of reading} by what is said; None when a value is missing."""
    if any(values.get(name) is None for name, _ in placeholders(sentence)):
        return None

    def read(found: re.Match[str]) -> str:
        value = values[found[1]]
        return read_as(names.get(value, value) if isinstance(value, str) else value, found[2], language)

    return PLACEHOLDER.sub(read, sentence)


def read_as(value: object, way: str | None, language: str = "ko") -> str:
    """Read one value; a way that does not fit the value reads it plainly."""
    in_korean = language == "ko"
    if way is None:
        return korean.read_acronyms(str(value)) if in_korean else str(value)
    if way in korean.PARTICLES and in_korean:
        return korean.with_particle(str(value), way)
    try:
        return READINGS[language][way](value)
    except (KeyError, TypeError, ValueError):
        return str(value)


def placeholders(template: str) -> tuple[tuple[str, str | None], ...]:
    """Return each placeholder of a prompt with its way of reading."""
    return tuple((found[1], found[2]) for found in PLACEHOLDER.finditer(template))


def is_reading(way: str | None, language: str = "ko") -> bool:
    """Say whether a language reads values this way; particles are Korean."""
    return way is None or way in READINGS.get(language, {}) or (way in korean.PARTICLES and language == "ko")


def day_of(value: object) -> date:
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if not isinstance(value, date):
        raise TypeError
    return value


def time_of(value: object) -> time:
    if isinstance(value, str):
        value = time.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.time()
    if not isinstance(value, time):
        raise TypeError
    return value


def as_int(value: object) -> int:
    return int(str(value))


READINGS: Mapping[str, Mapping[str, Callable[[object], str]]] = {
    "ko": {
        "digits": lambda value: korean.digit_by_digit(str(value)),
        "telephone": lambda value: korean.telephone(str(value)),
        "number": lambda value: korean.sino(as_int(value)),
        "minutes": lambda value: f"{korean.sino(as_int(value))} 분",
        "people": lambda value: korean.people(as_int(value)),
        "clock": lambda value: korean.clock(time_of(value)),
        "day": lambda value: korean.calendar_day(day_of(value)),
    },
    "en": {
        "digits": lambda value: english.digit_by_digit(str(value)),
        "telephone": lambda value: english.telephone(str(value)),
        "number": lambda value: english.number(as_int(value)),
        "minutes": lambda value: english.counted(as_int(value), "minute", "minutes"),
        "people": lambda value: english.counted(as_int(value), "person", "people"),
        "clock": lambda value: english.clock(time_of(value)),
        "day": lambda value: english.calendar_day(day_of(value)),
    },
}
