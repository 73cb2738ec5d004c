"""How long a sentence takes to say: Korean by its syllables, English by its words."""

import re
from collections.abc import Mapping
from datetime import date

from ivr.prompts import Prompts
from ivr.required_prompts import TICKET_STATES

SYLLABLES_A_SECOND = 5.5  # an announcer's pace, pauses counted in
WORDS_A_SECOND = 2.5
PACE = {"ko": SYLLABLES_A_SECOND, "en": WORDS_A_SECOND}
_WORD = re.compile(r"[^\s.,?!]+")


def units(text: str, language: str) -> int:
    """Return the syllables of Korean, or the words of another language."""
    if language != "ko":
        return len(_WORD.findall(text))
    return sum("가" <= sign <= "힣" or sign.isdigit() for sign in text) + len(re.findall(r"[A-Za-z]+", text))


def seconds(text: str, language: str) -> float:
    return round(units(text, language) / PACE.get(language, WORDS_A_SECOND), 1)


def words(text: str) -> int:
    return len(_WORD.findall(text))


def long_values(prompts: Prompts, language: str) -> Mapping[str, object]:
    """Return a value for everything a flow's prompts may name: the longest ones that are usual."""

    def longest(*names: str) -> str:
        return max(names, key=lambda name: units(prompts.name_of(name, language), language))

    return {
        "category": longest("technical_difficulty", "database_access", "personnel_exchange", "technology_transfer"),
        "region": "KR-29",
        "callback_number": "01012345678",
        "choices": "광주광역시는 일 번, 경기 광주시는 이 번" if language == "ko" else "one of two places",
        "ticket": "26-000123-3",
        "progress": longest(*(f"ticket_{state}" for state in TICKET_STATES)),
        "desk": "한국전자통신연구원" if language == "ko" else "Electronics and Telecommunications Research Institute",
        "due": date(2026, 11, 27),
        "late": None,
        "number": "1588-0800",
        "name": "공공조달 안내" if language == "ko" else None,
        "hours": "평일 오전 아홉 시부터 오후 여섯 시까지"
        if language == "ko"
        else "weekdays from nine in the morning to six in the evening",
    }
