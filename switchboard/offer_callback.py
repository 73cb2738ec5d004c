"""A callback has come to its turn: its customer may be called now, and is, before an agent or after."""

from calls.call import CallEvent, CallState
from directory.model import DeskId, DialsFirst
from records.record import Record
from routing.callback import Attempt, lease_until
from routing.offer import Offer
from routing.opening_hours import NeverOpens, is_open, next_opening
from routing.queue_entry import EntryMode, QueueEntry
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.ring_slot import ring_slot


def may_be_called(house: House, work: Work, entry: QueueEntry, desk: DeskId) -> bool:
    """Say whether a place may be offered now: a callback only in the hours of the desk, else it rests until then."""
    if entry.mode is EntryMode.CALL or _is_there(work, entry):
        return True
    if is_open(house.directory.desks[desk], house.now(), house.directory.hours_overrides).open:
        return True
    rest_until_open(house, work, entry)
    return False


def rest_until_open(house: House, work: Work, entry: QueueEntry) -> bool:
    """Let a callback rest while all its desks are closed; False when one of them is open now."""
    now, overrides = house.now(), house.directory.hours_overrides
    openings = []
    for stand in work.queue.stands_of(entry.id):
        try:
            openings.append(next_opening(house.directory.desks[stand.desk], now, overrides))
        except NeverOpens:
            continue
    opens_at = min(openings, default=None)
    if opens_at is None or opens_at <= now:
        return False
    work.callbacks.rest(entry.id, opens_at)
    fields = {"entry": entry.id, "call_at": opens_at.isoformat()}
    work.records.append(Record("callback.rests", now, call=entry.call_id, ticket=entry.ticket, fields=fields))
    return True


def is_customer_first(house: House, work: Work, entry: QueueEntry) -> bool:
    """Say whether an agent is to be reserved while the customer is called, and rung when they are there."""
    if entry.mode is EntryMode.CALL or entry.number is None or _is_there(work, entry):
        return False
    ticket = work.tickets.of_call(entry.call_id)
    return ticket is not None and house.directory.waiting[ticket.desk].dials_first is DialsFirst.CUSTOMER


def _is_there(work: Work, entry: QueueEntry) -> bool:
    """Say whether the customer has answered and waits on the line."""
    call = work.calls.get(entry.call_id)
    return call is not None and call.state is CallState.WAITING


def begin_for_customer(house: House, work: Work, entry: QueueEntry, offer: Offer) -> Attempt | None:
    """Call the customer, unless they are being called already: the command leaves after the commit."""
    now = house.now()
    work.calls.move(entry.call_id, CallEvent.DIALED)
    attempt = work.callbacks.begin(entry, now, lease_until(now))
    if attempt is None:
        return None
    work.commands.add("call_back", entry.call_id, str(attempt.id), now, offer.id, starts_at=ring_slot(house, work))
    fields = {"entry": entry.id, "attempt": attempt.id, "offer": offer.id}
    record = Record(
        "callback.dialing",
        now,
        call=entry.call_id,
        ticket=entry.ticket,
        agent=offer.agent_id,
        desk=offer.desk,
        fields=fields,
    )
    work.records.append(record)
    log.info("callback.dialing", call=entry.call_id, ticket=entry.ticket, **fields)
    return attempt
