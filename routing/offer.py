"""An offer: one agent reserved for one waiting caller, and ringing under it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agents.station import Station
from calls.call import CallId
from directory.model import AgentId, DeskId
from records.life import Life


class OfferState(StrEnum):
    MADE = "made"
    RINGING = "ringing"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class OfferEvent(StrEnum):
    RINGS = "rings"
    PICKED_UP = "picked_up"  # by a person, who has yet to press 1, or by a voicemail
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"  # nobody answered in time
    WITHDRAW = "withdraw"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    VOICEMAIL = "voicemail"  # picked up, and nobody pressed the key
    STATION_LOST = "station_lost"


_ENDS = {
    OfferEvent.ACCEPT: OfferState.ACCEPTED,
    OfferEvent.DECLINE: OfferState.DECLINED,
    OfferEvent.EXPIRE: OfferState.EXPIRED,
    OfferEvent.WITHDRAW: OfferState.WITHDRAWN,
    OfferEvent.BUSY: OfferState.FAILED,
    OfferEvent.UNREACHABLE: OfferState.FAILED,
    OfferEvent.VOICEMAIL: OfferState.FAILED,
    OfferEvent.STATION_LOST: OfferState.FAILED,
}

OFFER = Life[OfferState, OfferEvent](
    "offer",
    {
        OfferState.MADE: {
            OfferEvent.RINGS: OfferState.RINGING,
            OfferEvent.PICKED_UP: OfferState.RINGING,
            **_ENDS,
        },
        OfferState.RINGING: {OfferEvent.PICKED_UP: OfferState.RINGING, **_ENDS},
        OfferState.ACCEPTED: {},
        OfferState.DECLINED: {},
        OfferState.EXPIRED: {},
        OfferState.WITHDRAWN: {},
        OfferState.FAILED: {},
    },
)
LIVE = frozenset({OfferState.MADE, OfferState.RINGING})

DIALING_ALLOWANCE_SECONDS = 10  # from the offer to the first ring of a telephone; the carrier starts one call a second
SAME_CALLER_AGAIN_SECONDS = 60  # where no desk says otherwise: before an agent is offered a caller they let pass
PICKED_UP_SECONDS = 15  # from a telephone picked up to key 1; a voicemail holds the caller no longer than that


@dataclass(frozen=True)
class Offer:
    """An offer's row. Ring time counts from `ringing_at`; until a telephone rings, the dialing allowance runs."""

    id: int
    entry_id: int
    call_id: CallId
    agent_id: AgentId
    desk: DeskId
    tier: int
    station: Station
    state: OfferState
    made_at: datetime
    expires_at: datetime


def first_state(station: Station) -> OfferState:
    """A browser shows the card the moment the offer is made; a telephone has yet to ring."""
    return OfferState.RINGING if station.is_browser else OfferState.MADE


def expires_at(station: Station, ring_seconds: int, now: datetime) -> datetime:
    """Return when an offer made now lapses unless its telephone starts to ring before."""
    allowance = 0 if station.is_browser else DIALING_ALLOWANCE_SECONDS
    return now + timedelta(seconds=ring_seconds + allowance)
