"""The chooser: which waiting caller is offered to which idle agent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.model import AgentId, DeskId, Seat
from records.korean_time import KOREA
from routing.reason import Reason, Verdict


@dataclass(frozen=True)
class OpenLine:
    """An entry standing at a desk whose tier is open. `avoid`: agents who let this caller pass a moment ago."""

    entry_id: int
    desk: DeskId
    tier: int
    place: datetime
    avoid: frozenset[AgentId] = frozenset()


@dataclass(frozen=True)
class IdleAgent:
    """An agent who may be offered a call now."""

    id: AgentId
    seats: tuple[Seat, ...]
    idle_since: datetime


@dataclass(frozen=True)
class Choice:
    entry_id: int
    agent_id: AgentId
    desk: DeskId
    tier: int
    reasons: tuple[Reason, ...]


def choose(lines: Iterable[OpenLine], idle: Sequence[IdleAgent]) -> Choice | None:
    """Return the oldest caller, priority counted as age, whom someone idle can help, with the agent to offer.

    Agents are ordered by the tuple tier, level, longest idle, id; the same facts give the same answer in any order.
    """
    waiting: dict[tuple[datetime, int], list[OpenLine]] = {}
    for line in lines:
        waiting.setdefault((line.place, line.entry_id), []).append(line)
    for oldest in sorted(waiting):
        choice = _agent_for(waiting[oldest], idle)
        if choice:
            return choice
    return None


def _agent_for(lines: Sequence[OpenLine], idle: Sequence[IdleAgent]) -> Choice | None:
    candidates = sorted(
        (line.tier, seat.level, agent.idle_since, agent.id, line.desk)
        for line in lines
        for agent in idle
        for seat in agent.seats
        if seat.desk == line.desk and agent.id not in line.avoid
    )
    if not candidates:
        return None
    tier, _level, _since, agent_id, desk = candidates[0]
    return Choice(lines[0].entry_id, agent_id, desk, tier, tuple(_reasons(lines, idle, candidates)))


def _reasons(
    lines: Sequence[OpenLine],
    idle: Sequence[IdleAgent],
    candidates: Sequence[tuple[int, int, datetime, AgentId, DeskId]],
) -> Iterable[Reason]:
    tier, level, since, chosen, desk = candidates[0]
    text = f"{desk}의 {level}순위 상담원 중 가장 오래 기다렸습니다 ({since.astimezone(KOREA):%m-%d %H:%M:%S}부터)."
    yield Reason(tier, chosen, "longest_idle", Verdict.CHOSEN, text)
    told = {chosen}
    for other_tier, other_level, other_since, agent, other_desk in candidates:
        if agent not in told:
            told.add(agent)
            rule, text = _behind(other_tier - tier, other_level - level, same_since=other_since == since)
            yield Reason(other_tier, agent, rule, Verdict.CANDIDATE, f"{other_desk}: {text}")
    for agent_id in sorted(frozenset[AgentId]().union(*(line.avoid for line in lines)) & {agent.id for agent in idle}):
        text = "조금 전 이 전화를 받지 않아 잠시 제외했습니다."
        yield Reason(None, agent_id, "let_pass", Verdict.SKIPPED, text)


def _behind(tiers: int, levels: int, *, same_since: bool) -> tuple[str, str]:
    if tiers:
        return "later_tier", "뒤 순서의 창구입니다."
    if levels:
        return "lower_level", "다음 순위의 상담원입니다."
    if same_since:
        return "same_idle", "같은 때부터 대기했고 이름 순서가 뒤입니다."
    return "idle_shorter", "더 늦게 대기를 시작했습니다."
