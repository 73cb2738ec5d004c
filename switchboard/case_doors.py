"""The doors to what is kept around a case."""

from collections.abc import Sequence
from typing import Protocol

from tickets.note import Note
from tickets.number import TicketNumber


class Notes(Protocol):
    def add(self, note: Note) -> int: ...

    def of(self, ticket: TicketNumber) -> Sequence[Note]:
        """Return a case's notes, the oldest first."""
