"""A supervisor lets somebody who waits stand further ahead, or further back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.rights import NotAllowed
from directory.codes import AgentId
from records.record import Record
from routing.queue_entry import (
    CUT_OFF_PRIORITY_SECONDS,
    LEAST_PRIORITY_SECONDS,
    MOST_PRIORITY_SECONDS,
    EntryState,
    place,
)
from switchboard.change_priority import PriorityError, change_priority
from switchboard.end_call import end_call
from switchboard.lose_agent import lose_leg
from tests.switchboard.conftest import next_choice
from tests.switchboard.test_callbacks_at_once import live, owed
from tests.switchboard.test_rights import refusals

LEAD = AgentId("icg_lead")
ONE_DATABASE = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)


@pytest.fixture
def waiting(line):
    """Three callers, a minute apart, for whom nobody is free; and how they stand."""
    line.signs_in("icg_1")
    line.rest(3600, "icg_1")
    calls = []
    for number in range(3):
        calls.append(line.caller(f"CA{number}", f"0101111000{number}"))
        line.passes(20)
    return calls


def entry(line, call):
    with line.house.store.reading() as work:
        return work.queue.of_call(call)


def in_order(line) -> list:
    """Return the callers in the order in which the next agent would be offered them."""
    with line.house.store.reading() as work:
        waiters = work.lines.heads({("center:ICG", ""): 9})
    return [one.call_id for one in sorted(waiters, key=lambda one: (one.place, one.entry_id))]


def changes(line, call) -> list:
    with line.house.store.reading() as work:
        records = work.records.of_ticket(entry(line, call).ticket)
    return [(one.agent, one.fields) for one in records if one.kind == "entry.priority_changed"]


def test_who_is_given_priority_is_offered_next_and_it_is_written_down_by_whom_and_why(line, waiting):
    last = waiting[-1]

    change_priority(line.house, entry(line, last).id, 60, LEAD, " 설비가  멈춤 ")

    assert in_order(line) == [last, *waiting[:-1]]
    fields = {"entry": entry(line, last).id, "before": 0, "after": 60, "reason": "설비가 멈춤"}
    assert changes(line, last) == [("icg_lead", fields)]
    line.clock.at = line.agent("icg_1").not_before
    line.passes(1)
    assert [offer.call_id for offer in line.live_offers(waiting)] == [last]


def test_a_change_that_comes_twice_is_one_change(line, waiting):
    for _ in range(2):
        change_priority(line.house, entry(line, waiting[1]).id, 60, LEAD, "x")

    assert entry(line, waiting[1]).priority_seconds == 60
    assert len(changes(line, waiting[1])) == 1
    change_priority(line.house, entry(line, waiting[1]).id, 0, LEAD, "taken back")
    assert in_order(line) == waiting


def test_a_change_has_agents_chosen_at_once(line, waiting):
    line.clock.at = line.agent("icg_1").not_before  # free by now, and nobody has looked

    change_priority(line.house, entry(line, waiting[1]).id, 600, LEAD, "x")

    assert [offer.call_id for offer in line.live_offers(waiting)] == [waiting[1]]


def test_a_callback_is_given_priority_while_it_rests(line):
    owed(line)
    (callback,) = live(line)

    change_priority(line.house, callback.id, 600, LEAD, "x")

    assert live(line)[0].priority_seconds == 600


def cut_off(line, call):
    """Lose the agent of whoever is next, who is put back with priority before another agent is there."""
    line.clock.at = max(line.clock.at, line.agent("icg_1").not_before)
    line.passes(1)
    (offer,) = line.live_offers([call])
    assert line.accepts(offer, f"{call}leg{offer.id}")
    lose_leg(line.house, f"{call}leg{offer.id}", "completed")
    line.passes(3)
    assert entry(line, call).state is EntryState.WAITING


def test_nobody_loses_by_a_supervisor_what_a_cut_call_gave_them_and_what_is_given_beside_it_can_be_taken_back(
    line, waiting
):
    cut, *_ = waiting
    cut_off(line, cut)
    given_ = entry(line, cut).priority_seconds
    assert given_ == CUT_OFF_PRIORITY_SECONDS

    for seconds in (600, 0, -60, given_ - 1):
        expected = f"has {given_} s of the line itself, not {seconds} .expected no less"
        with pytest.raises(PriorityError, match=expected):
            change_priority(line.house, entry(line, cut).id, seconds, LEAD, "x")
    assert (entry(line, cut).priority_seconds, changes(line, cut)) == (given_, [])

    for seconds in (given_ + 600, given_ + 60, given_):
        change_priority(line.house, entry(line, cut).id, seconds, LEAD, "x")
        assert entry(line, cut).priority_seconds == seconds
    with pytest.raises(PriorityError, match="expected no less"):
        change_priority(line.house, entry(line, cut).id, given_ - 1, LEAD, "x")


@pytest.mark.parametrize("before", [600, -600])
def test_what_a_supervisor_had_changed_before_the_cut_is_taken_back_and_no_more(line, waiting, before):
    cut, *others = waiting
    for call in others:
        end_call(line.house, call, "completed")
    change_priority(line.house, entry(line, cut).id, before, LEAD, "x")
    cut_off(line, cut)
    assert entry(line, cut).priority_seconds == CUT_OFF_PRIORITY_SECONDS + before

    with pytest.raises(PriorityError, match=f"has {CUT_OFF_PRIORITY_SECONDS} s of the line itself"):
        change_priority(line.house, entry(line, cut).id, CUT_OFF_PRIORITY_SECONDS - 1, LEAD, "x")
    change_priority(line.house, entry(line, cut).id, CUT_OFF_PRIORITY_SECONDS, LEAD, "taken back")

    assert entry(line, cut).priority_seconds == CUT_OFF_PRIORITY_SECONDS


def test_what_was_changed_of_an_earlier_call_about_the_same_case_does_not_count(line, waiting):
    mine = entry(line, waiting[0])
    fields = {"entry": mine.id + 100, "before": 0, "after": -600, "reason": "x"}
    with line.house.store.work() as work:
        work.records.append(Record("entry.priority_changed", line.clock.now(), ticket=mine.ticket, fields=fields))

    change_priority(line.house, mine.id, 60, LEAD, "x")

    assert entry(line, waiting[0]).priority_seconds == 60


def test_who_dialed_again_within_the_minute_does_not_lose_the_place_they_had(line, waiting):
    first, second, third = waiting
    end_call(line.house, first, "completed")
    line.passes(20)
    again = line.caller("CA9", line.numbers[first])
    kept = entry(line, again).priority_seconds
    assert kept > 0
    assert in_order(line) == [again, second, third]

    with pytest.raises(PriorityError, match=f"has {kept} s of the line itself, not 0"):
        change_priority(line.house, entry(line, again).id, 0, LEAD, "x")

    assert in_order(line) == [again, second, third]


@pytest.mark.parametrize("seconds", [LEAST_PRIORITY_SECONDS - 1, MOST_PRIORITY_SECONDS + 1])
def test_nobody_is_put_back_or_ahead_without_bounds(line, waiting, seconds):
    with pytest.raises(PriorityError, match=f"expected {LEAST_PRIORITY_SECONDS} to {MOST_PRIORITY_SECONDS}"):
        change_priority(line.house, entry(line, waiting[0]).id, seconds, LEAD, "x")


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_a_change_has_a_reason(line, waiting, reason):
    with pytest.raises(PriorityError, match="a reason of"):
        change_priority(line.house, entry(line, waiting[0]).id, 60, LEAD, reason)


def test_who_is_gone_or_talking_or_unknown_stands_nowhere(line, waiting):
    gone, talking, _ = waiting
    end_call(line.house, gone, "completed")
    line.clock.at = line.agent("icg_1").not_before
    line.passes(1)
    (offer,) = line.live_offers(waiting)
    assert line.accepts(offer, "CAleg")

    for known, state in ((entry(line, gone).id, "ended"), (entry(line, talking).id, "connected"), (999, "not known")):
        with pytest.raises(PriorityError, match=f"entry {known} is {state}"):
            change_priority(line.house, known, 60, LEAD, "x")


def test_only_a_supervisor_changes_it(line, waiting):
    with pytest.raises(NotAllowed, match="expected supervisor"):
        change_priority(line.house, entry(line, waiting[2]).id, 60, AgentId("icg_1"), "x")

    assert in_order(line) == waiting
    assert refusals(line.house) == [("icg_1", "change_priority", "counselor", None)]


def test_of_two_supervisors_at_once_each_change_stands_whole_or_not_at_all(line, waiting, at_once):
    def tries(call, seconds):
        def change():
            try:
                change_priority(line.house, entry(line, call).id, seconds, LEAD, "x")
            except PriorityError:
                return None
            return seconds

        return change

    for number in range(8):
        done = at_once(*[tries(waiting[1], 60 * number + more) for more in (1, 2, 3)], shift=number)

        found = entry(line, waiting[1])
        assert found.priority_seconds in done
        rules = line.house.directory.routing["center:ICG"]
        ahead = found.priority_seconds + rules.own_seconds - rules.gives_way_seconds  # they had given way before
        assert line_place(line, found) == place(found.entered_at, ahead)


def line_place(line, found):
    with line.house.store.reading() as work:
        heads = work.lines.heads({("center:ICG", ""): 9})
    return next(one.place for one in heads if one.entry_id == found.id)


@ONE_DATABASE
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(LEAST_PRIORITY_SECONDS, MOST_PRIORITY_SECONDS)), max_size=5))
def test_whatever_is_changed_the_next_offer_is_that_of_the_oldest_with_priority_as_age(line, waiting, given_):
    for number, seconds in given_:
        change_priority(line.house, entry(line, waiting[number]).id, seconds, LEAD, "x")

    stands = [entry(line, call) for call in waiting]
    by_age = sorted(stands, key=lambda one: (place(one.entered_at, one.priority_seconds), one.id))
    assert in_order(line) == [one.call_id for one in by_age]
    assert {one.state for one in stands} == {EntryState.WAITING}
    assert next_choice(line.house) is None
