"""A counselor completes a case's intake: what the caller was not asked by phone, and what was misunderstood."""

from collections.abc import Mapping
from dataclasses import replace

from directory.model import AgentId
from ivr.completion import completed, wished_days
from ivr.facts import changed_from
from switchboard.change_case import case_in_hand, record
from switchboard.house import House
from tickets.number import TicketNumber
from tickets.ticket import Ticket


def complete_intake(house: House, number: TicketNumber, by: AgentId, given: Mapping[str, str]) -> Ticket:
    """Change the intake as told and return the ticket; what stands so already changes nothing, and leaves no record.

    Raises DetailError for a value that cannot be taken, and CaseError when the ticket or the person is unknown.
    """
    with case_in_hand(house, number, by) as (work, ticket):
        intake = completed(ticket.intake, house.directory, given)
        before = changed_from(ticket.intake, intake)
        if not before:
            return ticket
        after = replace(ticket, intake=intake, term_days=wished_days(intake) or ticket.term_days)
        work.tickets.keep(after)
        record(house, work, after, "ticket.intake_completed", by, given=dict(given))
        return after
