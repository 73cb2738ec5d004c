"""Whether to ask one short question instead of guessing, and which: weighed by how likely something would be wrong."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ivr.institute_choice import Ranked
from ivr.intake import Category
from ivr.region_speech import Whereabouts

ASK_FROM = 0.15  # how likely something is wrong when the caller is asked; about one caller in six
LEAST_BELIEF = 0.001
AT_FULL_BELIEF, BELIEF_WEIGHT, UNHEARD_WEIGHT, ODDS_WEIGHT = -3.46, 2.96, 1.8, 0.75  # in logits, as they were fitted


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
    is_doubted: bool = False  # the second opinion on the service is another one
    is_at_odds: bool = False  # the words fit another service as well: a wish, where a trouble was understood
    unheard: float = 0.0  # share of the pairs of syllables that nobody taught


def ask_back(doubt: Doubt) -> str | None:
    """Return what to ask, or None. Silence and a place with several meanings are always asked."""
    if doubt.is_silence:
        return "category"
    if doubt.category and doubt.place.candidates:
        return "region"
    if risk(doubt) < ASK_FROM:
        return None
    return "institute" if not doubt.is_doubted and belief_in_institute(doubt) < doubt.confidence else "category"


def risk(doubt: Doubt) -> float:
    """Return how likely the service or the first institute is wrong.

    The weights were fitted to whole calls, each understood by what was learned without it: docs/understanding.md.
    """
    belief = max(doubt.confidence * belief_in_institute(doubt), LEAST_BELIEF)
    told = AT_FULL_BELIEF - BELIEF_WEIGHT * math.log(belief)
    told += UNHEARD_WEIGHT * (doubt.unheard + unsure_of_first(doubt))
    told += ODDS_WEIGHT * (doubt.is_doubted + doubt.is_at_odds)
    return 1.0 / (1.0 + math.exp(-told))


def unsure_of_first(doubt: Doubt) -> float:
    """Return how much of a field is told that is not the first institute's."""
    if doubt.is_named or not doubt.category or not doubt.ranked.scores:
        return 0.0
    return doubt.field_told * (1.0 - doubt.ranked.scores[0])


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
