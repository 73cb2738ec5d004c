"""An agent's leg of a call: from its arrival to its end."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from calls.call import CallId
from calls.talk import TalkState
from directory.model import AgentId
from records.life import Life


class LegState(StrEnum):
    RINGING = "ringing"
    JOINING = "joining"  # accepted and on the way into the conference
    TALKING = "talking"
    ENDED = "ended"


class LegEvent(StrEnum):
    ACCEPTED = "accepted"
    JOINED = "joined"
    GONE = "gone"


LEG = Life[LegState, LegEvent](
    "leg",
    {
        LegState.RINGING: {LegEvent.ACCEPTED: LegState.JOINING, LegEvent.GONE: LegState.ENDED},
        LegState.JOINING: {LegEvent.JOINED: LegState.TALKING, LegEvent.GONE: LegState.ENDED},
        LegState.TALKING: {LegEvent.GONE: LegState.ENDED},
        LegState.ENDED: {},
    },
)


@dataclass(frozen=True)
class Leg:
    id: CallId  # Twilio's CallSid of the leg
    call_id: CallId
    offer_id: int
    agent_id: AgentId
    state: LegState
    started_at: datetime
    ended_at: datetime | None = None
    talk: TalkState = field(default_factory=TalkState)
