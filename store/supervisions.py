"""Supervisors in talks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from calls.call import CallId
from calls.talk_supervision import SUPERVISION, Supervised, Supervising, Supervision, SupervisorEvent
from directory.model import AgentId
from store import tables
from store.inserts import insert_if_new
from store.moves import move

_supervisions = tables.supervisions


@dataclass(frozen=True)
class StoredSupervisions:
    connection: Connection

    def begin(
        self,
        call_id: CallId,
        agent_leg: CallId,
        supervisor: AgentId,
        station: str,
        mode: Supervising,
        at: datetime,
    ) -> Supervision | None:
        row = {
            "call_id": call_id,
            "agent_leg": agent_leg,
            "supervisor": supervisor,
            "station": station,
            "mode": str(mode),
            "state": str(Supervised.CALLED),
            "made_at": at,
        }
        if not insert_if_new(self.connection, _supervisions, row):
            return None
        return self.present(call_id, supervisor)

    def get(self, supervision_id: int) -> Supervision | None:
        row = self.connection.execute(select(_supervisions).where(_supervisions.c.id == supervision_id)).one_or_none()
        return None if row is None else _supervision(row)

    def present(self, call_id: CallId, supervisor: AgentId) -> Supervision | None:
        row = self.connection.execute(
            select(_supervisions).where(
                _supervisions.c.call_id == call_id,
                _supervisions.c.supervisor == supervisor,
                _supervisions.c.state != Supervised.OVER,
            )
        ).one_or_none()
        return None if row is None else _supervision(row)

    def of_call(self, call_id: CallId) -> Sequence[Supervision]:
        rows = self.connection.execute(
            select(_supervisions).where(_supervisions.c.call_id == call_id).order_by(_supervisions.c.id)
        )
        return [_supervision(row) for row in rows]

    def change_mode(self, supervision_id: int, mode: Supervising) -> bool:
        changed = self.connection.execute(
            update(_supervisions)
            .where(
                _supervisions.c.id == supervision_id,
                _supervisions.c.state != Supervised.OVER,
                _supervisions.c.mode != mode,
            )
            .values(mode=str(mode))
        )
        return changed.rowcount == 1

    def bind(self, supervision_id: int, leg_id: CallId) -> None:
        """Keep which leg is the supervisor's; the first that is told stays."""
        self.connection.execute(
            update(_supervisions)
            .where(_supervisions.c.id == supervision_id, _supervisions.c.leg_id.is_(None))
            .values(leg_id=leg_id)
        )

    def move(self, supervision_id: int, event: SupervisorEvent, at: datetime) -> bool:
        changes = {"ended_at": at} if event is SupervisorEvent.GONE else {}
        return move(self.connection, _supervisions, supervision_id, SUPERVISION, event, changes=changes)


def _supervision(row: Row[Any]) -> Supervision:
    return Supervision(
        id=row.id,
        call_id=CallId(row.call_id),
        agent_leg=CallId(row.agent_leg),
        supervisor=AgentId(row.supervisor),
        station=row.station,
        mode=Supervising(row.mode),
        state=Supervised(row.state),
        made_at=row.made_at,
        leg_id=None if row.leg_id is None else CallId(row.leg_id),
    )
