"""An agent's telephone was picked up: it says who is calling, and key 1 takes the call; a voicemail presses nothing."""

from datetime import timedelta

from agents.agent import lease
from calls.answer import Answer, Ask, HangUp, Say
from calls.call import CallId, CallState
from calls.leg import Leg, LegState
from routing.offer import LIVE, PICKED_UP_SECONDS, Offer, OfferEvent
from switchboard import paths
from switchboard.accept_offer import accept, offer_gone
from switchboard.doors import Work
from switchboard.end_offer import end_offer
from switchboard.house import House
from switchboard.turn_names import ASKED_FIRST
from switchboard.turns import take

ACCEPT_KEY = "1"
TIMES_ASKED = 3
SECONDS_TO_PRESS = 5


def answer_station(house: House, offer_id: int, leg_id: CallId) -> bytes:
    """Ask the person who picked up to press 1. The first leg to arrive binds the offer's call to this station."""

    def decide(work: Work) -> Answer:
        offer = work.offers.get(offer_id)
        expires_at = house.now() + timedelta(seconds=PICKED_UP_SECONDS)
        if offer is None or not work.offers.move(offer.id, OfferEvent.PICKED_UP, house.now(), expires_at=expires_at):
            return offer_gone(house)
        work.agents.change(offer.agent_id, {"leased_until": lease(expires_at)})
        work.legs.add(Leg(leg_id, offer.call_id, offer.id, offer.agent_id, LegState.RINGING, house.now()))
        return _ask(house, work, offer, leg_id, 1)

    return take(house, leg_id, ASKED_FIRST, decide)


def press_at_station(house: House, offer_id: int, leg_id: CallId, asked: int, keys: str) -> bytes:
    def decide(work: Work) -> Answer:
        offer = work.offers.get(offer_id)
        if offer is None or offer.state not in LIVE:
            return offer_gone(house)
        if keys == ACCEPT_KEY:
            return accept(house, work, offer, leg_id)
        if asked >= TIMES_ASKED:
            end_offer(house, work, offer, OfferEvent.VOICEMAIL, "picked up, no key")
            work.choosing_due = True
            return (HangUp(),)
        return _ask(house, work, offer, leg_id, asked + 1)

    return take(house, leg_id, f"ask-{asked + 1}", decide)


def _ask(house: House, work: Work, offer: Offer, leg_id: CallId, asked: int) -> Answer:
    ticket = work.tickets.of_call(offer.call_id)
    category = ticket.intake.category if ticket else None
    region = house.directory.regions.get(ticket.intake.region) if ticket and ticket.intake.region else None
    language = ticket.intake.language if ticket else "ko"
    call = work.calls.get(offer.call_id)
    is_owed = call is not None and call.state is CallState.PROMISED
    words = house.say(
        "station_callback" if is_owed else "station_offer",
        category=category,
        region=region.name_ko if region else None,
        speaks=None if language == "ko" else language,
    )
    then = paths.leg_answer(offer.id, leg_id, asked)
    return (Ask((Say(words),), then, max_keys=1, timeout_seconds=SECONDS_TO_PRESS),)
