"""A length of time as it is said in English, in days: three months are 90."""

import re
from collections.abc import Mapping

PERIOD = re.compile(
    r"\b(?P<number>\d{1,3}|an?|one|two|three|four|five|six|nine|twelve) (?P<unit>day|week|month|year)s?\b(?! ago)"
)
DAYS: Mapping[str, int] = {"day": 1, "week": 7, "month": 30, "year": 365}
NUMBERS: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12,
}  # fmt: skip


def english_days(utterance: str) -> int | None:
    """Return the longest period an utterance names, in days, or None; what happened so long ago is no period."""
    found = [
        (int(word) if (word := period["number"]).isdigit() else NUMBERS[word]) * DAYS[period["unit"]]
        for period in PERIOD.finditer(utterance.lower())
    ]
    return max((days for days in found if days > 0), default=None)
