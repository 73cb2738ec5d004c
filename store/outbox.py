"""Slow work that is owed, as rows written with the event that owes it: no crash comes between the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from store import tables
from store.columns import is_word
from store.inserts import insert_if_new
from switchboard.doors import Task

_outbox = tables.outbox
WAITING, DONE, FAILED = "waiting", "done", "failed"


@dataclass(frozen=True)
class StoredOutbox:
    connection: Connection

    def add(self, kind: str, subject: str, at: datetime) -> bool:
        row = {"kind": kind, "subject": subject, "state": WAITING, "due_at": at, "attempts": 0, "made_at": at}
        return insert_if_new(self.connection, _outbox, row)

    def has(self, kind: str, subject: str) -> bool:
        found = self.connection.scalar(select(_outbox.c.id).where(_outbox.c.kind == kind, _outbox.c.subject == subject))
        return found is not None

    def due(self, now: datetime, most: int) -> Sequence[Task]:
        rows = self.connection.execute(
            select(_outbox)
            .where(is_word(_outbox.c.state, WAITING), _outbox.c.due_at <= now)
            .order_by(_outbox.c.due_at, _outbox.c.id)
            .limit(most)
        )
        return [_task(row) for row in rows]

    def get(self, task_id: int, now: datetime) -> Task | None:
        row = self.connection.execute(
            select(_outbox).where(_outbox.c.id == task_id, _outbox.c.state == WAITING, _outbox.c.due_at <= now)
        ).one_or_none()
        return None if row is None else _task(row)

    def claim(self, task: Task, now: datetime, again_at: datetime) -> bool:
        return self._change(task, {"attempts": task.attempts + 1, "due_at": again_at}, _outbox.c.due_at <= now)

    def done(self, task_id: int, at: datetime) -> None:
        """Note that the work is done, even when a slow attempt brings it about after the task was given up."""
        self.connection.execute(
            update(_outbox)
            .where(_outbox.c.id == task_id, _outbox.c.state != DONE)
            .values(state=DONE, done_at=at, error=None)
        )

    def postpone(self, task: Task, until: datetime, error: str) -> None:
        self._change(task, {"due_at": until, "error": error})

    def give_up(self, task: Task, at: datetime, error: str) -> bool:
        return self._change(task, {"state": FAILED, "done_at": at, "error": error})

    def _change(self, task: Task, values: dict[str, Any], *conditions: Any) -> bool:
        """Change a task that still waits and that nobody has taken since it was read."""
        changed = self.connection.execute(
            update(_outbox)
            .where(
                _outbox.c.id == task.id,
                _outbox.c.state == WAITING,
                _outbox.c.attempts == task.attempts,
                *conditions,
            )
            .values(values)
        )
        return changed.rowcount == 1


def _task(row: Row[Any]) -> Task:
    return Task(row.id, row.kind, row.subject, row.attempts)
