"""What was sent to callers in writing; the row is claimed before anything leaves, so that nothing is sent twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, update

from store import tables
from store.inserts import insert_if_new
from tickets.number import TicketNumber

_messages = tables.messages
CLAIMED = "claimed"


@dataclass(frozen=True)
class StoredMessages:
    connection: Connection

    def claim(self, kind: str, ticket: TicketNumber, recipient: str, at: datetime) -> bool:
        row = {"kind": kind, "ticket": ticket, "recipient": recipient, "state": CLAIMED, "claimed_at": at}
        return insert_if_new(self.connection, _messages, row)

    def close(self, kind: str, ticket: TicketNumber, state: str, at: datetime, error: str | None = None) -> None:
        self.connection.execute(
            update(_messages)
            .where(_messages.c.kind == kind, _messages.c.ticket == ticket, _messages.c.state == CLAIMED)
            .values(state=state, ended_at=at, error=error)
        )
