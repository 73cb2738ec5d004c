"""Nobody can talk to the caller now: they hear their ticket number, when they will be called, and may leave a message.

They may hang up at any moment of it: the promise is kept before a word is said. Whoever can be called back keeps their
place in the queue, or gets one, as a callback.
"""

from collections.abc import Sequence
from dataclasses import replace

from calls.answer import Answer, HangUp, Say, TakeMessage
from calls.call import Call, CallEvent, Outcome
from records.korean_time import KOREA
from records.record import Record
from routing.opening_hours import NeverOpens, next_opening
from routing.queue_entry import Stand
from switchboard import paths
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.promise_callback import number_of, promise_callback
from tickets.ticket import PromisedBy, Ticket

LONGEST_MESSAGE_SECONDS = 120
SILENCE_SECONDS = 5
_OUTCOME = {PromisedBy.OUT_OF_HOURS: Outcome.OUT_OF_HOURS, PromisedBy.CALLBACK: Outcome.CALLBACK}


def last_words(
    house: House,
    work: Work,
    call: Call,
    ticket: Ticket,
    promised: PromisedBy,
    stands: Sequence[Stand] = (),
    because: str | None = None,
) -> Answer:
    """Promise a callback and take a message. `because` is a prompt for one who chose this; `stands` are the desks of
    one who has no place yet.
    """
    kept = _promise(house, work, call, ticket, promised, stands)
    words = _words(house, call, ticket, promised)
    if not kept:
        words = house.say_to(call, "callback_known", callback_number=number_of(call), ticket=ticket.number)
    elif because and is_reachable(call):
        words = house.say_to(call, because, callback_number=number_of(call), ticket=ticket.number)
    return (words, *_message(house, call))


def leave_number(house: House, work: Work, call: Call, ticket: Ticket) -> Answer:
    """Let a caller go who chose to be called: they hear at which number, what it will show, and their ticket."""
    kept = _promise(house, work, call, ticket, PromisedBy.CALLBACK, ())
    shown = house.directory.waiting_at(ticket.desk).shown_number
    prompt = "callback_set" if kept else "callback_known"
    words = house.say_to(call, prompt, callback_number=number_of(call), shown=shown, ticket=ticket.number)
    return (words, *goodbye(house, call))


def _promise(
    house: House, work: Work, call: Call, ticket: Ticket, promised: PromisedBy, stands: Sequence[Stand]
) -> bool:
    """Keep the promise in the rows; False when an older one to the same number holds instead."""
    kept = promise_callback(house, work, call, ticket, stands)
    work.tickets.keep(replace(ticket, promised=promised))
    work.calls.move(call.id, CallEvent.TOLD, _OUTCOME[promised])
    record = Record("callback.promised", house.now(), call=call.id, ticket=ticket.number, fields={"by": str(promised)})
    work.records.append(record)
    log.info("callback.promised", call=call.id, ticket=ticket.number, by=str(promised))
    return kept


def last_words_again(house: House, call: Call, ticket: Ticket, promised: PromisedBy) -> Answer:
    """Return what is heard, without promising anything anew."""
    return (_words(house, call, ticket, promised), *_message(house, call))


def _message(house: House, call: Call) -> Answer:
    message = TakeMessage(
        then=paths.message(call.line, call.id, call.turn + 1),
        reports=paths.recordings_of(call.id),
        longest_seconds=LONGEST_MESSAGE_SECONDS,
        silence_seconds=SILENCE_SECONDS,
    )
    return (house.say_to(call, "message_offer"), message, *goodbye(house, call))


def goodbye(house: House, call: Call) -> Answer:
    return (house.say_to(call, "thanks"), HangUp())


def is_reachable(call: Call) -> bool:
    """Say whether we can call this caller back, at their own number or at one they keyed."""
    return number_of(call) is not None


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
