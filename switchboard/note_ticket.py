"""Something is written into a case, or left at the tone by its caller."""

from directory.model import AgentId
from switchboard.change_case import case_in_hand, record
from switchboard.doors import Work
from switchboard.house import House
from tickets.note import CALLER, make_note
from tickets.number import TicketNumber
from tickets.ticket import Ticket


def note_ticket(house: House, number: TicketNumber, by: AgentId, text: str) -> None:
    """Add what somebody of the staff writes. Raises CaseError."""
    with case_in_hand(house, number, by) as (work, ticket):
        note_id = work.notes.add(make_note(number, house.now(), by, text))
        record(house, work, ticket, "ticket.noted", by, note=note_id)


def note_from_caller(house: House, work: Work, ticket: Ticket, recording: str | None, words: str = "") -> None:
    """Add what the caller left by telephone, in the unit of work that took it: a recording, words, or both."""
    note_id = work.notes.add(make_note(ticket.number, house.now(), CALLER, words, recording))
    record(house, work, ticket, "ticket.noted", None, note=note_id, author=CALLER, recording=recording)
