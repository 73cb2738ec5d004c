"""A call about an earlier ticket: the case goes with it, and its owner is asked for first."""

from dataclasses import replace

from ivr.intake import Category, Intake
from switchboard.doors import Work
from tickets.number import TicketNumber


def with_its_case(work: Work, intake: Intake) -> Intake:
    """Return what routing needs of such a call: the case's own intake, its counselor and its desk."""
    ticket = work.tickets.get(TicketNumber(intake.ticket)) if intake.ticket else None
    if ticket is None:
        return intake
    known = ticket.intake
    return replace(
        known,
        category=known.category or Category.OPERATOR,
        language=intake.language,
        callback_number=intake.callback_number or known.callback_number,
        ticket=ticket.number,
        counselor=ticket.agent,
        desk=ticket.desk,
    )
