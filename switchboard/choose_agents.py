"""Waiting callers are offered to idle agents, in a transaction of its own after the event that made it possible."""

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from directory.model import AgentId, DeskId, Strategy
from routing.choosing import choose
from routing.crew import Crew, IdleAgent, Rules
from routing.head import Head
from routing.needs import NOTHING, Needs, with_language
from switchboard.doors import Idle, Waiter, Work
from switchboard.house import House, log
from switchboard.make_offers import Pick, make_offers
from switchboard.ring_slot import ring_slot

MOST_DIALING_DELAY = timedelta(seconds=5)  # a telephone that could only be rung later is not reserved
Line = tuple[DeskId, str, bool]  # a desk, what is needed of an agent, and whether the callers' tier has opened


def choose_if_due(house: House, work: Work) -> None:
    """Choose after a turn, now kept, that left somebody waiting; a failure the next turn, or the ticker, will heal.

    Most turns do not: a caller in the menu, or one whose agent is being rung, changes nobody's chances.
    """
    if not work.choosing_due:
        return
    try:
        choose_agents(house)
    except Exception:  # noqa: BLE001 (the caller hears the document of their turn, whatever broke after it)
        log.exception("choosing.failed")


def choose_agents(house: House) -> None:
    """Make every offer that can be made now, or leave it to one who is about to.

    Choosing again without need finds nothing to do; of many who come at once only one waits, and chooses for all.
    """
    with house.store.choosing_next(house.now()) as begun:
        if begun is None:
            return
        work, wanted = begun
        idle = {agent.id: agent for agent in wanted if agent.id in house.directory.staff}
        left: set[int] = set()  # who turned out not to wait: they hung up while they were chosen, or rest
        while idle := _that_can_ring(house, work, idle):
            picks, is_all = _pick(house, work, idle, left)
            made = make_offers(house, work, picks)
            left |= {pick.waiter.entry_id for pick in picks} - made.entries
            for agent_id in made.agents:
                del idle[agent_id]
            if is_all and made.all_were_free:
                return


def _pick(house: House, work: Work, idle: Mapping[AgentId, Idle], left: Collection[int]) -> tuple[Sequence[Pick], bool]:
    """Return who is to be offered whom, and whether that is all: a line may have more callers than were looked at."""
    began, now = time.perf_counter_ns(), house.now()
    slots = _free_slots(house, work, idle)
    crew = Crew(_idle_agent(house, agent, now) for agent in idle.values())
    counts = _counts(house, crew, idle, len(left))
    waiters = {(w.entry_id, w.tier): w for w in work.lines.heads(counts) if w.entry_id not in left}
    heads = _heads(house, work, waiters.values(), idle)
    lengths = Counter(_line(waiter) for waiter in waiters.values())
    full = {line for line, length in lengths.items() if length >= counts[line[:2]] - len(left)}
    rules = Rules(house.directory.routing, _asked_last(house, work, {waiter.desk for waiter in waiters.values()}))
    picks: list[Pick] = []
    while choice := choose(heads, crew, now, rules):
        agent, waiter = idle[choice.agent_id], waiters[choice.entry_id, choice.tier]
        picks.append(Pick(choice, waiter, agent, (time.perf_counter_ns() - began) // 1000))
        crew.remove(agent.id)
        if not agent.station.is_browser:
            slots -= 1
            if slots == 0:
                return picks, False
        lengths -= Counter(_line(waiter) for (entry_id, _), waiter in waiters.items() if entry_id == choice.entry_id)
        heads = [head for head in heads if head.entry_id != choice.entry_id]
        if any(not lengths[line] and crew.has(line[0]) for line in full):
            return picks, False
    return picks, True


def _idle_agent(house: House, agent: Idle, now: datetime) -> IdleAgent:
    member = house.directory.staff[agent.id]
    since = min(agent.since, now)
    return IdleAgent(agent.id, house.seats_of(agent.id), since, member.skills, agent.answered, member.position)


def _counts(house: House, crew: Crew, idle: Mapping[AgentId, Idle], left: int) -> dict[tuple[DeskId, str], int]:
    """Return how many callers of each line to look at: enough for all its agents, whoever of them let somebody pass."""
    most = {desk: sum(1 + len(idle[agent.id].let_pass) for _, agent in crew.at(desk)) for desk in crew.desks()}
    return {(desk, needs): count + left for desk, count in most.items() for needs in house.needs}


def _heads(house: House, work: Work, waiters: Collection[Waiter], idle: Mapping[AgentId, Idle]) -> list[Head]:
    avoid: dict[int, set[AgentId]] = {}
    for agent in idle.values():
        for entry_id in agent.let_pass:
            avoid.setdefault(entry_id, set()).add(agent.id)
    return [
        Head(
            waiter.entry_id,
            waiter.desk,
            waiter.tier,
            waiter.place,
            waiter.opens_at,
            _needs(house, work, waiter) if waiter.needs else NOTHING,
            frozenset(avoid.get(waiter.entry_id, ())),
            waiter.gave_way_seconds,
        )
        for waiter in waiters
    ]


def _needs(house: House, work: Work, waiter: Waiter) -> Needs:
    """Return what a caller of another language needs, given who is signed in along their route."""
    desks = {stand.desk for stand in work.queue.stands_of(waiter.entry_id)}
    present = [agent for agent in work.agents.signed_in() if desks & set(house.desks_of(agent))]
    spoken = any(waiter.needs in house.directory.staff[who].skills for who in present)
    return with_language(NOTHING, waiter.needs, spoken=spoken)


def _line(waiter: Waiter) -> Line:
    return waiter.desk, waiter.needs, waiter.opens_at is None


def _asked_last(house: House, work: Work, desks: Collection[DeskId]) -> Mapping[DeskId, int]:
    taking_turns = {
        desk
        for desk in desks
        if desk in house.directory.routing and house.directory.routing[desk].strategy is Strategy.ROUND_ROBIN
    }
    last = {desk: work.offers.asked_last(desk) for desk in taking_turns}
    staff = house.directory.staff
    return {desk: staff[who].position for desk, who in last.items() if who is not None and who in staff}


def _that_can_ring(house: House, work: Work, idle: dict[AgentId, Idle]) -> dict[AgentId, Idle]:
    """Return the idle without those at telephones that could not be rung soon; these rest until they could."""
    telephones = [agent for agent in idle.values() if not agent.station.is_browser]
    if not telephones or _free_slots(house, work, idle):
        return idle
    until = ring_slot(house, work) - MOST_DIALING_DELAY
    for agent in telephones:
        work.agents.change(agent.id, {"not_before": until})
        del idle[agent.id]
    return idle


def _free_slots(house: House, work: Work, idle: Mapping[AgentId, Idle]) -> int:
    """Return how many telephones the carrier can start to ring soon enough."""
    if all(agent.station.is_browser for agent in idle.values()):
        return 0
    spare = MOST_DIALING_DELAY - (ring_slot(house, work) - house.now())
    return int(spare.total_seconds() * house.calls_per_second) + 1 if spare >= timedelta(0) else 0
