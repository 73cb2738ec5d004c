"""How well labelled calls were understood, in figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ivr.learning.corpus import Labelled
from ivr.understanding import Understood

FIRST_THREE = 3


@dataclass(frozen=True)
class Judged:
    """One call and what was understood of it."""

    call: Labelled
    found: Understood

    @property
    def service_is_right(self) -> bool:
        return self.found.heard_as == self.call.category

    @property
    def region_is_right(self) -> bool:
        return (self.found.region or "") == self.call.region

    def institute_is_right(self, among: int = 1) -> bool:
        """Tell whether one of the first is right; a call without an institute has nothing to be wrong about."""
        return not self.call.institutes or bool({*self.found.institutes[:among]} & {*self.call.institutes})

    @property
    def is_right(self) -> bool:
        return self.service_is_right and self.region_is_right and self.institute_is_right()


def figures(judged: Sequence[Judged]) -> dict[str, float | int]:
    """Return the figures as shares from 0 to 1; a share of nothing is 1, for nothing in it was wrong."""
    with_institute = [one for one in judged if one.call.institutes]
    asked = [one for one in judged if one.found.ask]
    wrong = [one for one in judged if not one.is_right]
    silent = [one for one in judged if not one.found.ask]
    return {
        "utterances": len(judged),
        "service": share([one.service_is_right for one in judged]),
        "region": share([one.region_is_right for one in judged]),
        "institute_first": share([one.institute_is_right() for one in with_institute]),
        "institute_first_three": share([one.institute_is_right(FIRST_THREE) for one in with_institute]),
        "all_right": share([one.is_right for one in judged]),
        "asked": round(len(asked) / max(len(judged), 1), 4),
        "wrong_ones_asked": share([bool(one.found.ask) for one in wrong]),
        "right_when_not_asked": share([one.is_right for one in silent]),
    }


def by_class(judged: Sequence[Judged]) -> dict[str, dict[str, float | int]]:
    """Return for each category how many there were, how many of them were found, and how many so called were so."""
    found: dict[str, dict[str, float | int]] = {}
    for category in sorted({one.call.category for one in judged}):
        of_it = [one for one in judged if one.call.category == category]
        called = [one for one in judged if one.found.heard_as == category]
        found[category] = {
            "utterances": len(of_it),
            "found": share([one.service_is_right for one in of_it]),
            "right_when_said": share([one.service_is_right for one in called]),
        }
    return found


def confusions(judged: Sequence[Judged]) -> list[tuple[str, str, int]]:
    """Return what was taken for what, the most frequent first: categories, then first institutes."""
    counted = Counter((one.call.category, one.found.heard_as) for one in judged if not one.service_is_right) + Counter(
        ("/".join(one.call.institutes), (*one.found.institutes, "none")[0])
        for one in judged
        if not one.institute_is_right()
    )
    return [
        (right, said, times) for (right, said), times in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]


def share(claims: Sequence[bool]) -> float:
    return round(sum(claims) / len(claims), 4) if claims else 1.0
