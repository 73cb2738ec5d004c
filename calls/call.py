"""A call from ring to hang-up: its life, and the one outcome it ends in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from calls.telephone_number import TelephoneNumber
from records.life import Life

CallId = NewType("CallId", str)  # Twilio's CallSid


class CallState(StrEnum):
    MENU = "menu"
    WAITING = "waiting"
    TALKING = "talking"
    LEAVING = "leaving"  # hears the last words: the ticket number and what happens next
    PROMISED = "promised"  # a callback: it begins so, and nobody is on the line
    DIALING = "dialing"  # its customer is being called
    ENDED = "ended"


class CallEvent(StrEnum):
    DIALED = "dialed"
    NOT_REACHED = "not_reached"
    QUEUED = "queued"
    TOLD = "told"
    CONNECTED = "connected"
    AGENT_LOST = "agent_lost"
    TALK_OVER = "talk_over"  # the counselor ended it; the caller is asked one thing more
    GONE = "gone"


CALL = Life[CallState, CallEvent](
    "call",
    {
        CallState.MENU: {
            CallEvent.QUEUED: CallState.WAITING,
            CallEvent.TOLD: CallState.LEAVING,
            CallEvent.GONE: CallState.ENDED,
        },
        CallState.PROMISED: {CallEvent.DIALED: CallState.DIALING, CallEvent.GONE: CallState.ENDED},
        CallState.DIALING: {
            CallEvent.NOT_REACHED: CallState.PROMISED,
            CallEvent.QUEUED: CallState.WAITING,
            CallEvent.CONNECTED: CallState.TALKING,
            CallEvent.GONE: CallState.ENDED,
        },
        CallState.WAITING: {
            CallEvent.CONNECTED: CallState.TALKING,
            CallEvent.NOT_REACHED: CallState.PROMISED,
            CallEvent.TOLD: CallState.LEAVING,
            CallEvent.GONE: CallState.ENDED,
        },
        CallState.TALKING: {
            CallEvent.AGENT_LOST: CallState.WAITING,
            CallEvent.TALK_OVER: CallState.LEAVING,
            CallEvent.GONE: CallState.ENDED,
        },
        CallState.LEAVING: {CallEvent.GONE: CallState.ENDED},
        CallState.ENDED: {},
    },
)


class Outcome(StrEnum):
    """How a call ended; exactly one per call."""

    ANSWERED = "answered"
    ABANDONED_IN_MENU = "abandoned_in_menu"
    ABANDONED_IN_QUEUE = "abandoned_in_queue"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"  # a promise of a callback, and a message left for it
    OUT_OF_HOURS = "out_of_hours"
    NOT_REACHED = "not_reached"  # a callback whose customer never answered
    NOT_WANTED = "not_wanted"  # a callback that nobody needs any more
    SELF_SERVED = "self_served"  # told in the menu what they came for: how a ticket stands, the hours


OUTCOME_OF_HANGING_UP = {
    CallState.PROMISED: Outcome.NOT_WANTED,
    CallState.DIALING: Outcome.NOT_REACHED,
    CallState.MENU: Outcome.ABANDONED_IN_MENU,
    CallState.WAITING: Outcome.ABANDONED_IN_QUEUE,
    CallState.TALKING: Outcome.ANSWERED,
}

PROMISED = frozenset({Outcome.CALLBACK, Outcome.OUT_OF_HOURS})  # outcomes after which a message may be left


@dataclass(frozen=True)
class Call:
    """One caller's call. Position and intake are kept as the flow wrote them."""

    id: CallId
    line: str  # 1379 or 0809988114: the URL's word, not the dialed digits'
    dialed: str  # To as it came
    number: TelephoneNumber
    state: CallState
    turn: int  # the newest turn answered
    position: Mapping[str, Any]
    intake: Mapping[str, Any]
    started_at: datetime
    directory_version: str
    flow_version: str
    outcome: Outcome | None = None
    ticket: str | None = None
    say_next: str | None = None  # a prompt owed to the caller at the next turn
    ended_at: datetime | None = None
    party: CallId | None = None  # the carrier's id of a callback's customer; other calls have it as their own

    @property
    def on_the_line(self) -> CallId:
        """What the carrier knows the caller's leg by."""
        return self.party or self.id

    @property
    def language(self) -> str:
        """The language the caller chose in the menu: ko unless they did."""
        return str(self.intake.get("language") or "ko")
