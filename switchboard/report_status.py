"""The carrier reports how a call or a leg stands: in any order, any number of times; a life only moves forward."""

from datetime import timedelta

from agents.agent import lease
from agents.work_state import WorkEvent
from calls.answer import HangUp
from calls.call import CallId
from calls.leg import Leg, LegState
from routing.offer import LIVE, Offer, OfferEvent
from switchboard.doors import Work
from switchboard.end_call import end_call
from switchboard.end_offer import finish_offer
from switchboard.house import House, log
from switchboard.lose_agent import lose_leg
from switchboard.turn_names import FIRST_TURNS

OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
RINGING = "ringing"


def report_status(house: House, call_id: CallId, status: str, offer_id: int | None) -> None:
    """Take a report of a caller's call, or of the leg that rings an offer's station."""
    if offer_id is not None:
        _report_leg(house, call_id, status, offer_id)
    elif status in OVER and not _end_party(house, call_id, status) and not _end_ahead(house, call_id):
        _end_party(house, call_id, status)  # its start was kept in between


class _StartedAlready(Exception):
    """The webhook that starts a party was faster than the report of its end."""


def _end_party(house: House, call_id: CallId, status: str) -> bool:
    return end_call(house, call_id, status) or lose_leg(house, call_id, status)


def _end_ahead(house: House, call_id: CallId) -> bool:
    """Take the first turn of a party whose end is told before its start, so that the start, when it comes, ends it.

    Return False, having taken nothing, when the start came first.
    """
    document = house.carrier.document((HangUp(),))
    try:
        with house.store.work() as work:
            for turn in FIRST_TURNS:
                _take_first(house, work, call_id, turn, document)
    except _StartedAlready:
        return False
    log.info("status.before_start", call=call_id)
    return True


def _take_first(house: House, work: Work, call_id: CallId, turn: str, document: bytes) -> None:
    if not work.turns.claim(call_id, turn, house.now()):
        raise _StartedAlready
    work.turns.keep(call_id, turn, document)


def _report_leg(house: House, leg_id: CallId, status: str, offer_id: int) -> None:
    if status == RINGING:
        _station_rings(house, leg_id, offer_id)
    if status not in OVER:
        return
    lose_leg(house, leg_id, status)
    if _rings_elsewhere(house, leg_id, offer_id):
        return
    match status:
        case "no-answer":
            finish_offer(house, offer_id, OfferEvent.EXPIRE, "no answer")
        case "busy":
            finish_offer(house, offer_id, OfferEvent.BUSY, "busy")
        case "failed":
            finish_offer(house, offer_id, OfferEvent.UNREACHABLE, "unreachable")
        case _:
            finish_offer(house, offer_id, OfferEvent.DECLINE, "picked up, and put down without the key")


def _rings_elsewhere(house: House, leg_id: CallId, offer_id: int) -> bool:
    """Say whether the offer has another leg, so that the end of this one says nothing of it."""
    with house.store.reading() as work:
        bound = work.legs.of_offer(offer_id)
    return bound is not None and bound.id != leg_id and bound.state is not LegState.ENDED


def _station_rings(house: House, leg_id: CallId, offer_id: int) -> None:
    """Count the ring time from now: until the telephone rang, only the dialing allowance ran."""
    with house.store.work() as work:
        offer = work.offers.get(offer_id)
        if offer is None:
            return
        _bind(house, work, leg_id, offer)
        ring_seconds = house.directory.desk(offer.desk).ring_seconds
        expires_at = house.now() + timedelta(seconds=ring_seconds)
        if work.offers.move(offer_id, OfferEvent.RINGS, house.now(), expires_at=expires_at):
            work.agents.move(offer.agent_id, WorkEvent.RINGS, {"leased_until": lease(expires_at)})


def _bind(house: House, work: Work, leg_id: CallId, offer: Offer) -> None:
    """Keep a leg whose start the carrier never confirmed to us; one that rings for an offer no longer free is ended."""
    if work.legs.get(leg_id):
        return
    if offer.state in LIVE and work.legs.of_offer(offer.id) is None:
        work.legs.add(Leg(leg_id, offer.call_id, offer.id, offer.agent_id, LegState.RINGING, house.now()))
    elif not work.commands.has("end", leg_id):
        work.commands.add("end", offer.call_id, leg_id, house.now(), offer.id)
