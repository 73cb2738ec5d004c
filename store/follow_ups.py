"""Follow-up calls that are planned, due or done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from store.case_tables import follow_ups
from store.inserts import insert_if_new
from store.moves import move
from tickets.follow_up import FollowUp, FollowUpResult
from tickets.life import FOLLOW_UP, FollowUpEvent, FollowUpState
from tickets.number import TicketNumber

_PLANNED = follow_ups.c.state == str(FollowUpState.PLANNED)


@dataclass(frozen=True)
class StoredFollowUps:
    connection: Connection

    def plan(self, ticket: TicketNumber, round_: int, days: int, due_at: datetime) -> bool:
        row = {
            "ticket": ticket,
            "round": round_,
            "days": days,
            "due_at": due_at,
            "state": str(FollowUpState.PLANNED),
        }
        return insert_if_new(self.connection, follow_ups, row)

    def get(self, follow_up_id: int) -> FollowUp | None:
        row = self.connection.execute(select(follow_ups).where(follow_ups.c.id == follow_up_id)).one_or_none()
        return None if row is None else _follow_up(row)

    def of(self, ticket: TicketNumber) -> Sequence[FollowUp]:
        return self._all(follow_ups.c.ticket == ticket)

    def in_state(self, *states: FollowUpState) -> Sequence[FollowUp]:
        return self._all(follow_ups.c.state.in_([str(state) for state in states]))

    def due(self, now: datetime, most: int) -> Sequence[FollowUp]:
        rows = self.connection.execute(
            select(follow_ups)
            .where(_PLANNED, follow_ups.c.due_at <= now)
            .order_by(follow_ups.c.due_at, follow_ups.c.id)
            .limit(most)
        )
        return [_follow_up(row) for row in rows]

    def put_off(self, follow_up: FollowUp, due_at: datetime) -> bool:
        unmoved = (follow_ups.c.id == follow_up.id, _PLANNED, follow_ups.c.due_at == follow_up.due_at)
        return self.connection.execute(update(follow_ups).where(*unmoved).values(due_at=due_at)).rowcount == 1

    def fall_due(self, follow_up_id: int) -> bool:
        return move(self.connection, follow_ups, follow_up_id, FOLLOW_UP, FollowUpEvent.FELL_DUE)

    def again(self, follow_up: FollowUp, due_at: datetime) -> bool:
        changes = {"due_at": due_at, "missed": follow_up.missed + 1}
        return move(self.connection, follow_ups, follow_up.id, FOLLOW_UP, FollowUpEvent.NOT_REACHED, changes=changes)

    def done(self, follow_up_id: int, result: FollowUpResult, by: str, at: datetime) -> bool:
        changes = {"result": str(result), "done_by": by, "done_at": at}
        return move(self.connection, follow_ups, follow_up_id, FOLLOW_UP, FollowUpEvent.DONE, changes=changes)

    def drop(self, follow_up_id: int) -> bool:
        return move(self.connection, follow_ups, follow_up_id, FOLLOW_UP, FollowUpEvent.DROPPED)

    def _all(self, *conditions: Any) -> Sequence[FollowUp]:
        rows = self.connection.execute(
            select(follow_ups).where(*conditions).order_by(follow_ups.c.due_at, follow_ups.c.id)
        )
        return [_follow_up(row) for row in rows]


def _follow_up(row: Row[Any]) -> FollowUp:
    return FollowUp(
        id=row.id,
        ticket=TicketNumber(row.ticket),
        days=row.days,
        due_at=row.due_at,
        state=FollowUpState(row.state),
        result=None if row.result is None else FollowUpResult(row.result),
        done_at=row.done_at,
        done_by=row.done_by,
        missed=row.missed,
    )
