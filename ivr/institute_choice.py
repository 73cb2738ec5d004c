"""Which institutes an utterance is for, best first: those named, else those whose field it tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.model import Directory, InstituteCode
from ivr.institute_names import Named
from ivr.learning.lessons import NO_FIELD

MOST = 3  # institutes offered
NO_FIELD_TOLD = 0.9  # share of belief above which the words tell no field, and no institute is offered
NAMED_SCORE = 0.98  # an institute named is meant, unless the recognizer misheard


@dataclass(frozen=True)
class Ranked:
    """Institutes, best first, and how well each fits, from 0 to 1."""

    codes: tuple[InstituteCode, ...] = ()
    scores: tuple[float, ...] = ()


def ranked_institutes(directory: Directory, named: Sequence[Named], fields: Mapping[str, float]) -> Ranked:
    ours = tuple(dict.fromkeys(InstituteCode(one.code) for one in named if one.is_ours))[:MOST]
    if ours:
        return Ranked(ours, (NAMED_SCORE,) * len(ours))
    if fields.get(NO_FIELD, 0.0) > NO_FIELD_TOLD:
        return Ranked()
    told = 1.0 - fields.get(NO_FIELD, 0.0)
    known = {InstituteCode(code): share / told for code, share in fields.items() if code in directory.institutes}
    best = sorted(known, key=lambda code: (-known[code], code))[:MOST]
    return Ranked(tuple(best), tuple(known[code] for code in best))
