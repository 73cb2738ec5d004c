"""How the weights are learned: gradient descent in a fixed order, so that the same words give the same weights."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ivr.learning.softmax import Softmax, shares

STEPS = (3.0, 1.9, 1.2, 0.75, 0.5, 0.3)  # how far one example moves the weights, round by round over all examples
LATER_STEPS = (1.0, 0.6, 0.3)  # the same for examples that come later, to weights that know much already
FEWEST = 2  # examples a feature must be in
MOST_BALANCE = 4.0  # times an example counts for being of a rare class
NEGLIGIBLE = 0.01  # a class this little wrong is left as it is
FINEST = 127  # steps a weight is kept in, up and down

Row = list[float]  # how rare a feature is, squared, then one weight a class, made for a feature that rare
Known = tuple[Sequence[Row], Sequence[float], float, float]  # rows of one example, its targets, length and weight


@dataclass(frozen=True)
class Example:
    """Features of an utterance and how much each class is right for it; the shares sum to one."""

    features: tuple[str, ...]
    targets: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Weights:
    """What was learned, before it is rounded; learning more makes new weights and leaves these as they are."""

    classes: tuple[str, ...]
    rows: Mapping[str, Row]
    taught: int  # examples


def learned_from(examples: Sequence[Example]) -> Weights:
    """Return the weights of the examples. Their order does not come from chance, nor does anything else."""
    classes = tuple(sorted({name for example in examples for name, _ in example.targets}))
    return _descended(Weights(classes, {}, 0), examples, STEPS)


def unlearned(examples: Sequence[Example]) -> Weights:
    """Return weights that know which features there are and how rare, and prefer no class."""
    classes = tuple(sorted({name for example in examples for name, _ in example.targets}))
    return _descended(Weights(classes, {}, 0), examples, ())


def learned_more(weights: Weights, examples: Sequence[Example]) -> Weights:
    """Return the weights after more examples, of the same classes."""
    return _descended(weights, examples, LATER_STEPS) if examples else weights


def _descended(before: Weights, examples: Sequence[Example], steps: Sequence[float]) -> Weights:
    """Go down the slope once for each step.

    A class with few examples counts more for each, so that the commonest is not preferred for being common.
    """
    rows = {feature: list(row) for feature, row in before.rows.items()}
    taught = before.taught + len(examples)
    counted = Counter(feature for example in examples for feature in example.features if feature not in rows)
    for feature, times in counted.items():
        if times >= FEWEST:
            rows[feature] = [(math.log(taught / times) + 1.0) ** 2, *[0.0] * len(before.classes)]
    balance = _balance(examples, before.classes)
    seen = [_known(example, rows, before.classes, balance) for example in examples]
    seen = [one for one in seen if one[0]]
    for number, step in enumerate(steps):
        for at in _order(len(seen), number):
            _learn(*seen[at], step)
    return Weights(before.classes, rows, taught)


def _balance(examples: Sequence[Example], classes: Sequence[str]) -> Mapping[str, float]:
    sizes = dict.fromkeys(classes, 0.0)
    for example in examples:
        for name, share in example.targets:
            sizes[name] += share
    return {name: min(sum(sizes.values()) / len(classes) / size, MOST_BALANCE) for name, size in sizes.items() if size}


def _known(example: Example, rows: Mapping[str, Row], classes: Sequence[str], balance: Mapping[str, float]) -> Known:
    found = [row for row in map(rows.get, example.features) if row]
    wanted = dict(example.targets)
    weight = sum(balance[name] * share for name, share in example.targets)
    return found, [wanted.get(name, 0.0) for name in classes], length_of(row[0] for row in found), weight


def length_of(rarities: Iterable[float]) -> float:
    """Return the length of an utterance with features this rare, so that long ones do not outweigh short ones."""
    return math.sqrt(sum(rarities)) or 1.0


def _learn(found: Sequence[Row], targets: Sequence[float], length: float, weight: float, step: float) -> None:
    _, *sums = map(sum, zip(*found, strict=True))
    for at, (believed, wanted) in enumerate(zip(shares([total / length for total in sums]), targets, strict=True)):
        wrong = believed - wanted
        if abs(wrong) > NEGLIGIBLE:
            move = step * weight * wrong / length
            for row in found:
                row[at + 1] -= move * row[0]


def _order(count: int, number: int) -> list[int]:
    """Return every index once, neighbours far apart, each round another way."""
    if not count:
        return []
    stride = int(count * (0.61803 + 0.017 * number)) | 1
    while math.gcd(stride, count) > 1:
        stride += 2
    return [(number + stride * at) % count for at in range(count)]


def rounded(weights: Weights) -> Softmax:
    """Return the weights in whole steps, which is far finer than what one more example would change."""
    step = max((abs(weight) for row in weights.rows.values() for weight in row[1:]), default=0.0) / FINEST or 1.0
    return Softmax(
        weights.classes,
        {name: (round(row[0]), *(round(weight / step) for weight in row[1:])) for name, row in weights.rows.items()},
        step,
    )
