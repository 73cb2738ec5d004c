"""Parts of labelled calls to be tested on, so that no call is tested by what was learned from it or from its double."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from ivr.learning.corpus import Labelled
from ivr.speech_text import squeezed

FOLDS = 5
DOUBLE = 0.5  # share of common pairs of syllables from which two calls count as the same call said twice


def folds(calls: Sequence[Labelled]) -> Iterator[tuple[list[Labelled], list[Labelled]]]:
    """Return (learned from, tested on) pairs; each call is tested on once. Doubles are never parted."""
    together = groups(calls)
    for number in range(FOLDS):
        held = [call for at, group in enumerate(together) if at % FOLDS == number for call in group]
        kept = [call for at, group in enumerate(together) if at % FOLDS != number for call in group]
        yield kept, held


def groups(calls: Sequence[Labelled]) -> list[list[Labelled]]:
    """Return the calls with their doubles: the same words but for a few, spaces not counted."""
    pairs = [_pairs(call.utterance) for call in calls]
    leader = list(range(len(calls)))

    def led_by(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for one, other in combinations(range(len(calls)), 2):
        if len(pairs[one] & pairs[other]) >= DOUBLE * len(pairs[one] | pairs[other]):
            leader[led_by(other)] = led_by(one)
    found: dict[int, list[Labelled]] = {}
    for at, call in enumerate(calls):
        found.setdefault(led_by(at), []).append(call)
    return list(found.values())


def _pairs(utterance: str) -> frozenset[str]:
    said = f"^{squeezed(utterance)}$"
    return frozenset(said[at : at + 2] for at in range(len(said) - 1))
