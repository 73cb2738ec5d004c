"""An offer ends without an agent on the line: declined, expired, failed or withdrawn."""

from datetime import timedelta

from agents.agent import MISSED_LIMIT, MISSED_TOO_MANY, missed_after, rest_until
from agents.work_state import WorkEvent
from records.record import Record
from routing.offer import SAME_CALLER_AGAIN_SECONDS, Offer, OfferEvent, OfferState
from routing.queue_entry import EntryEvent
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.open_tiers import open_next_where_empty

_FOR_THE_AGENT = {
    OfferEvent.DECLINE: WorkEvent.DECLINED,
    OfferEvent.EXPIRE: WorkEvent.EXPIRED,
    OfferEvent.FAIL: WorkEvent.FAILED,
    OfferEvent.WITHDRAW: WorkEvent.WITHDRAWN,
}


def decline_offer(house: House, offer_id: int) -> bool:
    """The agent does not take this call; it counts neither as a missed one nor as an error."""
    return _end(house, offer_id, OfferEvent.DECLINE, "declined")


def expire_offer(house: House, offer_id: int, why: str) -> bool:
    """Nobody answered in time; three in a row put the agent on a break."""
    return _end(house, offer_id, OfferEvent.EXPIRE, why)


def lapse_offer(house: House, offer_id: int) -> bool:
    """The offer's time is over, unless it was given more meanwhile. A telephone that never rang was not missed."""
    with house.store.work() as work:
        offer = work.offers.get(offer_id)
        never_rang = offer is not None and offer.state is OfferState.MADE
        event, why = (OfferEvent.FAIL, "never rang") if never_rang else (OfferEvent.EXPIRE, "no answer")
        ended = offer is not None and end_offer(house, work, offer, event, why, lapsed=True)
    choose_agents(house)
    return ended


def fail_offer(house: House, offer_id: int, why: str) -> bool:
    """The station was busy or could not be reached."""
    return _end(house, offer_id, OfferEvent.FAIL, why)


def _end(house: House, offer_id: int, event: OfferEvent, why: str) -> bool:
    with house.store.work() as work:
        offer = work.offers.get(offer_id)
        ended = offer is not None and end_offer(house, work, offer, event, why)
    choose_agents(house)
    return ended


def end_offer(house: House, work: Work, offer: Offer, event: OfferEvent, why: str, *, lapsed: bool = False) -> bool:
    """End a live offer within a transaction; False when it was over already, or has not lapsed as it should have."""
    now = house.now()
    again_at = None if event is OfferEvent.WITHDRAW else now + timedelta(seconds=SAME_CALLER_AGAIN_SECONDS)
    if not work.offers.move(offer.id, event, now, again_at=again_at, only_lapsed=lapsed):
        return False
    work.queue.move(offer.entry_id, EntryEvent.OFFER_OVER, now)
    _release_agent(house, work, offer, _FOR_THE_AGENT[event])
    leg = work.legs.of_offer(offer.id)
    if leg and leg.ended_at is None:
        work.commands.add("end", offer.call_id, leg.id, now, offer.id)
    kind = f"offer.{_FOR_THE_AGENT[event]}"
    fields = {"offer": offer.id, "why": why}
    work.records.append(Record(kind, now, call=offer.call_id, agent=offer.agent_id, desk=offer.desk, fields=fields))
    log.info(kind, call=offer.call_id, agent=offer.agent_id, desk=offer.desk, why=why)
    return True


def _release_agent(house: House, work: Work, offer: Offer, event: WorkEvent) -> None:
    now = house.now()
    agent = work.agents.get(offer.agent_id)
    if agent is None:
        return
    missed = missed_after(event, agent.missed)
    work.agents.move(agent.id, event, {"missed": missed, "not_before": rest_until(event, now)})
    if event is WorkEvent.EXPIRED and missed >= MISSED_LIMIT:
        work.agents.put_on_break(agent.id, MISSED_TOO_MANY)
        open_next_where_empty(house, work)
        fields = {"missed": missed}
        work.records.append(Record("agent.put_on_break", now, agent=agent.id, desk=offer.desk, fields=fields))
        log.warning("agent.put_on_break", agent=agent.id, missed=missed)
