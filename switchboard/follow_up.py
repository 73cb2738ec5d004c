"""Follow-up calls: planned when a case is resolved, due on a working day, and done with what became of it."""

from datetime import datetime

from directory.model import AgentId
from switchboard.change_case import check_staff, known_ticket, record
from switchboard.doors import Work
from switchboard.house import House
from tickets.follow_up import AFTER_DAYS, FollowUp, FollowUpResult, follow_up_at, on_working_day
from tickets.life import FOLLOW_UP, FollowUpEvent
from tickets.note import make_note
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


def finish_follow_up(house: House, follow_up_id: int, by: AgentId, result: FollowUpResult, note: str = "") -> FollowUp:
    """Note what a company said of its case, or that nobody was reached. Raises CaseError or IllegalMove."""
    check_staff(house, by)
    with house.store.work() as work:
        planned = work.follow_ups.get(follow_up_id)
        if planned is None:
            raise CaseError(f"there is no follow-up {follow_up_id}")
        ticket = known_ticket(work, planned.ticket)
        if not work.follow_ups.done(follow_up_id, result, by, house.now()):
            seen = work.follow_ups.get(follow_up_id) or planned
            FOLLOW_UP.after(seen.state, FollowUpEvent.DONE)
        note_id = work.notes.add(make_note(ticket.number, house.now(), by, note)) if note.strip() else None
        record(house, work, ticket, "follow_up.done", by, days=planned.days, result=result, note=note_id)
        done = work.follow_ups.get(follow_up_id)
        return done or planned
