"""Whether every sentence is there in every language, is used, and names only values it will be given."""

from collections.abc import Iterator

from ivr.drafts import Drafts, FlowDraft
from ivr.prompts import Wording, is_reading, placeholders
from ivr.required_prompts import IN_FLOWS, NAMED, REFERRAL, REQUIRED
from ivr.steps import Question, Record, Say, Step, Wait


def prompt_problems(drafts: Drafts) -> Iterator[str]:
    values = values_given(drafts)
    used = [(place, prompt) for flow in drafts.flows.values() for place, prompt in prompts_used(flow)]
    if drafts.complete:
        yield from missing_languages(drafts)
    for language, wording in drafts.prompts.wordings.items():
        file = f"prompts/{language}.yaml"
        yield from wrong_tongues(file, wording, drafts)
        yield from missing(file, wording, used)
        if drafts.complete:
            yield from unused(file, wording, set(values))
        yield from unknown_placeholders(file, language, wording, values)


def values_given(drafts: Drafts) -> dict[str, frozenset[str]]:
    """Return every prompt somebody speaks, with the values it is given by all of them."""
    given: dict[str, frozenset[str]] = dict(REQUIRED)
    for flow in drafts.flows.values():
        for _, prompt in prompts_used(flow):
            given[prompt] = given[prompt] & IN_FLOWS if prompt in given else IN_FLOWS
        given[flow.always.refer] = REFERRAL
    return given


def prompts_used(flow: FlowDraft) -> Iterator[tuple[str, str]]:
    for name in ("not_heard", "not_understood", "refer"):
        yield f"{flow.name}: always.{name}", getattr(flow.always, name)
    for step in flow.steps.values():
        for prompt in prompts_of(step):
            yield f"{flow.name}.{step.name}:", prompt


def prompts_of(step: Step) -> tuple[str, ...]:
    match step:
        case Say() | Record():
            return step.prompts
        case Wait():
            return (*step.prompts, *(step.when_closed or ()))
        case Question():
            return (*step.prompts, *step.retry, *step.last_retry)
        case _:
            return ()


def missing(file: str, wording: Wording, used: list[tuple[str, str]]) -> Iterator[str]:
    for place, prompt in dict.fromkeys(used):
        if prompt not in wording.prompts:
            yield f'{place} prompt "{prompt}" is not in {file}; expected its words there'
    for prompt in REQUIRED:
        if prompt not in wording.prompts:
            yield f'{file}: prompt "{prompt}" is missing; expected it, the line speaks it while callers wait or talk'
    for name in NAMED:
        if name not in wording.names:
            yield f'{file}: name "{name}" is missing; expected how the service is called'


def unused(file: str, wording: Wording, spoken: set[str]) -> Iterator[str]:
    for prompt in wording.prompts:
        if prompt not in spoken:
            yield f'{file}: prompt "{prompt}" is never spoken; expected a step that says it, or remove it'


def missing_languages(drafts: Drafts) -> Iterator[str]:
    """Find languages a key chooses that nobody has written the words for."""
    for flow in drafts.flows.values():
        for step in flow.steps.values():
            for name, key in step.keys.items() if isinstance(step, Question) else ():
                language = key.set.get("language")
                if language is not None and language not in drafts.prompts.wordings:
                    place = f"{flow.name}.{step.name}"
                    yield f'{place}: key "{name}" chooses "{language}"; expected prompts/{language}.yaml'


def wrong_tongues(file: str, wording: Wording, drafts: Drafts) -> Iterator[str]:
    for prompt, language in wording.spoken_in.items():
        if prompt not in wording.prompts:
            yield f'{file}: spoken_in names "{prompt}"; expected one of its prompts'
        if drafts.complete and language not in drafts.prompts.wordings:
            yield f'{file}: {prompt} is spoken in "{language}"; expected a language with prompts'


def unknown_placeholders(
    file: str, language: str, wording: Wording, values: dict[str, frozenset[str]]
) -> Iterator[str]:
    for prompt, said in wording.prompts.items():
        expected = ", ".join(sorted(values.get(prompt, frozenset()))) or "none"
        for name, way in placeholders(said):
            if prompt in values and name not in values[prompt]:
                yield f"{file}: {prompt} names {{{name}}}, which it is not given; expected {expected}"
            if not is_reading(way, language):
                yield f'{file}: {prompt} reads {{{name}}} as "{way}"; expected a particle or digits, people, clock ...'
        leftover = said.count("{") - len(placeholders(said))
        if leftover or said.count("}") != said.count("{"):
            yield f"{file}: {prompt} has a brace without a value; expected {{name}} or {{name:reading}}"
