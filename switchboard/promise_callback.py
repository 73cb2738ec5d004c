"""A caller will be called back: their place in the queue becomes a callback, with a call of its own to be made.

One number has one live callback. The place rests until the caller's own call is over, and then until the hours of its
desks; it is offered like any other, in the order of the queue.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from calls.call import Call, CallId, CallState, Outcome
from calls.telephone_number import can_be_called_back, read_number
from directory.codes import AgentId
from ivr.intake import Intake
from records.record import Record
from routing.callback import MESSAGE_MAY_COME_SECONDS, SOONEST_SECONDS, WHILE_ON_THE_LINE_SECONDS, callback_of
from routing.offer import OfferEvent
from routing.queue_entry import EntryEvent, EntryMode, QueueEntry, Stand
from switchboard.doors import Work
from switchboard.end_offer import end_offer
from switchboard.house import House, log
from switchboard.offer_callback import rest_until_open
from tickets.ticket import Ticket


def number_of(call: Call) -> str | None:
    """Return the number that reaches the caller: the one they chose, else their own; None when there is neither."""
    chosen = Intake.from_data(call.intake).callback_number
    if chosen:
        return read_number(chosen, {}).national if read_number(chosen, {}).e164 else None
    return call.number.national if can_be_called_back(call.number) else None


def promise_callback(house: House, work: Work, call: Call, ticket: Ticket, stands: Sequence[Stand] = ()) -> bool:
    """Turn the caller's place, or a new one at these desks, into a callback.

    False when their number has a live callback already: that one holds, and this place is given up. Without a number
    the place is kept for a message that may be left.
    """
    now, number = house.now(), number_of(call)
    entry = work.queue.of_call(call.id)
    if entry and (offer := work.offers.live_of_entry(entry.id)):
        end_offer(house, work, offer, OfferEvent.WITHDRAW, "the caller chose a callback")
        work.choosing_due = True
    if number and work.callbacks.of_number(number):
        _give_up(house, work, call, entry)
        return False
    entry_id = entry.id if entry else work.queue.enter(call.id, ticket.number, now, stands)
    callback = _callback(house, call, number)
    until = now + timedelta(seconds=WHILE_ON_THE_LINE_SECONDS)
    if not work.callbacks.hand_over(entry_id, callback, number, until):
        _give_up(house, work, call, work.queue.get(entry_id))
        return False
    fields = {"entry": entry_id, "callback": callback.id, "reachable": number is not None}
    work.records.append(
        Record("callback.kept", now, call=call.id, ticket=ticket.number, desk=ticket.desk, fields=fields)
    )
    log.info("callback.kept", call=call.id, ticket=ticket.number, **fields)
    return True


def _callback(house: House, call: Call, number: str | None) -> Call:
    """Return the call that is owed, as it stands before anybody is on the line."""
    return Call(
        id=callback_of(call.id),
        line=call.line,
        dialed=call.dialed,
        number=read_number(number, house.directory.region_by_area_code) if number else call.number,
        state=CallState.PROMISED,
        turn=0,
        position={},
        intake=call.intake,
        started_at=house.now(),
        directory_version=house.directory.version,
        flow_version=house.flow.version,
        ticket=call.ticket,
    )


def _give_up(house: House, work: Work, call: Call, entry: QueueEntry | None) -> None:
    if entry:
        work.queue.move(entry.id, EntryEvent.GONE, house.now())
    work.records.append(Record("callback.known_already", house.now(), call=call.id, ticket=call.ticket))


def release_callback(work: Work, house: House, call_id: CallId) -> None:
    """The caller's own call is over, so that they may be called; without a number only a message is waited for."""
    entry = work.queue.of_call(callback_of(call_id))
    if entry is None:
        return
    seconds = SOONEST_SECONDS if entry.number or entry.mode is EntryMode.MESSAGE else MESSAGE_MAY_COME_SECONDS
    work.callbacks.rest(entry.id, house.now() + timedelta(seconds=seconds))


def wake_callbacks(house: House, work: Work) -> int:
    """Let each callback whose time has come stand in its lines, if a desk of it is open; return how many."""
    woken = 0
    for entry in work.callbacks.due(house.now()):
        if entry.number is None and entry.mode is EntryMode.CALLBACK:
            close_callback(house, work, entry, Outcome.NOT_WANTED, "neither a number nor a message was left")
        elif not rest_until_open(house, work, entry):
            woken += work.callbacks.wake(entry.id)
    return woken


def close_callback(
    house: House, work: Work, entry: QueueEntry, outcome: Outcome, why: str, by: AgentId | None = None
) -> None:
    """End a callback that is not being talked on; the ticket and its deadline stand."""
    now = house.now()
    work.calls.end(entry.call_id, outcome, now)
    work.queue.move(entry.id, EntryEvent.GONE, now)
    fields = {"entry": entry.id, "outcome": str(outcome), "why": why}
    for kind in ("callback.closed", "call.ended"):
        work.records.append(Record(kind, now, call=entry.call_id, ticket=entry.ticket, agent=by, fields=fields))
    log.info("callback.closed", call=entry.call_id, ticket=entry.ticket, **fields)


def keep_number(work: Work, call: Call, ticket: Ticket, number: str) -> tuple[Call, Ticket]:
    """Keep another number that the caller wants to be reached at, with the call and its ticket."""
    if number == number_of(call):
        return call, ticket
    call = replace(call, intake={**call.intake, "callback_number": number})
    ticket = replace(ticket, intake=replace(ticket.intake, callback_number=number))
    work.calls.keep(call)
    work.tickets.keep(ticket)
    return call, ticket
