"""A callback has come to its turn: its customer may be called now, and is, before an agent or after."""

from calls.call import CallEvent, CallState
from directory.model import DialsFirst
from records.record import Record
from routing.callback import Attempt, is_callback, lease_until
from routing.offer import Offer
from routing.queue_entry import QueueEntry
from switchboard.doors import NewOffer, Waiter, Work
from switchboard.house import House, log
from switchboard.open_tiers import may_ring, opens_again_at
from switchboard.ring_slot import ring_slot


def may_be_offered(house: House, work: Work, waiter: Waiter) -> bool:
    """Say whether a place may be offered now: a callback only in the hours of the desk, else it rests until then."""
    if not is_callback(waiter.call_id):
        return True
    entry = work.queue.get(waiter.entry_id)
    if entry is None or _is_there(work, entry) or may_ring(house, waiter.desk):
        return True
    rest_until_open(house, work, entry)
    return False


def rest_until_open(house: House, work: Work, entry: QueueEntry) -> bool:
    """Let a callback rest while all its desks are closed; False when one of them is open now."""
    desks = [stand.desk for stand in work.queue.stands_of(entry.id)]
    openings = [at for desk in desks if (at := opens_again_at(house, desk))]
    opens_at = min(openings, default=None)
    if opens_at is None or opens_at <= house.now():
        return False
    work.callbacks.rest(entry.id, opens_at)
    fields = {"entry": entry.id, "call_at": opens_at.isoformat()}
    work.records.append(Record("callback.rests", house.now(), call=entry.call_id, ticket=entry.ticket, fields=fields))
    return True


def is_customer_first(house: House, work: Work, waiter: Waiter) -> bool:
    """Say whether an agent is to be reserved while the customer is called, and rung when they are there."""
    entry = work.queue.get(waiter.entry_id) if is_callback(waiter.call_id) else None
    if entry is None or entry.number is None or _is_there(work, entry):
        return False
    ticket = work.tickets.of_call(entry.call_id)
    return ticket is not None and house.directory.waiting_at(ticket.desk).dials_first is DialsFirst.CUSTOMER


def _is_there(work: Work, entry: QueueEntry) -> bool:
    """Say whether the customer has answered and waits on the line."""
    call = work.calls.get(entry.call_id)
    return call is not None and call.state is CallState.WAITING


def begin_for_customer(
    house: House, work: Work, entry: QueueEntry, offer: Offer | NewOffer, offer_id: int
) -> Attempt | None:
    """Call the customer, unless they are being called already: the command leaves after the commit."""
    now = house.now()
    work.calls.move(entry.call_id, CallEvent.DIALED)
    attempt = work.callbacks.begin(entry, now, lease_until(now))
    if attempt is None:
        return None
    work.commands.add("call_back", entry.call_id, str(attempt.id), now, offer_id, starts_at=ring_slot(house, work))
    fields = {"entry": entry.id, "attempt": attempt.id, "offer": offer_id}
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
