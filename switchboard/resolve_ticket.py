"""A case is resolved with an outcome, and may be opened again."""

from dataclasses import replace

from directory.model import AgentId
from records.korean_time import KOREA
from switchboard.change_case import case_in_hand, record
from switchboard.follow_up import drop_follow_ups, plan_follow_ups
from switchboard.house import House
from switchboard.refer_ticket import withdraw_all
from tickets.life import TicketEvent
from tickets.note import make_note
from tickets.number import TicketNumber
from tickets.outcome import TicketOutcome, check_outcome
from tickets.promise import kept, promised
from tickets.ticket import Ticket


def resolve_ticket(
    house: House,
    number: TicketNumber,
    by: AgentId,
    outcome: TicketOutcome,
    summary: str,
    research_days: int | None = None,
) -> Ticket:
    """Resolve a case: institutes are asked no more, the promise is kept, and two follow-up calls are planned.

    Raises CaseError, OutcomeError or NotNow. A development counts from the day of the resolution.
    """
    now = house.now()
    with case_in_hand(house, number, by) as (work, ticket):
        state = ticket.after(TicketEvent.RESOLVED)
        check_outcome(ticket.intake.category, outcome, research_days, now.astimezone(KOREA).date())
        note_id = work.notes.add(make_note(number, now, by, summary))
        withdraw_all(house, work, ticket, by, "resolved")
        resolved = replace(
            ticket,
            state=state,
            outcome=outcome,
            research_days=research_days,
            resolved_at=now,
            promise=kept(ticket.promise, now, house.directory.hours_overrides),
        )
        work.tickets.keep(resolved)
        plan_follow_ups(house, work, resolved, now)
        told = {"outcome": outcome, "research_days": research_days, "note": note_id}
        record(house, work, resolved, "ticket.resolved", by, **told)
        return resolved


def reopen_ticket(house: House, number: TicketNumber, by: AgentId, reason: str) -> Ticket:
    """Open a case again: its owner stays, its outcome is taken back, and an answer is promised anew."""
    now = house.now()
    with case_in_hand(house, number, by) as (work, ticket):
        state = ticket.after(TicketEvent.REOPENED)
        note_id = work.notes.add(make_note(number, now, by, reason))
        drop_follow_ups(house, work, ticket)
        reopened = replace(
            ticket,
            state=state,
            outcome=None,
            research_days=None,
            resolved_at=None,
            promise=promised(now, house.directory.hours_overrides, ticket.promise.round + 1),
        )
        work.tickets.keep(reopened)
        record(house, work, reopened, "ticket.reopened", by, note=note_id, due_at=reopened.due_at.isoformat())
        return reopened
