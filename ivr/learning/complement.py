"""A second opinion from counting: a word speaks for a class when the other classes do without it.

Complement naive Bayes (Rennie and others, 2003) errs elsewhere than weights found by descent. Both are linear, so one
row holds their sum; on troubles held back their sum found the institute three times in a hundred more often.
"""

import math
from collections.abc import Sequence

from ivr.learning.training import Example, Row, Weights, length_of, unlearned

SMOOTHING = 0.5  # as if every feature had been met this much in every class
DESCENT, COUNTING = 0.4, 3.2  # how much either opinion counts; found on troubles held back


def counted(examples: Sequence[Example]) -> Weights:
    """Return what counting alone says of the examples."""
    return with_complements(unlearned(examples), examples)


def with_complements(weights: Weights, examples: Sequence[Example]) -> Weights:
    """Return the weights with what counting the same examples says added."""
    places = {name: at for at, name in enumerate(weights.classes)}
    met = {feature: [0.0] * len(places) for feature in weights.rows}
    for example in examples:
        known = [(feature, weights.rows[feature][0]) for feature in example.features if feature in met]
        length = length_of(rarity for _, rarity in known)
        for feature, rarity in known:
            for name, share in example.targets:
                met[feature][places[name]] += share * math.sqrt(rarity) / length
    everywhere = [sum(column) for column in zip(*met.values(), strict=True)]
    elsewhere = [sum(everywhere) - of_class + SMOOTHING * len(met) for of_class in everywhere]
    rows: dict[str, Row] = {}
    for feature, (rarity, *found) in weights.rows.items():
        total, unit = sum(met[feature]), COUNTING * math.sqrt(rarity)
        both = [
            DESCENT * weight - unit * math.log((total - of_class + SMOOTHING) / others)
            for weight, of_class, others in zip(found, met[feature], elsewhere, strict=True)
        ]
        middle = sum(both) / len(both)  # what all classes share decides nothing
        rows[feature] = [rarity, *(weight - middle for weight in both)]
    return Weights(weights.classes, rows, weights.taught)
