"""Agents' rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, literal, select, update

from agents.agent import Agent, Presence
from agents.station import read_station
from agents.work_state import WORK, WorkEvent, WorkState
from directory.model import AgentId
from store import tables
from store.driven import Driven
from store.inserts import insert_if_new
from store.moves import move
from switchboard.doors import Idle

_agents, _offers = tables.agents, tables.offers
_IS_IDLE = (
    _agents.c.presence == literal(str(Presence.AVAILABLE)),
    _agents.c.work_state == literal(str(WorkState.IDLE)),
    _agents.c.not_before.is_(None) | (_agents.c.not_before <= bindparam("now")),
)
_lines = tables.queue_lines
_STANDS_OPEN = select(_lines.c.entry_id).where(_lines.c.waiting, _lines.c.opened_at.is_not(None))
_STANDS_LENT = select(_lines.c.entry_id).where(_lines.c.waiting, _lines.c.may_lend, _lines.c.opened_at.is_(None))
_WANTED = Driven(
    select(_agents.c.id, _agents.c.station, _agents.c.idle_since, _agents.c.answered, _offers.c.entry_id)
    .join(_offers, (_offers.c.agent_id == _agents.c.id) & _offers.c.again_at.is_not(None), isouter=True)
    .where(*_IS_IDLE, _STANDS_OPEN.exists() | _STANDS_LENT.exists())
)
_SIGNED_IN = select(_agents.c.id).where(_agents.c.presence == literal(str(Presence.AVAILABLE))).order_by(_agents.c.id)
_LEASE_OVER = select(_agents).where(_agents.c.leased_until <= bindparam("now"))
_LOST = select(_agents).where(_agents.c.station_seen_until <= bindparam("now"))


@dataclass
class StoredAgents:
    connection: Connection
    wraps_up: bool = False
    """Whether this transaction sets the end of somebody's wrap-up, which may be now."""
    _signed_in: Sequence[AgentId] | None = None  # asked for once, until this transaction changes somebody's presence

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
            "answered": agent.answered,
            "station_seen_until": agent.station_seen_until,
        }
        new = {"id": agent.id, "work_state": str(agent.work_state), "wrap_until": agent.wrap_until, **chosen}
        self._signed_in = None
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

    def wanted(self, now: datetime) -> Sequence[Idle]:
        rows = _WANTED.rows(self.connection, {"now": now})
        passed: dict[str, set[int]] = {}
        for agent_id, _, _, _, entry_id in rows:
            if entry_id is not None:
                passed.setdefault(agent_id, set()).add(entry_id)
        found = {
            agent_id: Idle(
                AgentId(agent_id),
                read_station(station),
                since or now,
                answered,
                frozenset(passed.get(agent_id, ())),
            )
            for agent_id, station, since, answered, _ in rows
        }
        return list(found.values())

    def lease_over(self, now: datetime) -> Sequence[Agent]:
        return [_agent(row) for row in self.connection.execute(_LEASE_OVER, {"now": now})]

    def lost(self, now: datetime) -> Sequence[Agent]:
        return [_agent(row) for row in self.connection.execute(_LOST, {"now": now})]

    def change(self, agent_id: AgentId, changes: Mapping[str, object]) -> None:
        self._signed_in = None
        self.connection.execute(update(_agents).where(_agents.c.id == agent_id).values(dict(changes)))

    def draw_in(self, due: str, latest: datetime) -> int:
        """Let no due time of this name lie after then; return how many did."""
        return self.connection.execute(update(_agents).where(_agents.c[due] > latest).values({due: latest})).rowcount

    def end_rests(self, now: datetime) -> int:
        """Let the rested be offered calls again; return how many they were."""
        return self.connection.execute(
            update(_agents).where(_agents.c.not_before <= now).values(not_before=None)
        ).rowcount

    def signed_in(self) -> Sequence[AgentId]:
        if self._signed_in is None:
            self._signed_in = list(map(AgentId, self.connection.scalars(_SIGNED_IN).all()))
        return self._signed_in

    def put_on_break(self, agent_id: AgentId, reason: str) -> None:
        self._signed_in = None
        self.connection.execute(
            update(_agents)
            .where(_agents.c.id == agent_id, _agents.c.presence == Presence.AVAILABLE)
            .values(presence=str(Presence.BREAK), break_reason=reason)
        )

    def take_next_presence(self, agent_id: AgentId, presence: Presence) -> None:
        self._signed_in = None
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
        answered=row.answered,
        wrapping_since=row.wrapping_since,
        leased_until=row.leased_until,
        station_seen_until=row.station_seen_until,
    )
