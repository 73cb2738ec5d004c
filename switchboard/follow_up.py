"""Follow-up calls: planned when a case is resolved, due on a working day, and done with what became of it."""

from dataclasses import replace
from datetime import datetime

from directory.model import AgentId
from records.korean_time import KOREA
from switchboard.change_case import case_in_hand, known_ticket, record
from switchboard.doors import Work
from switchboard.house import House
from tickets.follow_up import AFTER_DAYS, FollowUp, FollowUpResult, called_again_at, follow_up_at, on_working_day
from tickets.life import FOLLOW_UP, FollowUpEvent, FollowUpState
from tickets.note import make_note
from tickets.number import TicketNumber
from tickets.ticket import Ticket
from tickets.written import CaseError


def plan_follow_ups(house: House, work: Work, ticket: Ticket, resolved_at: datetime) -> None:
    for days in AFTER_DAYS:
        due_at = follow_up_at(resolved_at, days, house.directory.hours_overrides)
        if work.follow_ups.plan(ticket.number, ticket.promise.round, days, due_at):
            record(house, work, ticket, "follow_up.planned", None, days=days, due_at=due_at.isoformat())


def drop_follow_ups(house: House, work: Work, ticket: Ticket) -> None:
    """Plan no more calls about a case that is opened again."""
    for follow_up in work.follow_ups.of(ticket.number):
        if work.follow_ups.drop(follow_up.id):
            record(house, work, ticket, "follow_up.dropped", None, days=follow_up.days)


def fall_due(house: House, work: Work, follow_up: FollowUp) -> None:
    """Let a call that was planned for now fall due; a day that has become a holiday since moves it on."""
    morning = on_working_day(follow_up.due_at, house.directory.hours_overrides)
    ticket = known_ticket(work, follow_up.ticket)
    if morning > house.now():
        if work.follow_ups.put_off(follow_up, morning):
            record(house, work, ticket, "follow_up.moved", None, days=follow_up.days, due_at=morning.isoformat())
    elif work.follow_ups.fall_due(follow_up.id):
        record(house, work, ticket, "follow_up.due", None, days=follow_up.days)


def finish_follow_up(
    house: House, number: TicketNumber, days: int, by: AgentId, result: FollowUpResult, note: str = ""
) -> FollowUp:
    """Note what a company said of its case; early too, when the company calls by itself.

    When nobody was reached the call is planned again, unless it was tried often enough: then that is its result.
    Raises CaseError when no such call is to be made, or it was made before.
    """
    now = house.now()
    with case_in_hand(house, number, by) as (work, ticket):
        event = FollowUpEvent.NOT_REACHED if result is FollowUpResult.NOT_REACHED else FollowUpEvent.DONE
        follow_up = _to_be_made(work, number, days, event)
        note_id = work.notes.add(make_note(number, now, by, note)) if note.strip() else None
        if event is FollowUpEvent.NOT_REACHED and (again := _again(house, work, follow_up)):
            told = {"days": days, "missed": again.missed, "due_at": again.due_at.isoformat(), "note": note_id}
            record(house, work, ticket, "follow_up.not_reached", by, **told)
            return again
        work.follow_ups.done(follow_up.id, result, by, now)
        record(house, work, ticket, "follow_up.done", by, days=days, result=result, note=note_id)
        return replace(follow_up, state=FollowUpState.DONE, result=result, done_at=now, done_by=by)


def _to_be_made(work: Work, number: TicketNumber, days: int, event: FollowUpEvent) -> FollowUp:
    of_days = [one for one in work.follow_ups.of(number) if one.days == days]
    for follow_up in of_days:
        if FOLLOW_UP.takes(follow_up.state, event):
            return follow_up
    states = ", ".join(f"{one.state} for {one.due_at.astimezone(KOREA):%Y-%m-%d}" for one in of_days)
    raise CaseError(f"{number}: no follow-up call after {days} days is to be made ({states or 'none is planned'})")


def _again(house: House, work: Work, follow_up: FollowUp) -> FollowUp | None:
    """Plan the call once more, or return None when it was tried often enough."""
    due_at = called_again_at(follow_up, house.now(), house.follow_up_again, house.directory.hours_overrides)
    if due_at is None or not work.follow_ups.again(follow_up, due_at):
        return None
    return replace(follow_up, state=FollowUpState.PLANNED, due_at=due_at, missed=follow_up.missed + 1)
