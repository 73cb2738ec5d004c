"""What a played day comes to, and how surely one router does better than another on the same days."""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from directory.model import AgentId, DeskId, RegionCode
from whatif.playing import Fate, Played

ANSWERED_WITHIN_SECONDS = 20
FEWEST_OF_A_REGION = 20  # callers; a region with fewer says nothing


@dataclass(frozen=True)
class Measures:
    """Shares of 1, and seconds."""

    service_level: float  # answered within 20 s of all offered
    mean_wait: float  # of all offered, those who gave up included
    asa: float  # mean wait of the answered
    p95_wait: float  # of all offered
    abandoned: float
    right_desk: float  # of the answered: by the first desk of their route
    right_region: float  # the same of those whose first desk is a center
    spread: float  # standard deviation of the agents' utilisation
    worst_region: float  # the lowest service level of a province


def measure(played: Sequence[Played]) -> Measures:
    """Measure some days together."""
    fates = [fate for day in played for fate in day.fates]
    homes = {agent: home for day in played for agent, home in day.homes.items()}
    answered = [fate for fate in fates if fate.agent is not None]
    local = [fate for fate in answered if fate.caller.right_desk.startswith("center:")]
    waits = sorted(fate.wait_seconds for fate in fates)
    return Measures(
        service_level=_share(sum(map(_in_time, fates)), len(fates)),
        mean_wait=_share(sum(waits), len(fates)),
        asa=_share(sum(fate.wait_seconds for fate in answered), len(answered)),
        p95_wait=waits[max(math.ceil(0.95 * len(waits)) - 1, 0)] if waits else 0,
        abandoned=_share(len(fates) - len(answered), len(fates)),
        right_desk=_share(sum(_right(fate, homes) for fate in answered), len(answered)),
        right_region=_share(sum(_right(fate, homes) for fate in local), len(local)),
        spread=_spread(played),
        worst_region=min(service_level_by_region(fates).values(), default=0),
    )


def _spread(played: Sequence[Played]) -> float:
    busy, staffed = Counter[AgentId](), Counter[AgentId]()
    for day in played:
        busy.update(day.busy_seconds)
        staffed.update(day.staffed_seconds)
    use = [busy[agent] / seconds for agent, seconds in staffed.items() if seconds]
    return statistics.pstdev(use) if use else 0


def service_level_by_region(fates: Sequence[Fate]) -> dict[RegionCode, float]:
    by_region: dict[RegionCode, list[bool]] = defaultdict(list)
    for fate in fates:
        if fate.caller.region is not None:
            by_region[fate.caller.region].append(_in_time(fate))
    return {region: _share(sum(s), len(s)) for region, s in by_region.items() if len(s) >= FEWEST_OF_A_REGION}


@dataclass(frozen=True)
class Interval:
    """A mean over days and the half of its 95 % interval, which one day alone does not give."""

    mean: float
    half: float | None


def interval(values: Sequence[float]) -> Interval:
    if len(values) < 2:
        return Interval(statistics.fmean(values), None)
    half = _t95(len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    return Interval(statistics.fmean(values), half)


def _t95(degrees: int) -> float:
    """Return the two-sided 95 % quantile of Student's t, expanded around the normal one (within 1 % from 4 on)."""
    z = 1.959964
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def differences(ours: Sequence[Measures], theirs: Sequence[Measures]) -> dict[str, Interval]:
    """Return ours minus theirs on the same days, measure by measure."""
    return {
        name.name: interval([getattr(a, name.name) - getattr(b, name.name) for a, b in zip(ours, theirs, strict=True)])
        for name in fields(Measures)
    }


def _in_time(fate: Fate) -> bool:
    return fate.agent is not None and fate.wait_seconds <= ANSWERED_WITHIN_SECONDS


def _right(fate: Fate, homes: Mapping[AgentId, DeskId]) -> bool:
    return fate.agent is not None and homes[fate.agent] == fate.caller.right_desk


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0
