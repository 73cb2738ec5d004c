"""How long a caller may still wait: a range, from who stands before, who can serve, and what talks took lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import median, quantiles

FEWEST_TALKS = 5  # with fewer, nothing can be said honestly
LONGEST_MINUTES = 60  # nobody is helped by hearing more
QUARTILES_OF_A_BELL = 1.35  # how many standard deviations lie between the quartiles
SECONDS_IN_A_MINUTE = 60


@dataclass(frozen=True)
class Told:
    """A range in whole minutes, as it is said; `least` 0 is "within `most` minutes"."""

    least: int
    most: int


@dataclass(frozen=True)
class Estimate:
    """A range in seconds; the wait that is expected lies within it."""

    least: float
    expected: float
    most: float


def estimate(ahead: int, able: int, talks: Sequence[float]) -> Estimate | None:
    """Return the wait of one with `ahead` callers before them, `able` agents signed in who can serve them, and the
    seconds that talks with their wrap-up took lately. None when the data are thin.

    Agents come free one after the other, each after a talk's median length; the spread of a sum grows with the root of
    its parts. It is never taken for larger than the median, so that no end of the range falls as more stand before.
    """
    if able < 1 or len(talks) < FEWEST_TALKS:
        return None
    usual = median(talks)
    lower, _, upper = quantiles(talks, n=4)
    spread = min((upper - lower) / QUARTILES_OF_A_BELL, usual)
    turns = ahead + 1
    expected = turns * usual / able
    margin = sqrt(turns) * spread / able
    return Estimate(max(expected - margin, 0.0), expected, expected + margin)


def to_tell(found: Estimate | None, told: Told | None) -> Told | None:
    """Return what to say to one who was told something before: never more than that, and nothing rather than a lie.

    None also when the wait turns out longer than was said, or too long to be of use.
    """
    if found is None:
        return None
    least, most = floor(found.least / SECONDS_IN_A_MINUTE), max(ceil(found.most / SECONDS_IN_A_MINUTE), 1)
    if told is not None:
        if least > told.most:
            return None
        least, most = min(least, told.least), min(most, told.most)
    return None if most > LONGEST_MINUTES else Told(least, most)


def full_from(able: int, per_agent: int | None, callers: int | None) -> int | None:
    """Return how many must wait for one more to hear it before they wait too; None: however many."""
    limits = [limit for limit in (callers, None if per_agent is None else per_agent * able) if limit is not None]
    return min(limits, default=None)
