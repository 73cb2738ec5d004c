"""A person gives a callback up: the customer said so elsewhere, or the matter is settled."""

from agents.rights import Act
from calls.call import Outcome
from directory.codes import AgentId
from routing.callback import UNDER_WAY, AttemptEvent
from routing.offer import OfferEvent
from routing.queue_entry import EntryMode, EntryState
from switchboard.acting import check_right, refusals_kept
from switchboard.choose_agents import choose_agents
from switchboard.end_attempt import not_reached
from switchboard.end_offer import end_offer
from switchboard.house import House
from switchboard.promise_callback import close_callback


class CallbackGone(Exception):
    """There is no such callback any more, or its customer is being talked to."""


def cancel_callback(house: House, entry_id: int, by: AgentId, why: str) -> None:
    """Close a callback with its reason, letting go whoever was reserved for it. Raises CallbackGone or NotAllowed."""
    _check_may(house, entry_id, by)
    with house.store.work() as work:
        found = work.queue.get(entry_id)
        if found is None or found.mode is EntryMode.CALL:
            raise CallbackGone(f"entry {entry_id} is no callback (expected one that `callbacks` lists)")
        work.calls.get(found.call_id)  # the call's lock comes first
        found = work.queue.get(entry_id) or found
        attempt = work.callbacks.under_way(entry_id)
        if found.state is EntryState.ENDED or (attempt and attempt.state not in UNDER_WAY):
            raise CallbackGone(f"callback {entry_id} is over, or its customer is on the line (expected one that waits)")
        if attempt:
            not_reached(house, work, attempt, AttemptEvent.WITHDRAW, why)
        if offer := work.offers.live_of_entry(entry_id):
            end_offer(house, work, offer, OfferEvent.WITHDRAW, why)
        close_callback(house, work, found, Outcome.NOT_WANTED, why, by)
    choose_agents(house)


def _check_may(house: House, entry_id: int, by: AgentId) -> None:
    """Look at the right before anything is locked: a ticket is locked last everywhere."""
    act = Act.CANCEL_CALLBACK
    with refusals_kept(house, by, act), house.store.reading() as work:
        entry = work.queue.get(entry_id)
        ticket = work.tickets.of_call(entry.call_id) if entry else None
        check_right(house, by, act, ticket.desk if ticket else None, ticket.agent if ticket else None)
