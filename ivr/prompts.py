"""The words of the line in every language, and how a sentence is filled with values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from ivr import korean

PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]+))?\}")
SENTENCE = re.compile(r"[^.?!]+[.?!]*")
FALLBACK = "hold_on"  # spoken when a prompt is missing: a sentence that fits anywhere


@dataclass(frozen=True)
class Spoken:
    """One sentence for the caller, and the prompt it came from."""

    prompt: str
    text: str


@dataclass(frozen=True)
class Wording:
    """The prompts of one language, and how it names services and regions."""

    prompts: Mapping[str, str]
    names: Mapping[str, str]  # technical_difficulty -> 기술 애로, KR-41 -> 경기


@dataclass(frozen=True)
class Prompts:
    """Prompts by language; Korean is always there."""

    wordings: Mapping[str, Wording]

    def speak(self, name: str, /, language: str = "ko", **values: object) -> Spoken:
        """Fill a prompt with values. A sentence that lacks its value is left out; a missing prompt asks to hold on.

        Both are found by the checker before a flow is published; at run time a caller never meets a failure.
        """
        wording = self.wordings.get(language) or self.wordings["ko"]
        template = wording.prompts.get(name) or self.wordings["ko"].prompts.get(name, "")
        sentences = (fill(sentence, values, wording.names) for sentence in SENTENCE.findall(template))
        text = "".join(sentence for sentence in sentences if sentence is not None).strip()
        return Spoken(name, text or self.wordings["ko"].prompts.get(FALLBACK, ""))

    def name_of(self, value: str, language: str = "ko") -> str:
        """Return how a service or region is called: 기술 이전, 경기."""
        wording = self.wordings.get(language) or self.wordings["ko"]
        return wording.names.get(value, value)


def fill(sentence: str, values: Mapping[str, object], names: Mapping[str, str]) -> str | None:
    """Replace each {value} or {value:way of reading} by what is said; None when a value is missing."""
    if any(values.get(name) is None for name, _ in placeholders(sentence)):
        return None

    def read(found: re.Match[str]) -> str:
        value = values[found[1]]
        return read_as(names.get(value, value) if isinstance(value, str) else value, found[2])

    return PLACEHOLDER.sub(read, sentence)


def read_as(value: object, way: str | None) -> str:
    """Read one value; a way that does not fit the value reads it plainly."""
    if way is None:
        return korean.read_acronyms(str(value))
    if way in korean.PARTICLES:
        return korean.with_particle(str(value), way)
    try:
        return READINGS[way](value)
    except (KeyError, TypeError, ValueError):
        return str(value)


def placeholders(template: str) -> tuple[tuple[str, str | None], ...]:
    """Return each placeholder of a prompt with its way of reading."""
    return tuple((found[1], found[2]) for found in PLACEHOLDER.finditer(template))


def is_reading(way: str | None) -> bool:
    return way is None or way in READINGS or way in korean.PARTICLES


def read_day(value: object) -> str:
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if not isinstance(value, date):
        raise TypeError
    return korean.calendar_day(value)


def read_clock(value: object) -> str:
    if isinstance(value, str):
        value = time.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.time()
    if not isinstance(value, time):
        raise TypeError
    return korean.clock(value)


def as_int(value: object) -> int:
    return int(str(value))


READINGS: Mapping[str, Callable[[object], str]] = {
    "digits": lambda value: korean.digit_by_digit(str(value)),
    "telephone": lambda value: korean.telephone(str(value)),
    "number": lambda value: korean.sino(as_int(value)),
    "minutes": lambda value: f"{korean.sino(as_int(value))} 분",
    "people": lambda value: korean.people(as_int(value)),
    "clock": read_clock,
    "day": read_day,
}
