"""What the commands tell of a case and its company, as plain data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from calls.number_display import display, masked
from calls.telephone_number import read_number
from records.korean_time import KOREA
from records.record import Record
from switchboard.doors import Work
from switchboard.hear_recording import what_it_is
from switchboard.keep_company import maybe_of
from tickets.business_number import shown_business_number
from tickets.company import Company, identifying
from tickets.follow_up import FollowUp
from tickets.promise import Promise, is_late
from tickets.referral import Referral
from tickets.ticket import Ticket


def moment(at: datetime) -> str:
    """Write a moment as people in Korea read it."""
    return at.astimezone(KOREA).isoformat(timespec="seconds")


def case_report(work: Work, ticket: Ticket) -> dict[str, Any]:
    """Return all that was done about a case, beside what its call left behind."""
    national = identifying(ticket.caller)
    return {
        "handovers": ticket.handovers,
        "team": ticket.team,
        "research_days": ticket.research_days,
        "resolved_at": _moment(ticket.resolved_at),
        "company_record": ticket.company_id,
        "maybe_companies": [_brief(company) for company in (work.companies.of_number(national) if national else ())],
        "referrals": [_referral(referral) for referral in work.referrals.of(ticket.number)],
        "notes": [
            {"at": moment(note.at), "by": note.author, "text": note.text, "recording": bool(note.recording)}
            for note in work.notes.of(ticket.number)
        ],
        "recordings": [
            {"what": what_it_is(one), "state": one.state, "seconds": one.duration_seconds}
            for one in work.recordings.of_ticket(ticket.number)
        ],
        "follow_ups": [follow_up_report(follow_up) for follow_up in work.follow_ups.of(ticket.number)],
        "earlier": [_earlier(other) for other in work.tickets.earlier(ticket)],
        "history": history(work.records.of_ticket(ticket.number)),
    }


def follow_up_report(follow_up: FollowUp) -> dict[str, Any]:
    return {
        "ticket": follow_up.ticket,
        "days": follow_up.days,
        "due_at": moment(follow_up.due_at),
        "state": follow_up.state,
        "result": follow_up.result,
        "missed": follow_up.missed,
        "done_at": _moment(follow_up.done_at),
        "by": follow_up.done_by,
    }


def company_report(work: Work, company: Company) -> dict[str, Any]:
    """Return a company's record, with the records that may be of the same company and why."""
    return {
        **_brief(company),
        "merged_into": company.merged_into,
        "team": company.team,
        "numbers": [display(read_number(number, {})) for number in company.numbers],
        "do_not_route": [{"institute": code, "reason": reason} for code, reason in company.do_not_route.items()],
        "maybe_same": [{**_brief(maybe.company), "why": list(maybe.why)} for maybe in maybe_of(work, company)],
        "tickets": [_earlier(ticket) for ticket in work.tickets.of_company(company.id)],
    }


def history(records: Sequence[Record]) -> list[dict[str, Any]]:
    return [
        {"at": moment(record.at), "what": record.kind, "by": record.agent, "fields": _shown(record)}
        for record in records
    ]


def _shown(record: Record) -> dict[str, object]:
    """Return what a record tells; of a recording only that there is one."""
    return {name: True if name == "recording" and value else value for name, value in record.fields.items()}


def promise_report(promise: Promise, now: datetime) -> dict[str, Any]:
    return {
        "due_at": None if promise.is_paused else moment(promise.due_at),
        "paused": promise.pause_reason,
        "left_hours": round(promise.left.total_seconds() / 3600, 2) if promise.left is not None else None,
        "next_warning": promise.alarm,
        "next_warning_at": _moment(promise.alarm_at),
        "answered_at": _moment(promise.kept_at),
        "late": is_late(promise, now),
    }


def _referral(referral: Referral) -> dict[str, Any]:
    return {
        "institute": referral.institute,
        "state": referral.state,
        "question": referral.question,
        "answer": referral.answer,
        "asked_at": moment(referral.asked_at),
        "asked_by": referral.asked_by,
        "due_at": moment(referral.due_at),
        "ended_at": _moment(referral.ended_at),
        "ended_by": referral.ended_by,
    }


def _brief(company: Company) -> dict[str, Any]:
    number = company.business_number
    return {
        "company": company.id,
        "name": company.name,
        "business_number": shown_business_number(number) if number else None,
    }


def _earlier(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "received_at": moment(ticket.received_at),
        "caller": masked(ticket.caller),
        "category": ticket.intake.category,
        "state": ticket.state,
        "outcome": ticket.outcome,
        "desk": ticket.desk,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else moment(at)
