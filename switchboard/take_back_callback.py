"""A caller rings again while we owe them a callback: they are on the line now, and keep the place they had."""

from datetime import datetime

from calls.call import Call, Outcome
from calls.telephone_number import can_be_called_back
from records.record import Record
from routing.callback import UNDER_WAY, AttemptEvent
from routing.offer import OfferEvent
from routing.queue_entry import EntryState
from switchboard.doors import Work
from switchboard.end_attempt import not_reached
from switchboard.end_offer import end_offer
from switchboard.house import House
from switchboard.promise_callback import close_callback

BY_THEMSELVES = "the customer called by themselves"


def take_back_callback(house: House, work: Work, call: Call) -> datetime | None:
    """End the callback that is owed to the caller's number, and return the place it had; None when there is none.

    A callback that is being talked on is left alone.
    """
    number = call.number.national if can_be_called_back(call.number) else None
    owed = work.callbacks.of_number(number) if number else None
    if owed is not None:
        work.calls.get(owed.call_id)  # its lock comes first: it may be being offered at this very moment
        owed = work.queue.get(owed.id)
    attempt = work.callbacks.under_way(owed.id) if owed else None
    if owed is None or owed.state is EntryState.ENDED or (attempt and attempt.state not in UNDER_WAY):
        return None
    if attempt:
        not_reached(house, work, attempt, AttemptEvent.WITHDRAW, BY_THEMSELVES)
    if offer := work.offers.live_of_entry(owed.id):
        end_offer(house, work, offer, OfferEvent.WITHDRAW, BY_THEMSELVES)
    close_callback(house, work, owed, Outcome.NOT_WANTED, BY_THEMSELVES)
    work.records.append(
        Record("callback.taken_back", house.now(), call=call.id, ticket=call.ticket, fields={"entry": owed.id})
    )
    return owed.place
