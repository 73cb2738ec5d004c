"""What an operator should know of a menu before publishing it: findings by weight, each with its place and what to do.

The limits follow the regulator's guideline for voice menus of 2009 (0, # and * everywhere, three levels rather than
five, a person at every level) and good practice where it says nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from directory.model import POOL, DeskId, Directory
from ivr.checker_paths import DEEPEST
from ivr.checker_prompts import prompts_of
from ivr.drafts import FlowDraft
from ivr.menu_measures import MenuMeasures, prompt_measure
from ivr.prompts import Prompts
from ivr.steps import Choice, Entry, Question, Wait

GOOD_DEPTH = 3
GOOD_CHOICES = 5
LONGEST_PROMPT_SECONDS = 15
LONGEST_QUESTION_SECONDS = 30
LONGEST_OPENING_SECONDS = 20
LONGEST_WAY_SECONDS = 120
MOST_QUESTIONS = 6
KEYS = {"0": "person", "#": "back", "*": "repeat"}
UNREAD = re.compile(r"[0-9A-Za-z]+")


class Severity(StrEnum):
    ERROR = "error"  # not to be published
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing to look at; its words, per language, are in `menu_lint_words`."""

    severity: Severity
    rule: str
    place: str  # a step, a prompt file or a desk; "" is the whole menu
    values: Mapping[str, object] = field(default_factory=dict)


def findings_of(
    flow: FlowDraft, prompts: Prompts, directory: Directory, measures: Mapping[str, MenuMeasures]
) -> tuple[Finding, ...]:
    """Return the findings, the heaviest first; `measures` are those of each language the menu speaks."""
    found = [*_missing_keys(flow), *_unstaffed_ends(flow, directory)]
    for one in measures.values():
        found += [*_too_long(one), *_unread(flow, prompts, one.language)]
    shape = next(iter(measures.values()))
    found += [*_shape(shape), *_choices(flow, shape)]
    return tuple(sorted(found, key=lambda finding: list(Severity).index(finding.severity)))


def _missing_keys(flow: FlowDraft) -> Iterator[Finding]:
    questions = [step for step in flow.steps.values() if isinstance(step, Question)]
    for step in questions:
        for name, does in KEYS.items():
            key = step.keys.get(name)
            if key is None:
                yield Finding(Severity.ERROR, f"no_{does}", step.name)
            elif not {"person": key.step == flow.always.person, "back": key.back, "repeat": key.repeat}[does]:
                yield Finding(Severity.ERROR, f"other_{does}", step.name)


def _unstaffed_ends(flow: FlowDraft, directory: Directory) -> Iterator[Finding]:
    """Find where callers would wait for nobody: a desk that a step names, the last desk of all, and any other."""
    staffed = {seat.desk for member in directory.staff.values() for seat in member.seats}
    for step in flow.steps.values():
        if isinstance(step, Wait) and step.desk is not None and step.desk not in staffed:
            yield Finding(Severity.ERROR, "unstaffed_step", step.name, {"desk": step.desk})
    if POOL not in staffed:
        yield Finding(Severity.ERROR, "unstaffed_pool", POOL)
    for desk in directory.desks:
        if desk not in staffed and desk != POOL:
            yield Finding(_weight_of(desk), "unstaffed_desk", desk, {"desk": directory.desks[desk].name_ko})


def _weight_of(desk: DeskId) -> Severity:
    return Severity.WARNING if desk.startswith("center:") else Severity.NOTE


def _shape(menu: MenuMeasures) -> Iterator[Finding]:
    depth = len(menu.levels)
    if depth > GOOD_DEPTH:
        weight = Severity.ERROR if depth > DEEPEST else Severity.WARNING
        yield Finding(weight, "deep", "", {"depth": depth, "good": GOOD_DEPTH, "most": DEEPEST, "levels": menu.levels})
    if menu.most_questions > MOST_QUESTIONS:
        yield Finding(Severity.WARNING, "many_questions", "", {"count": menu.most_questions, "good": MOST_QUESTIONS})


def _choices(flow: FlowDraft, menu: MenuMeasures) -> Iterator[Finding]:
    for step in menu.steps.values():
        if step.choices > GOOD_CHOICES and not isinstance(flow.steps[step.name], Choice | Entry):
            values = {"count": step.choices, "good": GOOD_CHOICES}
            yield Finding(Severity.WARNING, "many_choices", step.name, values)


def _too_long(menu: MenuMeasures) -> Iterator[Finding]:
    for step in menu.steps.values():
        for prompt in step.prompts:
            if prompt.seconds > LONGEST_PROMPT_SECONDS:
                values = {"prompt": prompt.name, "seconds": prompt.seconds, "good": LONGEST_PROMPT_SECONDS}
                yield Finding(Severity.WARNING, "long_prompt", _file(menu), values)
        if step.is_question and step.seconds > LONGEST_QUESTION_SECONDS:
            values = {"seconds": step.seconds, "good": LONGEST_QUESTION_SECONDS, "language": menu.language}
            yield Finding(Severity.ERROR, "long_question", step.name, values)
    if menu.before_first_question > LONGEST_OPENING_SECONDS:
        values = {"seconds": menu.before_first_question, "good": LONGEST_OPENING_SECONDS}
        yield Finding(Severity.WARNING, "long_opening", _file(menu), values)
    if menu.longest_seconds > LONGEST_WAY_SECONDS:
        values = {"seconds": menu.longest_seconds, "good": LONGEST_WAY_SECONDS}
        yield Finding(Severity.WARNING, "long_way", _file(menu), values)


def _unread(flow: FlowDraft, prompts: Prompts, language: str) -> Iterator[Finding]:
    """Find digits and Latin letters in Korean words: a machine reads them as it likes."""
    if language != "ko":
        return
    for name in dict.fromkeys(prompt for step in flow.steps.values() for prompt in prompts_of(step)):
        said = prompt_measure(prompts, name, language)
        unread = UNREAD.search(said.text) if said.language == "ko" else None
        if unread:
            yield Finding(Severity.WARNING, "unread", "prompts/ko.yaml", {"prompt": name, "text": unread[0]})


def _file(menu: MenuMeasures) -> str:
    return f"prompts/{menu.language}.yaml"
