"""What the keys of a flow mean: 0, # and * the same everywhere, and no key with two meanings."""

from collections.abc import Iterator

from ivr.drafts import FlowDraft
from ivr.steps import Choice, Entry, Key, Menu, Question

EVERYWHERE = {"0": "a person", "#": "the previous question", "*": "the question again"}


def key_problems(flow: FlowDraft) -> Iterator[str]:
    for step in flow.steps.values():
        if isinstance(step, Question):
            place = f"{flow.name}.{step.name}"
            yield from missing_keys(place, step)
            yield from wrong_meanings(flow, place, step)
            yield from clashes(place, step)
            yield from speech_clashes(place, step)


def missing_keys(place: str, step: Question) -> Iterator[str]:
    for name, meaning in EVERYWHERE.items():
        if name not in step.keys:
            yield f'{place}: key "{name}" is missing; expected it for {meaning}'


def wrong_meanings(flow: FlowDraft, place: str, step: Question) -> Iterator[str]:
    """Hold 0, # and * to the regulator's guideline: callers learn them once."""
    for name, meaning in EVERYWHERE.items():
        key = step.keys.get(name)
        if key and not {"0": key.step == flow.always.person, "#": key.back, "*": key.repeat}[name]:
            yield f'{place}: key "{name}" does something else; expected {meaning}'


def clashes(place: str, step: Question) -> Iterator[str]:
    numbers = [name for name in step.keys if name in "123456789"]
    if isinstance(step, Choice | Entry) and numbers:
        kind = "a choice numbers its places itself" if isinstance(step, Choice) else "an entry takes all digits"
        yield f'{place}: key "{numbers[0]}" clashes: {kind}; expected only 0, # and *'
    if isinstance(step, Entry) and step.takes == "telephone_number" and not step.ends_with:
        yield f'{place}: a telephone number has no fixed length; expected ends_with: "#"'
    for name, key in step.keys.items():
        does = [part for part in ("back", "repeat", "step") if getattr(key, part)]
        if len(does) > 1:
            yield f'{place}: key "{name}" clashes: {" and ".join(does)}; expected one of them'
        if (key.back or key.repeat) and (key.set or key.forget or key.says or key.missed):
            yield f'{place}: key "{name}" clashes: {does[0]} and an answer; expected one of them'
    if isinstance(step, Menu) and step.asks and not any(answers(key) for key in step.keys.values()):
        yield f"{place}: no key answers it; expected one that sets {step.asks}"


def answers(key: Key) -> bool:
    return bool(key.set or key.says or key.forget)


def speech_clashes(place: str, step: Question) -> Iterator[str]:
    for word in ("yes", "no", "ticket"):
        keys = [name for name, key in step.keys.items() if key.says == word]
        if len(keys) > 1:
            yield f'{place}: "{word}" means keys {" and ".join(keys)}; expected one'
