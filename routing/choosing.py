"""The chooser: which waiting caller is offered to which idle agent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from directory.model import AgentId, DeskId
from routing.crew import Crew, IdleAgent, Rules
from routing.explaining import Considered, Scene, reasons_of
from routing.needs import NOTHING, Needs
from routing.reason import Reason
from routing.strategies import member


@dataclass(frozen=True)
class Head:
    """A caller standing at a desk. Callers alike in desk, needs and avoid make a line, of which the oldest is enough.

    A line has two heads: the oldest of those whose tier there has opened, and the oldest of those who came before its
    time and are served only as the desks' reserves allow.
    """

    entry_id: int
    desk: DeskId
    tier: int
    place: datetime
    opens_at: datetime | None = None  # None: from the beginning
    needs: Needs = NOTHING
    avoid: frozenset[AgentId] = frozenset()  # agents who let this caller pass a moment ago


@dataclass(frozen=True)
class Choice:
    entry_id: int
    agent_id: AgentId
    desk: DeskId
    tier: int
    scene: Scene = field(repr=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What was looked at and the rule that decided about each; written out only when somebody asks."""
        return tuple(reasons_of(self.scene))


def choose(heads: Iterable[Head], crew: Crew, now: datetime, rules: Rules) -> Choice | None:
    """Return the oldest caller, priority counted as age, whom someone idle may help, with the agent to offer.

    Agents are ordered by the tuple tier, level, preferred skills, the desk's strategy, id. A caller stands at all desks
    of their route from the beginning: a later tier's desk gives an agent before its time only while every desk where
    that agent sits keeps its reserve of idle agents, and always once its time has come. The same facts give the same
    answer in any order.

    Nobody starves. Once a caller's tiers have opened, an agent who may help them goes to nobody whose place is later;
    so they are overtaken at most by those who entered within the seconds by which the others' priority exceeds theirs,
    and by nobody who came after that, however many come.
    """
    older: list[int] = []
    for entry_id, lines in _by_age(heads, crew):
        considered = [_consider(line, level, agent, crew, now, rules) for line, level, agent in _pairs(lines, crew)]
        able = [one for one in considered if one.rank]
        if able:
            best = min(able, key=_rank)
            scene = Scene(best, tuple(considered), tuple(older), rules.of(best.desk).strategy)
            return Choice(entry_id, best.agent.id, best.desk, best.tier, scene)
        older.append(entry_id)
    return None


def _by_age(heads: Iterable[Head], crew: Crew) -> Iterator[tuple[int, Sequence[Head]]]:
    staffed = sorted((head for head in heads if crew.has(head.desk)), key=_age)
    for entry_id, lines in groupby(staffed, key=lambda head: head.entry_id):
        yield entry_id, list(lines)


def _age(head: Head) -> tuple[datetime, int, int, DeskId]:
    return head.place, head.entry_id, head.tier, head.desk


def _pairs(lines: Iterable[Head], crew: Crew) -> Iterator[tuple[Head, int, IdleAgent]]:
    return ((line, level, agent) for line in lines for level, agent in crew.at(line.desk))


def _consider(line: Head, level: int, agent: IdleAgent, crew: Crew, now: datetime, rules: Rules) -> Considered:
    rule = _passed_over(line, agent, crew, now, rules)
    if rule:
        return Considered(line.tier, line.desk, level, agent, rule, ())
    settings = rules.of(line.desk)
    strategy = member(settings.strategy, agent, line.entry_id, rules.asked_last.get(line.desk, -1))
    rank = (line.tier, level, line.needs.lack(agent.skills), strategy, agent.id, line.desk)
    return Considered(line.tier, line.desk, level, agent, None, rank)


def _passed_over(line: Head, agent: IdleAgent, crew: Crew, now: datetime, rules: Rules) -> str | None:
    """Return the rule by which this agent may not help this caller here now, or None."""
    if agent.id in line.avoid:
        return "let_pass"
    if not line.needs.are_met_by(agent.skills):
        return "lacks_skill"
    if line.opens_at is not None and line.opens_at > now and not crew.can_be_lent(agent, rules):
        return "reserve"
    return None


def _rank(one: Considered) -> tuple[object, ...]:
    return one.rank
