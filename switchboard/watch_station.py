"""A browser says again and again that it is there; one that falls silent is lost, and holds no caller."""

from datetime import timedelta

from agents.agent import STATION_LOST, Agent, Presence
from directory.model import AgentId
from records.record import Record
from routing.offer import OfferEvent
from switchboard.change_presence import change_presence
from switchboard.doors import Work
from switchboard.end_offer import end_offer
from switchboard.house import House, log
from switchboard.open_tiers import open_next_where_empty

SEEN_FOR_SECONDS = 15  # a browser that says so every five seconds may be late twice


def see_station(house: House, agent_id: AgentId) -> None:
    """Note that an agent's browser is there. One who was away because it was not takes calls again."""
    with house.store.work() as work:
        agent = work.agents.get(agent_id)
        work.agents.change(agent_id, {"station_seen_until": house.now() + timedelta(seconds=SEEN_FOR_SECONDS)})
    if agent and agent.presence is Presence.BREAK and agent.break_reason == STATION_LOST:
        change_presence(house, agent_id, Presence.AVAILABLE)


def lose_stations(house: House, work: Work) -> int:
    """Take back the offers of browsers that fell silent, and put their agents on a break; return how many."""
    lost = work.agents.lost(house.now())
    for agent in lost:
        _lose(house, work, agent)
    if lost:
        open_next_where_empty(house, work)
    return len(lost)


def _lose(house: House, work: Work, agent: Agent) -> None:
    offer = work.offers.live_of_agent(agent.id)
    if offer:
        end_offer(house, work, offer, OfferEvent.STATION_LOST, "the browser fell silent")
    now = work.agents.get(agent.id) or agent
    work.agents.change(agent.id, {"station_seen_until": None})
    if now.presence is not Presence.AVAILABLE:
        return
    work.agents.put_on_break(agent.id, STATION_LOST)
    fields = {"reason": STATION_LOST}
    work.records.append(Record("agent.put_on_break", house.now(), agent=agent.id, fields=fields))
    log.warning("agent.put_on_break", agent=agent.id, reason=STATION_LOST)
