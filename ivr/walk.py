"""Walks a caller through a flow, one answer at a time. Pure: the same arguments give the same walk."""

from dataclasses import dataclass, replace
from enum import StrEnum

from directory.model import Directory
from ivr.answers import Answer, Asking, Meaning, by_of, fill_unknown, silent
from ivr.choices import spoken_choices
from ivr.facts import CallerFacts, case_of, changed_from, is_known, look_up, restored
from ivr.flow import Flow
from ivr.heard import Heard, Keys, Silence, Speech
from ivr.intake import Intake, KnownBy
from ivr.key_answers import answer_to_keys
from ivr.listening import Listening, listening_for
from ivr.position import Position, Visit
from ivr.prompts import Spoken
from ivr.speech_answers import answer_to_speech
from ivr.steps import Choice, Entry, Question, Say, Step, Switch, Wait

__all__ = [
    "CallerFacts", "End", "Heard", "Keys", "Listening", "Position", "Silence", "Speech", "Walk", "ask_again", "begin",
    "walk",
]  # fmt: skip

MOST_TURNS = 20  # a caller who goes round this long needs a person


class End(StrEnum):
    """How a menu ends: always with a person to come, never with a goodbye."""

    WAIT = "wait"  # the intake is complete: open the ticket, take the place in the queue


@dataclass(frozen=True)
class Walk:
    """What the caller hears next, and what is known after their answer."""

    position: Position
    intake: Intake
    notices: tuple[Spoken, ...] = ()  # said before listening, not interruptible
    prompts: tuple[Spoken, ...] = ()  # said while listening: an answer cuts them short
    listening: Listening | None = None
    end: End | None = None


@dataclass(frozen=True)
class Road:
    """What stays the same during one turn."""

    flow: Flow
    directory: Directory
    facts: CallerFacts
    by: KnownBy = KnownBy.ERROR


def begin(flow: Flow, directory: Directory, facts: CallerFacts) -> Walk:
    """Return the opening up to the first question."""
    return enter(Road(flow, directory, facts), flow.start, Position(flow.start), Intake())


def walk(
    flow: Flow, directory: Directory, facts: CallerFacts, position: Position, intake: Intake, heard: Heard
) -> Walk:
    """Return what follows an answer. Any keys and any words lead to a question or to a person; nothing raises.

    A position the flow does not know (an older version's) begins again with all that is known.
    """
    road = Road(flow, directory, facts, by_of(heard))
    question = flow.steps.get(position.step)
    position = replace(position, turns=position.turns + 1)
    if not isinstance(question, Question):
        return enter(road, flow.start, replace(position, failures=0), intake)
    if position.turns > MOST_TURNS:
        return enter(replace(road, by=KnownBy.FAILURES), flow.always.gives_up, position, intake)
    answer = answer_to(Asking(flow, directory, without_forgotten(facts, position), question, intake), heard)
    match answer.meaning:
        case Meaning.REPEAT:
            return ask(road, question, question.prompts, position, answer.intake)
        case Meaning.BACK:
            return go_back(road, question, position, answer.intake)
        case Meaning.MISSED | Meaning.NOT_HEARD:
            return try_again(road, question, position, answer)
        case _:
            return go_on(road, question, position, intake, answer)


def ask_again(flow: Flow, directory: Directory, facts: CallerFacts, position: Position, intake: Intake) -> Walk:
    """Return the question being asked once more, with nothing counted; without one, the opening."""
    road = Road(flow, directory, facts)
    question = flow.steps.get(position.step)
    if not isinstance(question, Question):
        return enter(road, flow.start, position, intake)
    road = replace(road, facts=without_forgotten(facts, position))
    return ask(road, question, first_words(question, position), position, intake)


def answer_to(asking: Asking, heard: Heard) -> Answer:
    match heard:
        case Keys():
            return answer_to_keys(asking, heard)
        case Speech():
            return answer_to_speech(asking, heard)
        case Silence() if isinstance(asking.question, Entry) and asking.question.silence:
            return Answer(Meaning.GO, asking.intake, KnownBy.KEYS, asking.question.silence)
        case Silence():
            return silent(asking, heard)


def go_on(road: Road, question: Question, position: Position, before: Intake, answer: Answer) -> Walk:
    """Leave an answered question, remembering what its answer made known."""
    step = answer.step or question.then
    forgotten = (*position.forgotten, *answer.forgotten)
    if step == question.name:
        return enter(road, step, replace(position, forgotten=forgotten), answer.intake)
    visit = Visit(question.name, changed_from(before, answer.intake), answer.forgotten)
    position = replace(position, visits=(*position.visits, visit), failures=0, forgotten=forgotten)
    return enter(road, step, returned_to(step, position), answer.intake)


def returned_to(step: str, position: Position) -> Position:
    """Return the position without the visits since the last one of a step that is now asked again."""
    if step not in position.path:
        return position
    last = len(position.path) - 1 - position.path[::-1].index(step)
    return replace(position, visits=position.visits[:last])


def go_back(road: Road, question: Question, position: Position, intake: Intake) -> Walk:
    """Return to the question before, taking back what its answer made known; before the first one ask it again."""
    if not position.visits:
        return ask(road, question, question.prompts, replace(position, failures=0), intake)
    *earlier, last = position.visits
    position = replace(
        position,
        visits=tuple(earlier),
        failures=0,
        forgotten=tuple(name for name in position.forgotten if name not in last.forgot),
    )
    return enter(road, last.step, position, restored(intake, last.before))


def try_again(road: Road, question: Question, position: Position, answer: Answer) -> Walk:
    """Ask again, gently; after the last try a person helps. What is known is kept."""
    always = road.flow.always
    position = replace(position, failures=position.failures + 1)
    if position.failures >= always.tries:
        return enter(replace(road, by=KnownBy.FAILURES), always.gives_up, position, answer.intake)
    if answer.step and answer.step != question.name:
        return enter(road, answer.step, returned_to(answer.step, position), answer.intake)
    name = always.not_heard if answer.meaning is Meaning.NOT_HEARD else always.not_understood
    sorry = answer.instead or (speak(road, name, answer.intake),)
    again = (question.retry if position.failures == 1 else question.last_retry) or question.prompts
    return ask(road, question, again, position, answer.intake, before=sorry)


def enter(road: Road, name: str, position: Position, intake: Intake) -> Walk:
    """Go on from a step to the next question or to the end, saying what stands on the way."""
    road = replace(road, facts=without_forgotten(road.facts, position))
    notices: list[Spoken] = []
    leading: list[Spoken] = []
    step: Step | None = road.flow.steps.get(name)
    for _ in range(len(road.flow.steps)):
        match step:
            case Say():
                said = leading if step.interruptible else notices
                said += [speak(road, prompt, intake) for prompt in step.prompts]
                step = road.flow.steps.get(step.then)
            case Switch():
                step = road.flow.steps.get(branch(step, road.facts, intake))
            case Question() if is_answered(step, intake):
                step = road.flow.steps.get(step.then)
            case Question():
                position = replace(position, step=step.name)
                return ask(road, step, first_words(step, position), position, intake, tuple(leading), tuple(notices))
            case _:
                break
    return arrive(road, step, position, intake, (*notices, *leading))


def is_answered(question: Question, intake: Intake) -> bool:
    if isinstance(question, Choice) and not intake.region_candidates:
        return True
    return question.asks is not None and is_known(getattr(intake, question.asks))


def first_words(question: Question, position: Position) -> tuple[str, ...]:
    """Return the prompts a question opens with; one that is asked again after a misunderstanding says its numbers."""
    return (question.last_retry or question.prompts) if position.failures else question.prompts


def branch(switch: Switch, facts: CallerFacts, intake: Intake) -> str:
    value = look_up(switch.on, facts, intake)
    known = "known" if is_known(value) else "unknown"
    return switch.cases.get(case_of(value)) or switch.cases.get(known) or switch.otherwise


def ask(
    road: Road,
    question: Question,
    prompts: tuple[str, ...],
    position: Position,
    intake: Intake,
    before: tuple[Spoken, ...] = (),
    notices: tuple[Spoken, ...] = (),
) -> Walk:
    said = tuple(speak(road, prompt, intake) for prompt in prompts)
    listening = listening_for(question, road.directory, road.flow.prompts, intake.language)
    return Walk(position, intake, notices, (*before, *said), listening)


def arrive(road: Road, step: Step | None, position: Position, intake: Intake, said: tuple[Spoken, ...]) -> Walk:
    """End the menu. Without a step to wait at, which the checker refuses, a person helps all the same."""
    if not isinstance(step, Wait):
        return Walk(position, intake, notices=said, end=End.WAIT)
    by = KnownBy(step.known_by) if step.known_by else road.by
    intake = fill_unknown(intake, road.facts, step.if_unknown, by)
    prompts = step.prompts if road.facts.is_open or step.when_closed is None else step.when_closed
    words = tuple(speak(road, prompt, intake) for prompt in prompts)
    return Walk(replace(position, step=step.name), intake, notices=(*said, *words), end=End.WAIT)


def speak(road: Road, name: str, intake: Intake) -> Spoken:
    prompts, language = road.flow.prompts, intake.language
    return prompts.speak(
        name,
        language,
        category=intake.category,
        region=intake.region or road.facts.suggested_region,
        callback_number=intake.callback_number,
        choices=spoken_choices(prompts, road.directory, intake, language),
    )


def without_forgotten(facts: CallerFacts, position: Position) -> CallerFacts:
    return replace(facts, suggested_region=None) if "suggested_region" in position.forgotten else facts
