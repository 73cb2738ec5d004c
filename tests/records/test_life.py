"""Every life in the core, walked: a new one is found by itself and walked too."""

import importlib
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.work_state import WORK, WorkEvent, WorkState
from calls.call import CALL, CallEvent, CallState
from calls.leg import LEG
from records.life import IllegalMove, Life
from routing.offer import LIVE, OFFER, OfferState
from routing.queue_entry import ENTRY
from tickets.life import TICKET

HERE = Path(__file__).parent.parent.parent
CORE = ("agents", "calls", "directory", "ivr", "records", "routing", "tickets")


def lives_in_the_core() -> dict[str, Life]:
    """Find every life by scanning the core, by name."""
    modules = [
        importlib.import_module(f"{package}.{path.stem}")
        for package in CORE
        for path in sorted((HERE / package).glob("*.py"))
        if path.stem != "__init__"
    ]
    return {name: value for module in modules for name, value in vars(module).items() if isinstance(value, Life)}


LIVES = lives_in_the_core()
each_life = pytest.mark.parametrize("life", LIVES.values(), ids=LIVES.keys())


def states_of(life) -> type[StrEnum]:
    return type(next(iter(life.moves)))


def events_of(life) -> type[StrEnum]:
    return type(next(event for moves in life.moves.values() for event in moves))


def reached_from(life, state) -> set:
    reached, found = set(), {state}
    while found:
        reached |= found
        found = {after for one in found for after in life.moves[one].values()} - reached
    return reached


def test_the_scan_finds_the_lives_of_the_design():
    assert all(life in LIVES.values() for life in (WORK, CALL, LEG, OFFER, ENTRY, TICKET))


@each_life
def test_a_life_knows_every_state_and_uses_every_event(life):
    assert set(life.moves) == set(states_of(life))
    assert {event for moves in life.moves.values() for event in moves} == set(events_of(life))


@each_life
def test_every_state_is_reached_from_the_first(life):
    first = next(iter(states_of(life)))

    assert reached_from(life, first) == set(states_of(life))


@each_life
def test_an_event_leads_to_one_state_wherever_it_is_taken(life):
    for event in events_of(life):
        assert {life.after(state, event) for state in life.sources(event)} == {life.target(event)}


@each_life
def test_an_event_is_taken_by_its_sources_and_refused_by_name_elsewhere(life):
    for state in states_of(life):
        for event in events_of(life):
            assert life.takes(state, event) == (state in life.sources(event))
            if not life.takes(state, event):
                with pytest.raises(IllegalMove, match=f"^{life.of} is {state}: cannot take event {event}$"):
                    life.after(state, event)


@each_life
def test_what_is_over_takes_nothing_and_what_is_not_over_can_still_end(life):
    over = {state for state in states_of(life) if life.is_over(state)}

    assert all(not life.takes(state, event) for state in over for event in events_of(life))
    assert not over or all(over & reached_from(life, state) for state in states_of(life))


@each_life
@given(steps=st.lists(st.integers(0, 20), max_size=30))
def test_a_walk_never_leaves_the_table(life, steps):
    state = next(iter(states_of(life)))
    for step in steps:
        events = list(events_of(life))
        event = events[step % len(events)]
        if life.takes(state, event):
            state = life.after(state, event)
        else:
            with pytest.raises(IllegalMove):
                life.after(state, event)
        assert state in set(states_of(life))


def test_a_life_that_leads_an_event_two_ways_has_no_target_for_a_conditional_update():
    torn = Life[CallState, CallEvent](
        "call",
        {
            CallState.MENU: {CallEvent.GONE: CallState.ENDED},
            CallState.WAITING: {CallEvent.GONE: CallState.MENU},
        },
    )

    with pytest.raises(ValueError, match="too many values"):
        torn.target(CallEvent.GONE)


def test_only_a_ticket_and_an_agent_never_end():
    assert [name for name, life in LIVES.items() if not any(map(life.is_over, states_of(life)))] == ["WORK", "TICKET"]


def test_a_live_offer_is_one_that_is_not_over():
    assert frozenset(state for state in OfferState if not OFFER.is_over(state)) == LIVE


def test_whoever_is_reserved_is_back_at_rest_whatever_becomes_of_the_offer():
    for state in (WorkState.RESERVED, WorkState.RINGING):
        for event in (
            *(WorkEvent.DECLINED, WorkEvent.NO_ANSWER, WorkEvent.BUSY, WorkEvent.UNREACHABLE),
            *(WorkEvent.VOICEMAIL, WorkEvent.STATION_LOST, WorkEvent.WITHDRAWN, WorkEvent.FREED),
        ):
            assert WORK.after(state, event) is WorkState.IDLE
