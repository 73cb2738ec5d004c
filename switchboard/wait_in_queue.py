"""Waiting is a turn like any other: a short document whose answer asks for the next, so the row decides what comes."""

from dataclasses import replace
from datetime import datetime, timedelta

from calls.answer import Answer, Ask, Play, Role, Say, Talk
from calls.call import Call
from calls.leg import LegState
from ivr.walk import Heard, Keys
from routing.queue_entry import LONGEST_WAIT_SECONDS, EntryEvent, EntryState, QueueEntry
from switchboard import paths
from switchboard.doors import Work
from switchboard.house import House
from switchboard.last_words import is_reachable, last_words
from switchboard.open_tiers import is_over_for
from switchboard.turns import next_turn
from tickets.ticket import PromisedBy, Ticket

MUSIC = Play(paths.WAIT_MUSIC)  # its length is that of a turn, and of the time a lost nudge takes to heal
SECONDS_AFTER_MUSIC = 1  # a key still counts
TURNS_BETWEEN_WORDS = 3  # a waiting caller hears that they are not forgotten about every half minute
SETTLING_SECONDS = 1  # while it is found out whether the agent or the caller has gone


def first_wait(house: House, work: Work, call: Call, ticket: Ticket, entry_id: int) -> Answer:
    """Say the ticket number first, in case the call is cut, then who is being called or how many stand before."""
    ahead = work.queue.ahead_of(entry_id)
    waiting = (
        house.say_to(call, "wait_first", ahead=ahead)
        if ahead
        else house.say_to(call, "transferring", desk=house.desk_name(ticket.desk, call.language))
    )
    return _wait(call, house.say_to(call, "ticket_number", ticket=ticket.number), waiting)


def wait_turn(house: House, work: Work, call: Call, heard: Heard) -> Answer:
    """Keep the caller company; when the wait has become too long or everyone has gone, promise a callback."""
    owed = call.say_next
    work.calls.keep(replace(call, say_next=None))
    entry = work.queue.of_call(call.id)
    ticket = work.tickets.of_call(call.id)
    if entry and ticket and entry.state is EntryState.WAITING and _is_hopeless(house, work, call, entry):
        work.queue.move(entry.id, EntryEvent.GONE, house.now())
        return last_words(house, work, call, ticket, PromisedBy.CALLBACK)
    if entry and entry.state is EntryState.WAITING:
        work.choosing_due = True  # heals what a process left undone that died between an event and its choosing
    if owed:
        return _wait(call, house.say_to(call, owed))
    if isinstance(heard, Keys):
        return _wait(call, house.say_to(call, "wait_please"))
    if call.turn % TURNS_BETWEEN_WORDS == 0:
        return _wait(call, house.say_to(call, "wait_again"))
    return _wait(call)


def talk_turn(work: Work, call: Call) -> Answer:
    """Bring the caller to their agent, or hold them a moment while an agent's lost leg is looked into."""
    work.calls.keep(call)
    offer = work.offers.accepted_of_call(call.id)
    leg = work.legs.of_offer(offer.id) if offer else None
    if leg is None or leg.state is LegState.ENDED:
        return (Ask((), next_turn(call), max_keys=1, timeout_seconds=SETTLING_SECONDS),)
    return (Talk(call.id, Role.CALLER, next_turn(call)),)


def _is_hopeless(house: House, work: Work, call: Call, entry: QueueEntry) -> bool:
    """Say whether to promise a callback instead of more waiting; who cannot be called back waits on for a person."""
    too_long = house.now() - _waiting_since(work, entry) >= timedelta(seconds=LONGEST_WAIT_SECONDS)
    if too_long and is_reachable(call):
        return True
    staffing = house.staffing(work)
    someone = any(staffing.get(stand.desk) for stand in work.queue.stands_of(entry.id))
    return not someone or is_over_for(house, work, entry.id)


def _waiting_since(work: Work, entry: QueueEntry) -> datetime:
    """Return when the caller came, or lost their agent: a long talk before that was no wait."""
    offer = work.offers.accepted_of_call(entry.call_id)
    leg = work.legs.of_offer(offer.id) if offer else None
    return leg.ended_at if leg and leg.ended_at else entry.entered_at


def _wait(call: Call, *words: Say) -> Answer:
    """Say the words and play the music; a key is heard at any moment of both."""
    return (Ask((*words, MUSIC), next_turn(call), max_keys=1, timeout_seconds=SECONDS_AFTER_MUSIC),)
