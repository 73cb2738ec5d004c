"""Where a caller stands: at the head of a line at a desk."""

from dataclasses import dataclass
from datetime import datetime

from directory.model import AgentId, DeskId
from routing.needs import NOTHING, Needs


@dataclass(frozen=True)
class Head:
    """A caller standing at a desk. Callers alike in desk, needs and avoid make a line, of which the oldest is enough.

    A line has two heads: the oldest of those whose tier there has opened, and the oldest of those who came before its
    time and are served only as the desks' reserves allow.
    """

    entry_id: int
    desk: DeskId
    tier: int
    place: datetime
    opens_at: datetime | None = None  # None: from the beginning
    needs: Needs = NOTHING
    avoid: frozenset[AgentId] = frozenset()  # agents who let this caller pass a moment ago
    gave_way_seconds: int = 0  # by which the place lies later, since they have waited too long to be in time
