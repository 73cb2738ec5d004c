"""Notes in a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from store.case_tables import ticket_notes
from tickets.note import Note
from tickets.number import TicketNumber


@dataclass(frozen=True)
class StoredNotes:
    connection: Connection

    def add(self, note: Note) -> int:
        key = self.connection.execute(
            insert(ticket_notes).values(
                ticket=note.ticket, at=note.at, author=note.author, text=note.text, recording=note.recording
            )
        ).inserted_primary_key
        assert key is not None  # noqa: S101 (one row was inserted)
        return int(key.id)

    def of(self, ticket: TicketNumber) -> Sequence[Note]:
        rows = self.connection.execute(
            select(ticket_notes).where(ticket_notes.c.ticket == ticket).order_by(ticket_notes.c.id)
        )
        return [Note(TicketNumber(row.ticket), row.at, row.author, row.text, row.recording) for row in rows]
