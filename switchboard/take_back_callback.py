"""A caller rings again while we owe them a callback: they are on the line now, and keep the place they had."""

from calls.call import Call, Outcome
from calls.telephone_number import can_be_called_back
from records.record import Record
from routing.callback import UNDER_WAY, AttemptEvent
from routing.offer import OfferEvent
from switchboard.doors import Work
from switchboard.end_attempt import not_reached
from switchboard.end_offer import end_offer
from switchboard.house import House
from switchboard.promise_callback import close_callback


def take_back_callback(house: House, work: Work, call: Call, entry_id: int) -> bool:
    """Give the caller's new place the age of their callback, which is over; False when none is owed to their number.

    A callback that is being talked on is left alone.
    """
    number = call.number.national if can_be_called_back(call.number) else None
    owed = work.callbacks.of_number(number) if number else None
    if owed is None:
        return False
    attempt = work.callbacks.under_way(owed.id)
    if attempt and attempt.state not in UNDER_WAY:
        return False
    if attempt:
        not_reached(house, work, attempt, AttemptEvent.WITHDRAW, "the customer called by themselves")
    if offer := work.offers.live_of_entry(owed.id):
        end_offer(house, work, offer, OfferEvent.WITHDRAW, "the customer called by themselves")
    close_callback(house, work, owed, Outcome.NOT_WANTED, "the customer called by themselves")
    now = house.now()
    older = owed.priority_seconds + round((now - owed.entered_at).total_seconds())
    work.queue.raise_priority(entry_id, older)
    fields = {"entry": entry_id, "from_entry": owed.id, "older_seconds": older}
    work.records.append(Record("callback.taken_back", now, call=call.id, ticket=call.ticket, fields=fields))
    return True
