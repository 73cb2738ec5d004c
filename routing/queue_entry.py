"""A caller's place in the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from calls.call import CallId
from directory.model import DeskId
from records.life import Life


class EntryState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    CONNECTED = "connected"
    ENDED = "ended"


class EntryEvent(StrEnum):
    OFFER_MADE = "offer_made"
    OFFER_OVER = "offer_over"
    ACCEPTED = "accepted"
    AGENT_LOST = "agent_lost"
    NOT_REACHED = "not_reached"  # the customer of a callback, while an agent was there for them
    GONE = "gone"


class EntryMode(StrEnum):
    """How whoever holds a place waits for it."""

    CALL = "call"  # on the line
    CALLBACK = "callback"  # to be called
    MESSAGE = "message"  # to be called, and what they want stands recorded


ENTRY = Life[EntryState, EntryEvent](
    "queue entry",
    {
        EntryState.WAITING: {EntryEvent.OFFER_MADE: EntryState.OFFERED, EntryEvent.GONE: EntryState.ENDED},
        EntryState.OFFERED: {
            EntryEvent.OFFER_OVER: EntryState.WAITING,
            EntryEvent.ACCEPTED: EntryState.CONNECTED,
            EntryEvent.GONE: EntryState.ENDED,
        },
        EntryState.CONNECTED: {
            EntryEvent.AGENT_LOST: EntryState.WAITING,
            EntryEvent.NOT_REACHED: EntryState.WAITING,
            EntryEvent.GONE: EntryState.ENDED,
        },
        EntryState.ENDED: {},
    },
)

CUT_OFF_PRIORITY_SECONDS = 3600  # a caller who lost their agent stands before everyone who came within the hour before
LEAST_PRIORITY_SECONDS, MOST_PRIORITY_SECONDS = -3600, 7200  # that a supervisor may give: nobody is put back for ever
RETURN_GRACE_SECONDS = 2  # after an agent's leg ends: the caller's own hang-up may be reported a moment later


@dataclass(frozen=True)
class QueueEntry:
    """One caller's place. Priority counts as age, so nobody starves."""

    id: int
    call_id: CallId
    ticket: str
    state: EntryState
    entered_at: datetime
    priority_seconds: int
    mode: EntryMode = EntryMode.CALL
    number: str | None = None  # where a callback reaches its customer, as it is dialed in Korea
    call_at: datetime | None = None  # a callback rests until then
    offered_at: datetime | None = None  # when one who waits heard last what they may do instead
    gave_way_seconds: int = 0  # by which the place lies later, since they have waited too long to be in time

    @property
    def place(self) -> datetime:
        """Where the caller stands at every desk but the first of their route, which may let its own stand ahead."""
        return place(self.entered_at, self.priority_seconds - self.gave_way_seconds)


def place(entered_at: datetime, priority_seconds: int) -> datetime:
    """Return the moment that orders the queue, oldest first; ties fall to the lower entry id."""
    return entered_at - timedelta(seconds=priority_seconds)


@dataclass(frozen=True)
class Standing:
    """One place of one entry at one desk, as what opens and closes there needs it."""

    entry_id: int
    tier: int
    desk: DeskId
    call_id: CallId
    ticket: str


@dataclass(frozen=True)
class Stand:
    """A desk of a tier at which an entry stands; it serves once opened, and keeps the entry's place."""

    tier: int
    desk: DeskId
    opens_at: datetime | None  # None: passed over until somebody signs in there
    closes_at: datetime | None = None  # who still waits then is not served at this desk any more
    own_seconds: int = 0  # by which they stand before those whom other desks send
    needs: str = ""  # a skill that makes a line of its own at each desk
    may_lend: bool = False  # before it opens, the desk may help when it keeps enough idle agents for its own callers
