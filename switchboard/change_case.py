"""How a case is changed: it is locked, changed, and what was done is recorded, all in one unit of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from directory.model import AgentId
from records.record import Record
from switchboard.doors import Work
from switchboard.house import House, log
from tickets.number import TicketNumber
from tickets.ticket import Ticket
from tickets.written import CaseError


class CaseInHand(NamedTuple):
    """A case, locked until its unit of work is over."""

    work: Work
    ticket: Ticket


@contextmanager
def case_in_hand(house: House, number: TicketNumber, by: AgentId) -> Iterator[CaseInHand]:
    """Open the unit of work in which somebody of the staff changes a case. Raises CaseError when either is unknown."""
    check_staff(house, by)
    with house.store.work() as work:
        yield CaseInHand(work, known_ticket(work, number))


def known_ticket(work: Work, number: TicketNumber) -> Ticket:
    """Return the ticket, locked, or raise CaseError."""
    ticket = work.tickets.get(number)
    if ticket is None:
        raise CaseError(f"there is no ticket {number}")
    return ticket


def check_staff(house: House, by: AgentId) -> None:
    if by not in house.directory.staff:
        raise CaseError(f'"{by}" is not on the staff (directory/data/staff.csv)')


def record(house: House, work: Work, ticket: Ticket, kind: str, by: AgentId | None, **fields: object) -> None:
    """Write down what was done to a case, and by whom; None is the line itself or the caller."""
    told = {name: value for name, value in fields.items() if value is not None}
    work.records.append(
        Record(kind, house.now(), call=ticket.call_id, ticket=ticket.number, agent=by, desk=ticket.desk, fields=told)
    )
    log.info(kind, call=ticket.call_id, ticket=ticket.number, by=by)
