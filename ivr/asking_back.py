"""Whether to ask one short question instead of guessing, and which: weighed by how likely something would be wrong."""

from dataclasses import dataclass

from ivr.institute_choice import Ranked
from ivr.intake import Category
from ivr.region_speech import Whereabouts

ASK_BELOW = 0.5  # belief that all is right, under which a question costs the caller less than a mistake


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
    institute = doubt.ranked.scores[0] if doubt.ranked.scores else 1.0
    if doubt.confidence * institute >= ASK_BELOW:
        return None
    return "category" if doubt.confidence <= institute else "institute"
