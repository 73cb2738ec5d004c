"""How a case is changed: it is locked, changed, and what was done is recorded, all in one unit of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from agents.rights import Act
from directory.codes import AgentId, InstituteCode, institute_desk
from records.record import Record
from switchboard.acting import check_right, refusals_kept
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
def case_in_hand(house: House, number: TicketNumber, by: AgentId, act: Act = Act.WORK_ON_CASE) -> Iterator[CaseInHand]:
    """Open the unit of work in which somebody acts on a case.

    Raises NotAllowed when they may not, and CaseError when there is no such ticket.
    """
    with refusals_kept(house, by, act, number), house.store.work() as work:
        ticket = known_ticket(work, number)
        check_right(house, by, act, ticket.desk, ticket.agent)
        yield CaseInHand(work, ticket)


@contextmanager
def case_asked_about(house: House, number: TicketNumber, by: AgentId, institute: InstituteCode) -> Iterator[CaseInHand]:
    """Open the unit of work in which somebody speaks for an institute that is asked in a case. Raises the same."""
    act = Act.SPEAK_FOR_INSTITUTE
    with refusals_kept(house, by, act, number), house.store.work() as work:
        ticket = known_ticket(work, number)
        check_right(house, by, act, institute_desk(institute))
        yield CaseInHand(work, ticket)


def known_ticket(work: Work, number: TicketNumber) -> Ticket:
    """Return the ticket, locked, or raise CaseError."""
    ticket = work.tickets.get(number)
    if ticket is None:
        raise CaseError(f"there is no ticket {number}")
    return ticket


def record(house: House, work: Work, ticket: Ticket, kind: str, by: AgentId | None, **fields: object) -> None:
    """Write down what was done to a case, and by whom; None is the line itself or the caller."""
    told = {name: value for name, value in fields.items() if value is not None}
    work.records.append(
        Record(kind, house.now(), call=ticket.call_id, ticket=ticket.number, agent=by, desk=ticket.desk, fields=told)
    )
    log.info(kind, call=ticket.call_id, ticket=ticket.number, by=by)
