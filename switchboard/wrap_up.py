"""Wrap-up is held here, not in a browser: it ends by its time or by the agent, who may ask for more of it."""

from agents.agent import extended_wrap_up, lease
from agents.work_state import WorkState
from directory.model import AgentId
from records.record import Record
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.end_of_talk import be_idle
from switchboard.house import House, log


class NoWrapUp(Exception):
    """The agent is not writing up a call."""


def finish_wrap_ups(house: House, work: Work) -> int:
    """Return to idle everyone whose wrap-up is over; return how many."""
    return sum(be_idle(house, work, agent) for agent in work.agents.due_to_finish(house.now()))


def finish_wrap_up(house: House, agent_id: AgentId) -> None:
    """Let an agent take calls again before their time is over. Raises NoWrapUp, also the second time."""
    with house.store.choosing() as work:
        agent = work.agents.get(agent_id)
        if agent is None or not be_idle(house, work, agent):
            raise NoWrapUp(f'agent "{agent_id}" is not in a wrap-up')
    log.info("wrap_up.finished", agent=agent_id)
    choose_agents(house)


def extend_wrap_up(house: House, agent_id: AgentId) -> int:
    """Give an agent more time, within what a wrap-up may last; return the seconds that are left. Raises NoWrapUp."""
    now = house.now()
    with house.store.choosing() as work:
        agent = work.agents.get(agent_id)
        if agent is None or agent.work_state is not WorkState.WRAPPING:
            raise NoWrapUp(f'agent "{agent_id}" is not in a wrap-up')
        rules = house.directory.rules(house.directory.staff[agent_id].home)
        until = extended_wrap_up(agent, rules, now)
        work.agents.change(agent_id, {"wrap_until": until, "leased_until": lease(until)})
        left = round((until - now).total_seconds())
        work.records.append(Record("wrap_up.extended", now, agent=agent_id, fields={"seconds_left": left}))
    log.info("wrap_up.extended", agent=agent_id, seconds_left=left)
    return left
