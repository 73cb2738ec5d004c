"""An offer takes its caller and its agent together; of what is not free any more nothing is taken."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from agents.agent import LEASE_GRACE_SECONDS, Presence
from agents.station import Station, StationKind, read_station
from agents.work_state import WorkEvent, WorkState
from directory.model import POOL, AgentId, DeskId
from routing.offer import OfferState
from routing.queue_entry import EntryEvent, EntryState, Stand
from switchboard.doors import Attempted, NewOffer
from tests.faults.processes import wait_until
from tests.store.conftest import NOW, somebody_waits_for_a_lock

UNTIL = NOW + timedelta(seconds=20)


def new(store, entry: int, agent: str = "icg_1", **changes) -> NewOffer:
    station = Station(StationKind.CLIENT, agent)
    with store.reading() as work:
        call = work.queue.get(entry).call_id
    return replace(NewOffer(entry, call, AgentId(agent), POOL, 1, station, NOW, UNTIL), **changes)


def make(store, *offers: NewOffer) -> list[Attempted]:
    with store.work() as work:
        return list(work.offers.make(offers))


def change(store, agent: AgentId, **values) -> None:
    with store.work() as work:
        work.agents.change(agent, values)


def heads(store) -> list[int]:
    with store.reading() as work:
        return [waiter.entry_id for waiter in work.lines.heads({(POOL, ""): 9})]


def state(store, entry: int) -> EntryState:
    with store.reading() as work:
        return work.queue.get(entry).state


def work_state(store, agent: str = "icg_1") -> WorkState:
    with store.reading() as work:
        return work.agents.get(AgentId(agent)).work_state


def test_it_takes_the_caller_out_of_the_lines_and_the_agent_for_as_long_as_it_may_last(store, rows):
    entry, agent = rows.entry(), rows.agent()

    (made,) = make(store, new(store, entry))

    with store.reading() as work:
        offer = work.offers.get(made.offer_id)
        leased = work.agents.get(agent).leased_until
    assert made.waits
    assert (offer.entry_id, offer.call_id, offer.agent_id, offer.desk, offer.tier) == (entry, "CA1", agent, POOL, 1)
    assert (offer.state, offer.made_at, offer.expires_at) == (OfferState.RINGING, NOW, UNTIL)
    assert (state(store, entry), work_state(store), heads(store)) == (EntryState.OFFERED, WorkState.RINGING, [])
    assert leased == UNTIL + timedelta(seconds=LEASE_GRACE_SECONDS)


@pytest.mark.parametrize("changes", [{"station": read_station("tel:+82212345678")}, {"held": True}])
def test_an_agent_at_a_telephone_or_kept_for_a_callback_is_reserved_until_it_rings(store, rows, changes):
    entry, agent = rows.entry(), rows.agent()
    if "station" in changes:
        change(store, agent, station=str(changes["station"]))

    (made,) = make(store, new(store, entry, **changes))

    with store.reading() as work:
        assert work.offers.get(made.offer_id).state is OfferState.MADE
    assert work_state(store) is WorkState.RESERVED


def test_an_agent_stays_idle_when_the_caller_does_not_wait_any_more(store, rows):
    entry = rows.entry()
    rows.agent()
    with store.work() as work:
        work.queue.move(entry, EntryEvent.GONE, NOW)

    assert make(store, new(store, entry)) == [Attempted(None, waits=False)]
    assert (state(store, entry), work_state(store)) == (EntryState.ENDED, WorkState.IDLE)


def test_a_callback_that_rests_is_not_offered(store, rows):
    entry = rows.entry()
    rows.agent()
    with store.work() as work:
        work.callbacks.rest(entry, UNTIL)

    assert make(store, new(store, entry)) == [Attempted(None, waits=False)]
    assert work_state(store) is WorkState.IDLE


def test_a_caller_keeps_their_place_when_the_agent_is_busy(store, rows):
    entry = rows.entry()
    rows.agent(work_state=WorkState.TALKING)

    assert make(store, new(store, entry)) == [Attempted(None, waits=True)]
    assert (state(store, entry), work_state(store), heads(store)) == (EntryState.WAITING, WorkState.TALKING, [entry])


@pytest.mark.parametrize(
    "since_the_look",
    [{"presence": "break"}, {"station": "client:at_home"}, {"not_before": NOW + timedelta(microseconds=1)}],
)
def test_who_is_idle_but_not_as_they_were_seen_is_not_asked(store, rows, since_the_look):
    """Agents are looked for before the transaction in which they are chosen."""
    entry, agent = rows.entry(), rows.agent()
    change(store, agent, **since_the_look)

    assert make(store, new(store, entry)) == [Attempted(None, waits=True)]

    assert (state(store, entry), work_state(store), heads(store)) == (EntryState.WAITING, WorkState.IDLE, [entry])


def test_whose_rest_is_over_is_asked(store, rows):
    entry, agent = rows.entry(), rows.agent()
    change(store, agent, not_before=NOW)

    assert make(store, new(store, entry))[0].offer_id


def test_of_several_each_is_told_of_in_the_order_they_were_asked_for(store, rows):
    entries = [rows.entry(name) for name in ("CA3", "CA1", "CA2", "CA4")]
    for agent in ("icg_1", "icg_2", "icg_4"):
        rows.agent(agent)
    rows.agent("icg_3", work_state=WorkState.WRAPPING)
    with store.work() as work:
        work.queue.move(entries[1], EntryEvent.GONE, NOW)

    attempts = make(store, *(new(store, entry, f"icg_{nth}") for nth, entry in enumerate(entries, start=1)))

    assert [(one.offer_id is not None, one.waits) for one in attempts] == [
        (True, True),
        (False, False),
        (False, True),
        (True, True),
    ]
    with store.reading() as work:
        assert [work.offers.get(attempts[nth].offer_id).entry_id for nth in (0, 3)] == [entries[0], entries[3]]
    assert [work_state(store, f"icg_{nth}") for nth in (1, 2, 4)] == ["ringing", "idle", "ringing"]
    assert heads(store) == [entries[2]]


def test_of_many_who_want_one_caller_and_one_agent_at_once_one_gets_both(store, rows, at_once):
    entries, agents = [rows.entry(f"CA{nth}") for nth in range(4)], [rows.agent(f"icg_{nth}") for nth in range(4)]

    for entry, agent in zip(entries, agents, strict=True):
        offer = new(store, entry, agent)
        attempts = [made for several in at_once(6, lambda _, offer=offer: make(store, offer)) for made in several]

        assert sum(one.offer_id is not None for one in attempts) == 1
        assert [one for one in attempts if one.offer_id is None] == [Attempted(None, waits=False)] * 5


def test_who_was_asked_last_is_the_last_of_those_who_were_asked_together(store, rows):
    entries = [rows.entry(name) for name in ("CA9", "CA1", "CA5")]
    for nth in (1, 2, 3):
        rows.agent(f"icg_{nth}")

    make(store, *(new(store, entry, f"icg_{nth}") for nth, entry in enumerate(entries, start=1)))

    with store.reading() as work:
        assert work.offers.asked_last(POOL) == "icg_3"


def hangs_up(work, entry):
    work.calls.lock(["CA1"])
    work.queue.move(entry, EntryEvent.GONE, NOW)


def stands_at_one_more_desk(work, entry):
    work.calls.lock(["CA1"])
    work.queue.widen(entry, Stand(2, DeskId("center:ICG"), NOW), NOW)


def gets_priority(work, entry):
    work.queue.raise_priority(entry, 60)


def is_taken(work, _entry):
    work.agents.move(AgentId("icg_1"), WorkEvent.OFFERED, {})


def takes_a_break_after_this(work, _entry):
    work.agents.change(AgentId("icg_1"), {"next_presence": str(Presence.BREAK)})


@pytest.mark.parametrize("line_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("what", "made", "waits"),
    [
        (hangs_up, False, False),
        (stands_at_one_more_desk, True, True),
        (gets_priority, True, True),
        (is_taken, False, True),
        (takes_a_break_after_this, True, True),
    ],
)
def test_it_waits_for_whoever_is_changing_either_and_goes_by_what_they_leave(store, rows, database, what, made, waits):
    entry = rows.entry("CA1")
    rows.agent()
    offer = new(store, entry)

    with ThreadPoolExecutor(1) as other, store.work() as work:
        what(work, entry)
        making = other.submit(make, store, offer)
        wait_until(lambda: somebody_waits_for_a_lock(database), "the offer waits for it")
        work.write()
        work._connection.commit()  # noqa: SLF001 (before the other is waited for)
        (attempt,) = making.result(timeout=10)

    assert (attempt.offer_id is not None, attempt.waits) == (made, waits)
    with store.reading() as work:
        if made:
            assert work.lines.heads({(POOL, ""): 9, (DeskId("center:ICG"), ""): 9}) == []
        if what is gets_priority:
            assert work.queue.get(entry).priority_seconds == 60
        if what is takes_a_break_after_this:
            assert work.agents.get(AgentId("icg_1")).next_presence is Presence.BREAK
