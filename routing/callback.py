"""A callback: the caller's own place in the queue, called at its turn instead of waiting on the line.

It is the same queue entry in another mode; its call is a row of its own, which is promised, dialed and talked on. Each
time the customer is called is an attempt with its outcome.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from calls.call import CallId
from records.life import Life


class AttemptState(StrEnum):
    DIALING = "dialing"
    PICKED_UP = "picked_up"  # by a person who has yet to press 1, or by a machine
    ANSWERED = "answered"  # pressed 1
    ENDED = "ended"  # after the customer was there
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    MACHINE = "machine"  # picked up, and nobody pressed a key
    DECLINED = "declined"  # put down, or asked to be called later
    FAILED = "failed"
    WITHDRAWN = "withdrawn"  # by us: the agent left, the line closed, the caller called by themselves


class AttemptEvent(StrEnum):
    PICK_UP = "pick_up"
    ANSWER = "answer"
    END = "end"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    MACHINE = "machine"
    DECLINE = "decline"
    FAIL = "fail"
    WITHDRAW = "withdraw"


_UNREACHED = {
    AttemptEvent.BUSY: AttemptState.BUSY,
    AttemptEvent.NO_ANSWER: AttemptState.NO_ANSWER,
    AttemptEvent.MACHINE: AttemptState.MACHINE,
    AttemptEvent.DECLINE: AttemptState.DECLINED,
    AttemptEvent.FAIL: AttemptState.FAILED,
    AttemptEvent.WITHDRAW: AttemptState.WITHDRAWN,
}

ATTEMPT = Life[AttemptState, AttemptEvent](
    "callback attempt",
    {
        AttemptState.DIALING: {AttemptEvent.PICK_UP: AttemptState.PICKED_UP, **_UNREACHED},
        AttemptState.PICKED_UP: {
            AttemptEvent.PICK_UP: AttemptState.PICKED_UP,
            AttemptEvent.ANSWER: AttemptState.ANSWERED,
            **_UNREACHED,
        },
        AttemptState.ANSWERED: {AttemptEvent.END: AttemptState.ENDED},
        **{state: {} for state in (AttemptState.ENDED, *_UNREACHED.values())},
    },
)
UNDER_WAY = frozenset({AttemptState.DIALING, AttemptState.PICKED_UP})
COUNTED = frozenset({AttemptState.ENDED, *_UNREACHED.values()}) - {AttemptState.WITHDRAWN}  # towards the most allowed

RING_SECONDS = 30  # a customer's telephone, before nobody is said to be there
DIALING_ALLOWANCE_SECONDS = 20  # from the attempt to the first ring, and for the report of the last
PICKED_UP_SECONDS = 90  # from the telephone picked up to key 1
OFFER_OUTLIVES_SECONDS = 10  # a reserved agent's offer, so that the attempt's end is what ends it
HEARS_OF_IT_SECONDS = 5  # an agent whose customer was not reached, before their leg ends: then they take calls again
SOONEST_SECONDS = 5  # from the end of the caller's own call
WHILE_ON_THE_LINE_SECONDS = 300  # until the end of their own call is told
MESSAGE_MAY_COME_SECONDS = 120  # after the call's end: the report of a message left without a number


@dataclass(frozen=True)
class Attempt:
    id: int
    entry_id: int
    call_id: CallId
    number: str
    state: AttemptState
    started_at: datetime
    expires_at: datetime
    leg_id: CallId | None = None
    ended_at: datetime | None = None


_OURS = "CB"  # what the ids of callbacks begin with: the carrier's begin with CA


def callback_of(call_id: CallId) -> CallId:
    """Return the id of the one callback that a call may lead to; asked twice, it is the same."""
    return CallId(_OURS + sha256(f"callback of {call_id}".encode()).hexdigest()[:32])


def is_callback(call_id: CallId) -> bool:
    return call_id.startswith(_OURS)


def lease_until(now: datetime) -> datetime:
    """Return when an attempt begun now is over, whatever was or was not told of it."""
    return now + timedelta(seconds=RING_SECONDS + DIALING_ALLOWANCE_SECONDS)


def held_until(now: datetime) -> datetime:
    """Return when the offer of an agent reserved for a customer lapses: after the attempt, whose end ends it."""
    return lease_until(now) + timedelta(seconds=PICKED_UP_SECONDS + OFFER_OUTLIVES_SECONDS)


def next_try(made: int, most: int, gaps: Sequence[int], now: datetime) -> datetime | None:
    """Return when to call again after so many counted attempts, or None when there were enough."""
    if made >= most:
        return None
    return now + timedelta(seconds=gaps[min(max(made, 1), len(gaps)) - 1])
