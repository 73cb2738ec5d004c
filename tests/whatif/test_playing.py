"""A played day: everyone's end is told once, days come out the same again, and the laws they are drawn from hold."""

import statistics
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.reading import files_in, read_directory
from routing.engine import Entry
from whatif.comparing import POLICIES, compare, play_all, router_of
from whatif.day import Ringing
from whatif.demand import DAY_SECONDS, INHABITANTS, OPENS_AT, Demand, draw_day, homes_of, staffed
from whatif.measures import Measures, interval, measure

DIRECTORY = read_directory(files_in(Path(__file__).parents[2] / "directory" / "data"))
SMALL = Demand(load=0.9, handle_seconds=3600, ringing=Ringing(answer_seconds=3), unanswered=0.2)  # a tenth of the calls


def the_day(demand=SMALL, number=0, directory=DIRECTORY):
    return draw_day(demand, directory, number)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_caller_is_answered_or_gives_up_once_and_nobody_talks_to_two(policy):
    day = the_day()

    played = play_all(day, DIRECTORY, [policy])[policy]

    assert sorted(fate.caller.entry.id for fate in played.fates) == [caller.entry.id for caller in day.callers]
    talks = sorted(
        (fate.agent, fate.caller.entry.entered_at + timedelta(seconds=fate.wait_seconds), fate.caller.handle_seconds)
        for fate in played.fates if fate.agent
    )  # fmt: skip
    for (agent, starts, seconds), (next_agent, next_starts, _) in pairwise(talks):
        assert agent != next_agent or starts + timedelta(seconds=seconds) <= next_starts
    assert all(fate.wait_seconds <= fate.caller.patience_seconds + 1e-3 for fate in played.fates)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_day_comes_out_the_same_again(policy):
    once, again = (play_all(the_day(), DIRECTORY, [policy])[policy] for _ in range(2))

    assert once.fates == again.fates


def test_all_policies_meet_the_same_callers_and_other_days_are_other_days():
    assert the_day() == the_day()
    assert the_day(number=1).callers != the_day().callers


def test_the_bound_is_fastest_and_silos_are_slowest():
    days = [play_all(the_day(number=number), DIRECTORY, ["ours", "pooled", "silo"]) for number in range(3)]

    waits = {policy: one.measures.mean_wait for policy, one in compare(days).items()}

    assert waits["pooled"] < waits["ours"] < waits["silo"]


def test_at_asterisk_s_a_caller_who_was_let_pass_looks_again_and_again_as_before():
    desk = next(iter(DIRECTORY.centers.values())).code
    mine = [member for member in DIRECTORY.staff.values() if member.seats[0].desk == f"center:{desk}"]
    router, entry = router_of("asterisk", DIRECTORY), Entry(1, OPENS_AT, ((mine[0].seats[0].desk,),))
    router.on_sign_on(mine[0].id, OPENS_AT)
    assert router.on_arrival(entry, OPENS_AT)
    router.due(OPENS_AT + timedelta(seconds=6))  # while the agent rings
    router.on_let_pass(entry, mine[0].id, OPENS_AT + timedelta(seconds=7))

    assert not any(router.due(router.next_due()) for _ in range(3))  # the agent rests
    router.on_agent_free(mine[0].id, router.next_due())

    assert [offer.entry for offer in router.due(router.next_due())] == [entry]


def test_calls_talks_and_patience_follow_their_laws():
    callers = [caller for number in range(3) for caller in the_day(Demand(0.7, busy_day_spread=0), number).callers]

    assert statistics.fmean(c.handle_seconds for c in callers) == pytest.approx(360, rel=0.05)
    assert statistics.fmean(c.patience_seconds for c in callers) == pytest.approx(240, rel=0.05)
    assert len(callers) == pytest.approx(3 * 0.7 * 98 * DAY_SECONDS / 360, rel=0.03)
    gyeonggi = sum(caller.region == "KR-41" for caller in callers) / len(callers)
    assert gyeonggi == pytest.approx(INHABITANTS["KR-41"] / sum(INHABITANTS.values()), rel=0.1)
    assert all(OPENS_AT <= c.entry.entered_at <= OPENS_AT + timedelta(seconds=DAY_SECONDS) for c in callers)


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_so_many_callers_of_an_institute_have_a_second_one_before_their_center(share):
    routes = [caller.entry.tiers for caller in the_day(Demand(0.7, second_share=share)).callers]
    firsts = [[desks[0].partition(":")[0] for desks in tiers] for tiers in routes]

    asked = [kinds.count("institute") for kinds in firsts if kinds[0] == "institute"]
    assert len(asked) / len(routes) == pytest.approx(0.7, abs=0.05)
    assert asked.count(2) / len(asked) == pytest.approx(share, abs=0.05)
    assert {tuple(kinds[-3:]) for kinds in firsts} == {("center", "center", "pool")}
    assert all(len(set(tiers)) == len(tiers) for tiers in routes)


@pytest.mark.parametrize("staffing", ["prop", "flat"])
def test_every_center_has_somebody_whatever_the_staffing(staffing):
    homes = list(homes_of(staffed(DIRECTORY, staffing)).values())

    counts = [homes.count(f"center:{code}") for code in DIRECTORY.centers]

    assert sum(counts) == 48
    assert min(counts) >= 1
    assert (max(counts) == 4) == (staffing == "flat")
    assert homes.count("institute:KITECH") == 2


def test_a_day_without_calls_is_measured_as_nothing():
    day = the_day(Demand(0.05, handle_seconds=1e9))

    assert measure([play_all(day, DIRECTORY, ["ours"])["ours"]]) == Measures(0, 0, 0, 0, 0, 0, 0, 0, 0)


@settings(max_examples=30)
@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30))
def test_an_interval_holds_its_mean_and_is_as_wide_as_the_days_differ(values):
    found = interval(values)

    assert found.mean == pytest.approx(statistics.fmean(values))
    assert (found.half == 0) == (statistics.stdev(values) == 0)
    assert interval(values[:1]).half is None
    assert interval([0.0, 1.0, 2.0, 3.0, 4.0]).half == pytest.approx(2.776 * 1.5811 / 5**0.5, rel=0.02)
