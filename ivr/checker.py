"""Refuses a flow that would lose a caller, before it is published: every problem, each with its place."""

from collections.abc import Collection, Iterator

from ivr.checker_keys import key_problems
from ivr.checker_paths import path_problems
from ivr.checker_prompts import prompt_problems
from ivr.drafts import Drafts, FlowDraft
from ivr.facts import values_of
from ivr.listening import LONGEST_HINT, MOST_HINTS
from ivr.steps import FINDS_OUT, FOUND_BY, Entry, LookUp, Question, Switch, Wait


def problems_of(drafts: Drafts, desks: Collection[str]) -> list[str]:
    """Return what is wrong with what the flows mean. The same files give the same list."""
    found: list[str] = []
    for flow in drafts.flows.values():
        found += path_problems(flow)
        found += key_problems(flow)
        found += switch_problems(flow)
        found += look_up_problems(flow)
        found += entry_problems(flow)
        found += wait_problems(flow, desks)
        found += hint_problems(flow)
    return [*found, *prompt_problems(drafts)]


def switch_problems(flow: FlowDraft) -> Iterator[str]:
    for step in flow.steps.values():
        possible = values_of(step.on) if isinstance(step, Switch) else None
        if not isinstance(step, Switch) or possible is None:
            continue
        for case in step.cases:
            if case not in possible:
                expected = ", ".join(sorted(possible))
                yield f'{flow.name}.{step.name}: case "{case}" never happens; {step.on} is one of {expected}'


def look_up_problems(flow: FlowDraft) -> Iterator[str]:
    for step in (step for step in flow.steps.values() if isinstance(step, LookUp)):
        for case in step.cases:
            if case not in FOUND_BY[step.look_up]:
                expected = ", ".join(FOUND_BY[step.look_up])
                yield f'{flow.name}.{step.name}: case "{case}" never happens; {step.look_up} is one of {expected}'


def entry_problems(flow: FlowDraft) -> Iterator[str]:
    for step in (step for step in flow.steps.values() if isinstance(step, Entry)):
        expected = FINDS_OUT[step.takes]
        if step.asks != expected:
            place = f"{flow.name}.{step.name}"
            yield f"{place}: asks {step.asks}, but its keys are a {step.takes}; expected asks: {expected}"


def wait_problems(flow: FlowDraft, desks: Collection[str]) -> Iterator[str]:
    for step in flow.steps.values():
        if isinstance(step, Wait) and step.desk is not None and step.desk not in desks:
            yield f'{flow.name}.{step.name}: desk "{step.desk}" is not in the directory; expected one of its desks'


def hint_problems(flow: FlowDraft) -> Iterator[str]:
    for step in flow.steps.values():
        if not isinstance(step, Question):
            continue
        place = f"{flow.name}.{step.name}"
        if len(step.hints) > MOST_HINTS:
            yield f"{place}: {len(step.hints)} hints; expected at most {MOST_HINTS}"
        for hint in step.hints:
            if "," in hint:
                yield f'{place}: hint "{hint}" has a comma; expected one word or phrase'
            if len(hint) > LONGEST_HINT:
                yield f'{place}: hint "{hint[:20]}..." has {len(hint)} characters; expected at most {LONGEST_HINT}'
