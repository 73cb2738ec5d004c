"""Of several who try the same thing at once exactly one succeeds, and nobody waits beside a free place."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from agents.agent import Agent, Presence
from agents.station import Station, StationKind
from agents.work_state import WorkEvent, WorkState
from calls.call import CallEvent, CallId, CallState, Outcome
from calls.leg import Leg, LegEvent, LegState
from records.record import Record
from routing.offer import OFFER, OfferEvent, OfferState
from routing.queue_entry import EntryEvent, EntryState
from store import tables
from switchboard.doors import TurnTaken

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def recorded(store) -> list[str]:
    with store._database.reading() as connection:  # noqa: SLF001 (the truth beside the repositories)
        return list(connection.scalars(select(tables.records.c.call_id)))


def test_a_turn_is_taken_once_and_a_repeat_waits_for_its_document(store, at_once):
    def take(number) -> tuple[bool, bytes | None]:
        with store.work() as work:
            mine = work.turns.claim("CA1", "0", NOW)
            if mine:
                work.turns.keep("CA1", "0", b"<Response/>%d" % number)
            return mine, work.turns.kept("CA1", "0")

    taken = at_once(2, take)

    assert sorted(mine for mine, _ in taken) == [False, True]
    assert len({document for _, document in taken}) == 1
    assert taken[0][1] is not None


def test_a_turn_whose_transaction_failed_can_be_taken_again(store):
    with suppress(ZeroDivisionError), store.work() as work:
        work.turns.claim("CA1", "0", NOW)
        raise ZeroDivisionError

    with store.work() as work:
        assert work.turns.claim("CA1", "0", NOW)


def test_of_several_who_add_one_turn_with_its_document_one_keeps_it_and_the_others_keep_nothing(store, at_once):
    def add(number) -> bool:
        try:
            with store.work() as work:
                work.records.append(Record("call.started", NOW, call=CallId(f"CA{number}")))
                work.turns.add("CA1", "0", b"\x00<Response/>\xff%d" % number, NOW)
        except TurnTaken:
            return False
        return True

    (winner,) = [number for number, kept in enumerate(at_once(4, add)) if kept]

    with store.reading() as work:
        assert work.turns.kept("CA1", "0") == b"\x00<Response/>\xff%d" % winner
    assert recorded(store) == [f"CA{winner}"]


def test_only_a_turn_can_be_taken_already(store):
    with pytest.raises(IntegrityError), store.work() as work:
        work.records.append(Record(None, NOW))


def test_no_ticket_number_is_given_twice_however_many_open_one_and_some_are_undone(store, at_once):
    def open_many(number) -> list[int]:
        counted = []
        for nth in range(50):
            with suppress(ZeroDivisionError):  # one of each thread's fails after it was given its number
                with store.work() as work:
                    sequence = work.tickets.next_sequence(2026) // (nth != number)
                counted.append(sequence)
        return counted

    counted = [sequence for several in at_once(8, open_many) for sequence in several]

    assert len(set(counted)) == len(counted) == 8 * 49
    assert set(counted) <= set(range(1, 8 * 50 + 1))


@pytest.mark.parametrize("line_url", ["postgresql"], indirect=True)
def test_nobody_waits_for_a_ticket_number_until_the_ticket_before_is_kept(store):
    with store.work() as one, store.work() as other:
        assert (one.tickets.next_sequence(2026), other.tickets.next_sequence(2026)) == (1, 2)


def test_each_year_counts_from_one(store):
    with store.work() as work:
        assert [work.tickets.next_sequence(year) for year in (2026, 2026, 2027, 2026)] == [1, 2, 1, 3]


def test_an_agent_cannot_have_two_live_offers(rows):
    first, second = rows.entry("CA1"), rows.entry("CA2")
    rows.offer(first, "icg_1")

    with pytest.raises(IntegrityError):
        rows.offer(second, "icg_1")


def test_a_caller_cannot_be_offered_to_two_agents(rows):
    entry = rows.entry()
    rows.offer(entry, "icg_1")

    with pytest.raises(IntegrityError):
        rows.offer(entry, "icg_2")


@pytest.mark.parametrize("event", [event for event in OfferEvent if OFFER.is_over(OFFER.target(event))])
def test_an_offer_that_is_over_makes_room_for_the_next(store, rows, event):
    entry = rows.entry()
    before = rows.offer(entry, "icg_1")

    with store.work() as work:
        work.offers.move(before.id, event, NOW)

    assert rows.offer(entry, "icg_1").id != before.id


def test_of_two_who_end_an_offer_at_once_one_succeeds(store, rows, at_once):
    offer = rows.offer(rows.entry())

    def end(number) -> bool:
        with store.work() as work:
            return work.offers.move(offer.id, (OfferEvent.ACCEPT, OfferEvent.EXPIRE)[number], NOW)

    won = at_once(2, end)

    with store.reading() as work:
        state = work.offers.get(offer.id).state
    assert sorted(won) == [False, True]
    assert state is (OfferState.ACCEPTED if won[0] else OfferState.EXPIRED)


def test_a_move_happens_once_and_changes_nothing_the_second_time(store, rows):
    call, entry, agent = rows.call("CA9"), rows.entry("CA1"), rows.agent()
    leg = Leg("CA5", "CA1", rows.offer(entry).id, agent, LegState.RINGING, NOW)
    later = NOW + timedelta(seconds=9)

    for expected, at in ((True, NOW), (False, later)):
        with store.work() as work:
            assert work.legs.add(leg) == expected
            assert work.legs.move(leg.id, LegEvent.GONE, at) == expected
            assert work.calls.end(call, Outcome.ABANDONED_IN_MENU if expected else Outcome.ANSWERED, at) == expected
            assert work.queue.move(entry, EntryEvent.GONE, at) == expected
            assert work.agents.move(agent, WorkEvent.OFFERED, {"missed": 1 if expected else 2}) == expected

    with store.reading() as work:
        ended = work.calls.get(call)
        assert (ended.outcome, ended.ended_at) == (Outcome.ABANDONED_IN_MENU, NOW)
        assert work.legs.get(leg.id).ended_at == NOW
        assert work.agents.get(agent).missed == 1


def test_a_state_moves_by_its_life_alone(store, rows):
    """A use case that read a row a moment ago may keep it, and does not bring back the state it had then."""
    call, agent = rows.call(), rows.agent()
    with store.work() as work:
        read = work.calls.get(call), work.agents.get(agent)
        work.calls.end(call, Outcome.ABANDONED_IN_MENU, NOW)
        work.agents.move(agent, WorkEvent.OFFERED, {})
        work.calls.keep(read[0])
        work.agents.keep(read[1])

    with store.reading() as work:
        assert (work.calls.get(call).state, work.calls.get(call).ended_at) == (CallState.ENDED, NOW)
        assert work.agents.get(agent).work_state is WorkState.RESERVED


def test_an_event_a_life_does_not_know_there_moves_nothing(store, rows):
    call, entry = rows.call("CA9"), rows.entry("CA1")

    with store.work() as work:
        assert not work.calls.move(call, CallEvent.CONNECTED)
        assert not work.queue.move(entry, EntryEvent.ACCEPTED, NOW)
        assert not work.offers.move(404, OfferEvent.ACCEPT, NOW)
        assert work.calls.get(call).state is CallState.MENU
        assert work.queue.get(entry).state is EntryState.WAITING


def test_a_command_is_sent_by_the_one_who_claims_it(store, rows, at_once):
    call = rows.call()
    with store.work() as work:
        work.commands.add("end", call, "CA5", NOW)

    def claim(_number) -> bool:
        with store.work() as work:
            (command,) = work.commands.due(NOW) or [None]
        if command is None:
            return False
        with store.work() as work:
            return work.commands.claim(command, NOW + timedelta(seconds=1))

    assert sorted(at_once(4, claim)) == [False, False, False, True]


def test_one_at_a_time_chooses(store, at_once):
    inside: list[int] = []
    most: list[int] = []

    def enter(number) -> None:
        for _ in range(10):
            with store.choosing() as work:
                inside.append(number)
                work.agents.signed_in()
                most.append(len(inside))
                inside.remove(number)

    at_once(4, enter)

    assert most == [1] * 40


def test_choosing_sees_what_was_committed_while_it_waited_for_its_turn(store, at_once):
    def sign_in(number) -> int:
        with store.choosing() as work:
            before = len(work.agents.signed_in())
            name = f"icg_{number}"
            work.agents.keep(Agent(name, Station(StationKind.CLIENT, name), Presence.AVAILABLE))
            return before

    assert sorted(at_once(4, sign_in)) == [0, 1, 2, 3]
