"""An attempt to reach a callback's customer is over without a talk: the place is kept, and they are called again later.

There may be so many attempts and no more; each stands with its outcome.
"""

from datetime import timedelta

from agents.work_state import WorkEvent
from calls.call import CallEvent, Outcome
from calls.leg import LegState
from records.record import Record
from routing.callback import COUNTED, HEARS_OF_IT_SECONDS, SOONEST_SECONDS, Attempt, AttemptEvent, next_try
from routing.offer import OfferEvent
from routing.queue_entry import EntryEvent, EntryState, QueueEntry
from switchboard.change_presence import take_chosen_presence
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.end_of_talk import NOTHING_TO_DO, free_after_loss, is_their_last
from switchboard.end_offer import end_offer
from switchboard.house import House, log
from switchboard.promise_callback import close_callback


def end_attempt(house: House, attempt_id: int, event: AttemptEvent, why: str, *, lapsed: bool = False) -> bool:
    """End an attempt that is under way; False when it was over already, or has not lapsed as it should have."""
    with house.store.work() as work:
        attempt = work.callbacks.get(attempt_id)
        ended = attempt is not None and not_reached(house, work, attempt, event, why, lapsed=lapsed)
    choose_agents(house)
    return ended


def lapse_attempts(house: House) -> int:
    """End every attempt of whose end nothing was told in time; return how many."""
    with house.store.reading() as work:
        lapsed = work.callbacks.lapsed(house.now())
    return sum(end_attempt(house, one.id, AttemptEvent.FAIL, "nothing was told of it", lapsed=True) for one in lapsed)


def not_reached(
    house: House, work: Work, attempt: Attempt, event: AttemptEvent, why: str, *, lapsed: bool = False
) -> bool:
    """Put the callback back in its place, or close it after the last attempt, and let the agent go."""
    now = house.now()
    call = work.calls.get(attempt.call_id)  # its lock comes first
    entry, attempt = work.queue.get(attempt.entry_id), work.callbacks.get(attempt.id) or attempt
    if call is None or entry is None or not work.callbacks.move(attempt.id, event, now, only_lapsed=lapsed):
        return False
    work.calls.move(call.id, CallEvent.NOT_REACHED)
    work.calls.connect_party(call.id, None)
    _let_agent_go(house, work, entry)
    if attempt.leg_id and (lapsed or event is AttemptEvent.WITHDRAW):  # else it has ended by itself
        work.commands.add("end", call.id, attempt.leg_id, now)
    fields = {"entry": entry.id, "attempt": attempt.id, "why": why}
    kind = f"callback.{event}"
    work.records.append(Record(kind, now, call=call.id, ticket=entry.ticket, fields=fields))
    log.info(kind, call=call.id, ticket=entry.ticket, **fields)
    _call_again(house, work, entry, event)
    work.choosing_due = True
    return True


def _let_agent_go(house: House, work: Work, entry: QueueEntry) -> None:
    """Release whoever was reserved or waiting for the customer; it counts neither for nor against them."""
    now = house.now()
    live = work.offers.live_of_entry(entry.id)
    if live:
        end_offer(house, work, live, OfferEvent.WITHDRAW, "the customer was not reached")
    offer = work.offers.accepted_of_call(entry.call_id)
    if entry.state is not EntryState.CONNECTED or offer is None:
        return
    work.queue.move(entry.id, EntryEvent.NOT_REACHED, now)
    rests = {**NOTHING_TO_DO, "not_before": now + timedelta(seconds=HEARS_OF_IT_SECONDS)}
    if is_their_last(work, offer) and work.agents.move(offer.agent_id, WorkEvent.NOT_REACHED, rests):
        agent = work.agents.get(offer.agent_id)
        if agent:
            take_chosen_presence(house, work, agent)
            work.records.append(Record("agent.idle", now, agent=agent.id))
    else:
        free_after_loss(house, work, offer)
    leg = work.legs.of_offer(offer.id)
    if leg and leg.state is not LegState.ENDED:
        work.commands.add("let_go", entry.call_id, leg.id, now, offer.id)


def _call_again(house: House, work: Work, entry: QueueEntry, event: AttemptEvent) -> None:
    now = house.now()
    if event is AttemptEvent.WITHDRAW:
        work.callbacks.rest(entry.id, now + timedelta(seconds=SOONEST_SECONDS))
        return
    ticket = work.tickets.of_call(entry.call_id)
    made = sum(one.state in COUNTED for one in work.callbacks.attempts_of(entry.id))
    waiting = house.directory.waiting_at(ticket.desk) if ticket else None
    again_at = next_try(made, waiting.attempts, waiting.retry_seconds, now) if waiting else None
    if again_at is None:
        close_callback(house, work, entry, Outcome.NOT_REACHED, f"{made} attempts")
    else:
        work.callbacks.rest(entry.id, again_at)
