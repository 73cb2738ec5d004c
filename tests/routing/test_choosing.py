"""Who is offered whom, held equal to a plain scan of everything."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.model import AgentId, DeskId, RoutingSettings, Seat, Strategy
from routing.choosing import Choice, choose
from routing.crew import Crew, IdleAgent, Rules
from routing.head import Head
from routing.needs import NOTHING, Needs
from routing.reason import Verdict

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DESKS = tuple(map(DeskId, ("institute:KITECH", "center:ICG", "center:SEL", "pool")))
NAMES = tuple(map(AgentId, ("dgb_1", "icg_1", "icg_2", "kitech_1", "sel_1")))

moments = st.integers(0, 4).map(lambda minutes: START - timedelta(minutes=minutes))  # few, so that ties are common
opening = st.none() | st.integers(-1, 1).map(lambda seconds: START + timedelta(seconds=seconds))
needs = st.sampled_from([NOTHING, NOTHING, Needs((("welding", 3),)), Needs((), ("lang_en", "welding"))])
skills = st.dictionaries(st.sampled_from(["lang_en", "welding"]), st.integers(1, 5))
settings = st.builds(RoutingSettings, st.sampled_from(Strategy), st.integers(0, 2))
rules = st.builds(
    Rules, st.dictionaries(st.sampled_from(DESKS), settings), st.dictionaries(st.sampled_from(DESKS), st.integers(1, 5))
)


@st.composite
def queues(draw) -> list[Head]:
    """Callers, each with one place and a stand at some desks of their route."""
    lines = []
    for entry_id in range(1, draw(st.integers(0, 6)) + 1):
        place, avoid = draw(moments), draw(st.frozensets(st.sampled_from(NAMES), max_size=1))
        need = draw(needs)
        desks = draw(st.lists(st.sampled_from(DESKS), min_size=1, max_size=3, unique=True))
        lines += [
            Head(entry_id, desk, tier, place, draw(opening), need, avoid) for tier, desk in enumerate(desks, start=1)
        ]
    return draw(st.permutations(lines))


@st.composite
def crews(draw) -> list[IdleAgent]:
    """Idle agents, each with a seat at some desks."""
    people = draw(st.lists(st.sampled_from(NAMES), unique=True))
    seats = st.lists(st.builds(Seat, st.sampled_from(DESKS), st.integers(1, 3)), max_size=3, unique_by=lambda s: s.desk)
    return [
        IdleAgent(name, tuple(draw(seats)), draw(moments), draw(skills), draw(st.integers(0, 2)), NAMES.index(name) + 1)
        for name in people
    ]


def may_help(agent, line, idle, rule) -> bool:
    """The rule in one sentence: at the desk, with the skills, not the one who let them pass, lent only if kept back."""
    left = {seat.desk: sum(seat.desk in {s.desk for s in a.seats} for a in idle) - 1 for seat in agent.seats}
    opened = line.opens_at is None or line.opens_at <= START
    return (
        line.desk in left
        and agent.id not in line.avoid
        and all(agent.skills.get(skill, 0) >= least for skill, least in line.needs.required)
        and (opened or all(left[desk] >= rule.of(desk).reserve for desk in left))
    )


def strategy_order(agent, line, rule):
    strategy, last = rule.of(line.desk).strategy, rule.asked_last.get(line.desk, -1)
    return {
        Strategy.LONGEST_IDLE: (agent.idle_since,),
        Strategy.FEWEST_CALLS: (agent.answered, agent.idle_since),
        Strategy.ROUND_ROBIN: ((agent.position - last - 1) % 100,),
        Strategy.LINEAR: (agent.position,),
        Strategy.BY_LEVEL: (),
    }[strategy]


def full_scan(lines, idle, rule) -> int | None:
    """Look at every entry from the oldest on and return the first whom anyone idle may help."""
    for line in sorted(lines, key=lambda line: (line.place, line.entry_id)):
        if any(may_help(agent, line, idle, rule) for agent in idle):
            return line.entry_id
    return None


def heads_of(lines) -> list[Head]:
    """Keep the two heads of each line, as a store or an engine supplies them."""
    heads = {}
    for line in sorted(lines, key=lambda line: (line.place, line.entry_id), reverse=True):
        heads[line.desk, line.needs, line.avoid, line.opens_at is None or line.opens_at <= START] = line
    return list(heads.values())


def outcome(choice: Choice | None):
    return choice and (choice.entry_id, choice.agent_id, choice.desk, choice.tier)


def chosen_from(lines, idle, rule=None, now=START) -> Choice | None:
    return choose(lines, Crew(idle), now, rule or Rules())


@given(queues(), crews(), rules)
def test_the_oldest_who_can_be_helped_is_chosen(lines, idle, rule):
    choice = chosen_from(lines, idle, rule)

    assert (choice and choice.entry_id) == full_scan(lines, idle, rule)


@given(queues(), crews(), rules)
def test_the_heads_of_the_lines_are_enough(lines, idle, rule):
    assert outcome(chosen_from(heads_of(lines), idle, rule)) == outcome(chosen_from(lines, idle, rule))


@given(queues(), crews(), st.integers(0, 2), st.sampled_from([s for s in Strategy if s is not Strategy.RANDOM]))
def test_the_agent_is_the_least_by_tier_level_skill_strategy_name(lines, idle, reserve, strategy):
    rule = Rules({desk: RoutingSettings(strategy, reserve) for desk in DESKS}, {DESKS[1]: 3})

    choice = chosen_from(lines, idle, rule)

    if choice:
        ranks = [
            (line.tier, seat.level, [-agent.skills.get(skill, 0) for skill in line.needs.preferred],
             strategy_order(agent, line, rule), agent.id, line.desk)
            for line in lines if line.entry_id == choice.entry_id
            for agent in idle if may_help(agent, line, idle, rule)
            for seat in agent.seats if seat.desk == line.desk
        ]  # fmt: skip
        assert min(ranks)[4:] == (choice.agent_id, choice.desk)


@given(queues(), crews(), rules, st.randoms())
def test_the_order_in_which_facts_arrive_does_not_matter(lines, idle, rule, random):
    other_lines, other_idle = random.sample(lines, len(lines)), random.sample(idle, len(idle))

    one, other = chosen_from(other_lines, other_idle, rule), chosen_from(lines, idle, rule)

    assert outcome(one) == outcome(other)
    assert (one and one.reasons) == (other and other.reasons)


@given(queues(), crews(), rules)
def test_choosing_again_and_again_offers_everyone_it_can_once(lines, idle, rule):
    offered, left_lines, left_idle = [], lines, idle
    while choice := chosen_from(left_lines, left_idle, rule):
        offered.append(choice)
        left_lines = [line for line in left_lines if line.entry_id != choice.entry_id]
        left_idle = [agent for agent in left_idle if agent.id != choice.agent_id]

    assert len({choice.entry_id for choice in offered}) == len({choice.agent_id for choice in offered}) == len(offered)
    assert not any(may_help(agent, line, left_idle, rule) for line in left_lines for agent in left_idle)


@given(queues(), crews(), rules)
def test_a_tier_whose_time_has_come_is_never_refused_for_a_reserve(lines, idle, rule):
    opened = [line for line in lines if line.opens_at is None or line.opens_at <= START]
    helpable = any(may_help(agent, line, idle, Rules()) for line in opened for agent in idle)

    assert (chosen_from(opened, idle, rule) is not None) == helpable


@given(queues(), crews(), rules)
def test_every_choice_names_the_chosen_one_and_everyone_looked_at_once_in_both_languages(lines, idle, rule):
    choice = chosen_from(lines, idle, rule)

    if choice:
        mine = [line for line in lines if line.entry_id == choice.entry_id]
        told = [who for reason in choice.reasons if reason.subject != "queue" for who in named_in(reason)]
        able = [who for r in choice.reasons if r.verdict is not Verdict.SKIPPED for who in named_in(r)]
        assert able[0] == choice.agent_id
        assert [r.verdict for r in choice.reasons].count(Verdict.CHOSEN) == 1
        assert sorted(told) == sorted(a.id for a in idle if {s.desk for s in a.seats} & {line.desk for line in mine})
        assert sorted(able) == sorted(a.id for a in idle if any(may_help(a, line, idle, rule) for line in mine))
        assert all(reason.text and reason.text_en for reason in choice.reasons)


def named_in(reason) -> list[str]:
    """Return the agents a reason is about: its subject, or those of a desk by name."""
    return reason.text_en.split(": ")[0].split(", ") if reason.subject in DESKS else [reason.subject]


def line(entry_id=1, desk=DESKS[1], tier=1, minutes=0, avoid=(), opens_in=None, need=NOTHING) -> Head:
    opens_at = None if opens_in is None else START + timedelta(seconds=opens_in)
    return Head(entry_id, desk, tier, START - timedelta(minutes=minutes), opens_at, need, frozenset(avoid))


def agent(name, *seats, minutes=0, answered=0, position=0, **skills) -> IdleAgent:
    """An agent with seats as desk and level, idle for some minutes."""
    since = START - timedelta(minutes=minutes)
    places = tuple(Seat(desk, level) for desk, level in seats)
    return IdleAgent(AgentId(name), places, since, skills, answered, position)


def reserves(**kept) -> Rules:
    desks = {"ICG": ICG, "SEL": SEL}
    return Rules({desks[name]: RoutingSettings(reserve=number) for name, number in kept.items()})


KITECH, ICG, SEL, POOL = DESKS


def test_an_earlier_tier_counts_before_level_rest_and_name():
    lines = [line(desk=KITECH, tier=1), line(desk=ICG, tier=2)]

    choice = chosen_from(lines, [agent("a", (ICG, 1), minutes=60), agent("z", (KITECH, 9))])

    assert (choice.agent_id, choice.tier) == ("z", 1)


def test_a_level_counts_before_rest_and_name():
    assert chosen_from([line()], [agent("a", (ICG, 2), minutes=60), agent("z", (ICG, 1))]).agent_id == "z"


def test_rest_counts_before_the_name_and_the_name_decides_a_tie():
    assert chosen_from([line()], [agent("a", (ICG, 1)), agent("z", (ICG, 1), minutes=1)]).agent_id == "z"
    assert chosen_from([line()], [agent("z", (ICG, 1)), agent("a", (ICG, 1))]).agent_id == "a"


def test_a_place_counts_priority_as_age_and_the_lower_entry_decides_a_tie():
    counselor = [agent("icg_1", (ICG, 1))]

    assert chosen_from([line(1), line(2, minutes=1)], counselor).entry_id == 2
    assert chosen_from([line(2), line(1)], counselor).entry_id == 1


def test_a_later_desk_helps_before_its_time_only_beyond_its_reserve():
    early = [line(desk=ICG, tier=2, opens_in=18)]
    three = [agent(name, (ICG, 1)) for name in "abc"]

    assert chosen_from(early, three, reserves(ICG=2)).agent_id == "a"
    assert chosen_from(early, three[:2], reserves(ICG=2)) is None
    assert chosen_from(early, three[:2], reserves(ICG=2), START + timedelta(seconds=18)).agent_id == "a"


def test_the_pool_lends_nobody_whom_their_own_center_keeps():
    early = [line(desk=POOL, tier=3, opens_in=36)]
    crew = [
        agent("icg_1", (ICG, 1), (POOL, 1)),
        agent("sel_1", (SEL, 1), (POOL, 1)),
        agent("sel_2", (SEL, 1), (POOL, 1)),
    ]

    choice = chosen_from(early, crew, reserves(ICG=1, SEL=1))

    assert choice.agent_id == "sel_1"
    assert {reason.subject: reason.rule for reason in choice.reasons}["icg_1"] == "reserve"


def test_a_required_skill_is_waited_for_and_a_preferred_one_is_not():
    crew = [agent("a", (ICG, 1), minutes=9), agent("b", (ICG, 1), lang_en=2)]

    assert chosen_from([line(need=Needs((("lang_en", 1),)))], crew).agent_id == "b"
    assert chosen_from([line(need=Needs((("lang_en", 3),)))], crew) is None
    assert chosen_from([line(need=Needs((), ("lang_en",)))], crew).agent_id == "b"
    assert chosen_from([line(need=Needs((), ("lang_en",)))], crew[:1]).agent_id == "a"


def test_a_caller_nobody_can_serve_holds_up_nobody_behind_them():
    lines = [line(1, desk=KITECH, minutes=5), line(2, minutes=4, need=Needs((("lang_en", 1),))), line(3)]

    choice = chosen_from(lines, [agent("icg_1", (ICG, 1))])

    assert choice.entry_id == 3
    assert [reason.text_en for reason in choice.reasons if reason.subject == "queue"] == [
        "Nobody idle may take the older callers now: 1 (2)."
    ]


def test_one_who_let_the_caller_pass_is_told_of_and_not_offered():
    lines = [line(avoid=["icg_1"])]

    choice = chosen_from(lines, [agent("icg_1", (ICG, 1), minutes=9), agent("icg_2", (ICG, 1))])

    assert choice.agent_id == "icg_2"
    assert [(r.subject, r.rule, r.verdict) for r in choice.reasons] == [
        ("icg_2", "longest_idle", Verdict.CHOSEN),
        ("icg_1", "let_pass", Verdict.SKIPPED),
    ]


def test_the_reasons_say_why_each_other_agent_came_after():
    lines = [line(desk=ICG, tier=1, need=Needs((), ("welding",))), line(desk=POOL, tier=2)]
    crew = [
        agent("a", (ICG, 1), minutes=9, welding=1),
        agent("b", (ICG, 1), minutes=9, welding=1),
        agent("c", (ICG, 1), welding=1),
        agent("d", (ICG, 1), minutes=99),
        agent("e", (ICG, 2), minutes=99),
        agent("f", (POOL, 1), minutes=99),
        agent("g", (POOL, 1), minutes=99),
    ]

    reasons = chosen_from(lines, crew).reasons

    assert {reason.subject: reason.rule for reason in reasons} == {
        "a": "longest_idle",
        "b": "same_idle",
        "c": "idle_shorter",
        "d": "less_skilled",
        "e": "lower_level",
        POOL: "later_tier",
    }
    assert reasons[-1].text_en == "f, g: a later desk of the route."
