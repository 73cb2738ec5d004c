"""What the carrier is to be asked, as rows that outlive a crash between the commit and the asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from calls.call import CallId
from store import tables
from store.columns import is_word
from switchboard.doors import Command

_commands = tables.carrier_commands
DUE = "due"


_ADD = insert(_commands)


@dataclass
class StoredCommands:
    connection: Connection
    added: bool = False
    """Whether this transaction leaves a command to be sent."""

    def add(
        self,
        kind: str,
        call_id: CallId,
        target: str,
        at: datetime,
        offer_id: int | None = None,
        starts_at: datetime | None = None,
    ) -> None:
        self.added = True
        self.connection.execute(
            _ADD,
            {
                "kind": kind,
                "call_id": call_id,
                "offer_id": offer_id,
                "target": target,
                "state": DUE,
                "due_at": starts_at or at,
                "attempts": 0,
                "made_at": at,
                "starts_at": starts_at or at,
            },
        )

    def newest_start(self, kind: str) -> datetime | None:
        newest: datetime | None = self.connection.scalar(
            select(func.max(_commands.c.starts_at)).where(_commands.c.kind == kind)
        )
        return newest

    def again(self, command: Command, at: datetime) -> None:
        self.connection.execute(
            update(_commands).where(_commands.c.id == command.id, _commands.c.state == DUE).values(due_at=at)
        )

    def has(self, kind: str, target: str) -> bool:
        found = select(_commands.c.id).where(_commands.c.kind == kind, _commands.c.target == target)
        return self.connection.scalar(select(found.exists())) is True

    def due(self, now: datetime) -> Sequence[Command]:
        rows = self.connection.execute(
            select(_commands)
            .where(is_word(_commands.c.state, DUE), _commands.c.due_at <= now)
            .order_by(_commands.c.due_at, _commands.c.id)
        )
        return [Command(row.id, row.kind, CallId(row.call_id), row.offer_id, row.target, row.attempts) for row in rows]

    def claim(self, command: Command, again_at: datetime) -> bool:
        """Take the command for one attempt; unless it is closed, it falls due again at `again_at`."""
        claimed = self.connection.execute(
            update(_commands)
            .where(_commands.c.id == command.id, _commands.c.state == DUE, _commands.c.attempts == command.attempts)
            .values(attempts=command.attempts + 1, due_at=again_at)
        )
        return claimed.rowcount == 1

    def close(self, command_id: int, state: str, error: str | None = None) -> None:
        self.connection.execute(
            update(_commands)
            .where(_commands.c.id == command_id, _commands.c.state == DUE)
            .values(state=state, error=error)
        )
