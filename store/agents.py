"""Agents' rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from agents.agent import Agent, Presence
from agents.station import read_station
from agents.work_state import WORK, WorkEvent, WorkState
from directory.model import AgentId
from store import tables
from store.inserts import insert_if_new
from store.moves import move

_agents = tables.agents


@dataclass
class StoredAgents:
    connection: Connection
    wraps_up: bool = False
    """Whether this transaction sets the end of somebody's wrap-up, which may be now."""

    def get(self, agent_id: AgentId) -> Agent | None:
        row = self.connection.execute(select(_agents).where(_agents.c.id == agent_id)).one_or_none()
        return None if row is None else _agent(row)

    def all(self) -> Sequence[Agent]:
        return [_agent(row) for row in self.connection.execute(select(_agents).order_by(_agents.c.id))]

    def keep(self, agent: Agent) -> None:
        chosen = {
            "station": str(agent.station),
            "presence": str(agent.presence),
            "break_reason": agent.break_reason,
            "next_presence": agent.next_presence,
            "idle_since": agent.idle_since,
            "not_before": agent.not_before,
            "missed": agent.missed,
        }
        new = {"id": agent.id, "work_state": str(agent.work_state), "wrap_until": agent.wrap_until, **chosen}
        if not insert_if_new(self.connection, _agents, new):
            self.connection.execute(update(_agents).where(_agents.c.id == agent.id).values(chosen))

    def move(self, agent_id: AgentId, event: WorkEvent, changes: Mapping[str, object]) -> bool:
        self.wraps_up = self.wraps_up or changes.get("wrap_until") is not None
        return move(self.connection, _agents, agent_id, WORK, event, column="work_state", changes=changes)

    def due_to_finish(self, now: datetime) -> Sequence[Agent]:
        rows = self.connection.execute(
            select(_agents).where(_agents.c.wrap_until <= now, _agents.c.work_state == WorkState.WRAPPING)
        )
        return [_agent(row) for row in rows]

    def end_rests(self, now: datetime) -> int:
        """Let the rested be offered calls again; return how many they were."""
        return self.connection.execute(
            update(_agents).where(_agents.c.not_before <= now).values(not_before=None)
        ).rowcount

    def present(self) -> Sequence[Agent]:
        rows = self.connection.execute(
            select(_agents).where(_agents.c.presence == Presence.AVAILABLE).order_by(_agents.c.id)
        )
        return [_agent(row) for row in rows]

    def put_on_break(self, agent_id: AgentId, reason: str) -> None:
        self.connection.execute(
            update(_agents)
            .where(_agents.c.id == agent_id, _agents.c.presence == Presence.AVAILABLE)
            .values(presence=str(Presence.BREAK), break_reason=reason)
        )

    def take_next_presence(self, agent_id: AgentId, presence: Presence) -> None:
        self.connection.execute(
            update(_agents).where(_agents.c.id == agent_id).values(presence=str(presence), next_presence=None)
        )


def _agent(row: Row[Any]) -> Agent:
    return Agent(
        id=AgentId(row.id),
        station=read_station(row.station),
        presence=Presence(row.presence),
        break_reason=row.break_reason,
        next_presence=None if row.next_presence is None else Presence(row.next_presence),
        work_state=WorkState(row.work_state),
        idle_since=row.idle_since,
        not_before=row.not_before,
        wrap_until=row.wrap_until,
        missed=row.missed,
    )
