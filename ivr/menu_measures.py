"""What a menu asks of a caller's patience: how deep it is, how long each question, and the longest way to a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from ivr.checker_paths import deepest, onward_steps, reached_over
from ivr.checker_prompts import prompts_of
from ivr.drafts import FlowDraft
from ivr.prompts import Prompts
from ivr.speaking_time import long_values, seconds, units, words
from ivr.steps import Question, Say, Step


@dataclass(frozen=True)
class PromptMeasure:
    """One sentence as it is said; `units` are syllables in Korean and words otherwise."""

    name: str
    text: str
    language: str
    words: int
    units: int
    seconds: float


@dataclass(frozen=True)
class StepMeasure:
    """What is said at a step the first time, and how many numbered choices it offers."""

    name: str
    is_question: bool
    prompts: tuple[PromptMeasure, ...]
    choices: int

    @property
    def seconds(self) -> float:
        return round(sum(prompt.seconds for prompt in self.prompts), 1)


@dataclass(frozen=True)
class MenuMeasures:
    """A whole menu in one language of its callers."""

    language: str
    levels: tuple[str, ...]  # the deepest way, level by level
    steps: Mapping[str, StepMeasure]
    longest: tuple[str, ...]  # the steps of the way that takes longest to hear
    longest_seconds: float
    most_questions: int
    before_first_question: float  # seconds of the opening


def measured(flow: FlowDraft, prompts: Prompts, language: str) -> MenuMeasures:
    steps = {name: _step(step, prompts, language) for name, step in flow.steps.items()}
    longest = heaviest_way(flow, lambda name: steps[name].seconds)
    most = heaviest_way(flow, lambda name: float(steps[name].is_question))
    return MenuMeasures(
        language=language,
        levels=deepest(flow)[1],
        steps=steps,
        longest=tuple(name for name in longest if steps[name].prompts),
        longest_seconds=round(sum(steps[name].seconds for name in longest), 1),
        most_questions=sum(steps[name].is_question for name in most),
        before_first_question=_opening_seconds(flow, steps),
    )


def heaviest_way(flow: FlowDraft, weigh: Callable[[str], float]) -> tuple[str, ...]:
    """Return the steps of the heaviest way from the start; steps in a loop are each passed once."""
    onward = onward_steps(flow)
    follows = {name: reached_over(onward, name) for name in flow.steps}

    @cache
    def from_here(name: str) -> tuple[str, ...]:
        together = [step for step in flow.steps if step == name or (step in follows[name] and name in follows[step])]
        beyond = {to for step in together for to in onward[step]} - set(together)
        ways = [from_here(to) for to in flow.steps if to in beyond]
        return (*together, *max(ways, key=lambda way: sum(map(weigh, way)), default=()))

    return from_here(flow.start) if flow.start in flow.steps else ()


def _opening_seconds(flow: FlowDraft, steps: Mapping[str, StepMeasure]) -> float:
    """Return how long the longest row of announcements before the first question is."""
    onward = onward_steps(flow)

    @cache
    def before(name: str) -> float:
        if isinstance(flow.steps[name], Question):
            return 0.0
        own = steps[name].seconds if isinstance(flow.steps[name], Say) else 0.0
        return own + max((before(to) for to in onward[name] if to != name), default=0.0)

    return round(before(flow.start), 1) if flow.start in flow.steps else 0.0


def _step(step: Step, prompts: Prompts, language: str) -> StepMeasure:
    first = step.prompts if isinstance(step, Question) else prompts_of(step)
    choices = sum(key in "123456789" for key in step.keys) if isinstance(step, Question) else 0
    said = tuple(prompt_measure(prompts, name, language) for name in dict.fromkeys(first))
    return StepMeasure(step.name, isinstance(step, Question), said, choices)


def prompt_measure(prompts: Prompts, name: str, language: str) -> PromptMeasure:
    spoken = prompts.speak(name, language, **long_values(prompts, language))
    text, tongue = spoken.text, spoken.language
    return PromptMeasure(name, text, tongue, words(text), units(text, tongue), seconds(text, tongue))
