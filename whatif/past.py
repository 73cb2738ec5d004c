"""What the rows tell of past days: who waited when, who answered whom for how long, and who was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from directory.model import AgentId
from ivr.intake import Intake


@dataclass(frozen=True)
class PastCaller:
    """A place in the queue as it ended. `free_at`: when the agent had done with the call, its wrap-up included."""

    entry_id: int
    entered_at: datetime
    priority_seconds: int
    intake: Intake
    left_at: datetime
    gave_up: bool  # hung up while waiting; else answered, or promised a callback
    answered_at: datetime | None = None
    agent: AgentId | None = None
    free_at: datetime | None = None
    unanswered: tuple[bool, ...] = ()  # of the offers made for them in order: whether the agent let it pass
    ring_seconds: float | None = None  # from the offer that was accepted until it was


@dataclass(frozen=True)
class PastPresence:
    """A moment from which on somebody took calls, or did not."""

    agent: AgentId
    at: datetime
    available: bool


@dataclass(frozen=True)
class Past:
    callers: Sequence[PastCaller]  # in the order in which they came
    presences: Sequence[PastPresence]  # in the order of time, from some time before the first caller on
    left_out: Mapping[str, int] = field(default_factory=dict)  # who is not among the callers, and how many: callback 3
