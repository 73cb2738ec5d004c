"""Tries to prove a ticket one's own that failed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select

from calls.call import CallId
from store import tables
from tickets.proof import FailedTries


@dataclass(frozen=True)
class StoredFailedProofs:
    connection: Connection

    def add(self, call_id: CallId, caller: str, ticket: str, at: datetime) -> None:
        values = {"call_id": call_id, "caller": caller, "ticket": ticket, "at": at}
        self.connection.execute(insert(tables.failed_proofs).values(values))

    def count(self, call_id: CallId, caller: str, ticket: str, since: datetime) -> FailedTries:
        failed = tables.failed_proofs
        lately = failed.c.at > since
        return FailedTries(
            in_call=self._count(failed.c.call_id == call_id),
            of_caller=self._count((failed.c.caller == caller) & lately),
            for_ticket=self._count((failed.c.ticket == ticket) & lately),
        )

    def _count(self, condition: ColumnElement[bool]) -> int:
        return self.connection.scalar(select(func.count()).select_from(tables.failed_proofs).where(condition)) or 0
