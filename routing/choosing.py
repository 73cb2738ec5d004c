"""The chooser: which waiting caller is offered to which idle agent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from directory.model import AgentId, DeskId
from routing.crew import Crew, IdleAgent, Rules
from routing.explaining import Considered, Elsewhere, Scene, reasons_of, unfit
from routing.head import Head
from routing.reason import Reason
from routing.strategies import member


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

    Nobody starves. Once a caller's tiers have opened, an agent who may help them goes to nobody whose place is later.
    A place is the moment of entering, earlier by priority and by the first desk's own seconds, and later by those for
    which one who has waited too long gives way, once. So they are overtaken at most by those who entered within these
    seconds together, and by nobody who came after that, however many come.
    """
    staffed = sorted((head for head in heads if crew.has(head.desk)), key=_age)
    for (_, entry_id, tier), group in groupby(staffed, key=_standing):
        lines = list(group)
        considered = [_consider(line, level, agent, crew, now, rules) for line, level, agent in _pairs(lines, crew)]
        able = [one for one in considered if one.rule is None]
        if able:
            best = min(able, key=_rank)
            elsewhere = [line for line in staffed if line.entry_id == entry_id and line.tier != tier]
            scene = Scene(
                best,
                considered,
                [
                    Elsewhere(line, level, agent, _rule_against(line, agent, crew, now, rules))
                    for line, level, agent in _pairs(elsewhere, crew)
                ],
                [line.entry_id for line in staffed if _age(line) < _age(lines[0])],
                [line for line in staffed if line.gave_way_seconds and _gave_way_to(lines[0], line, best.agent)],
                rules.of(best.line.desk).strategy,
            )
            return Choice(entry_id, best.agent.id, best.line.desk, tier, scene)
    return None


def _age(head: Head) -> tuple[datetime, int, int, DeskId]:
    return head.place, head.entry_id, head.tier, head.desk


def _standing(head: Head) -> tuple[datetime, int, int]:
    return head.place, head.entry_id, head.tier


def _gave_way_to(chosen: Head, line: Head, agent: IdleAgent) -> bool:
    """Say whether a caller at one of the agent's desks stands behind the chosen one only because they gave way."""
    before = line.place - timedelta(seconds=line.gave_way_seconds)
    return _age(line) > _age(chosen) and before < chosen.place and agent.sits_at(line.desk)


def _pairs(lines: Iterable[Head], crew: Crew) -> Iterator[tuple[Head, int, IdleAgent]]:
    return ((line, level, agent) for line in lines for level, agent in crew.at(line.desk))


def _consider(line: Head, level: int, agent: IdleAgent, crew: Crew, now: datetime, rules: Rules) -> Considered:
    rule = _rule_against(line, agent, crew, now, rules)
    if rule:
        return Considered(line, level, agent, rule, ())
    strategy = member(rules.of(line.desk).strategy, agent, line.entry_id, rules.asked_last.get(line.desk, -1))
    return Considered(line, level, agent, None, (level, line.needs.lack(agent.skills), strategy, agent.id, line.desk))


def _rule_against(line: Head, agent: IdleAgent, crew: Crew, now: datetime, rules: Rules) -> str | None:
    """Return the rule by which an agent may not help a caller at a desk now, or None."""
    rule = unfit(line, agent)
    if rule is None and line.opens_at is not None and line.opens_at > now and not crew.can_be_lent(agent, rules):
        return "reserve"
    return rule


def _rank(one: Considered) -> tuple[object, ...]:
    return one.rank
