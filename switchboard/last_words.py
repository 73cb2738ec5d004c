"""Nobody can talk to the caller now: they hear their ticket number, when they will be called, and may leave a message.

They may hang up at any moment of it: the promise is kept before a word is said.
"""

from dataclasses import replace

from calls.answer import Answer, HangUp, Say, TakeMessage
from calls.call import Call, CallEvent, Outcome
from calls.telephone_number import can_be_called_back
from ivr.intake import Intake
from records.korean_time import KOREA
from records.record import Record
from routing.opening_hours import NeverOpens, next_opening
from switchboard import paths
from switchboard.doors import Work
from switchboard.house import House, log
from tickets.ticket import PromisedBy, Ticket

LONGEST_MESSAGE_SECONDS = 120
SILENCE_SECONDS = 5
_OUTCOME = {PromisedBy.OUT_OF_HOURS: Outcome.OUT_OF_HOURS, PromisedBy.CALLBACK: Outcome.CALLBACK}


def last_words(house: House, work: Work, call: Call, ticket: Ticket, promised: PromisedBy) -> Answer:
    work.tickets.keep(replace(ticket, promised=promised))
    work.calls.move(call.id, CallEvent.TOLD, _OUTCOME[promised])
    record = Record("callback.promised", house.now(), call=call.id, ticket=ticket.number, fields={"by": str(promised)})
    work.records.append(record)
    log.info("callback.promised", call=call.id, ticket=ticket.number, by=str(promised))
    return last_words_again(house, call, ticket, promised)


def last_words_again(house: House, call: Call, ticket: Ticket, promised: PromisedBy) -> Answer:
    """Return what is heard, without promising anything anew."""
    message = TakeMessage(
        then=paths.message(call.line, call.id, call.turn + 1),
        reports=paths.recordings_of(call.id),
        longest_seconds=LONGEST_MESSAGE_SECONDS,
        silence_seconds=SILENCE_SECONDS,
    )
    return (_words(house, call, ticket, promised), house.say_to(call, "message_offer"), message, *goodbye(house, call))


def goodbye(house: House, call: Call) -> Answer:
    return (house.say_to(call, "thanks"), HangUp())


def is_reachable(call: Call) -> bool:
    """Say whether we can call this caller back, at their own number or at one they keyed."""
    return can_be_called_back(call.number) or bool(Intake.from_data(call.intake).callback_number)


def _words(house: House, call: Call, ticket: Ticket, promised: PromisedBy) -> Say:
    if not is_reachable(call):
        prompt = "no_number_open_done" if promised is PromisedBy.CALLBACK else "no_number_done"
        return house.say_to(call, prompt, ticket=ticket.number)
    if promised is PromisedBy.CALLBACK:
        return house.say_to(call, "callback_done", ticket=ticket.number, day=ticket.due_at.astimezone(KOREA))
    desk = house.directory.desk(ticket.desk)
    try:
        opens = next_opening(desk, house.now(), house.directory.hours_overrides).astimezone(KOREA)
    except NeverOpens:
        return house.say_to(call, "callback_done", ticket=ticket.number, day=ticket.due_at.astimezone(KOREA))
    return house.say_to(call, "closed_done", ticket=ticket.number, day=opens, time=opens)
