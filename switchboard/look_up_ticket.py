"""A caller asks for an earlier ticket: the walk stops, the rows are looked at, and it goes on with what was found.

What is wrong, unknown or not proven is all one to the caller: "refused", and after too many tries "limited".
"""

from dataclasses import replace
from datetime import datetime

from calls.call import Call
from calls.number_display import masked
from calls.telephone_number import can_be_called_back
from ivr.facts import CallerFacts, TicketFacts
from ivr.intake import Intake
from ivr.walk import End, Walk, looked_up
from records.korean_time import KOREA
from records.record import Record
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.turns import facts_of
from tickets.life import DONE, TicketState
from tickets.number import TicketNumber, read_number_keyed
from tickets.proof import WITHIN, calls_from_its_number, is_proven_by, may_try
from tickets.ticket import Ticket

PROVEN, UNPROVEN, REFUSED, LIMITED = "proven", "unproven", "refused", "limited"
LONGEST_KEYED = 16


def settled(house: House, work: Work, call: Call, walk: Walk) -> Walk:
    """Answer what the walk asks of the house, until it comes to a question or its end."""
    while walk.end is End.LOOK_UP:
        found, ticket = _look_up(house, work, call, walk)
        intake = walk.intake if ticket is None else replace(walk.intake, ticket=ticket.number)
        if ticket:
            _note_told(house, work, call, ticket, walk.look_up or "")
        facts = facts_with_ticket(house, work, call, intake)
        walk = looked_up(house.flow, house.directory, facts, walk, found, intake)
    return walk


def facts_with_ticket(house: House, work: Work, call: Call, intake: Intake) -> CallerFacts:
    """Return what the menu may know, with the proven ticket as it stands at this moment."""
    facts = facts_of(house, call)
    ticket = work.tickets.get(TicketNumber(intake.ticket)) if intake.ticket else None
    return replace(facts, ticket=_as_told(house, ticket, intake.language)) if ticket else facts


def _as_told(house: House, ticket: Ticket, language: str) -> TicketFacts:
    due = _day_promised(ticket)
    is_late = due is not None and ticket.due_at < house.now()
    return TicketFacts(
        number=ticket.number,
        progress=f"ticket_{ticket.state}",
        desk=house.desk_name(ticket.desk, language),
        due=due.date() if due and not is_late else None,
        late=due.date() if due and is_late else None,
    )


def _day_promised(ticket: Ticket) -> datetime | None:
    """Return when an answer is owed, in Korean time; none once it was given, or while the promise is paused."""
    owed = ticket.state not in DONE | {TicketState.ANSWERED} and ticket.promise.paused_at is None
    return ticket.due_at.astimezone(KOREA) if owed else None


def _look_up(house: House, work: Work, call: Call, walk: Walk) -> tuple[str, Ticket | None]:
    ticket = _asked_for(work, call, walk)
    if ticket and calls_from_its_number(ticket, call.number):
        return PROVEN, ticket
    keyed = (walk.intake.asked_ticket or "")[:LONGEST_KEYED]
    if not _may_try(house, work, call, keyed):
        return LIMITED, None
    if walk.look_up == "callers_ticket":
        return UNPROVEN, None
    if walk.look_up == "ticket" and read_number_keyed(keyed):
        return UNPROVEN, None
    if walk.look_up == "ticket_code" and is_proven_by(ticket, walk.intake.ticket_code):
        return PROVEN, ticket
    work.failed_proofs.add(call.id, _known_as(call), keyed, house.now())
    log.info("ticket.not_proven", call=call.id, caller=masked(call.number))
    return (REFUSED if _may_try(house, work, call, keyed) else LIMITED), None


def _asked_for(work: Work, call: Call, walk: Walk) -> Ticket | None:
    if walk.look_up == "callers_ticket":
        number = call.number.national if can_be_called_back(call.number) else None
        return work.tickets.newest_open_of(number) if number else None
    number_keyed = read_number_keyed(walk.intake.asked_ticket or "")
    return work.tickets.get(number_keyed) if number_keyed else None


def _may_try(house: House, work: Work, call: Call, keyed: str) -> bool:
    return may_try(work.failed_proofs.count(call.id, _known_as(call), keyed, house.now() - WITHIN))


def _known_as(call: Call) -> str:
    """Return who tries: those who withhold their number count as one."""
    return call.number.national or "withheld"


def _note_told(house: House, work: Work, call: Call, ticket: Ticket, by: str) -> None:
    proof = "number" if calls_from_its_number(ticket, call.number) else "code"
    fields = {"proof": proof, "asked_by": by}
    work.records.append(Record("ticket.told", house.now(), call=call.id, ticket=ticket.number, fields=fields))
    log.info("ticket.told", call=call.id, ticket=ticket.number, proof=proof)
