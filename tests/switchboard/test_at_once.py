"""Things happen at the same moment, in many processes: each caller and each agent still has one story."""

from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest

from agents.agent import Presence
from agents.work_state import WorkState
from calls.call import CallId, CallState, Outcome
from calls.leg import LegState
from directory.model import AgentId
from ivr.walk import Keys
from routing.offer import OfferEvent, OfferState
from switchboard import take_turn as turning
from switchboard.answer_call import Ringing, answer_call
from switchboard.choose_agents import choose_agents
from switchboard.end_call import end_call
from switchboard.end_offer import decline_offer, finish_offer
from switchboard.lose_agent import lose_leg, put_back_due
from switchboard.open_tiers import open_due_tiers
from switchboard.rescue_caller import rescue_caller
from switchboard.take_turn import take_turn
from switchboard.ticker import run_due
from switchboard.turns import take_callers

ROUNDS = 8


def test_twenty_wait_for_five_and_eight_processes_choose_yet_five_offers_are_made(line, at_once):
    agents = ["icg_1", "icg_2", "icg_3", "icg_4", "sel_1"]
    line.signs_in(*agents)
    line.rest(60, *agents)
    calls = [line.caller(f"CA{number:02}") for number in range(20)]
    line.clock.at = line.agent("icg_1").not_before
    with line.house.store.work() as work:
        open_due_tiers(line.house, work)  # also the pool, where sel_1 helps

    at_once(*[lambda: choose_agents(line.house)] * 8)

    live = line.live_offers(calls)
    assert sorted(offer.agent_id for offer in live) == agents
    assert [offer.call_id for offer in live] == calls[:5]


def test_of_two_tabs_that_accept_one_offer_exactly_one_gets_the_caller(line, at_once):
    line.signs_in("icg_1")
    for number in range(ROUNDS):
        call = line.caller(f"CA{number}")
        (offer,) = line.offers(call)

        won = at_once(lambda: line.accepts(offer, f"CA{number}a"), lambda: line.accepts(offer, f"CA{number}b"))

        with line.house.store.reading() as work:
            leg = work.legs.of_offer(offer.id)
            states = [work.legs.get(f"CA{number}{tab}") for tab in "ab"]
        assert sorted(won) == [False, True]
        assert leg.id == f"CA{number}{'ab'[won.index(True)]}"
        assert [found.state for found in states if found] == [LegState.JOINING]
        end_call(line.house, call, "completed")
        line.passes(60)


def test_a_caller_who_leaves_as_the_agent_accepts_was_either_answered_or_not(line, at_once):
    line.signs_in("icg_1")
    for number in range(2 * ROUNDS):
        call = line.caller(f"CA{number}")
        (offer,) = line.offers(call)

        accepted, ended = at_once(
            lambda: line.accepts(offer, f"CA{number}a"),
            lambda: end_call(line.house, call, "completed"),
            shift=number,
        )

        (after,) = line.offers(call)
        assert ended
        assert line.call(call).outcome is (Outcome.ANSWERED if accepted else Outcome.ABANDONED_IN_QUEUE)
        assert after.state is (OfferState.ACCEPTED if accepted else OfferState.WITHDRAWN)
        assert line.agent("icg_1").work_state is (WorkState.WRAPPING if accepted else WorkState.IDLE)
        line.passes(60)


def test_an_offer_that_lapses_as_the_agent_accepts_ends_one_way(line, at_once):
    line.signs_in("icg_1")
    for number in range(ROUNDS):
        call = line.caller(f"CA{number}")
        (offer,) = line.offers(call)

        accepted, expired = at_once(
            lambda: line.accepts(offer, f"CA{number}a"),
            lambda: finish_offer(line.house, offer.id, OfferEvent.EXPIRE, "no answer"),
            shift=number,
        )

        assert accepted != expired
        assert line.call(call).state is (CallState.TALKING if accepted else CallState.WAITING)
        assert line.agent("icg_1").work_state is (WorkState.TALKING if accepted else WorkState.IDLE)
        end_call(line.house, call, "completed")
        line.is_now("icg_1", Presence.AVAILABLE)
        line.passes(120)


def test_a_caller_who_leaves_as_they_are_chosen_is_not_offered_to_anyone(line, at_once):
    line.signs_in("icg_1")
    for number in range(2 * ROUNDS):
        line.rest(1, "icg_1")
        call = line.caller(f"CA{number}")
        line.clock.at = line.agent("icg_1").not_before

        at_once(
            lambda: choose_agents(line.house),
            lambda: end_call(line.house, call, "completed"),
            shift=number,
        )

        assert not line.live_offers([call])
        assert line.call(call).outcome is Outcome.ABANDONED_IN_QUEUE
        assert line.agent("icg_1").work_state is WorkState.IDLE


def test_a_caller_who_is_promised_a_callback_as_they_are_chosen_is_not_offered_to_anyone(line, at_once):
    line.signs_in("icg_1")
    for number in range(2 * ROUNDS):
        line.rest(400, "icg_1")
        call = line.caller(f"CA{number}")
        line.clock.at = line.agent("icg_1").not_before

        at_once(
            lambda: choose_agents(line.house),
            lambda: line.takes_turn(call),
            shift=number,
        )

        leaving = line.call(call).state is CallState.LEAVING
        assert len(line.live_offers([call])) == (0 if leaving else 1)
        assert line.has_nobody_stuck()
        end_call(line.house, call, "completed")
        assert line.agent("icg_1").work_state is WorkState.IDLE


@pytest.mark.parametrize("presence", [Presence.BREAK, Presence.OFFLINE])
def test_an_agent_who_leaves_as_they_are_chosen_is_not_offered_a_call(line, at_once, presence):
    line.signs_in("icg_1")
    line.rest(1, "icg_1")
    line.signs_in("sel_1")
    line.rest(100_000, "sel_1")  # somebody else stays, so that callers are not sent home
    for number in range(ROUNDS):
        call = line.caller(f"CA{number}")
        line.clock.at = line.agent("icg_1").not_before

        at_once(lambda: choose_agents(line.house), lambda: line.is_now("icg_1", presence), shift=number)

        assert line.agent("icg_1").presence is presence
        assert not line.live_offers([call])
        assert line.agent("icg_1").work_state is WorkState.IDLE
        end_call(line.house, call, "completed")
        line.signs_in("icg_1")
        line.rest(1, "icg_1")


def test_a_caller_who_leaves_as_they_are_put_back_leaves_no_place_behind(line, at_once):
    line.signs_in("icg_1")
    for number in range(ROUNDS):
        call = line.caller(f"CA{number}")
        (offer,) = line.offers(call)
        assert line.accepts(offer, f"CA{number}a")
        lose_leg(line.house, f"CA{number}a", "completed")
        with line.house.store.reading() as work:
            line.clock.at = work.next_due()

        at_once(
            lambda: put_back_due(line.house),
            lambda: end_call(line.house, call, "completed"),
            shift=number,
        )

        with line.house.store.reading() as work:
            assert work.queue.of_call(call).state == "ended"
        assert line.call(call).state is CallState.ENDED
        assert line.agent("icg_1").work_state in {WorkState.IDLE, WorkState.WRAPPING}
        line.passes(60)


def test_a_no_as_the_caller_leaves_and_another_is_chosen_frees_the_agent_once(line, at_once):
    line.signs_in("icg_1")
    for number in range(ROUNDS):
        call = line.caller(f"CA{number}")
        (offer,) = line.offers(call)

        at_once(
            lambda: decline_offer(line.house, offer.id),
            lambda: end_call(line.house, call, "completed"),
            lambda: choose_agents(line.house),
            shift=number,
        )

        (after,) = line.offers(call)
        assert after.state in {OfferState.DECLINED, OfferState.WITHDRAWN}
        assert line.agent("icg_1").work_state is WorkState.IDLE
        line.passes(120)


def test_four_processes_whose_tickers_wake_together_do_each_thing_once(line, at_once):
    agents = [f"{center}_{number}" for center in ("icg", "sel", "djn") for number in (1, 2, 3, 4)]
    line.signs_in(*agents)
    calls: list[str] = []
    for _ in range(3):
        line.rest(60, *agents)
        calls += [line.caller(f"CA{len(calls) + number:02}") for number in range(12)]
        line.clock.at = line.agent("icg_1").not_before  # everyone is rested, and the later tiers open

        at_once(*[lambda: run_due(line.house)] * 4)

        live = line.live_offers(calls)
        assert sorted(offer.agent_id for offer in live) == sorted(agents)
        assert len({offer.call_id for offer in live}) == len(live)
        for call in calls:
            end_call(line.house, call, "completed")


def test_a_turn_that_comes_twice_at_once_is_taken_once_and_both_are_answered_alike(line, at_once):
    for number in range(2 * ROUNDS):
        ringing = Ringing(CallId(f"CA{number}"), "1379", f"0101234{number:04}", "1379")
        comes = partial(answer_call, line.house, ringing)
        presses = partial(take_turn, line.house, ringing, 1, Keys("0"))

        for turn in (comes, presses):
            one, other = at_once(turn, turn, shift=number)
            assert one == other

        with line.house.store.reading() as work:
            routes = [made for made in work.decisions.of_call(ringing.call_id) if made.kind == "route"]
        assert len(routes) == 1
        assert line.call(ringing.call_id).turn == 1


def test_a_rescue_that_comes_twice_at_once_is_one_rescue_and_both_are_answered_alike(line, at_once):
    for number in range(2 * ROUNDS):
        ringing = Ringing(CallId(f"CA{number}"), "1379", f"0101234{number:04}", "1379")
        answer_call(line.house, ringing)
        rescues = partial(rescue_caller, line.house, ringing, 1, 1)

        one, other = at_once(rescues, rescues, shift=number)

        assert one == other
        assert line.call(ringing.call_id).turn == 1


def test_a_step_of_the_menu_locks_nothing_and_what_leaves_the_menu_does(line, monkeypatch):
    under_the_lock = []

    def noted(house, call_id, turn, decide):
        under_the_lock.append(turn)
        return take_callers(house, call_id, turn, decide)

    monkeypatch.setattr(turning, "take_callers", noted)
    ringing = Ringing(CallId("CA1"), "1379", "01012345678", "1379")
    line.signs_in("icg_1")
    answer_call(line.house, ringing)

    for turn, keys in enumerate("1*", start=1):
        first, again = (take_turn(line.house, ringing, turn, Keys(keys)) for _ in range(2))
        assert first == again
    assert under_the_lock == []
    take_turn(line.house, ringing, 3, Keys("0"))

    assert under_the_lock == ["3"]
    assert line.call("CA1").state is CallState.WAITING


def test_a_caller_whose_agent_left_since_the_look_is_offered_to_the_next(line, monkeypatch):
    line.signs_in("icg_1")
    line.passes(1)
    line.signs_in("icg_2")
    line.rest(60, "icg_1", "icg_2")
    caller = line.caller("CA1")
    line.clock.at += timedelta(seconds=60)
    looked = line.house.store.choosing_next

    @contextmanager
    def leaves_after_the_look(now):
        with looked(now) as begun:
            if begun:
                begun[0].agents.put_on_break(AgentId("icg_1"), "lunch")
            yield begun

    monkeypatch.setattr(line.house.store, "choosing_next", leaves_after_the_look)

    choose_agents(line.house)

    assert [offer.agent_id for offer in line.live_offers([caller])] == ["icg_2"]
