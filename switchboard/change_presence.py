"""A person says whether they take calls; what the engine is doing with them stays its own field."""

from dataclasses import replace
from datetime import datetime

from agents.agent import Agent, Presence
from agents.station import Station, StationKind
from agents.work_state import WorkState
from directory.model import AgentId
from records.record import Record
from routing.offer import OfferEvent
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.end_offer import end_offer
from switchboard.house import House, log
from switchboard.open_tiers import open_for_sign_in, open_next_where_empty

_RESERVED = {WorkState.RESERVED, WorkState.RINGING}
_BUSY = {WorkState.TALKING, WorkState.WRAPPING}


class UnknownAgentError(Exception):
    """Nobody of that id is on the staff."""


class UnknownReasonError(Exception):
    """A break for a reason that is not on the list, or that only the line gives."""


def change_presence(
    house: House, agent_id: AgentId, presence: Presence, station: Station | None = None, reason: str | None = None
) -> Agent:
    """Return the agent after the change. Leaving while talking or wrapping up takes effect when that work is done."""
    if agent_id not in house.directory.staff:
        raise UnknownAgentError(f'agent "{agent_id}" is not on the staff (directory/data/staff.csv)')
    _check_reason(house, reason)
    with house.store.choosing() as work:  # nobody is chosen while they leave
        agent = work.agents.get(agent_id) or _new_agent(agent_id)
        agent = replace(agent, station=station or agent.station)
        if agent.work_state in _RESERVED and presence is not Presence.AVAILABLE:
            _release_offer(house, work, agent_id)
        agent = _chosen(work.agents.get(agent_id) or agent, agent.station, presence, reason, house.now())
        work.agents.keep(agent)
        work.records.append(
            Record("agent.presence", house.now(), agent=agent_id, fields={"presence": str(presence), "reason": reason})
        )
        if agent.presence is Presence.AVAILABLE:
            open_for_sign_in(house, work, house.desks_of(agent_id))
        open_next_where_empty(house, work)
    log.info("agent.presence", agent=agent_id, presence=str(presence))
    choose_agents(house)
    return agent


def take_chosen_presence(house: House, work: Work, agent: Agent) -> None:
    """Let what a person chose while busy take effect, now that the work is done."""
    if agent.next_presence is None:
        return
    work.agents.take_next_presence(agent.id, agent.next_presence)
    open_next_where_empty(house, work)


def _check_reason(house: House, reason: str | None) -> None:
    known = sorted(code for code, one in house.directory.break_reasons.items() if one.chosen_by_person)
    if reason is not None and reason not in known:
        raise UnknownReasonError(f'"{reason}" is no reason of a break: expected one of {", ".join(known)}')


def _new_agent(agent_id: AgentId) -> Agent:
    return Agent(agent_id, Station(StationKind.CLIENT, agent_id))


def _chosen(agent: Agent, station: Station, presence: Presence, reason: str | None, now: datetime) -> Agent:
    agent = replace(agent, station=station)
    if agent.work_state in _BUSY and presence is not Presence.AVAILABLE:
        return replace(agent, next_presence=presence, break_reason=reason)
    if presence is not Presence.AVAILABLE:
        return replace(agent, presence=presence, break_reason=reason, next_presence=None)
    fresh = agent.presence is not Presence.AVAILABLE
    return replace(
        agent,
        presence=presence,
        break_reason=None,
        next_presence=None,
        missed=0,
        answered=0 if agent.presence is Presence.OFFLINE else agent.answered,
        idle_since=now if fresh else agent.idle_since,
        not_before=None if fresh else agent.not_before,
    )


def _release_offer(house: House, work: Work, agent_id: AgentId) -> None:
    offer = work.offers.live_of_agent(agent_id)
    if offer:
        end_offer(house, work, offer, OfferEvent.DECLINE, "the agent left")
