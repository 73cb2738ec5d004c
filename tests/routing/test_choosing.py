"""Who is offered whom, held equal to a plain scan of everything."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.model import AgentId, DeskId, Seat
from routing.choosing import Choice, IdleAgent, OpenLine, choose
from routing.reason import Verdict

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DESKS = tuple(map(DeskId, ("institute:KITECH", "center:ICG", "center:SEL", "pool")))
NAMES = tuple(map(AgentId, ("dgb_1", "icg_1", "icg_2", "kitech_1", "sel_1")))

moments = st.integers(0, 4).map(lambda minutes: START - timedelta(minutes=minutes))  # few, so that ties are common


@st.composite
def queues(draw) -> list[OpenLine]:
    """Callers, each with one place and an open line at some desks of their route."""
    lines = []
    for entry_id in range(1, draw(st.integers(0, 5)) + 1):
        place, avoid = draw(moments), draw(st.frozensets(st.sampled_from(NAMES), max_size=2))
        desks = draw(st.lists(st.sampled_from(DESKS), min_size=1, max_size=3, unique=True))
        lines += [OpenLine(entry_id, desk, tier, place, avoid) for tier, desk in enumerate(desks, start=1)]
    return draw(st.permutations(lines))


@st.composite
def crews(draw) -> list[IdleAgent]:
    """Idle agents, each with a seat at some desks."""
    people = draw(st.lists(st.sampled_from(NAMES), unique=True))
    seats = st.lists(st.builds(Seat, st.sampled_from(DESKS), st.integers(1, 3)), max_size=3, unique_by=lambda s: s.desk)
    return [IdleAgent(name, tuple(draw(seats)), draw(moments)) for name in people]


def can_help(agent, line) -> bool:
    return agent.id not in line.avoid and any(seat.desk == line.desk for seat in agent.seats)


def full_scan(lines, idle) -> tuple[int, AgentId, DeskId, int] | None:
    """Look at every pair of a line and a seat, and take the least: the rule in one sentence."""
    pairs = [
        ((line.place, line.entry_id), (line.tier, seat.level, agent.idle_since, agent.id), line.desk)
        for line in lines
        for agent in idle
        for seat in agent.seats
        if seat.desk == line.desk and agent.id not in line.avoid
    ]
    if not pairs:
        return None
    (_place, entry_id), (tier, _level, _since, agent_id), desk = min(pairs)
    return entry_id, agent_id, desk, tier


def outcome(choice: Choice | None) -> tuple[int, AgentId, DeskId, int] | None:
    return choice and (choice.entry_id, choice.agent_id, choice.desk, choice.tier)


@given(queues(), crews())
def test_choosing_equals_a_full_scan(lines, idle):
    assert outcome(choose(lines, idle)) == full_scan(lines, idle)


@given(queues(), crews())
def test_nobody_waits_while_someone_able_is_idle(lines, idle):
    someone_can_help = any(can_help(agent, line) for line in lines for agent in idle)

    assert (choose(lines, idle) is not None) == someone_can_help


@given(queues(), crews(), st.randoms())
def test_the_order_in_which_facts_arrive_does_not_matter(lines, idle, random):
    other_lines, other_idle = random.sample(lines, len(lines)), random.sample(idle, len(idle))

    assert choose(other_lines, other_idle) == choose(lines, idle)


@given(queues(), crews())
def test_the_oldest_place_wins_among_those_who_can_be_helped(lines, idle):
    choice = choose(lines, idle)

    helpable = [(line.place, line.entry_id) for line in lines if any(can_help(agent, line) for agent in idle)]
    assert (choice.entry_id if choice else None) == (min(helpable)[1] if helpable else None)


@given(queues(), crews())
def test_nobody_is_offered_at_a_desk_without_a_seat_there_nor_one_to_be_avoided(lines, idle):
    choice = choose(lines, idle)

    if choice:
        (line,) = (line for line in lines if (line.entry_id, line.desk) == (choice.entry_id, choice.desk))
        (agent,) = (agent for agent in idle if agent.id == choice.agent_id)
        assert line.tier == choice.tier
        assert can_help(agent, line)


@given(queues(), crews())
def test_choosing_again_and_again_offers_everyone_it_can_once(lines, idle):
    offered = []
    left_lines, left_idle = lines, idle
    while choice := choose(left_lines, left_idle):
        offered.append(choice)
        left_lines = [line for line in left_lines if line.entry_id != choice.entry_id]
        left_idle = [agent for agent in left_idle if agent.id != choice.agent_id]

    assert len({choice.entry_id for choice in offered}) == len(offered)
    assert len({choice.agent_id for choice in offered}) == len(offered)
    assert not any(can_help(agent, line) for line in left_lines for agent in left_idle)


@given(queues(), crews())
def test_every_choice_names_the_chosen_one_and_each_candidate_once(lines, idle):
    choice = choose(lines, idle)

    if choice:
        told = [reason.subject for reason in choice.reasons if reason.verdict is not Verdict.SKIPPED]
        mine = [line for line in lines if line.entry_id == choice.entry_id]
        assert [r.subject for r in choice.reasons if r.verdict is Verdict.CHOSEN] == [choice.agent_id]
        assert sorted(told) == sorted(agent.id for agent in idle if any(can_help(agent, line) for line in mine))
        assert all(reason.text for reason in choice.reasons)


def line(entry_id=1, desk=DESKS[1], tier=1, minutes=0, avoid=()) -> OpenLine:
    return OpenLine(entry_id, desk, tier, START - timedelta(minutes=minutes), frozenset(avoid))


def agent(name, *seats, minutes=0) -> IdleAgent:
    """An agent with seats as desk and level, idle for some minutes."""
    return IdleAgent(
        AgentId(name), tuple(Seat(desk, level) for desk, level in seats), START - timedelta(minutes=minutes)
    )


KITECH, ICG, SEL, POOL = DESKS


def test_an_earlier_tier_counts_before_level_rest_and_name():
    lines = [line(desk=KITECH, tier=1), line(desk=ICG, tier=2)]

    choice = choose(lines, [agent("a", (ICG, 1), minutes=60), agent("z", (KITECH, 9))])

    assert (choice.agent_id, choice.tier) == ("z", 1)


def test_a_level_counts_before_rest_and_name():
    assert choose([line()], [agent("a", (ICG, 2), minutes=60), agent("z", (ICG, 1))]).agent_id == "z"


def test_rest_counts_before_the_name_and_the_name_decides_a_tie():
    assert choose([line()], [agent("a", (ICG, 1)), agent("z", (ICG, 1), minutes=1)]).agent_id == "z"
    assert choose([line()], [agent("z", (ICG, 1)), agent("a", (ICG, 1))]).agent_id == "a"


def test_a_place_counts_priority_as_age_and_the_lower_entry_decides_a_tie():
    counselor = [agent("icg_1", (ICG, 1))]

    assert choose([line(1), line(2, minutes=1)], counselor).entry_id == 2
    assert choose([line(2), line(1)], counselor).entry_id == 1


def test_a_younger_caller_is_helped_when_nobody_idle_can_help_the_older():
    lines = [line(1, desk=KITECH, minutes=5), line(2, desk=ICG)]

    assert choose(lines, [agent("icg_1", (ICG, 1))]).entry_id == 2


def test_one_who_let_the_caller_pass_is_told_of_and_not_offered():
    lines = [line(avoid=["icg_1"])]

    choice = choose(lines, [agent("icg_1", (ICG, 1), minutes=9), agent("icg_2", (ICG, 1))])

    assert choice.agent_id == "icg_2"
    assert [(r.subject, r.rule, r.verdict) for r in choice.reasons] == [
        ("icg_2", "longest_idle", Verdict.CHOSEN),
        ("icg_1", "let_pass", Verdict.SKIPPED),
    ]


def test_the_reasons_say_why_each_other_agent_came_after():
    lines = [line(desk=ICG, tier=1), line(desk=POOL, tier=2)]
    crew = [
        agent("a", (ICG, 1), minutes=9),
        agent("b", (ICG, 1), minutes=9),
        agent("c", (ICG, 1)),
        agent("d", (ICG, 2), minutes=99),
        agent("e", (POOL, 1), minutes=99),
    ]

    rules = {reason.subject: reason.rule for reason in choose(lines, crew).reasons}

    assert rules == {
        "a": "longest_idle",
        "b": "same_idle",
        "c": "idle_shorter",
        "d": "lower_level",
        "e": "later_tier",
    }
