"""An offer ends without an agent on the line: declined, unanswered, busy, unreachable, at a voicemail, or withdrawn."""

from datetime import timedelta

from agents.agent import NO_ANSWER, missed_after, rest_until
from agents.work_state import WorkEvent
from records.record import Record
from routing.offer import OFFER, Offer, OfferEvent, OfferState
from routing.queue_entry import EntryEvent
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.open_tiers import open_next_where_empty
from switchboard.turn_names import ASKED_FIRST

_FOR_THE_AGENT = {
    OfferEvent.DECLINE: WorkEvent.DECLINED,
    OfferEvent.EXPIRE: WorkEvent.NO_ANSWER,
    OfferEvent.BUSY: WorkEvent.BUSY,
    OfferEvent.UNREACHABLE: WorkEvent.UNREACHABLE,
    OfferEvent.VOICEMAIL: WorkEvent.VOICEMAIL,
    OfferEvent.STATION_LOST: WorkEvent.STATION_LOST,
    OfferEvent.WITHDRAW: WorkEvent.WITHDRAWN,
}


def decline_offer(house: House, offer_id: int) -> bool:
    """The agent does not take this call; it counts neither as a missed one nor as an error."""
    return finish_offer(house, offer_id, OfferEvent.DECLINE, "declined")


def finish_offer(house: House, offer_id: int, event: OfferEvent, why: str) -> bool:
    """End an offer, and see who takes the call instead; False when it was over already."""
    with house.store.work() as work:
        offer = work.offers.get(offer_id)
        ended = offer is not None and end_offer(house, work, offer, event, why)
    choose_agents(house)
    return ended


def lapse_offer(house: House, offer_id: int) -> bool:
    """The offer's time is over, unless it was given more meanwhile. A telephone that never rang was not missed."""
    with house.store.work() as work:
        offer = work.offers.get(offer_id)
        ended = offer is not None and end_offer(house, work, offer, *_lapse(work, offer), lapsed=True)
    choose_agents(house)
    return ended


def _lapse(work: Work, offer: Offer) -> tuple[OfferEvent, str]:
    if offer.state is OfferState.MADE:
        return OfferEvent.UNREACHABLE, "never rang"
    leg = work.legs.of_offer(offer.id)
    if leg and work.turns.kept(leg.id, ASKED_FIRST):
        return OfferEvent.VOICEMAIL, "picked up, no key"
    return OfferEvent.EXPIRE, "no answer"


def end_offer(
    house: House, work: Work, offer: Offer, event: OfferEvent, why: str, *, lapsed: bool = False, waits_on: bool = True
) -> bool:
    """End a live offer within a transaction; False when it was over already, or has not lapsed as it should have.

    The caller waits on, unless whoever asks sees to their place.
    """
    now, rules = house.now(), house.directory.rules(offer.desk)
    again_at = None if event is OfferEvent.WITHDRAW else now + timedelta(seconds=rules.same_caller_again)
    if not work.offers.move(offer.id, event, now, again_at=again_at, only_lapsed=lapsed):
        return False
    if waits_on:
        work.queue.move(offer.entry_id, EntryEvent.OFFER_OVER, now)
    _release_agent(house, work, offer, _FOR_THE_AGENT[event])
    leg = work.legs.of_offer(offer.id)
    if leg and leg.ended_at is None:
        work.commands.add("end", offer.call_id, leg.id, now, offer.id)
    kind = f"offer.{OFFER.target(event)}"
    fields = {"offer": offer.id, "event": str(_FOR_THE_AGENT[event]), "why": why}
    work.records.append(Record(kind, now, call=offer.call_id, agent=offer.agent_id, desk=offer.desk, fields=fields))
    log.info(kind, call=offer.call_id, agent=offer.agent_id, desk=offer.desk, why=why)
    return True


def _release_agent(house: House, work: Work, offer: Offer, event: WorkEvent) -> None:
    now, rules = house.now(), house.directory.rules(offer.desk)
    agent = work.agents.get(offer.agent_id)
    if agent is None:
        return
    missed = missed_after(event, agent.missed)
    changes = {"missed": missed, "not_before": rest_until(event, rules, now), "leased_until": None}
    work.agents.move(agent.id, event, changes)
    if missed > agent.missed and missed >= rules.missed_limit:
        _put_on_break(house, work, offer, missed)


def _put_on_break(house: House, work: Work, offer: Offer, missed: int) -> None:
    """Put somebody on a break, which one act of theirs ends: being available again."""
    work.agents.put_on_break(offer.agent_id, NO_ANSWER)
    open_next_where_empty(house, work)
    told = {"reason": NO_ANSWER, "missed": missed}
    work.records.append(Record("agent.put_on_break", house.now(), agent=offer.agent_id, desk=offer.desk, fields=told))
    log.warning("agent.put_on_break", agent=offer.agent_id, **told)
