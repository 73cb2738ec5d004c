"""Who is asked first at a desk, by each strategy."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from directory.model import AgentId, DeskId, RoutingSettings, Seat, Strategy
from routing.choosing import choose
from routing.crew import Crew, IdleAgent, Rules
from routing.head import Head
from routing.needs import NOTHING, Needs, with_language

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ICG = DeskId("center:ICG")


def crew(**agents) -> Crew:
    """Agents by name, each as level, minutes idle, calls answered, position in the staff file."""
    return Crew(
        IdleAgent(AgentId(name), (Seat(ICG, level),), NOW - timedelta(minutes=idle), {}, answered, position)
        for name, (level, idle, answered, position) in agents.items()
    )


def asked(strategy, people, entry_id=1, last=None) -> str:
    rules = Rules({ICG: RoutingSettings(strategy)}, {} if last is None else {ICG: last})
    return choose([Head(entry_id, ICG, 1, NOW)], people, NOW, rules).agent_id


@pytest.mark.parametrize(
    ("strategy", "who"),
    [
        (Strategy.LONGEST_IDLE, "b"),
        (Strategy.FEWEST_CALLS, "c"),
        (Strategy.LINEAR, "d"),
        (Strategy.BY_LEVEL, "a"),
    ],
)
def test_each_strategy_asks_its_own_first(strategy, who):
    people = crew(a=(1, 1, 5, 4), b=(1, 9, 5, 3), c=(1, 2, 0, 2), d=(1, 1, 5, 1), low=(2, 99, 0, 0))

    assert asked(strategy, people) == who


def test_taking_turns_goes_on_after_the_one_asked_last_and_around():
    people = crew(a=(1, 1, 0, 1), b=(1, 1, 0, 2), c=(1, 1, 0, 3))

    assert [asked(Strategy.ROUND_ROBIN, people, last=last) for last in (None, 1, 2, 3)] == ["a", "b", "c", "a"]


def test_a_draw_is_spread_over_everyone_and_comes_out_the_same_again():
    people = crew(a=(1, 1, 0, 1), b=(1, 1, 0, 2), c=(1, 1, 0, 3))

    drawn = [asked(Strategy.RANDOM, people, entry_id) for entry_id in range(600)]

    assert drawn == [asked(Strategy.RANDOM, people, entry_id) for entry_id in range(600)]
    assert all(150 < times < 250 for times in Counter(drawn).values())


def test_a_language_is_required_while_someone_signed_in_speaks_it_and_else_preferred():
    welder = Needs((("welding", 2),), ("lab",))

    assert with_language(welder, "lang_en", spoken=True) == Needs((("welding", 2), ("lang_en", 1)), ("lab",))
    assert with_language(welder, "lang_en", spoken=False) == Needs((("welding", 2),), ("lang_en", "lab"))
    assert with_language(NOTHING, "lang_en", spoken=False).are_met_by({})
