"""Who owns a case, and how often it may be handed over."""

from dataclasses import replace

from directory.model import AgentId, DeskId
from tickets.life import DONE, TICKET, TicketEvent
from tickets.ticket import Ticket
from tickets.written import CaseError

MOST_HANDOVERS = 3  # unless the operator sets another number


class TooManyHandovers(CaseError):
    """The company would be sent round once more, and no supervisor has said so."""


def owned_by(ticket: Ticket, desk: DeskId, agent: AgentId | None, most_handovers: int, *, supervisor: bool) -> Ticket:
    """Return the case with its new owner; work that is under way goes on.

    Beyond `most_handovers` only a supervisor hands over. Raises CaseError, or NotNow when the case is done.
    """
    if (desk, agent) == (ticket.desk, ticket.agent):
        raise CaseError(f"{ticket.number}: {agent or desk} owns it already")
    if ticket.state in DONE or TICKET.takes(ticket.state, TicketEvent.ASSIGNED):
        ticket = replace(ticket, state=ticket.after(TicketEvent.ASSIGNED))
    handovers = ticket.handovers + is_handover(ticket, desk, agent)
    if handovers > max(ticket.handovers, most_handovers) and not supervisor:
        raise TooManyHandovers(
            f"{ticket.number} was handed over {ticket.handovers} times, where {most_handovers} is the most"
            " (expected a supervisor, with --supervisor)"
        )
    return replace(ticket, desk=desk, agent=agent, handovers=handovers)


def is_handover(ticket: Ticket, desk: DeskId, agent: AgentId | None) -> bool:
    """Say whether a case changes hands; somebody of the desk that has it taking it up is no such thing."""
    return desk != ticket.desk or (ticket.agent is not None and agent != ticket.agent)
