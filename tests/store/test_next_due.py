"""The ticker sleeps until the earliest moment at which any row wants attention."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agents.agent import Presence
from agents.work_state import WorkEvent
from calls.telephone_number import read_number
from directory.model import POOL, InstituteCode
from ivr.intake import Intake
from routing.giving_way import GivesWay
from routing.offer import OfferEvent
from routing.queue_entry import EntryEvent
from tickets.life import TicketState
from tickets.number import make_number
from tickets.promise import Alarm, Promise
from tickets.ticket import Ticket

CALLER = read_number("01012345678", {})
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SOON, LATER = NOW + timedelta(seconds=20), NOW + timedelta(seconds=40)


def next_due(store) -> datetime | None:
    with store.reading() as work:
        return work.next_due()


def an_offer_expires(store, rows, at):
    rows.offer(rows.entry(f"CA{at}"), f"icg_{at:%S}", expires_at=at)


def an_agent_may_be_offered_the_caller_again(store, rows, at):
    offer = rows.offer(rows.entry(f"CA{at}"), f"icg_{at:%S}", expires_at=NOW)
    with store.work() as work:
        work.offers.move(offer.id, OfferEvent.DECLINE, NOW, again_at=at)


def a_tier_opens(store, rows, at):
    rows.entry(f"CA{at}", opens_at=at)


def a_caller_gives_way(store, rows, at):
    rows.entry(f"CA{at}", gives_way=GivesWay(at, 60))


def a_caller_returns_to_the_queue(store, rows, at):
    entry = rows.entry(f"CA{at}")
    with store.work() as work:
        work.queue.move(entry, EntryEvent.OFFER_MADE, NOW)
        work.queue.move(entry, EntryEvent.ACCEPTED, NOW)
        work.queue.return_after(entry, at)


def a_callback_has_rested(store, rows, at):
    entry = rows.entry(f"CA{at}")
    with store.work() as work:
        work.callbacks.rest(entry, at)


def an_attempt_to_call_back_lapses(store, rows, at):
    entry = rows.entry(f"CA{at}")
    with store.work() as work:
        work.callbacks.begin(replace(work.queue.get(entry), number="01012345678"), NOW, at)


def a_wrap_up_ends(store, rows, at):
    agent = rows.agent(f"icg_{at:%S}")
    with store.work() as work:
        for event in (WorkEvent.OFFERED, WorkEvent.ACCEPTED):
            work.agents.move(agent, event, {})
        work.agents.move(agent, WorkEvent.ENDED, {"wrap_until": at})


def an_agent_is_rested(store, rows, at):
    rows.agent(f"icg_{at:%S}", not_before=at)


def a_command_is_sent(store, rows, at):
    with store.work() as work:
        work.commands.add("end", "CA1", "CA5", at)


def _ticket(store, rows, at, promise):
    with store.work() as work:
        number = make_number(2026, work.tickets.next_sequence(2026))
    call = rows.call(f"CA{number}")
    with store.work() as work:
        work.tickets.add(
            Ticket(number, call, "1379", "1379", CALLER, Intake(), POOL, TicketState.RECEIVED, at, promise)
        )
    return number


def a_warning_is_due(store, rows, at):
    _ticket(store, rows, at, Promise(at, Alarm.OVERDUE, at))


def an_institute_should_have_answered(store, rows, at):
    number = _ticket(store, rows, at, Promise(at, None, None))
    with store.work() as work:
        work.referrals.ask(number, InstituteCode("KITECH"), "?", "icg_1", NOW, at)


def a_follow_up_is_due(store, rows, at):
    number = _ticket(store, rows, at, Promise(at, None, None))
    with store.work() as work:
        work.follow_ups.plan(number, 1, 30, at)


EACH_KIND = [
    a_warning_is_due,
    an_institute_should_have_answered,
    a_follow_up_is_due,
    an_offer_expires,
    an_agent_may_be_offered_the_caller_again,
    a_tier_opens,
    a_caller_gives_way,
    a_caller_returns_to_the_queue,
    a_callback_has_rested,
    an_attempt_to_call_back_lapses,
    a_wrap_up_ends,
    an_agent_is_rested,
    a_command_is_sent,
]


def test_nothing_is_due_in_an_empty_house(store):
    assert next_due(store) is None


@pytest.mark.parametrize("happens", EACH_KIND)
def test_the_earliest_moment_of_each_kind_is_next(store, rows, happens):
    happens(store, rows, LATER)
    assert next_due(store) == LATER

    happens(store, rows, SOON)
    assert next_due(store) == SOON


def test_the_earliest_of_all_kinds_is_next(store, rows):
    for seconds, happens in enumerate(reversed(EACH_KIND), start=1):
        happens(store, rows, LATER - timedelta(seconds=seconds))

    assert next_due(store) == LATER - timedelta(seconds=len(EACH_KIND))


def test_what_is_over_is_due_no_more(store, rows):
    entry = rows.entry("CA1")
    over = rows.offer(entry, expires_at=SOON)
    resting = rows.entry("CA2", opens_at=SOON)
    rows.agent("icg_2", presence=Presence.OFFLINE, not_before=SOON)
    late = rows.entry("CA3", gives_way=GivesWay(SOON, 60))
    with store.work() as work:
        work.offers.move(over.id, OfferEvent.WITHDRAW, NOW)
        work.queue.move(resting, EntryEvent.GONE, NOW)
        work.queue.move(late, EntryEvent.GONE, NOW)
        work.commands.add("end", "CA1", "CA5", SOON)
        (command,) = work.commands.due(SOON)
        work.commands.close(command.id, "done")

    assert next_due(store) is None


def test_what_fell_due_in_the_past_is_told_as_such(store, rows):
    an_offer_expires(store, rows, NOW - timedelta(hours=1))

    assert next_due(store) == NOW - timedelta(hours=1)
