"""How a desk shares out its callers and its agents."""

from dataclasses import dataclass
from enum import StrEnum


class Strategy(StrEnum):
    """Who is asked first among the agents of one level at a desk."""

    LONGEST_IDLE = "longest_idle"
    FEWEST_CALLS = "fewest_calls"  # answered since they signed in, at every desk together
    ROUND_ROBIN = "round_robin"  # the next in the order of staff.csv after whom the desk asked last
    LINEAR = "linear"  # always in the order of staff.csv
    RANDOM = "random"  # drawn anew for each caller, and the same whenever it is drawn again
    BY_LEVEL = "by_level"  # the level alone, and then the id


@dataclass(frozen=True)
class RoutingSettings:
    """How a desk shares out its callers and its agents."""

    strategy: Strategy = Strategy.LONGEST_IDLE
    reserve: int = 0  # idle agents kept for the desk's own callers while another desk's tier has not opened
    own_seconds: int = 0  # by which callers whose route begins here stand before those whom other desks send
    tier_seconds: tuple[int, ...] = (15, 18)  # of a route that begins here: when its second, third ... tier opens
    answer_within_seconds: int = 20  # the promise to callers whose route begins here
    gives_way_seconds: int = 0  # by which one who has waited past it stands back for those who can still be in time

    def opens_after(self, tier: int) -> int:
        """Return the seconds a caller waits for a tier: none for the first, and the last named for all after it."""
        return self.tier_seconds[min(tier - 2, len(self.tier_seconds) - 1)] if tier > 1 else 0
