"""One day as it is played: who calls when, how long they would talk and wait, and who is there to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.model import AgentId, DeskId, RegionCode
from routing.engine import Entry


@dataclass(frozen=True)
class Caller:
    """A call as it would go: how long it keeps an agent, and how long the caller waits before giving up."""

    entry: Entry
    region: RegionCode | None
    handle_seconds: float
    patience_seconds: float
    unanswered: tuple[bool, ...] = ()  # whether the first, second ... offer of this caller rings out

    @property
    def right_desk(self) -> DeskId:
        return self.entry.tiers[0][0]


@dataclass(frozen=True)
class Shift:
    agent: AgentId
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Ringing:
    """How stations answer: after so many seconds, or not at all within the ring time and then after a rest."""

    answer_seconds: float = 0
    ring_seconds: float = 15
    rest_seconds: float = 10


@dataclass(frozen=True)
class Day:
    callers: tuple[Caller, ...]  # in the order in which they come
    shifts: tuple[Shift, ...]
    homes: Mapping[AgentId, DeskId]  # the desk each agent belongs to
    ringing: Ringing = Ringing()
