"""What the commands tell of calls, tickets and the queue, as plain data: the one shape for JSON and for reading."""

from collections.abc import Sequence
from typing import Any

from calls.call import Call, CallId
from calls.number_display import masked
from commands.case_report import case_report, moment, promise_report
from ivr.intake import Intake
from routing.offer import Offer
from simulator import Heard
from switchboard.doors import Decision, Work
from switchboard.house import House
from tickets.number import TicketNumber


def call_report(house: House, call_id: CallId, transcript: Sequence[Heard]) -> dict[str, Any] | None:
    """Return everything one call left behind, or None when it never reached us."""
    with house.store.reading() as work:
        call = work.calls.get(call_id)
        if call is None:
            return None
        ticket = work.tickets.of_call(call_id)
        offers = work.offers.of_call(call_id)
        accepted = work.offers.accepted_of_call(call_id)
        decisions = work.decisions.of_call(call_id)
    return {
        "call": call.id,
        "line": call.line,
        "from": {"raw": call.number.raw, "e164": call.number.e164, "kind": call.number.kind},
        "transcript": [heard_report(heard) for heard in transcript if heard.text or heard.keys or heard.speech],
        "intake": _intake(call),
        "desk": ticket.desk if ticket else None,
        "agent": accepted.agent_id if accepted else None,
        "offers": [_offer(offer) for offer in offers],
        "ticket": {"number": ticket.number, "state": ticket.state, "due_at": moment(ticket.due_at)} if ticket else None,
        "outcome": call.outcome,
        "reasons": reasons_of(decisions),
        "directory_version": call.directory_version,
    }


def heard_report(heard: Heard) -> dict[str, str]:
    told = {"text": heard.text, "keys": heard.keys, "speech": heard.speech}
    return {"at": moment(heard.at), "who": heard.who, **{name: value for name, value in told.items() if value}}


def _intake(call: Call) -> dict[str, Any]:
    intake = Intake.from_data(call.intake)
    return {
        "category": intake.category,
        "category_by": intake.category_by,
        "region": intake.region,
        "region_by": intake.region_by,
        "wish": intake.wish,
        "consent": intake.consent,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {"id": offer.id, "agent": offer.agent_id, "state": offer.state, "made_at": moment(offer.made_at)}


def reasons_of(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    return [reason.to_data() for decision in decisions for reason in decision.reasons]


def decisions_report(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Return each decision with what it was made on, and the milliseconds it took where they were counted."""
    return [
        {
            "at": moment(decision.at),
            "kind": decision.kind,
            "offer": decision.offer_id,
            "directory_version": decision.directory_version,
            "took_ms": None if decision.took_us is None else decision.took_us / 1000,
            "reasons": [reason.to_data() for reason in decision.reasons],
        }
        for decision in decisions
    ]


def ticket_report(house: House, number: TicketNumber) -> dict[str, Any] | None:
    """Return a ticket with the calls and people behind it, or None when there is none of that number."""
    with house.store.reading() as work:
        ticket = work.tickets.get(number)
        if ticket is None:
            return None
        call = work.calls.get(ticket.call_id)
        offers = work.offers.of_call(ticket.call_id)
        of_the_case = case_report(work, ticket)
    return {
        "number": ticket.number,
        "state": ticket.state,
        "received_at": moment(ticket.received_at),
        **promise_report(ticket.promise, house.now()),
        "line": ticket.line,
        "dialed": ticket.dialed,
        "caller": {"number": masked(ticket.caller), "kind": ticket.caller.kind},
        "company": ticket.company,
        "category": ticket.intake.category,
        "category_by": ticket.intake.category_by,
        "region": ticket.intake.region,
        "region_by": ticket.intake.region_by,
        "institutes": list(ticket.intake.institutes),
        "wish": ticket.intake.wish,
        "term_days": ticket.term_days,
        "consent": ticket.intake.consent,
        "desk": ticket.desk,
        "agent": ticket.agent,
        "promised": ticket.promised,
        "outcome": ticket.outcome,
        "satisfaction": ticket.satisfaction,
        "call": ticket.call_id,
        "call_outcome": call.outcome if call else None,
        "offers": [_offer(offer) for offer in offers],
        **of_the_case,
    }


def queue_report(house: House) -> dict[str, Any]:
    """Return who waits, and how every agent who has ever signed in stands."""
    with house.store.reading() as work:
        waiting = [_waiting(work, entry.id, house) for entry in work.queue.waiting()]
        agents = work.agents.all()
    return {
        "at": moment(house.now()),
        "waiting": waiting,
        "agents": [
            {
                "id": agent.id,
                "desks": list(house.desks_of(agent.id)),
                "presence": agent.presence,
                "break_reason": agent.break_reason,
                "work_state": agent.work_state,
                "station": str(agent.station),
            }
            for agent in agents
        ],
        "directory_version": house.directory.version,
    }


def _waiting(work: Work, entry_id: int, house: House) -> dict[str, Any]:
    entry = work.queue.get(entry_id)
    assert entry is not None  # noqa: S101 (read in the same transaction)
    return {
        "entry": entry.id,
        "ticket": entry.ticket,
        "state": entry.state,
        "mode": entry.mode,
        "entered_at": moment(entry.entered_at),
        "priority_seconds": entry.priority_seconds,
        "waited_seconds": round((house.now() - entry.entered_at).total_seconds()),
        "desks": sorted(work.queue.opened_desks(entry.id)),
    }
