"""The customer of a callback has picked up: they hear who calls and press 1 to talk; a machine presses nothing."""

from dataclasses import dataclass, replace
from datetime import timedelta

from agents.work_state import WorkEvent
from calls.answer import Answer, Ask, HangUp, Role, Talk
from calls.call import Call, CallEvent, CallId, Outcome
from calls.leg import LegState
from ivr.heard import Heard, Keys, Speech
from ivr.yes_or_no import yes_or_no
from records.record import Record
from routing.callback import PICKED_UP_SECONDS, UNDER_WAY, Attempt, AttemptEvent
from routing.offer import DIALING_ALLOWANCE_SECONDS, Offer, OfferEvent, OfferState
from routing.queue_entry import EntryState, QueueEntry
from switchboard import paths
from switchboard.doors import Work
from switchboard.end_attempt import not_reached
from switchboard.give_case import give_case
from switchboard.house import House
from switchboard.promise_callback import close_callback
from switchboard.ring_slot import ring_slot
from switchboard.turns import next_turn, take
from switchboard.wait_in_queue import keep_company

TALK_KEY, LATER_KEY, NEVER_KEY = "1", "2", "3"
TIMES_ASKED = 3
SECONDS_TO_PRESS = 5


@dataclass(frozen=True)
class Customer:
    """Who has picked up: the attempt that reached them, the call it is, and their place."""

    attempt: Attempt
    call: Call
    entry: QueueEntry
    leg_id: CallId


def answer_callback(house: House, attempt_id: int, leg_id: CallId, asked: int, heard: Heard) -> bytes:
    """Take one turn of a customer's leg. The first leg to arrive is the attempt's; any other is let go."""

    def decide(work: Work) -> Answer:
        attempt = work.callbacks.get(attempt_id)
        call = work.calls.get(attempt.call_id) if attempt else None
        entry = work.queue.get(attempt.entry_id) if attempt else None
        attempt = work.callbacks.get(attempt_id)  # as it stands now that the call is ours
        if attempt is None or call is None or entry is None or attempt.state not in UNDER_WAY:
            return (HangUp(),)
        if not work.callbacks.bind(attempt.id, leg_id):
            return (HangUp(),)
        return _answer(house, work, Customer(attempt, call, entry, leg_id), asked, heard)

    return take(house, leg_id, f"callback-{asked}", decide)


def _answer(house: House, work: Work, customer: Customer, asked: int, heard: Heard) -> Answer:
    if asked == 0:
        until = house.now() + timedelta(seconds=PICKED_UP_SECONDS)
        work.callbacks.move(customer.attempt.id, AttemptEvent.PICK_UP, house.now(), expires_at=until)
        return _ask(house, customer, 1)
    match _key(heard):
        case "1":
            return _talk(house, work, customer)
        case "2":
            not_reached(house, work, customer.attempt, AttemptEvent.DECLINE, "later, said the customer")
            return (house.say_to(customer.call, "callback_later"), HangUp())
        case "3":
            not_reached(house, work, customer.attempt, AttemptEvent.DECLINE, "no more, said the customer")
            close_callback(house, work, customer.entry, Outcome.NOT_WANTED, "the customer needs none any more")
            return (house.say_to(customer.call, "callback_over"), HangUp())
    if asked >= TIMES_ASKED:
        not_reached(house, work, customer.attempt, AttemptEvent.MACHINE, "picked up, and nobody pressed a key")
        return (HangUp(),)
    return _ask(house, customer, asked + 1)


def _key(heard: Heard) -> str:
    """Return the key that was meant: a plain yes is the first, a plain no the second."""
    if isinstance(heard, Keys):
        return heard.digits
    said = yes_or_no(heard.text) if isinstance(heard, Speech) else None
    return "" if said is None else TALK_KEY if said else LATER_KEY


def _ask(house: House, customer: Customer, asked: int) -> Answer:
    call = customer.call
    words = (house.say_to(call, "callback_greeting"), house.say_to(call, "callback_accept"))
    ask = Ask(
        say=words if asked == 1 else words[1:],
        then=paths.callback_answer(customer.attempt.id, asked),
        max_keys=1,
        timeout_seconds=SECONDS_TO_PRESS,
        hears_speech=True,
        language=call.language,
    )
    return (ask,)


def _talk(house: House, work: Work, customer: Customer) -> Answer:
    """Bring the customer to the agent who is there already, or let them wait the moment until the reserved one is."""
    now, call = house.now(), customer.call
    work.callbacks.move(customer.attempt.id, AttemptEvent.ANSWER, now)
    work.calls.connect_party(call.id, customer.leg_id)
    call = replace(call, turn=call.turn + 1)
    work.calls.keep(call)
    fields = {"entry": customer.entry.id, "attempt": customer.attempt.id}
    work.records.append(Record("callback.answered", now, call=call.id, ticket=call.ticket, fields=fields))
    notice = house.say_to(call, "recording_notice")
    accepted = work.offers.accepted_of_call(call.id) if customer.entry.state is EntryState.CONNECTED else None
    if accepted:
        give_case(house, work, accepted)
        _note_start(house, work, call, accepted)
        work.calls.move(call.id, CallEvent.CONNECTED)
        return (notice, Talk(call.id, Role.CALLER, next_turn(call)))
    work.calls.move(call.id, CallEvent.QUEUED)
    work.choosing_due = True
    _ring_reserved(house, work, customer.entry)
    ticket = work.tickets.of_call(call.id)
    waiting = house.directory.waiting_at(ticket.desk) if ticket else None
    return (notice, *keep_company(call, waiting, house.say_to(call, "person_coming")))


def _note_start(house: House, work: Work, call: Call, accepted: Offer) -> None:
    """Note the talk of an agent who is there already; of one who is not yet, their joining tells."""
    leg = work.legs.of_offer(accepted.id)
    if leg and leg.state is LegState.TALKING:
        record = Record("talk.started", house.now(), call=call.id, ticket=call.ticket, agent=accepted.agent_id)
        work.records.append(record)


def _ring_reserved(house: House, work: Work, entry: QueueEntry) -> None:
    """Ring the agent who was reserved while the customer was called."""
    offer = work.offers.live_of_entry(entry.id)
    if offer is None or offer.state is not OfferState.MADE:
        return
    now = house.now()
    ring = timedelta(seconds=house.directory.desk(offer.desk).ring_seconds)
    if offer.station.is_browser:
        work.offers.move(offer.id, OfferEvent.RINGS, now, expires_at=now + ring)
        work.agents.move(offer.agent_id, WorkEvent.RINGS, {})
        return
    allowance = timedelta(seconds=DIALING_ALLOWANCE_SECONDS)
    work.offers.hold_until(offer.id, now + ring + allowance)
    work.commands.add("ring", offer.call_id, str(offer.station), now, offer.id, starts_at=ring_slot(house, work))
