"""Waiting callers are offered to idle agents, in a transaction of its own after the event that made it possible."""

from datetime import datetime, timedelta

from agents.agent import Agent, can_be_offered
from agents.work_state import WorkEvent
from directory.model import DeskId, Seat
from records.record import Record
from routing.choosing import Choice, IdleAgent, choose
from routing.offer import Offer, OfferState, expires_at
from routing.queue_entry import EntryEvent
from switchboard.doors import Decision, NewOffer, Work
from switchboard.house import House, log

MOST_DIALING_DELAY = timedelta(seconds=5)  # a telephone that could only be rung later is not reserved


def choose_if_due(house: House, work: Work) -> None:
    """Choose after a turn, now kept, that left somebody waiting; a failure the next turn, or the ticker, will heal.

    Most turns do not: a caller in the menu, or one whose agent is being rung, changes nobody's chances.
    """
    if not work.choosing_due:
        return
    try:
        choose_agents(house)
    except Exception:  # noqa: BLE001 (the caller hears the document of their turn, whatever broke after it)
        log.exception("choosing.failed")


def choose_agents(house: House) -> None:
    """Make every offer that can be made now. Choosing again without need finds nothing to do."""
    with house.store.choosing() as work:
        idle = _idle(house, work)
        left: set[int] = set()  # callers who hung up while they were chosen
        while idle:
            desks: set[DeskId] = {seat.desk for agent in idle.values() for seat in _seats(house, agent)}
            may_ring = ring_slot(house, work) - house.now() <= MOST_DIALING_DELAY
            waiting = [
                IdleAgent(agent.id, _seats(house, agent), min(agent.idle_since or house.now(), house.now()))
                for agent in idle.values()
                if may_ring or agent.station.is_browser
            ]
            choice = choose((line for line in work.queue.open_lines(desks) if line.entry_id not in left), waiting)
            if choice is None:
                return
            if _offer(house, work, choice, idle[choice.agent_id]):
                del idle[choice.agent_id]
            else:
                left.add(choice.entry_id)


def ring_slot(house: House, work: Work) -> datetime:
    """Return when the carrier can start one more call: it starts so many a second and lets the others queue."""
    newest = work.commands.newest_start("ring")
    if newest is None:
        return house.now()
    return max(house.now(), newest + timedelta(seconds=1 / house.calls_per_second))


def _idle(house: House, work: Work) -> dict[str, Agent]:
    return {agent.id: agent for agent in work.agents.present() if can_be_offered(agent, house.now())}


def _seats(house: House, agent: Agent) -> tuple[Seat, ...]:
    member = house.directory.staff.get(agent.id)
    return member.seats if member else ()


def _offer(house: House, work: Work, choice: Choice, agent: Agent) -> bool:
    """Make the offer, and return whether the agent is taken; a caller who has left meanwhile leaves them free."""
    now = house.now()
    entry = work.queue.get(choice.entry_id)
    if entry is None:
        return False
    work.calls.get(entry.call_id)  # the call's lock comes first, here as where it ends
    if not work.queue.move(entry.id, EntryEvent.OFFER_MADE, now):
        return False
    if not work.agents.move(agent.id, WorkEvent.OFFERED, {}):
        work.queue.move(entry.id, EntryEvent.OFFER_OVER, now)
        return True
    ring_seconds = house.directory.desks[choice.desk].ring_seconds
    offer = work.offers.make(
        NewOffer(
            entry_id=entry.id,
            call_id=entry.call_id,
            agent_id=agent.id,
            desk=choice.desk,
            tier=choice.tier,
            station=agent.station,
            made_at=now,
            expires_at=expires_at(agent.station, ring_seconds, now),
        )
    )
    if offer.state is OfferState.RINGING:
        work.agents.move(agent.id, WorkEvent.RINGS, {})
    else:
        slot = ring_slot(house, work)
        work.commands.add("ring", entry.call_id, str(agent.station), now, offer.id, starts_at=slot)
    _write_down(house, work, choice, offer, entry.ticket)
    return True


def _write_down(house: House, work: Work, choice: Choice, offer: Offer, ticket: str) -> None:
    version = house.directory.version
    work.decisions.add(Decision(offer.made_at, "choice", offer.call_id, ticket, offer.id, version, choice.reasons))
    work.records.append(
        Record(
            "offer.made",
            offer.made_at,
            call=offer.call_id,
            ticket=ticket,
            agent=offer.agent_id,
            desk=offer.desk,
            fields={"offer": offer.id, "tier": offer.tier, "station": str(offer.station.kind)},
        )
    )
    log.info("offer.made", call=offer.call_id, agent=offer.agent_id, desk=offer.desk, tier=offer.tier)
