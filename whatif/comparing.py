"""Routers compared on the same days: each measured, and how surely they differ from ours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from directory.model import Directory
from routing.engine import Config, Engine
from whatif.day import Day
from whatif.measures import Interval, Measures, differences, measure
from whatif.peers import PEERS
from whatif.playing import Played, Router, play

OURS = "ours"
FAST = "fast"  # ours, but no desk keeps more than one idle agent for its own callers
POLICIES = (OURS, FAST, *PEERS)
FAST_RESERVE = 1


def router_of(policy: str, directory: Directory) -> Router:
    """Make a router for one day; all follow the same tier seconds."""
    config = Config.of(directory)
    if policy in PEERS:
        return PEERS[policy](config, directory.staff.values())
    if policy == FAST:
        config = Config({desk: replace(s, reserve=min(s.reserve, FAST_RESERVE)) for desk, s in config.settings.items()})
    return Engine(config, directory.staff.values())


def play_all(day: Day, directory: Directory, policies: Iterable[str]) -> dict[str, Played]:
    """Play one day through each policy."""
    return {policy: play(day, router_of(policy, directory)) for policy in policies}


@dataclass(frozen=True)
class Comparison:
    """One policy over all days; `from_first`: the first policy's measures minus this one's, day by day."""

    measures: Measures
    from_first: Mapping[str, Interval]

    def to_data(self) -> dict[str, object]:
        return {
            **{name: round(value, 4) for name, value in asdict(self.measures).items()},
            "from_first": {
                name: {"mean": round(one.mean, 4), "half_95": round(one.half, 4) if one.half is not None else None}
                for name, one in self.from_first.items()
            },
        }


def compare(days: Sequence[Mapping[str, Played]]) -> dict[str, Comparison]:
    """Compare what the policies made of the same days."""
    daily = {policy: [measure([day[policy]]) for day in days] for policy in days[0]}
    first = next(iter(daily.values()))
    return {
        policy: Comparison(measure([day[policy] for day in days]), differences(first, measures))
        for policy, measures in daily.items()
    }
