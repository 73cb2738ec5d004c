"""An agent's part in a talk is over, and their wrap-up begins; one of no seconds is over with it."""

from datetime import timedelta

from agents.agent import Agent, lease, rest_until
from agents.work_state import WorkEvent
from records.record import Record
from routing.offer import Offer
from switchboard.change_presence import take_chosen_presence
from switchboard.doors import Work
from switchboard.house import House

NOTHING_TO_DO = {"wrap_until": None, "wrapping_since": None, "leased_until": None}


def begin_wrap_up(house: House, work: Work, offer: Offer) -> None:
    """Let the agent write up the call they took; a second time changes nothing, nor does the end of an earlier talk."""
    if not is_their_last(work, offer):
        return
    now = house.now()
    seconds = house.directory.desk(offer.desk).wrap_up_seconds
    until = now + timedelta(seconds=seconds)
    changes = {"wrap_until": until, "wrapping_since": now, "leased_until": lease(until)}
    if work.agents.move(offer.agent_id, WorkEvent.ENDED, changes) and not seconds:
        agent = work.agents.get(offer.agent_id)
        if agent:
            be_idle(house, work, agent)


def free_after_loss(house: House, work: Work, offer: Offer) -> None:
    """Let an agent whose leg was lost take calls again soon. One who has gone on to another call is left alone."""
    now, agent = house.now(), work.agents.get(offer.agent_id)
    if agent is None or not is_their_last(work, offer):
        return
    rest = rest_until(WorkEvent.LEG_LOST, house.directory.rules(offer.desk), now)
    if work.agents.move(agent.id, WorkEvent.LEG_LOST, {**NOTHING_TO_DO, "idle_since": now, "not_before": rest}):
        take_chosen_presence(house, work, agent)


def is_their_last(work: Work, offer: Offer) -> bool:
    """Say whether the agent has accepted nothing since: what is told late of one talk must not end the next."""
    newest = work.offers.accepted_of_agent(offer.agent_id)
    return newest is not None and newest.id == offer.id


def be_idle(house: House, work: Work, agent: Agent) -> bool:
    """End a wrap-up: the agent takes the presence they chose meanwhile. False when it was over already."""
    now = house.now()
    if not work.agents.move(agent.id, WorkEvent.FINISHED, {**NOTHING_TO_DO, "idle_since": now}):
        return False
    take_chosen_presence(house, work, agent)
    work.records.append(Record("agent.idle", now, agent=agent.id))
    return True
