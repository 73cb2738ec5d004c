"""The plain steps of a case: its owner starts on it, gives the company its answer, and closes it in the end."""

from dataclasses import replace

from directory.model import AgentId
from switchboard.change_case import case_in_hand, record
from switchboard.house import House
from tickets.life import TicketEvent
from tickets.note import make_note
from tickets.number import TicketNumber
from tickets.promise import kept
from tickets.ticket import Ticket
from tickets.written import CaseError


def start_ticket(house: House, number: TicketNumber, by: AgentId) -> Ticket:
    """Begin to work on a case; at a desk that owns it together, whoever starts becomes its owner."""
    with case_in_hand(house, number, by) as (work, ticket):
        if ticket.agent is None and ticket.desk not in house.desks_of(by):
            raise CaseError(f"{number}: {by} does not serve {ticket.desk}, which owns it (expected it to be assigned)")
        state = ticket.after(TicketEvent.STARTED)
        started = replace(ticket, state=state, agent=ticket.agent or by)
        work.tickets.keep(started)
        record(house, work, started, "ticket.started", by)
        return started


def answer_ticket(house: House, number: TicketNumber, by: AgentId, answer: str) -> Ticket:
    """Note that the company has its answer: the promise is kept."""
    now = house.now()
    with case_in_hand(house, number, by) as (work, ticket):
        state = ticket.after(TicketEvent.ANSWERED)
        note_id = work.notes.add(make_note(number, now, by, answer))
        answered = replace(ticket, state=state, promise=kept(ticket.promise, now, house.directory.hours_overrides))
        work.tickets.keep(answered)
        record(house, work, answered, "ticket.answered", by, note=note_id)
        return answered


def close_ticket(house: House, number: TicketNumber, by: AgentId) -> Ticket:
    """Close a case that is resolved; its follow-up calls stay planned."""
    with case_in_hand(house, number, by) as (work, ticket):
        closed = replace(ticket, state=ticket.after(TicketEvent.CLOSED))
        work.tickets.keep(closed)
        record(house, work, closed, "ticket.closed", by)
        return closed
