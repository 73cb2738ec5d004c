"""An agent's leg is lost in mid-talk: the caller is first in the queue again, with an apology."""

from datetime import timedelta

from calls.answer import Answer, HangUp, Role, Say, Talk
from calls.call import CallEvent, CallId, CallState
from calls.leg import LegEvent, LegState
from records.record import Record
from routing.callback import AttemptEvent
from routing.queue_entry import CUT_OFF_PRIORITY_SECONDS, RETURN_GRACE_SECONDS, EntryEvent, QueueEntry
from switchboard import paths
from switchboard.choose_agents import choose_agents
from switchboard.doors import Work
from switchboard.end_attempt import not_reached
from switchboard.end_of_talk import begin_wrap_up, free_after_loss
from switchboard.house import House, log
from switchboard.turns import take

IN_CONFERENCE = {CallState.TALKING, CallState.DIALING}  # the agent of a callback is there before its customer
REJOINS = 3  # how often an agent whose conference closed under them is let back in


def lose_leg(house: House, leg_id: CallId, why: str) -> bool:
    """Note that an agent's leg has ended. The caller returns to the queue a moment later, unless they are gone too."""
    with house.store.work() as work:
        leg = work.legs.get(leg_id)
        if leg is None or not work.legs.move(leg_id, LegEvent.GONE, house.now()):
            return False
        entry = work.queue.of_call(leg.call_id)
        offer = work.offers.accepted_of_call(leg.call_id)
        if entry and offer and offer.id == leg.offer_id:
            return_at = house.now() + timedelta(seconds=RETURN_GRACE_SECONDS)
            work.queue.return_after(entry.id, return_at)
            begin_wrap_up(house, work, offer)
        work.records.append(Record("leg.ended", house.now(), call=leg.call_id, agent=leg.agent_id, fields={"why": why}))
    log.info("leg.ended", call=leg.call_id, agent=leg.agent_id, why=why)
    choose_agents(house)
    return True


def leave_conference(house: House, leg_id: CallId, times: int) -> bytes:
    """An agent's conference closed while their leg lives: back in when the caller is still theirs, else good-bye."""

    def decide(work: Work) -> Answer:
        leg = work.legs.get(leg_id)
        call = work.calls.get(leg.call_id) if leg else None
        alive = leg is not None and leg.state is not LegState.ENDED
        if alive and call and call.state is CallState.PROMISED:
            return (Say(house.say("callback_not_reached")), HangUp())
        if leg is None or call is None or not alive or call.state not in IN_CONFERENCE or times > REJOINS:
            return (HangUp(),)
        return (Talk(call.id, Role.AGENT, paths.leg_over(leg_id, times + 1)),)

    return take(house, leg_id, f"over-{times}", decide)


def put_back_due(house: House) -> int:
    """Put back every caller whose agent is gone and who is still on the line; return how many."""
    with house.store.reading() as work:
        due = work.queue.due_to_return(house.now())
    return sum(_put_back(house, entry) for entry in due)


def _put_back(house: House, entry: QueueEntry) -> bool:
    with house.store.work() as work:
        return _return(house, work, entry)


def _return(house: House, work: Work, entry: QueueEntry) -> bool:
    now = house.now()
    offer = work.offers.accepted_of_call(entry.call_id)
    call = work.calls.get(entry.call_id)
    attempt = work.callbacks.under_way(entry.id) if call and call.state is CallState.DIALING else None
    if attempt:
        return not_reached(house, work, attempt, AttemptEvent.WITHDRAW, "the agent left")
    if call is None or offer is None or not work.queue.move(entry.id, EntryEvent.AGENT_LOST, now):
        return False
    work.queue.raise_priority(entry.id, CUT_OFF_PRIORITY_SECONDS)
    work.calls.move(entry.call_id, CallEvent.AGENT_LOST)
    work.calls.owe(entry.call_id, "reconnecting")
    free_after_loss(house, work, offer)
    work.commands.add("move", entry.call_id, str(call.turn + 1), now)
    work.records.append(
        Record("entry.put_back", now, call=entry.call_id, ticket=entry.ticket, agent=offer.agent_id, desk=offer.desk)
    )
    log.warning("entry.put_back", call=entry.call_id, ticket=entry.ticket, agent=offer.agent_id)
    return True
