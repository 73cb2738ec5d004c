"""The idle agents, found by the desks they sit at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from directory.model import AgentId, DeskId, RoutingSettings, Seat


@dataclass(frozen=True)
class IdleAgent:
    """An agent who may be offered a call now."""

    id: AgentId
    seats: tuple[Seat, ...]
    idle_since: datetime
    skills: Mapping[str, int] = field(default_factory=dict)  # proficiency from 1 to 5
    answered: int = 0  # calls since they signed in
    position: int = 0  # in the order of the staff

    def sits_at(self, desk: DeskId) -> bool:
        return any(seat.desk == desk for seat in self.seats)


@dataclass(frozen=True)
class Rules:
    """How desks share out callers and agents, and whom each desk asked last (for taking turns)."""

    settings: Mapping[DeskId, RoutingSettings] = field(default_factory=dict)
    asked_last: Mapping[DeskId, int] = field(default_factory=dict)  # the position of that agent

    def of(self, desk: DeskId) -> RoutingSettings:
        return self.settings.get(desk, PLAIN)


PLAIN = RoutingSettings()


class Crew:
    """Who is idle, by desk and level. Whoever chooses again and again keeps one and tells it who comes and goes."""

    def __init__(self, idle: Iterable[IdleAgent] = ()) -> None:
        self._agents: dict[AgentId, IdleAgent] = {}
        self._at: dict[DeskId, dict[AgentId, tuple[int, IdleAgent]]] = {}
        for agent in idle:
            self.add(agent)

    def add(self, agent: IdleAgent) -> None:
        """Let an agent be found; one who is there already is replaced."""
        self.remove(agent.id)
        self._agents[agent.id] = agent
        for seat in agent.seats:
            self._at.setdefault(seat.desk, {})[agent.id] = (seat.level, agent)

    def remove(self, agent_id: AgentId) -> IdleAgent | None:
        """Take an agent out and return them, or None when they were not idle."""
        agent = self._agents.pop(agent_id, None)
        for seat in agent.seats if agent else ():
            del self._at[seat.desk][agent_id]
        return agent

    def __contains__(self, agent_id: AgentId) -> bool:
        return agent_id in self._agents

    def desks(self) -> Sequence[DeskId]:
        """Return the desks where somebody is idle."""
        return [desk for desk, agents in self._at.items() if agents]

    def at(self, desk: DeskId) -> Sequence[tuple[int, IdleAgent]]:
        """Return the idle agents who sit at a desk, each with their level there."""
        return list(self._at.get(desk, {}).values())

    def has(self, desk: DeskId) -> bool:
        return bool(self._at.get(desk))

    def count(self, desk: DeskId) -> int:
        return len(self._at.get(desk, ()))

    def can_be_lent(self, agent: IdleAgent, rules: Rules) -> bool:
        """Say whether every desk the agent sits at would keep its reserve of idle agents without them."""
        at, settings = self._at, rules.settings  # asked for a hundred agents at each choice
        return all(len(at.get(seat.desk, ())) > settings.get(seat.desk, PLAIN).reserve for seat in agent.seats)
