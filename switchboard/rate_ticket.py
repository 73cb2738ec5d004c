"""A company says how satisfied it is, once for a case."""

from switchboard.change_case import record
from switchboard.doors import Work
from switchboard.house import House
from tickets.note import check_satisfaction
from tickets.ticket import Ticket


def rate_ticket(house: House, work: Work, ticket: Ticket, satisfaction: int) -> bool:
    """Keep a satisfaction of 1 to 5, in the unit of work that heard it; False, with nothing changed, the second time.

    Raises CaseError for any other number.
    """
    if not work.tickets.rate(ticket.number, check_satisfaction(satisfaction)):
        return False
    record(house, work, ticket, "ticket.rated", None, satisfaction=satisfaction)
    return True
