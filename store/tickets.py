"""Tickets and the sequence their numbers come from."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, false, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from calls.call import CallId
from directory.model import AgentId, DeskId
from ivr.intake import Intake
from store import tables
from store.callers import caller_of, caller_values
from store.locking import locked
from tickets.company import identifying
from tickets.life import DONE, TicketState
from tickets.number import TicketNumber
from tickets.outcome import TicketOutcome
from tickets.promise import Alarm, Promise
from tickets.ticket import CompanyId, PromisedBy, Ticket

_tickets = tables.tickets
_MICROSECOND = timedelta(microseconds=1)
_ADD = insert(_tickets)
_GET = select(_tickets)
_OF_NUMBER = _GET.where(_tickets.c.number == bindparam("of_number"))
_OPENED_BY = _GET.where(_tickets.c.call_id == bindparam("of_call"))
_OF_CALL = _GET.where(
    _tickets.c.number
    == select(tables.calls.c.ticket).where(tables.calls.c.id == bindparam("of_call")).scalar_subquery()
)
NEWEST_OPEN_OF = (
    select(_tickets.c.number)
    .where(
        _tickets.c.caller_national == bindparam("national"),
        _tickets.c.state.not_in([literal(str(state)) for state in DONE]),
    )
    .order_by(_tickets.c.received_at.desc(), _tickets.c.number.desc())
    .limit(1)
)
_KEEP = update(_tickets).where(_tickets.c.number == bindparam("of_number"))


@cache
def _count(dialect: str) -> ReturningInsert[Any]:
    """Return the upsert that counts on, written once. Both kinds of database word it alike."""
    insert_there = sqlite.insert if dialect == "sqlite" else postgresql.insert
    last = tables.ticket_sequences.c.last
    begun = insert_there(tables.ticket_sequences)
    return begun.on_conflict_do_update(index_elements=["year"], set_={"last": last + 1}).returning(last)


@dataclass(frozen=True)
class StoredTickets:
    connection: Connection
    apart: Callable[[Connection], AbstractContextManager[Connection]]

    def next_sequence(self, year: int) -> int:
        """Return the year's next number, from 1. One whose transaction is undone is given to nobody else.

        It is counted apart, or every ticket would wait until the transaction of the one before is over.
        """
        with self.apart(self.connection) as connection:
            counted = connection.scalar(_count(connection.dialect.name), {"year": year, "last": 1})
        assert counted is not None  # noqa: S101 (RETURNING of an upsert always gives its row)
        return int(counted)

    def add(self, ticket: Ticket) -> None:
        self.connection.execute(_ADD, {"number": ticket.number, **_values(ticket)})

    def get(self, number: TicketNumber) -> Ticket | None:
        return self._one(_OF_NUMBER, of_number=number)

    def opened_by(self, call_id: CallId) -> Ticket | None:
        return self._one(_OPENED_BY, of_call=call_id)

    def of_call(self, call_id: CallId) -> Ticket | None:
        return self._one(_OF_CALL, of_call=call_id)

    def newest_open_of(self, national: str) -> Ticket | None:
        number = self.connection.scalar(NEWEST_OPEN_OF, {"national": national})
        return None if number is None else self.get(TicketNumber(number))

    def keep(self, ticket: Ticket) -> None:
        self.connection.execute(_KEEP, {"of_number": ticket.number, **_values(ticket)})

    def due_alarms(self, now: datetime, most: int) -> Sequence[TicketNumber]:
        due = (
            select(_tickets.c.number)
            .where(_tickets.c.alarm_at <= now)
            .order_by(_tickets.c.alarm_at, _tickets.c.number)
            .limit(most)
        )
        return [TicketNumber(number) for number in self.connection.scalars(due)]

    def sound(self, number: TicketNumber, seen: Promise, after: Promise) -> bool:
        unsounded = (_tickets.c.number == number, _tickets.c.alarm == seen.alarm, _tickets.c.alarm_at == seen.alarm_at)
        changes = {"alarm": after.alarm, "alarm_at": after.alarm_at}
        return self.connection.execute(update(_tickets).where(*unsounded).values(changes)).rowcount == 1

    def earlier(self, ticket: Ticket, most: int = 50) -> Sequence[Ticket]:
        known = {_tickets.c.company_id: ticket.company_id, _tickets.c.caller_national: identifying(ticket.caller)}
        same = [column == value for column, value in known.items() if value is not None]
        rows = self.connection.execute(
            select(_tickets)
            .where(or_(false(), *same), _tickets.c.number != ticket.number)
            .order_by(_tickets.c.received_at.desc(), _tickets.c.number.desc())
            .limit(most)
        )
        return [_ticket(row) for row in rows]

    def of_company(self, company_id: CompanyId) -> Sequence[Ticket]:
        rows = self.connection.execute(
            select(_tickets)
            .where(_tickets.c.company_id == company_id)
            .order_by(_tickets.c.received_at.desc(), _tickets.c.number.desc())
        )
        return [_ticket(row) for row in rows]

    def rate(self, number: TicketNumber, satisfaction: int) -> bool:
        unrated = _tickets.c.satisfaction.is_(None)
        rated = self.connection.execute(
            update(_tickets).where(_tickets.c.number == number, unrated).values(satisfaction=satisfaction)
        )
        return rated.rowcount == 1

    def _one(self, question: Select[Any], **of: object) -> Ticket | None:
        """Return the ticket, locked for whoever may write it: it is kept whole, so its writers take turns."""
        row = self.connection.execute(locked(self.connection, question), of).one_or_none()
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
        "handovers": ticket.handovers,
        "company_id": ticket.company_id,
        "team": ticket.team,
        "promised": ticket.promised,
        "outcome": ticket.outcome,
        "research_days": ticket.research_days,
        "resolved_at": ticket.resolved_at,
        "satisfaction": ticket.satisfaction,
        "received_at": ticket.received_at,
        **_promise_values(ticket.promise),
    }


def _promise_values(promise: Promise) -> dict[str, Any]:
    return {
        "due_at": promise.due_at,
        "alarm": promise.alarm,
        "alarm_at": promise.alarm_at,
        "paused_at": promise.paused_at,
        "pause_reason": promise.pause_reason,
        "left_microseconds": None if promise.left is None else promise.left // _MICROSECOND,
        "kept_at": promise.kept_at,
        "promise_round": promise.round,
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
        promise=_promise(row),
        agent=None if row.agent is None else AgentId(row.agent),
        handovers=row.handovers,
        company=row.company,
        company_id=None if row.company_id is None else CompanyId(row.company_id),
        team=row.team,
        term_days=row.term_days,
        promised=None if row.promised is None else PromisedBy(row.promised),
        outcome=None if row.outcome is None else TicketOutcome(row.outcome),
        research_days=row.research_days,
        resolved_at=row.resolved_at,
        satisfaction=row.satisfaction,
    )


def _promise(row: Row[Any]) -> Promise:
    return Promise(
        due_at=row.due_at,
        alarm=None if row.alarm is None else Alarm(row.alarm),
        alarm_at=row.alarm_at,
        paused_at=row.paused_at,
        pause_reason=row.pause_reason,
        left=None if row.left_microseconds is None else row.left_microseconds * _MICROSECOND,
        kept_at=row.kept_at,
        round=row.promise_round,
    )
