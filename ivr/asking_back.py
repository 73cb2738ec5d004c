"""Whether to ask one short question instead of guessing, and which: weighed by how likely something would be wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.institute_choice import Ranked
from ivr.intake import Category
from ivr.region_speech import Whereabouts

ASK_BELOW = 0.6  # belief in service and institute together; found on calls held back: about a fifth is asked


@dataclass(frozen=True)
class Doubt:
    """What was understood, and how well."""

    category: Category | None
    confidence: float
    ranked: Ranked
    place: Whereabouts
    is_named: bool


def ask_back(doubt: Doubt) -> str | None:
    """Return what to ask, or None. A place with several meanings is always asked; else the weakest part."""
    if doubt.category and doubt.place.candidates:
        return "region"
    institute = 1.0 if doubt.is_named else lead(doubt.ranked.scores)
    if doubt.confidence * institute >= ASK_BELOW:
        return None
    return "category" if doubt.confidence <= institute else "institute"


def lead(scores: Sequence[float]) -> float:
    """Return how plainly the first is ahead of the second, from one half to 1; nothing to choose from is plain."""
    if not scores:
        return 1.0
    first, second = (*scores, 0.0)[:2]
    return first / (first + second)
