"""Nobody stays busy with what is not there: every busy agent has a lease, and it is looked into when it runs out.

The rows are held against the carrier's own list of calls every minute (`reconcile`); what is held here are the rows
against each other. Each repair is recorded with why.
"""

from datetime import datetime, timedelta

from agents.agent import TALK_LEASE_SECONDS, Agent, lease
from agents.work_state import WorkEvent, WorkState
from calls.call import CallState
from calls.leg import LegState
from records.record import Record
from routing.offer import LIVE
from switchboard.change_presence import take_chosen_presence
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.end_of_talk import be_idle
from switchboard.house import House, log

IN_TALK = {CallState.TALKING, CallState.DIALING}  # the agent of a callback is there before its customer


def look_into_leases(house: House, work: Work) -> int:
    """Renew the leases of those who are busy indeed, and free the others; return how many were looked into."""
    over = work.agents.lease_over(house.now())
    for agent in over:
        until = _busy_until(house, work, agent)
        if until:
            work.agents.change(agent.id, {"leased_until": until})
        elif agent.work_state is WorkState.WRAPPING:
            be_idle(house, work, agent)
        else:
            _free(house, work, agent)
    return len(over)


def free_entries(house: House) -> int:
    """Let callers wait again who are held for an offer that is over; return how many."""
    with house.store.choosing() as work:
        astray = work.queue.astray()
        for entry in astray:
            work.queue.put_right(entry, house.now())
            fields = {"entry": entry.id, "was": str(entry.state), "why": "nothing holds it"}
            work.records.append(
                Record("entry.put_right", house.now(), call=entry.call_id, ticket=entry.ticket, fields=fields)
            )
            log.warning("entry.put_right", call=entry.call_id, **fields)
    if astray:
        choose_agents(house)
    return len(astray)


def _busy_until(house: House, work: Work, agent: Agent) -> datetime | None:
    """Return until when an agent may well be busy, or None when the rows know of nothing that keeps them."""
    now = house.now()
    match agent.work_state:
        case WorkState.RESERVED | WorkState.RINGING:
            offer = work.offers.live_of_agent(agent.id)
            return max(lease(offer.expires_at), lease(now)) if offer and offer.state in LIVE else None
        case WorkState.TALKING:
            return now + timedelta(seconds=TALK_LEASE_SECONDS) if _talks(work, agent) else None
        case WorkState.WRAPPING:
            return lease(agent.wrap_until) if agent.wrap_until and agent.wrap_until > now else None
        case WorkState.IDLE:
            return None


def _talks(work: Work, agent: Agent) -> bool:
    offer = work.offers.accepted_of_agent(agent.id)
    leg = work.legs.of_offer(offer.id) if offer else None
    call = work.calls.get(offer.call_id) if offer else None
    return bool(leg and leg.state is not LegState.ENDED and call and call.state in IN_TALK)


def _free(house: House, work: Work, agent: Agent) -> None:
    now = house.now()
    changes = {"leased_until": None, "wrap_until": None, "wrapping_since": None, "idle_since": now}
    if not work.agents.move(agent.id, WorkEvent.FREED, changes):
        work.agents.change(agent.id, {"leased_until": None})
        return
    take_chosen_presence(house, work, agent)
    fields = {"was": str(agent.work_state), "why": "nothing keeps them"}
    work.records.append(Record("agent.freed", now, agent=agent.id, fields=fields))
    log.warning("agent.freed", agent=agent.id, **fields)
