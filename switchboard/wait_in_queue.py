"""Waiting is a turn like any other: a short document whose answer asks for the next, so the row decides what comes."""

from dataclasses import replace
from datetime import datetime, timedelta

from calls.answer import Answer, Ask, Play, Role, Say, Talk
from calls.call import Call
from calls.leg import LegState
from directory.model import AfterLongestWait, DeskId, Sound, Waiting
from ivr.walk import Heard
from records.record import Record
from routing.queue_entry import EntryState, QueueEntry, Stand
from routing.wait_estimate import full_from
from routing.wait_menu import LONGEST_NUMBER, WaitChoices, WaitMove, WaitPosition, WaitStep, Wish, move
from switchboard import paths
from switchboard.doors import Work
from switchboard.house import House
from switchboard.last_words import is_reachable, last_words, leave_number
from switchboard.open_tiers import is_over_for, serves_until
from switchboard.promise_callback import keep_number, number_of
from switchboard.turns import next_turn
from switchboard.wait_words import able_at, choices, expected_wait, how_they_stand, is_time_to_offer
from tickets.ticket import PromisedBy, Ticket

MUSIC = Play(paths.WAIT_MUSIC)  # its length is that of a turn, and of the time a lost nudge takes to heal
TONE = Play(paths.WAIT_TONE)  # of the same length
SECONDS_AFTER_MUSIC = 1  # a key still counts
TURNS_BETWEEN_WORDS = 2  # a waiting caller hears that they are not forgotten about every half minute
SETTLING_SECONDS = 1  # while it is found out whether the agent or the caller has gone
QUESTION_SECONDS = 6


def first_wait(house: House, work: Work, call: Call, ticket: Ticket, entry_id: int, desks: frozenset[DeskId]) -> Answer:
    """Say the ticket number first, in case the call is cut, then who is being called or how many stand before.

    `desks` are those open to the caller.
    """
    number = house.say_to(call, "ticket_number", ticket=ticket.number)
    waiting, ahead = house.directory.waiting_at(ticket.desk), work.queue.ahead_of(entry_id)
    full = full_from(able_at(house, work, desks), waiting.full_per_agent, waiting.full_callers)
    others = work.waits.waiting_at(desks, max(full or 1, 1) + 1) - 1  # no more of them than it takes to be full
    work.waits.tell_ahead(entry_id, ahead)
    words = _how_it_begins(house, work, call, ticket, entry_id, ahead, others)
    if full is not None and others >= full:
        work.waits.offer(entry_id, house.now())
        words = (house.say_to(call, "line_full"), *words, *choices(house, call, waiting))
    return keep_company(call, waiting, number, *words)


def _how_it_begins(
    house: House, work: Work, call: Call, ticket: Ticket, entry_id: int, ahead: int, others: int
) -> tuple[Say, ...]:
    """Say who is being called, or how many stand before.

    One who is next among others who wait is told neither: those gave way, and this one will in turn.
    """
    entry = work.queue.get(entry_id) if ahead else None
    if entry is not None:
        waiting = house.directory.waiting_at(ticket.desk)
        return (house.say_to(call, "wait_first", ahead=ahead), *expected_wait(house, work, call, entry, waiting, ahead))
    if others > 0:
        return (house.say_to(call, "wait_please"),)
    return (house.say_to(call, "transferring", desk=house.desk_name(ticket.desk, call.language)),)


def wait_turn(house: House, work: Work, call: Call, heard: Heard) -> Answer:
    """Keep the caller company, and let them choose; when everyone has gone, promise a callback."""
    owed = call.say_next
    call = replace(call, say_next=None)
    work.calls.keep(call)
    entry, ticket = work.queue.of_call(call.id), work.tickets.of_call(call.id)
    if entry is None or ticket is None:
        return keep_company(call, None)
    if entry.state is EntryState.WAITING and _everyone_has_gone(house, work, entry):
        return last_words(house, work, call, ticket, PromisedBy.CALLBACK)
    if entry.state is EntryState.WAITING:
        work.choosing_due = True  # heals what a process left undone that died between an event and its choosing
    waiting = house.directory.waiting_at(ticket.desk)
    chosen = _chosen(call, heard, waiting)
    instead = _instead_of_waiting(house, work, call, ticket, chosen)
    if instead is None and entry.state is EntryState.WAITING and _is_too_long(house, work, entry, waiting):
        instead = _after_longest_wait(house, work, call, ticket, entry)
    if instead is not None:
        return instead
    said = (*((owed,) if owed else ()), *chosen.says)
    words = tuple(house.say_to(call, prompt) for prompt in said)
    if chosen.again:
        stand = how_they_stand(house, work, call, entry, waiting) or (house.say_to(call, "wait_please"),)
        words += (*stand, *choices(house, call, waiting))
    return keep_company(call, waiting, *(words or _now_and_then(house, work, call, entry, waiting)))


def _chosen(call: Call, heard: Heard, waiting: Waiting) -> WaitMove:
    at = WaitPosition.from_data(call.position.get("wait", {}))
    return move(at, heard, WaitChoices(waiting.offers_callback, waiting.takes_messages, number_of(call)))


def _instead_of_waiting(house: House, work: Work, call: Call, ticket: Ticket, chosen: WaitMove) -> Answer | None:
    """Do what the caller has chosen, or ask them what is needed for it; None when they wait on."""
    if chosen.wish is Wish.CALL_BACK and chosen.position.number:
        call, ticket = keep_number(work, call, ticket, chosen.position.number)
        return leave_number(house, work, call, ticket)
    if chosen.wish is Wish.MESSAGE:
        return last_words(house, work, call, ticket, PromisedBy.CALLBACK, because="message_instead")
    if chosen.position != WaitPosition.from_data(call.position.get("wait", {})):
        call = replace(call, position={**call.position, "wait": chosen.position.to_data()})
        work.calls.keep(call)
    return None if chosen.position.step is WaitStep.WAITING else (_question(house, call, chosen),)


def _question(house: House, call: Call, chosen: WaitMove) -> Ask:
    """Ask without music: an answer is wanted, and silence means that they wait on."""
    number = chosen.position.number or number_of(call)
    is_number = chosen.position.step is WaitStep.NUMBER
    return Ask(
        say=tuple(house.say_to(call, said, callback_number=number) for said in chosen.says),
        then=next_turn(call),
        max_keys=LONGEST_NUMBER if is_number else 1,
        timeout_seconds=QUESTION_SECONDS,
        finish_on_key="#" if is_number else "",
    )


def _now_and_then(house: House, work: Work, call: Call, entry: QueueEntry, waiting: Waiting) -> tuple[Say, ...]:
    """Return what is said of itself: every few turns that they are not forgotten, and once what they may do instead."""
    now = house.now()
    words: tuple[Say, ...] = ()
    if call.turn % TURNS_BETWEEN_WORDS == 0:
        words = (house.say_to(call, "wait_again"), *how_they_stand(house, work, call, entry, waiting))
    if not is_time_to_offer(waiting, entry.entered_at, entry.offered_at, now):
        return words
    is_time = is_time_to_offer(waiting, _waiting_since(work, entry), entry.offered_at, now)
    if is_time and (offer := choices(house, call, waiting)):
        work.waits.offer(entry.id, now)
        return (*words, *offer)
    return words


def talk_turn(work: Work, call: Call) -> Answer:
    """Bring the caller to their agent, or hold them a moment while an agent's lost leg is looked into."""
    work.calls.keep(call)
    offer = work.offers.accepted_of_call(call.id)
    leg = work.legs.of_offer(offer.id) if offer else None
    if leg is None or leg.state is LegState.ENDED:
        return (Ask((), next_turn(call), max_keys=1, timeout_seconds=SETTLING_SECONDS),)
    return (Talk(call.id, Role.CALLER, next_turn(call)),)


def _everyone_has_gone(house: House, work: Work, entry: QueueEntry) -> bool:
    staffing = house.staffing(work)
    someone = any(staffing.get(stand.desk) for stand in work.queue.stands_of(entry.id))
    return not someone or is_over_for(house, work, entry.id)


def _is_too_long(house: House, work: Work, entry: QueueEntry, waiting: Waiting) -> bool:
    longest_ago = house.now() - timedelta(seconds=waiting.longest_wait_seconds)
    return entry.entered_at <= longest_ago and _waiting_since(work, entry) <= longest_ago


def _after_longest_wait(house: House, work: Work, call: Call, ticket: Ticket, entry: QueueEntry) -> Answer | None:
    """Return what comes instead of more waiting, or None to wait on: nobody is sent away without being reachable."""
    waiting = house.directory.waiting_at(ticket.desk)
    match waiting.then:
        case AfterLongestWait.CALLBACK if is_reachable(call):
            return last_words(house, work, call, ticket, PromisedBy.CALLBACK)
        case AfterLongestWait.MESSAGE:
            return last_words(house, work, call, ticket, PromisedBy.CALLBACK, because="message_instead")
        case AfterLongestWait.BACKUP if waiting.backup_desk and _widen(house, work, entry, waiting.backup_desk):
            fields = {"entry": entry.id, "why": "longest_wait"}
            record = Record("tier.opened", house.now(), call=call.id, ticket=ticket.number, desk=waiting.backup_desk)
            work.records.append(replace(record, fields=fields))
            return keep_company(call, waiting, house.say_to(call, "wait_widened"))
    return None


def _widen(house: House, work: Work, entry: QueueEntry, desk: DeskId) -> bool:
    """Let the caller stand at one more desk, when it is open."""
    until, stands = serves_until(house, desk), work.queue.stands_of(entry.id)
    if until is None:
        return False
    tier, needs = max((stand.tier for stand in stands), default=0) + 1, next((one.needs for one in stands), "")
    stand = Stand(tier=tier, desk=desk, opens_at=house.now(), closes_at=until, needs=needs)
    return work.queue.widen(entry.id, stand, house.now())


def _waiting_since(work: Work, entry: QueueEntry) -> datetime:
    """Return when the caller came, or lost their agent: a long talk before that was no wait."""
    offer = work.offers.accepted_of_call(entry.call_id)
    leg = work.legs.of_offer(offer.id) if offer else None
    return leg.ended_at if leg and leg.ended_at else entry.entered_at


def keep_company(call: Call, waiting: Waiting | None, *words: Say) -> Answer:
    """Say the words and play the desk's sound; a key is heard at any moment of both."""
    sound = TONE if waiting and waiting.sound is Sound.TONE else MUSIC
    return (Ask((*words, sound), next_turn(call), max_keys=1, timeout_seconds=SECONDS_AFTER_MUSIC),)
