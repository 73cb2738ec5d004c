"""A company says whether its case may be passed on to an institute."""

from dataclasses import replace

from directory.model import AgentId
from switchboard.change_case import case_in_hand, record
from switchboard.house import House
from switchboard.refer_ticket import came_back, withdraw_all
from tickets.number import TicketNumber
from tickets.ticket import Ticket


def record_consent(house: House, number: TicketNumber, by: AgentId, *, consent: bool) -> Ticket:
    """Keep what the company told a counselor; a no ends the questions that institutes have not answered yet."""
    with case_in_hand(house, number, by) as (work, ticket):
        asked = replace(ticket, intake=replace(ticket.intake, consent=consent))
        work.tickets.keep(asked)
        record(house, work, asked, "ticket.consent", by, consent=consent)
        if consent:
            return asked
        withdraw_all(house, work, asked, by, "consent withdrawn")
        return came_back(work, asked)
