"""Nobody can talk to the caller now: they hear their ticket number and when they will be called, and the call ends."""

from dataclasses import replace

from calls.answer import Answer, HangUp, Say
from calls.call import Call, CallEvent, Outcome
from calls.telephone_number import can_be_called_back
from ivr.intake import Intake
from records.korean_time import KOREA
from records.record import Record
from routing.opening_hours import NeverOpens, next_opening
from switchboard.doors import Work
from switchboard.house import House, log
from tickets.ticket import PromisedBy, Ticket

_OUTCOME = {PromisedBy.OUT_OF_HOURS: Outcome.OUT_OF_HOURS, PromisedBy.CALLBACK: Outcome.CALLBACK}


def last_words(house: House, work: Work, call: Call, ticket: Ticket, promised: PromisedBy) -> Answer:
    work.tickets.keep(replace(ticket, promised=promised))
    work.calls.move(call.id, CallEvent.TOLD, _OUTCOME[promised])
    record = Record("callback.promised", house.now(), call=call.id, ticket=ticket.number, fields={"by": str(promised)})
    work.records.append(record)
    log.info("callback.promised", call=call.id, ticket=ticket.number, by=str(promised))
    return (Say(_words(house, call, ticket, promised)), HangUp())


def is_reachable(call: Call) -> bool:
    """Say whether we can call this caller back, at their own number or at one they keyed."""
    return can_be_called_back(call.number) or bool(Intake.from_data(call.intake).callback_number)


def _words(house: House, call: Call, ticket: Ticket, promised: PromisedBy) -> str:
    if not is_reachable(call):
        prompt = "no_number_open_done" if promised is PromisedBy.CALLBACK else "no_number_done"
        return house.say(prompt, ticket=ticket.number)
    if promised is PromisedBy.CALLBACK:
        return house.say("callback_done", ticket=ticket.number, day=ticket.due_at.astimezone(KOREA))
    desk = house.directory.desks[ticket.desk]
    try:
        opens = next_opening(desk, house.now(), house.directory.hours_overrides).astimezone(KOREA)
    except NeverOpens:
        return house.say("callback_done", ticket=ticket.number, day=ticket.due_at.astimezone(KOREA))
    return house.say("closed_done", ticket=ticket.number, day=opens, time=opens)
