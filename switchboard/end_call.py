"""The caller's call is over: it gets its one outcome, and whoever was reserved or talking is released."""

from calls.call import OUTCOME_OF_HANGING_UP, PROMISED, Call, CallId, CallState, Outcome
from calls.leg import LegState
from ivr.position import Position
from records.record import Record
from routing.callback import AttemptEvent
from routing.offer import OfferEvent
from routing.queue_entry import EntryEvent, EntryMode, QueueEntry
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.end_of_talk import begin_wrap_up
from switchboard.end_offer import end_offer
from switchboard.house import House, log
from switchboard.note_handling import note_handling
from switchboard.open_ticket import keep_what_was_said
from switchboard.promise_callback import release_callback

KEPT = PROMISED | {Outcome.VOICEMAIL}  # outcomes after which the caller is called back


def end_call(house: House, call_id: CallId, status: str) -> bool:
    """End a call as the carrier reports it; the second report, or one of a call nobody knows, changes nothing."""
    with house.store.work() as work:
        call = work.calls.get(call_id)
        ended = call is not None and call.state is not CallState.ENDED and _end(house, work, call, status)
    if ended:
        choose_agents(house)
    return ended


def end_lost_calls(house: House) -> int:
    """End every call whose network is gone: what a killed process left behind holds no agent and no place."""
    with house.store.reading() as work:
        lost = work.calls.unended()
    return sum(end_call(house, call_id, "lost") for call_id in lost)


def _end(house: House, work: Work, call: Call, status: str) -> bool:
    now = house.now()
    if call.state is CallState.MENU:
        call = keep_what_was_said(house, work, call)
    outcome = call.outcome or (Outcome.SELF_SERVED if _was_served(call) else OUTCOME_OF_HANGING_UP[call.state])
    if not work.calls.end(call.id, outcome, now):
        return False
    entry = work.queue.of_call(call.id)
    if entry:
        offer = work.offers.live_of_entry(entry.id)
        if offer:
            end_offer(house, work, offer, OfferEvent.WITHDRAW, "the caller left", waits_on=False)
        work.queue.move(entry.id, EntryEvent.GONE, now)
        _end_attempt(house, work, entry)
    if outcome in KEPT:
        release_callback(work, house, call.id)
    if call.state is CallState.TALKING:
        release_agent(house, work, call)
    fields = {
        "outcome": str(outcome),
        "status": status,
        "seconds": round(max((now - call.started_at).total_seconds(), 0), 3),
    }
    work.records.append(Record("call.ended", now, call=call.id, ticket=call.ticket, fields=fields))
    log.info("call.ended", call=call.id, ticket=call.ticket, **fields)
    return True


def _end_attempt(house: House, work: Work, entry: QueueEntry) -> None:
    attempt = work.callbacks.under_way(entry.id) if entry.mode is not EntryMode.CALL else None
    if attempt:
        work.callbacks.move(attempt.id, AttemptEvent.END, house.now())


def _was_served(call: Call) -> bool:
    """Say whether a caller who leaves in the menu had been told what they came for, and wanted nothing else."""
    return call.state is CallState.MENU and call.ticket is None and Position.from_data(call.position).served


def release_agent(house: House, work: Work, call: Call) -> None:
    """Let the agent write up the call; a leg still there is asked to end. Whose leg ended before is busy otherwise."""
    offer = work.offers.accepted_of_call(call.id)
    leg = work.legs.of_offer(offer.id) if offer else None
    if offer and leg and leg.state is not LegState.ENDED:
        begin_wrap_up(house, work, offer)
        work.commands.add("end", call.id, leg.id, house.now(), offer.id)
        note_handling(house, work, offer, leg)
