"""The company's case is opened before anyone answers, and also for a caller who leaves the menu with a wish said."""

from dataclasses import replace

from calls.call import Call
from directory.model import DeskId, center_desk
from ivr.completion import wished_days
from ivr.intake import Category, Intake, KnownBy
from records.korean_time import KOREA
from records.record import Record
from routing.reason import Reason, Verdict
from switchboard.confirm_ticket import owe_confirmation
from switchboard.doors import Decision, Work
from switchboard.house import House, log
from tickets.life import TicketState
from tickets.number import TicketNumber, make_number
from tickets.promise import promised
from tickets.ticket import Ticket


def open_ticket(house: House, work: Work, call: Call, intake: Intake, desk: DeskId) -> Ticket:
    """Open the call's ticket, or return the one it has, or the earlier one it is about."""
    earlier = TicketNumber(intake.ticket) if intake.ticket else None
    known = work.tickets.get(earlier) if earlier else work.tickets.opened_by(call.id) if call.ticket else None
    if known:
        return known
    now = house.now()
    year = now.astimezone(KOREA).year
    ticket = Ticket(
        number=make_number(year, work.tickets.next_sequence(year)),
        call_id=call.id,
        line=call.line,
        dialed=call.dialed,
        caller=call.number,
        intake=intake,
        desk=desk,
        state=TicketState.RECEIVED,
        term_days=wished_days(intake),
        received_at=now,
        promise=promised(now, house.directory.hours_overrides),
    )
    work.tickets.add(ticket)
    owe_confirmation(work, ticket, now)
    fields = {"category": intake.category, "region": intake.region, "due_at": ticket.due_at.isoformat()}
    work.records.append(Record("ticket.opened", now, call=call.id, ticket=ticket.number, desk=desk, fields=fields))
    log.info("ticket.opened", call=call.id, ticket=ticket.number, desk=desk)
    return ticket


def keep_what_was_said(house: House, work: Work, call: Call) -> Call:
    """Open a ticket for a caller who left in the menu, if they had said what they want; an empty wish leaves none."""
    intake = Intake.from_data(call.intake)
    if call.ticket or not (intake.wish or (intake.category and intake.category is not Category.OPERATOR)):
        return call
    if intake.region is None and call.number.region:
        intake = replace(intake, region=call.number.region, region_by=KnownBy.NUMBER_UNCONFIRMED)
    center = house.directory.center_for(intake.region)
    desk = center_desk(center.code)
    call = replace(call, ticket=open_ticket(house, work, call, intake, desk).number, intake=intake.to_data())
    work.calls.keep(call)
    reason = Reason(
        None, desk, "left_in_menu", Verdict.CHOSEN, f"메뉴에서 끊은 전화입니다. {center.name_ko}가 이어받습니다."
    )
    decision = Decision(house.now(), "route", call.id, call.ticket, None, house.directory.version, [reason])
    work.decisions.add(decision)
    return call
