"""Lines at desks are read in order of place, and only where they are open."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from agents.work_state import WorkEvent
from calls.call import CallEvent, CallId, Outcome
from directory.model import POOL, DeskId
from routing.giving_way import GivesWay
from routing.offer import OfferEvent
from routing.queue_entry import EntryEvent, Stand
from tests.faults.processes import wait_until
from tests.store.conftest import somebody_waits_for_a_lock

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ICG = DeskId("center:ICG")


def minutes_ago(minutes) -> datetime:
    return NOW - timedelta(minutes=minutes)


def seconds_ago(seconds) -> datetime:
    return NOW - timedelta(seconds=seconds)


def in_line(store, *desks) -> list[int]:
    with store.reading() as work:
        lines = {(desk, ""): 9 for desk in desks or (POOL,)}
        waiters = sorted(work.lines.heads(lines), key=lambda waiter: (waiter.place, waiter.entry_id))
    return [waiter.entry_id for waiter in waiters if waiter.opens_at is None]


def test_a_line_is_read_by_age_and_a_tie_by_who_came_first(store, rows):
    third, fourth = rows.entry("CA3", minutes_ago(1), minutes_ago(1)), rows.entry("CA4", minutes_ago(1), minutes_ago(1))
    first, second = rows.entry("CA1", minutes_ago(9), minutes_ago(9)), rows.entry("CA2", minutes_ago(5), minutes_ago(5))

    assert in_line(store) == [first, second, third, fourth]


def test_priority_counts_as_age(store, rows):
    older, raised = rows.entry("CA1", minutes_ago(5), minutes_ago(5)), rows.entry("CA2", NOW)

    with store.work() as work:
        work.queue.raise_priority(raised, 301)

    assert in_line(store) == [raised, older]
    with store.reading() as work:
        assert (work.queue.ahead_of(raised), work.queue.ahead_of(older)) == (0, 1)


def test_who_gives_way_stands_back_once_by_their_seconds_and_so_many_at_once(store, rows):
    way = GivesWay(NOW, 60)
    late, too, came_later, much_later = (
        rows.entry(f"CA{seconds}", seconds_ago(seconds), seconds_ago(seconds), gives_way)
        for seconds, gives_way in ((90, way), (85, way), (31, None), (29, None))
    )

    with store.work() as work:
        gave_way = [[entry.id for entry in work.queue.let_give_way(NOW, most)] for most in (1, 9, 9)]

    assert gave_way == [[late], [too], []]
    assert in_line(store) == [came_later, late, much_later, too]
    with store.reading() as work:
        told = {waiter.entry_id: waiter.gave_way_seconds for waiter in work.lines.heads({(POOL, ""): 9})}
    assert told == {late: 60, too: 60, came_later: 0, much_later: 0}


@pytest.mark.parametrize("happens", ["answered", "gone", "raised"])
def test_nobody_gives_way_who_was_answered_or_left_or_has_priority(store, rows, happens):
    entry = rows.entry("CA1", gives_way=GivesWay(NOW, 60))
    with store.work() as work:
        if happens == "raised":
            work.queue.raise_priority(entry, 60)
        elif happens == "gone":
            work.queue.move(entry, EntryEvent.GONE, NOW)
        else:
            work.queue.move(entry, EntryEvent.OFFER_MADE, NOW)
            work.queue.move(entry, EntryEvent.ACCEPTED, NOW)

        assert not work.queue.let_give_way(NOW, 9)


@pytest.mark.parametrize(("seconds", "gives_way"), [(60, False), (1, False), (0, True), (-60, True)])
def test_whom_a_supervisor_gives_priority_never_gives_way_and_whom_they_put_back_still_does(
    store, rows, seconds, gives_way
):
    entry = rows.entry("CA1", gives_way=GivesWay(NOW, 60))
    with store.work() as work:
        before = work.queue.get(entry)
        assert work.queue.set_priority(before, seconds)

        assert [one.id for one in work.queue.let_give_way(NOW, 9)] == [entry] * gives_way


def test_how_many_stand_before_is_never_told_as_more_than_it_was(store, rows):
    entry = rows.entry("CA1")
    with store.work() as work:
        assert [work.waits.tell_ahead(entry, ahead) for ahead in (3, 4, 3, 1, 2)] == [True, False, True, True, False]


def test_an_entry_stands_only_at_open_desks_and_while_it_waits(store, rows):
    waiting, later = rows.entry("CA1"), rows.entry("CA2", opens_at=NOW + timedelta(seconds=18))
    skipped, offered = rows.entry("CA3", opens_at=None), rows.entry("CA4")
    gone = rows.entry("CA5")
    with store.work() as work:
        work.queue.move(offered, EntryEvent.OFFER_MADE, NOW)
        work.queue.move(gone, EntryEvent.GONE, NOW)

    assert in_line(store) == [waiting]
    assert in_line(store, ICG) == []
    with store.reading() as work:
        assert [stand.entry_id for stand in work.lines.due_to_open(NOW + timedelta(seconds=18))] == [later]
        assert [stand.entry_id for stand in work.lines.skipped_at(POOL)] == [skipped]
        assert [entry.id for entry in work.queue.waiting()] == [waiting, later, skipped, offered]


def test_an_offer_that_is_over_gives_the_place_back(store, rows):
    first, second = rows.entry("CA1"), rows.entry("CA2")
    with store.work() as work:
        work.queue.move(first, EntryEvent.OFFER_MADE, NOW)
        work.queue.move(first, EntryEvent.OFFER_OVER, NOW)

    assert in_line(store) == [first, second]


def test_a_tier_opens_once(store, rows):
    entry = rows.entry(opens_at=NOW + timedelta(seconds=18))

    with store.work() as work:
        (standing,) = work.lines.due_to_open(NOW + timedelta(seconds=18))
        assert work.lines.open(standing, NOW, None)
        assert not work.lines.open(standing, NOW, None)
        assert work.queue.opened_desks(entry) == {POOL}
        assert list(work.queue.stands_of(entry)) == [Stand(1, POOL, NOW + timedelta(seconds=18))]


def test_a_tier_of_who_hung_up_since_it_was_found_due_is_not_opened(store, rows):
    entry = rows.entry(opens_at=NOW + timedelta(seconds=18))
    with store.reading() as work:
        (standing,) = work.lines.due_to_open(NOW + timedelta(seconds=18))
    with store.work() as work:
        work.queue.move(entry, EntryEvent.GONE, NOW)

    with store.work() as work:
        assert not work.lines.open(standing, NOW, None)


@pytest.mark.parametrize("line_url", ["postgresql"], indirect=True)
def test_whoever_opens_a_tier_waits_for_the_end_of_its_call(store, rows, database):
    entry = rows.entry(opens_at=NOW + timedelta(seconds=18))
    opened = []

    def opens(standing):
        with store.work() as work:
            opened.append(work.lines.open(standing, NOW, None))

    with store.reading() as work:
        (standing,) = work.lines.due_to_open(NOW + timedelta(seconds=18))
    with store.work() as work:
        work.queue.move(entry, EntryEvent.GONE, NOW)
        opening = threading.Thread(target=opens, args=(standing,))
        opening.start()
        wait_until(lambda: somebody_waits_for_a_lock(database), "the opening waits for the end")
    opening.join(timeout=30)

    assert opened == [False]


def test_an_agent_who_let_a_caller_pass_is_avoided_until_that_is_forgotten(store, rows):
    entry = rows.entry()
    rows.agent("icg_1")
    offer = rows.offer(entry)
    again_at = NOW + timedelta(seconds=60)
    with store.work() as work:
        work.offers.move(offer.id, OfferEvent.DECLINE, NOW, again_at=again_at)

    def avoided() -> frozenset:
        with store.reading() as work:
            (agent,) = work.agents.wanted(NOW)
        return agent.let_pass

    assert avoided() == {entry}
    with store.work() as work:
        assert work.offers.forget_passes(again_at - timedelta(microseconds=1)) == 0
        assert work.offers.forget_passes(again_at) == 1
    assert avoided() == frozenset()


def test_a_caller_returns_only_while_connected_and_once(store, rows):
    entry = rows.entry()

    with store.work() as work:
        assert not work.queue.return_after(entry, NOW)
        work.queue.move(entry, EntryEvent.OFFER_MADE, NOW)
        work.queue.move(entry, EntryEvent.ACCEPTED, NOW)
        assert work.queue.return_after(entry, NOW)
        assert not work.queue.return_after(entry, NOW + timedelta(seconds=9))
        assert [due.id for due in work.queue.due_to_return(NOW)] == [entry]
        work.queue.move(entry, EntryEvent.AGENT_LOST, NOW)
        assert not work.queue.due_to_return(NOW)


@pytest.mark.parametrize(
    ("opens_in", "may_lend", "busy", "wanted"),
    [(0, False, False, True), (0, False, True, False), (60, True, False, True), (60, False, False, False)],
    ids=["a tier that is open", "nobody idle", "a desk that may lend", "a tier to come"],
)
def test_agents_are_wanted_while_anybody_waits_whom_somebody_idle_might_help(
    store, rows, opens_in, may_lend, busy, wanted
):
    agent, call = rows.agent(), rows.call()
    with store.work() as work:
        if busy:
            work.agents.move(agent, WorkEvent.OFFERED, {})
        opens_at = NOW + timedelta(seconds=opens_in)
        work.queue.enter(call, "26-000001-6", NOW, [Stand(1, POOL, opens_at, may_lend=may_lend)])

    with store.reading() as work:
        assert bool(work.agents.wanted(NOW)) == wanted


def test_who_is_put_on_a_break_is_gone_from_the_staff_of_that_very_transaction(store, rows):
    agent, other = rows.agent("icg_1"), rows.agent("icg_2")

    with store.work() as work:
        before = list(work.agents.signed_in())
        work.agents.put_on_break(agent, "lunch")
        after = list(work.agents.signed_in())

    assert (before, after) == ([agent, other], [other])


def test_who_gave_way_stands_as_far_back_at_one_more_desk(store, rows):
    late, other = rows.entry("CA1", seconds_ago(90), seconds_ago(90), GivesWay(NOW, 60)), rows.entry("CA2", NOW)

    with store.work() as work:
        work.queue.let_give_way(NOW, 9)
        for entry in (late, other):
            work.queue.widen(entry, Stand(2, ICG, NOW), NOW)

    with store.reading() as work:
        places = {waiter.entry_id: waiter.place for waiter in work.lines.heads({(ICG, ""): 9})}
    assert places == {late: seconds_ago(30), other: NOW}


def test_who_rings_again_stands_where_they_stood_also_after_giving_way(store, rows):
    late = rows.entry("CA1", seconds_ago(90), seconds_ago(90), GivesWay(NOW, 60))
    with store.work() as work:
        work.queue.let_give_way(NOW, 9)
        work.calls.move(CallId("CA1"), CallEvent.QUEUED)
        work.queue.move(late, EntryEvent.GONE, NOW)
        work.calls.end(CallId("CA1"), Outcome.ABANDONED_IN_QUEUE, NOW)

        assert work.queue.resume("01012345678", NOW, CallId("CA2")) == seconds_ago(30)


def test_a_raise_adds_to_whatever_was_given_meanwhile(store, rows):
    entry = rows.entry("CA1", NOW)

    for seconds in (30, 5):
        with store.work() as work:
            work.queue.raise_priority(entry, seconds)

    with store.reading() as work:
        assert work.queue.get(entry).priority_seconds == 35
    assert in_line(store) == [entry]


def test_the_heads_of_a_line_are_the_same_however_many_lines_are_asked_for(store, rows):
    entries = [rows.entry(f"CA{nth}", at=NOW + timedelta(seconds=nth)) for nth in range(3)]
    lent = rows.entry("CA9", opens_at=None)
    with store.work() as work:
        work.queue.widen(lent, Stand(2, DeskId("center:ICG"), None, may_lend=True), NOW)
    wanted = {(POOL, ""): 2, (DeskId("center:ICG"), ""): 2}
    empty = {(DeskId(f"agent:{nth}"), ""): 2 for nth in range(40)}

    with store.reading() as work:
        few, many = work.lines.heads(wanted), work.lines.heads(wanted | empty)

    assert [waiter.entry_id for waiter in few] == [*entries[:2], lent]
    assert sorted(few, key=str) == sorted(many, key=str)
