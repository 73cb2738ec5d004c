"""How each language of the line is heard: one set of functions for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from directory.model import Directory
from ivr.english_speech import english_digits, english_key, english_yes_or_no, understand_english
from ivr.spoken_keys import spoken_digits, spoken_key
from ivr.understanding import Understood, understand
from ivr.yes_or_no import yes_or_no


@dataclass(frozen=True)
class Ears:
    understand: Callable[[Directory, str], Understood]
    yes_or_no: Callable[[str], bool | None]
    spoken_key: Callable[[str], str | None]
    spoken_digits: Callable[[str], str]
    tries_again: bool  # False: who is not understood the first time gets a person


KOREAN = Ears(understand, yes_or_no, spoken_key, spoken_digits, tries_again=True)
ENGLISH = Ears(understand_english, english_yes_or_no, english_key, english_digits, tries_again=False)
_EARS: Mapping[str, Ears] = {"ko": KOREAN, "en": ENGLISH}


def ears_of(language: str) -> Ears:
    return _EARS.get(language, KOREAN)
