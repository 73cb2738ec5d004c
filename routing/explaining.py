"""Why a choice fell as it did: the words for each agent and caller it looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from directory.model import AgentId, DeskId, Strategy
from records.korean_time import KOREA
from routing.crew import IdleAgent
from routing.head import Head
from routing.reason import Reason, Verdict

MOST_NAMED = 5  # older callers named; the others are counted


class Considered(NamedTuple):
    """An agent at a desk where the caller stands: passed over by a rule, or ranked as agents are ordered."""

    line: Head
    level: int
    agent: IdleAgent
    rule: str | None
    rank: tuple[Any, ...]


class Elsewhere(NamedTuple):
    """An agent at a desk of another tier of the same caller, which was left out or came too late to be looked at."""

    line: Head
    level: int
    agent: IdleAgent
    rule: str | None


class Scene(NamedTuple):
    """What a choice saw: who was chosen, everyone else, the older callers nobody idle may help now, and those near the
    head of a line at the agent's desks who would have stood before had they not given way.
    """

    chosen: Considered
    considered: Sequence[Considered]
    elsewhere: Sequence[Elsewhere]
    older: Sequence[int]
    gave_way: Sequence[Head]
    strategy: Strategy


def unfit(line: Head, agent: IdleAgent) -> str | None:
    """Return the rule by which this agent may not help this caller at any desk, or None."""
    if agent.id in line.avoid:
        return "let_pass"
    if not line.needs.are_met_by(agent.skills):
        return "lacks_skill"
    return None


def reasons_of(scene: Scene) -> Iterator[Reason]:
    """Yield the one chosen, every other agent looked at once, the nearest first, and the older callers.

    Agents at desks of other tiers are told of together, desk by desk: there may be a hundred.
    """
    yield _chosen(scene)
    told = {scene.chosen.agent.id}
    others = [*_at_this_tier(scene), *_at_other_tiers(scene)]
    for agents, reason in sorted(others, key=lambda other: other[1].verdict is Verdict.SKIPPED):
        new = [agent for agent in agents if agent not in told]  # who may help at any desk was not passed over
        if new:
            told.update(new)
            yield reason if reason.subject in new else _of_several(reason, new)
    older = sorted(set(scene.older) - {scene.chosen.line.entry_id})
    if older:
        yield _older(older)
    gave_way = {line.entry_id: line.gave_way_seconds for line in scene.gave_way}
    gave_way.pop(scene.chosen.line.entry_id, None)
    if gave_way:
        yield _gave_way(gave_way)


def _at_this_tier(scene: Scene) -> Iterator[tuple[Sequence[AgentId], Reason]]:
    """Yield each agent once for each desk where they were looked at, the nearest first."""
    for one in sorted(scene.considered, key=lambda one: (one.rule or "", one.rank, one.agent.id)):
        yield [one.agent.id], _passed_over(one.agent.id, one.rule) if one.rule else _behind(one, scene)


def _at_other_tiers(scene: Scene) -> Iterator[tuple[Sequence[AgentId], Reason]]:
    """Yield the agents of each desk that were left out by the same rule, the nearest desk first."""
    left_out: dict[tuple[int, DeskId, str], list[AgentId]] = {}
    for line, _, agent, passed_over in sorted(
        scene.elsewhere, key=lambda other: (other.line.tier, other.level, other.agent.id)
    ):
        rule = passed_over or ("reserve" if line.tier < scene.chosen.line.tier else "later_tier")
        left_out.setdefault((line.tier, line.desk, rule), []).append(agent.id)
    for (tier, desk, rule), agents in left_out.items():
        later = Reason(tier, desk, rule, Verdict.CANDIDATE, "뒤 순서의 창구입니다.", "a later desk of the route.")
        yield agents, later if rule == "later_tier" else _passed_over(desk, rule)


def _of_several(reason: Reason, agents: Sequence[AgentId]) -> Reason:
    named = ", ".join(agents)
    return replace(reason, text=f"{named}: {reason.text}", text_en=f"{named}: {reason.text_en}")


def _chosen(scene: Scene) -> Reason:
    one, since = scene.chosen, scene.chosen.agent.idle_since.astimezone(KOREA)
    first, first_en = _FIRST[scene.strategy]
    text = f"{one.line.desk}의 {one.level}순위 상담원 중 {first} ({since:%m-%d %H:%M:%S}부터 대기)."
    text_en = f"Among the level {one.level} agents of {one.line.desk} {first_en} (idle since {since:%m-%d %H:%M:%S})."
    return Reason(one.line.tier, one.agent.id, str(scene.strategy), Verdict.CHOSEN, text, text_en)


def _behind(one: Considered, scene: Scene) -> Reason:
    rule, text, text_en = _first_difference(one, scene)
    desk = one.line.desk
    return Reason(one.line.tier, one.agent.id, rule, Verdict.CANDIDATE, f"{desk}: {text}", f"{desk}: {text_en}")


def _first_difference(one: Considered, scene: Scene) -> tuple[str, str, str]:
    (level, lack, strategy, *_), (chosen_level, chosen_lack, chosen_strategy, *_) = one.rank, scene.chosen.rank
    if level != chosen_level:
        return "lower_level", "다음 순위의 상담원입니다.", "an agent of a lower level."
    if lack != chosen_lack:
        return "less_skilled", "원하는 기술이나 언어의 숙련도가 낮습니다.", "knows the preferred skills less well."
    if strategy == chosen_strategy:
        return "same_idle", "조건이 같고 이름 순서가 뒤입니다.", "alike in everything, and later by name."
    return _LATER[scene.strategy]


def _passed_over(subject: str, rule: str) -> Reason:
    return Reason(None, subject, rule, Verdict.SKIPPED, *_PASSED_OVER[rule])


def _older(entries: Sequence[int]) -> Reason:
    named = _named(entries)
    text = f"먼저 온 대기 {len(entries)}건({named})은 지금 대기 중인 상담원 가운데 받을 수 있는 사람이 없습니다."
    text_en = f"Nobody idle may take the older callers now: {len(entries)} ({named})."
    return Reason(None, "queue", "nobody_able", Verdict.SKIPPED, text, text_en)


def _gave_way(entries: Mapping[int, int]) -> Reason:
    named, seconds = _named(sorted(entries)), max(entries.values())
    text = (
        f"먼저 왔지만 목표 응답 시간을 넘긴 대기 {len(entries)}건({named})은 아직 그 안에 받을 수 있는 전화에 "
        f"{seconds}초까지 순서를 양보했습니다."
    )
    text_en = (
        f"Came before but have waited past the target time, and give way by up to {seconds} s to who can still be "
        f"answered in it: {len(entries)} ({named})."
    )
    return Reason(None, "queue", "gave_way", Verdict.SKIPPED, text, text_en)


def _named(entries: Sequence[int]) -> str:
    return ", ".join(map(str, entries[:MOST_NAMED])) + (", …" if len(entries) > MOST_NAMED else "")


_FIRST: Mapping[Strategy, tuple[str, str]] = {
    Strategy.LONGEST_IDLE: ("가장 오래 기다렸습니다", "idle the longest"),
    Strategy.FEWEST_CALLS: ("받은 전화가 가장 적습니다", "with the fewest calls"),
    Strategy.ROUND_ROBIN: ("이번 차례입니다", "the next in turn"),
    Strategy.LINEAR: ("정해진 순서가 가장 앞섭니다", "the first in the fixed order"),
    Strategy.RANDOM: ("무작위로 뽑혔습니다", "drawn at random"),
    Strategy.BY_LEVEL: ("이름 순서가 가장 앞섭니다", "the first by name"),
}
_LATER: Mapping[Strategy, tuple[str, str, str]] = {
    Strategy.LONGEST_IDLE: ("idle_shorter", "더 늦게 대기를 시작했습니다.", "idle for a shorter time."),
    Strategy.FEWEST_CALLS: ("more_calls", "받은 전화가 더 많습니다.", "more calls answered."),
    Strategy.ROUND_ROBIN: ("later_in_turn", "차례가 뒤입니다.", "later in turn."),
    Strategy.LINEAR: ("later_in_order", "정해진 순서가 뒤입니다.", "later in the fixed order."),
    Strategy.RANDOM: ("drawn_later", "무작위 순서가 뒤입니다.", "drawn later."),
    Strategy.BY_LEVEL: ("later_by_name", "이름 순서가 뒤입니다.", "later by name."),
}  # fmt: skip
_PASSED_OVER: Mapping[str, tuple[str, str]] = {
    "let_pass": ("조금 전 이 전화를 받지 않아 잠시 제외했습니다.", "Let this caller pass a moment ago."),
    "lacks_skill": ("꼭 필요한 기술이나 언어를 갖추지 않았습니다.", "Lacks a required skill or language."),
    "reserve": (
        "자기 창구의 전화를 위해 남겨 두었습니다. 이 단계가 열리면 받을 수 있습니다.",
        "Kept for the callers of their own desk until this tier opens.",
    ),
}
