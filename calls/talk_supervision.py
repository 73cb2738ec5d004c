"""A supervisor in a talk: what they do there, and how far they have come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calls.call import CallId
from directory.model import AgentId
from records.life import Life


class Supervising(StrEnum):
    """What a supervisor does in a talk; any may follow any other."""

    LISTEN = "listen"  # nobody hears them
    WHISPER = "whisper"  # the agent alone hears them
    BARGE = "barge"  # everyone hears them


class Supervised(StrEnum):
    """How far a supervisor's part in a talk has come."""

    CALLED = "called"
    PRESENT = "present"
    OVER = "over"


class SupervisorEvent(StrEnum):
    JOINED = "joined"
    GONE = "gone"


SUPERVISION = Life[Supervised, SupervisorEvent](
    "supervision",
    {
        Supervised.CALLED: {SupervisorEvent.JOINED: Supervised.PRESENT, SupervisorEvent.GONE: Supervised.OVER},
        Supervised.PRESENT: {SupervisorEvent.GONE: Supervised.OVER},
        Supervised.OVER: {},
    },
)


@dataclass(frozen=True)
class Supervision:
    """One supervisor's part in the talk of one agent's leg."""

    id: int
    call_id: CallId
    agent_leg: CallId
    supervisor: AgentId
    station: str  # client:…, sip:… or tel:…
    mode: Supervising
    state: Supervised
    made_at: datetime
    leg_id: CallId | None = None  # unknown until the carrier has said which call it started
