"""Whether to ask one short question instead of guessing, and which: weighed by how likely something would be wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.institute_choice import Ranked
from ivr.intake import Category
from ivr.region_speech import Whereabouts

ASK_BELOW = 0.64


@dataclass(frozen=True)
class Doubt:
    """What was understood, and how well."""

    category: Category | None
    confidence: float
    ranked: Ranked
    field_told: float  # belief that the words tell the field of some institute
    place: Whereabouts
    is_named: bool
    is_silence: bool = False


def ask_back(doubt: Doubt) -> str | None:
    """Return what to ask, or None. Silence and a place with several meanings are always asked; else the weakest part.

    Learned weights over these and more (novelty and number of the words, margins) found no more of the errors.
    """
    if doubt.is_silence:
        return "category"
    if doubt.category and doubt.place.candidates:
        return "region"
    institute = belief_in_institute(doubt)
    if doubt.confidence * institute >= ASK_BELOW:
        return None
    return "category" if doubt.confidence <= institute else "institute"


def belief_in_institute(doubt: Doubt) -> float:
    """Return how plainly the first institute is meant; where no field is told there is none to get wrong."""
    if doubt.is_named or not doubt.category:
        return 1.0
    return 1.0 - doubt.field_told * (1.0 - lead(doubt.ranked.scores))


def lead(scores: Sequence[float]) -> float:
    """Return how plainly the first is ahead of the second, from one half to 1; nothing to choose from is plain."""
    if not scores:
        return 1.0
    first, second = (*scores, 0.0)[:2]
    return first / (first + second)
