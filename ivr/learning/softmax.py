"""A linear model over words: for each feature a row of weights, one for each class."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Softmax:
    """Classes and their weights, in whole steps of `step`. What was never seen has no row.

    The first column of a row is how rare its feature is, squared; the weights in the row are for a feature that rare.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, Sequence[int]]
    step: float

    def scores(self, features: Iterable[str]) -> tuple[float, ...]:
        """Return one score a class; the features share the weight of one utterance, however many they are."""
        known = [row for row in map(self.rows.get, features) if row]
        if not known:
            return (0.0,) * len(self.classes)
        length, *sums = map(sum, zip(*known, strict=True))
        share = self.step / math.sqrt(length)
        return tuple(total * share for total in sums)

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """Return the share of belief of each class; they sum to one."""
        return dict(zip(self.classes, shares(self.scores(features)), strict=True))


def shares(scores: Sequence[float]) -> list[float]:
    """Return scores as probabilities that sum to one."""
    highest = max(scores)
    grown = [math.exp(score - highest) for score in scores]
    total = sum(grown)
    return [value / total for value in grown]
