"""Where a flow's steps lead: every step is reached, every way ends at a person, no menu is too deep."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from ivr.drafts import FlowDraft
from ivr.steps import LookUp, Question, Say, Step, Switch, Wait, exits

DEEPEST = 5  # menu levels, by the regulator's guideline of 2009


def path_problems(flow: FlowDraft) -> Iterator[str]:
    yield from missing_steps(flow)
    yield from unreachable_steps(flow)
    yield from silent_loops(flow)
    yield from ways_without_end(flow)
    yield from wrong_ends(flow)
    depth, path = deepest(flow)
    if depth > DEEPEST:
        yield f"{flow.name}: menus are {depth} levels deep ({', '.join(path)}); expected at most {DEEPEST}"


def missing_steps(flow: FlowDraft) -> Iterator[str]:
    for place, to in named_steps(flow):
        if to not in flow.steps:
            yield f'{place} leads to "{to}", which is not a step; expected one of this flow\'s steps'


def named_steps(flow: FlowDraft) -> Iterator[tuple[str, str]]:
    yield f"{flow.name}: start", flow.start
    for name in ("person", "emergency", "gives_up"):
        yield f"{flow.name}: always.{name}", getattr(flow.always, name)
    for step in flow.steps.values():
        for place, to in exits(step):
            yield f"{flow.name}.{step.name}: {place}", to


def unreachable_steps(flow: FlowDraft) -> Iterator[str]:
    starts = (flow.start, flow.always.person, flow.always.emergency, flow.always.gives_up)
    reached = reached_from(flow, *starts) | set(starts)
    for name in flow.steps:
        if name not in reached:
            yield f"{flow.name}.{name}: no step leads here; expected a way from {flow.start}"


def silent_loops(flow: FlowDraft) -> Iterator[str]:
    """Find steps that lead back to themselves without a question: the caller would hear nothing for ever."""
    silent = {name for name, step in flow.steps.items() if isinstance(step, Say | Switch | LookUp)}
    for name in flow.steps:
        if name in silent and name in reached_from(flow, name, through=silent):
            yield f"{flow.name}.{name}: leads back to itself without a question; expected a way out of the loop"


def reached_from(flow: FlowDraft, *starts: str, through: Collection[str] | None = None) -> set[str]:
    """Return the steps that follow the given ones; with `through`, only over those steps."""
    reached: set[str] = set()
    ahead = [to for start in starts if start in flow.steps for _, to in exits(flow.steps[start])]
    while ahead:
        name = ahead.pop()
        if name in flow.steps and name not in reached and (through is None or name in through):
            reached.add(name)
            ahead += [to for _, to in exits(flow.steps[name])]
    return reached


def ways_without_end(flow: FlowDraft) -> Iterator[str]:
    """Find steps from which answering never ends: asking for a person and giving up do not count as answers."""
    ending = {name for name, step in flow.steps.items() if isinstance(step, Wait)}
    grown = True
    while grown:
        more = {name for name, step in flow.steps.items() if name not in ending and answers_of(flow, step) & ending}
        grown = bool(more)
        ending |= more
    for name, step in flow.steps.items():
        if name not in ending and all(to in flow.steps for _, to in exits(step)):
            yield f"{flow.name}.{name}: no answer from here ends at a wait step; expected a way out of the loop"


def answers_of(flow: FlowDraft, step: Step) -> set[str]:
    """Return where answers lead, without the keys that ask for a person."""
    if isinstance(step, Question):
        return {to for place, to in exits(step) if place == "then" or to != flow.always.person}
    return {to for _, to in exits(step)}


def wrong_ends(flow: FlowDraft) -> Iterator[str]:
    """Refuse a person, emergency or gives_up step after which the caller is still asked."""
    for name in ("person", "emergency", "gives_up"):
        to = getattr(flow.always, name)
        if to in flow.steps and not isinstance(flow.steps[to], Wait):
            yield f"{flow.name}: always.{name} is {to}, which is no wait step; expected a step that waits"


def deepest(flow: FlowDraft) -> tuple[int, tuple[str, ...]]:
    """Return the number of menu levels on the longest way through a flow, and those levels in order.

    A level is one thing asked: steps that ask, confirm or narrow the same part of the intake are one level, because
    the others only repair the first. Going back to a step that lies on every way here is a return, not one level more.
    Other steps that lead back to each other all lie on one way.
    """
    onward = onward_steps(flow)
    follows = {name: reached_over(onward, name) for name in flow.steps}

    @cache
    def longest_from(name: str) -> tuple[str, ...]:
        together = {name} | {other for other in follows[name] if name in follows[other]}
        own = [level for step in flow.steps if step in together and (level := level_of(flow.steps[step]))]
        beyond = {to for step in together for to in onward[step]} - together
        ways = [tuple(dict.fromkeys((*own, *longest_from(to)))) for to in flow.steps if to in beyond]
        return max(ways, key=len, default=tuple(dict.fromkeys(own)))

    way = longest_from(flow.start) if flow.start in flow.steps else ()
    return len(way), way


def onward_steps(flow: FlowDraft) -> dict[str, set[str]]:
    """Return where each step leads without the returns: the ways back to a step that the caller must have passed."""
    all_ways = {name: {to for _, to in exits(step) if to in flow.steps} for name, step in flow.steps.items()}
    without = {
        passed: reached_over({name: to - {passed} for name, to in all_ways.items()}, flow.start) | {flow.start}
        for passed in flow.steps
    }
    return {name: {to for to in ways if name in without[to] or to == name} for name, ways in all_ways.items()}


def reached_over(ways: Mapping[str, Collection[str]], start: str) -> set[str]:
    reached: set[str] = set()
    ahead = [*ways.get(start, ())]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += ways.get(name, ())
    return reached


def level_of(step: Step) -> str | None:
    if not isinstance(step, Question):
        return None
    return step.asks or step.confirms or step.name
