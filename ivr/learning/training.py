"""How the weights are learned: gradient descent in a fixed order, so that the same words give the same weights."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.learning.softmax import Softmax, shares

ROUNDS = 6  # over all examples
FIRST_STEP, LAST_STEP = 3.0, 0.3  # how far one example moves the weights, falling over the rounds
FEWEST = 2  # examples a feature must be in
NEGLIGIBLE = 0.01  # a class this little wrong is left as it is
FINEST = 127  # steps a weight is kept in, up and down

Row = list[float]  # how rare a feature is, squared, then one weight a class, made for a feature that rare
Known = tuple[Sequence[Row], Sequence[float], float, float]  # rows of one example, its targets, length and weight


@dataclass(frozen=True)
class Example:
    """Features of an utterance and how much each class is right for it; the shares sum to one."""

    features: tuple[str, ...]
    targets: tuple[tuple[str, float], ...]
    weight: float = 1.0


def trained(examples: Sequence[Example], rounds: int = ROUNDS) -> Softmax:
    """Return the model of the examples. Their order does not come from chance, nor does anything else.

    A class with few examples counts more for each, so that the commonest is not preferred for being common.
    """
    counted = Counter(feature for example in examples for feature in example.features)
    classes = tuple(sorted({name for example in examples for name, _ in example.targets}))
    rows = {
        feature: [(math.log(len(examples) / times) + 1.0) ** 2, *[0.0] * len(classes)]
        for feature, times in counted.items()
        if times >= FEWEST
    }
    balance = _balance(examples, classes)
    seen = [_known(example, rows, classes, balance) for example in examples]
    seen = [one for one in seen if one[0]]
    for number in range(rounds):
        step = FIRST_STEP * (LAST_STEP / FIRST_STEP) ** (number / max(rounds - 1, 1))
        for at in _order(len(seen), number):
            _learn(*seen[at], step)
    return _rounded(classes, rows)


def _balance(examples: Sequence[Example], classes: Sequence[str]) -> Mapping[str, float]:
    sizes: Counter[str] = Counter()
    for example in examples:
        for name, share in example.targets:
            sizes[name] += share * example.weight  # type: ignore[assignment]  # a share of an example
    return {name: sum(sizes.values()) / len(classes) / sizes[name] for name in classes}


def _known(
    example: Example, rows: Mapping[str, Row], classes: Sequence[str], balance: Mapping[str, float]
) -> Known:
    found = [row for row in map(rows.get, example.features) if row]
    wanted = dict(example.targets)
    weight = example.weight * sum(balance[name] * share for name, share in example.targets)
    return found, [wanted.get(name, 0.0) for name in classes], math.sqrt(sum(row[0] for row in found)), weight


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


def _rounded(classes: tuple[str, ...], rows: Mapping[str, Row]) -> Softmax:
    """Return the weights in whole steps, which is far finer than what one more example would change."""
    step = max((abs(weight) for row in rows.values() for weight in row[1:]), default=0.0) / FINEST or 1.0
    return Softmax(
        classes,
        {name: (round(row[0]), *(round(weight / step) for weight in row[1:])) for name, row in rows.items()},
        step,
    )
