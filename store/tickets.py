"""Tickets and the sequence their numbers come from."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from calls.call import CallId
from directory.model import AgentId, DeskId
from ivr.intake import Intake
from store import tables
from store.callers import caller_of, caller_values
from tickets.number import TicketNumber
from tickets.ticket import PromisedBy, Ticket, TicketState


@dataclass(frozen=True)
class StoredTickets:
    connection: Connection

    def next_sequence(self, year: int) -> int:
        """Return the year's next number, from 1 and without gaps; others wait until this transaction is over."""
        kind = sqlite if self.connection.dialect.name == "sqlite" else postgresql
        sequences = tables.ticket_sequences
        counted = self.connection.scalar(
            kind.insert(sequences)
            .values(year=year, last=1)
            .on_conflict_do_update(index_elements=["year"], set_={"last": sequences.c.last + 1})
            .returning(sequences.c.last)
        )
        assert counted is not None  # noqa: S101 (RETURNING of an upsert always gives its row)
        return int(counted)

    def add(self, ticket: Ticket) -> None:
        self.connection.execute(insert(tables.tickets).values(number=ticket.number, **_values(ticket)))

    def get(self, number: TicketNumber) -> Ticket | None:
        return self._one(tables.tickets.c.number == number)

    def of_call(self, call_id: CallId) -> Ticket | None:
        """Return the ticket a call opened, or the one it is about: a callback's was opened by the call before."""
        about = select(tables.calls.c.ticket).where(tables.calls.c.id == call_id).scalar_subquery()
        return self._one(tables.tickets.c.call_id == call_id) or self._one(tables.tickets.c.number == about)

    def keep(self, ticket: Ticket) -> None:
        self.connection.execute(
            update(tables.tickets).where(tables.tickets.c.number == ticket.number).values(_values(ticket))
        )

    def _one(self, condition: Any) -> Ticket | None:
        row = self.connection.execute(select(tables.tickets).where(condition)).one_or_none()
        return None if row is None else _ticket(row)


def _values(ticket: Ticket) -> dict[str, Any]:
    return {
        "call_id": ticket.call_id,
        "line": ticket.line,
        "dialed": ticket.dialed,
        **caller_values(ticket.caller),
        "company": ticket.company,
        "category": ticket.intake.category,
        "category_by": ticket.intake.category_by,
        "region": ticket.intake.region,
        "region_by": ticket.intake.region_by,
        "intake": ticket.intake.to_data(),
        "term_days": ticket.term_days,
        "desk": ticket.desk,
        "agent": ticket.agent,
        "state": str(ticket.state),
        "promised": ticket.promised,
        "outcome": ticket.outcome,
        "satisfaction": ticket.satisfaction,
        "received_at": ticket.received_at,
        "due_at": ticket.due_at,
    }


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        number=TicketNumber(row.number),
        call_id=CallId(row.call_id),
        line=row.line,
        dialed=row.dialed,
        caller=caller_of(row),
        intake=Intake.from_data(row.intake),
        desk=DeskId(row.desk),
        state=TicketState(row.state),
        received_at=row.received_at,
        due_at=row.due_at,
        agent=None if row.agent is None else AgentId(row.agent),
        company=row.company,
        term_days=row.term_days,
        promised=None if row.promised is None else PromisedBy(row.promised),
        outcome=row.outcome,
        satisfaction=row.satisfaction,
    )
