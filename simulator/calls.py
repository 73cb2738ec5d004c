"""A call leg and what is kept of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from simulator.agenda import Item
from simulator.fields import Fields, Value
from simulator.node import Node
from simulator.script import Script

API_VERSION = "2010-04-01"
BEFORE_ANSWER = frozenset({"queued", "initiated", "ringing"})
ENDED = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
RECORDING = "recording"  # what a caller hears while a message is taken
EVENT_NAMES = {"initiated": "initiated", "ringing": "ringing", "in-progress": "answered"}


@dataclass(frozen=True)
class Heard:
    """One line of a transcript: what the line said or played, or what the caller keyed or spoke."""

    at: datetime
    who: str  # "line" or "caller"
    text: str = ""
    keys: str = ""
    speech: str = ""
    sound: str = ""  # the URL of a Play


@dataclass(frozen=True)
class Request:
    """A document to fetch next; or the document itself in `twiml`."""

    url: str
    method: str = "POST"
    fields: Fields = field(default_factory=dict)
    twiml: str = ""


@dataclass(frozen=True)
class Subscription:
    """Where to tell of events, and of which."""

    url: str
    events: frozenset[str]
    method: str = "POST"
    as_json: bool = False


@dataclass(eq=False)
class Call:
    """One leg: who, in which state, and what plays on it."""

    sid: str
    account_sid: str
    from_: str
    to: str
    direction: str
    created_at: datetime
    status: str = "queued"
    parent: "Call | None" = None
    start: Request | None = None  # what to run when answered
    fallback_url: str = ""
    subscription: Subscription | None = None
    events_told: int = 0
    overrides: dict[str, Value] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)  # a client's custom parameters
    queue_seconds: float = 0.0
    ring_seconds: float = 60.0
    started_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ring_timer: Item | None = None
    script: Script | None = None
    gather: Node | None = None
    questions: int = 0  # Gathers opened so far
    conference_sid: str = ""
    bridged_with: "Call | None" = None
    ear: str = ""
    transcript: list[Heard] = field(default_factory=list)
    lost: list[Heard] = field(default_factory=list)
    pages: tuple[datetime, int] | None = None  # documents fetched at one moment
    when_answered: Callable[[], None] | None = None
    when_gone: Callable[[], None] | None = None

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def seconds(self) -> int:
        """Talking time in whole seconds; 0 when never answered."""
        if self.answered_at is None or self.ended_at is None:
            return 0
        return math.ceil((self.ended_at - self.answered_at).total_seconds())

    def standard_fields(self) -> dict[str, Value]:
        """Return the parameters Twilio sends with every request about this call, in Twilio's names."""
        fields: dict[str, Value] = {
            "CallSid": self.sid,
            "AccountSid": self.account_sid,
            "From": self.from_,
            "To": self.to,
            "Caller": self.from_,
            "Called": self.to,
            "CallStatus": self.status,
            "ApiVersion": API_VERSION,
            "Direction": self.direction,
        }
        if self.parent is not None:
            fields["ParentCallSid"] = self.parent.sid
        return fields


def plain(address: str) -> str:
    """Return an address without `tel:` and without a client's or SIP URI's parameters."""
    return address.removeprefix("tel:").split("?", maxsplit=1)[0].split(";", maxsplit=1)[0]
