"""An agent takes the call: one conditional update decides, and a second accept hears that it is gone."""

from dataclasses import dataclass
from datetime import timedelta

from agents.agent import TALK_LEASE_SECONDS, missed_after
from agents.work_state import WorkEvent
from calls.answer import Answer, HangUp, Role, Say, Talk
from calls.call import CallEvent, CallId, CallState
from calls.leg import Leg, LegEvent, LegState
from records.record import Record
from routing.offer import Offer, OfferEvent
from routing.queue_entry import EntryEvent
from switchboard import paths
from switchboard.accept_callback import accept_callback
from switchboard.doors import Work
from switchboard.give_case import give_case
from switchboard.house import House, log
from switchboard.turn_names import BROWSER_ACCEPTS
from switchboard.turns import take


@dataclass(frozen=True)
class Accepting:
    """A browser calls in to take an offer. The carrier vouches for the station, only the browser for the offer id."""

    leg_id: CallId
    station: str  # client:icg_1, as the carrier names the caller
    offer_id: int | None


def accept_by_browser(house: House, accepting: Accepting) -> bytes:
    def decide(work: Work) -> Answer:
        offer = None if accepting.offer_id is None else work.offers.get(accepting.offer_id)
        if offer is None or str(offer.station) != accepting.station:
            log.warning("offer.not_theirs", leg=accepting.leg_id, offer=accepting.offer_id)
            return offer_gone(house)
        return accept(house, work, offer, accepting.leg_id)

    return take(house, accepting.leg_id, BROWSER_ACCEPTS, decide)


def accept(house: House, work: Work, offer: Offer, leg_id: CallId) -> Answer:
    """Give the caller to this agent, or tell them the offer is gone; of two who accept at once exactly one wins."""
    now = house.now()
    call = work.calls.get(offer.call_id)  # the call's lock comes first, here as where it ends
    if not work.offers.move(offer.id, OfferEvent.ACCEPT, now):
        return offer_gone(house)
    agent = work.agents.get(offer.agent_id)
    changes = {
        "missed": missed_after(WorkEvent.ACCEPTED, agent.missed if agent else 0),
        "answered": agent.answered + 1 if agent else 1,
        "leased_until": now + timedelta(seconds=TALK_LEASE_SECONDS),
    }
    work.agents.move(offer.agent_id, WorkEvent.ACCEPTED, changes)
    work.queue.move(offer.entry_id, EntryEvent.ACCEPTED, now)
    work.legs.add(Leg(leg_id, offer.call_id, offer.id, offer.agent_id, LegState.RINGING, now))
    work.legs.move(leg_id, LegEvent.ACCEPTED, now)
    _write_down(house, work, offer)
    if call and call.state in {CallState.PROMISED, CallState.DIALING}:
        return accept_callback(house, work, offer, leg_id)
    give_case(house, work, offer)
    work.calls.move(offer.call_id, CallEvent.CONNECTED)
    return (Talk(offer.call_id, Role.AGENT, paths.leg_over(leg_id, 1)),)


def _write_down(house: House, work: Work, offer: Offer) -> None:
    ticket = work.tickets.of_call(offer.call_id)
    work.records.append(
        Record(
            "offer.accepted",
            house.now(),
            call=offer.call_id,
            ticket=ticket.number if ticket else None,
            agent=offer.agent_id,
            desk=offer.desk,
            fields={
                "offer": offer.id,
                "waited_seconds": round(max((house.now() - offer.made_at).total_seconds(), 0), 3),
            },
        )
    )
    log.info("offer.accepted", call=offer.call_id, agent=offer.agent_id, desk=offer.desk)


def offer_gone(house: House) -> Answer:
    return (Say(house.say("offer_gone")), HangUp())
