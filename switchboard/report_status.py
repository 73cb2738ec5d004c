"""The carrier reports how a call or a leg stands: in any order, any number of times; a life only moves forward."""

from datetime import timedelta

from agents.work_state import WorkEvent
from calls.call import CallId
from routing.offer import OfferEvent
from switchboard.end_call import end_call
from switchboard.end_offer import decline_offer, expire_offer, fail_offer
from switchboard.house import House, log
from switchboard.lose_agent import lose_leg

OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
RINGING = "ringing"


def report_status(house: House, call_id: CallId, status: str, offer_id: int | None) -> None:
    """Take a report of a caller's call, or of the leg that rings an offer's station."""
    if offer_id is not None:
        _report_leg(house, call_id, status, offer_id)
    elif status in OVER and not (end_call(house, call_id, status) or lose_leg(house, call_id, status)):
        log.info("status.nothing_to_do", call=call_id, status=status)


def _report_leg(house: House, leg_id: CallId, status: str, offer_id: int) -> None:
    if status == RINGING:
        _station_rings(house, offer_id)
    if status not in OVER:
        return
    lose_leg(house, leg_id, status)
    match status:
        case "no-answer":
            expire_offer(house, offer_id, "no answer")
        case "busy":
            fail_offer(house, offer_id, "busy")
        case "failed":
            fail_offer(house, offer_id, "unreachable")
        case _:  # picked up, and put down without pressing 1
            decline_offer(house, offer_id)


def _station_rings(house: House, offer_id: int) -> None:
    """Count the ring time from now: until the telephone rang, only the dialing allowance ran."""
    with house.store.work() as work:
        offer = work.offers.get(offer_id)
        if offer is None:
            return
        ring_seconds = house.directory.desks[offer.desk].ring_seconds
        expires_at = house.now() + timedelta(seconds=ring_seconds)
        if work.offers.move(offer_id, OfferEvent.RINGS, house.now(), expires_at=expires_at):
            work.agents.move(offer.agent_id, WorkEvent.RINGS, {})
