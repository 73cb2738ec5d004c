"""From one step of a flow to the next question or the end, saying what stands on the way."""

from dataclasses import dataclass, replace
from enum import StrEnum

from directory.model import POOL, Directory
from ivr.answers import fill_unknown
from ivr.choices import spoken_choices
from ivr.facts import CallerFacts, case_of, is_known, look_up, without
from ivr.flow import Flow
from ivr.intake import Intake, KnownBy
from ivr.listening import Listening, listening_for
from ivr.position import Position
from ivr.prompts import Spoken
from ivr.spoken_hours import spoken_hours
from ivr.steps import Choice, LookUp, Menu, Question, Record, Say, Step, Switch, Wait


class End(StrEnum):
    """How a walk ends: with a person to come, never with a goodbye, or for a moment, to ask the house."""

    WAIT = "wait"  # the intake is complete: open the ticket, take the place in the queue
    LOOK_UP = "look_up"  # the walk goes on by `looked_up` as soon as the house has looked


@dataclass(frozen=True)
class Walk:
    """What the caller hears next, and what is known after their answer."""

    position: Position
    intake: Intake
    notices: tuple[Spoken, ...] = ()  # said before listening, not interruptible
    prompts: tuple[Spoken, ...] = ()  # said while listening: an answer cuts them short
    listening: Listening | None = None
    end: End | None = None
    look_up: str | None = None  # what the house is asked for
    records: bool = False  # a spoken note is taken after the notices, instead of an answer


@dataclass(frozen=True)
class Road:
    """What stays the same during one turn."""

    flow: Flow
    directory: Directory
    facts: CallerFacts
    by: KnownBy = KnownBy.ERROR


def enter(road: Road, name: str, position: Position, intake: Intake, said_before: tuple[Spoken, ...] = ()) -> Walk:
    """Go on from a step to the next question or to the end, saying what stands on the way."""
    road = replace(road, facts=without_forgotten(road.facts, position))
    notices: list[Spoken] = [*said_before]
    leading: list[Spoken] = []
    step: Step | None = road.flow.steps.get(name)
    for _ in range(len(road.flow.steps)):
        match step:
            case Say():
                said = leading if step.interruptible else notices
                said += [speak(road, prompt, intake) for prompt in step.prompts]
                position = replace(position, served=position.served or step.serves)
                for field in step.forget:
                    intake = without(intake, field)
                step = road.flow.steps.get(step.then)
            case Switch():
                step = road.flow.steps.get(branch(step, road.facts, intake))
            case Question() if is_answered(step, intake):
                step = road.flow.steps.get(step.then)
            case Question():
                serves = isinstance(step, Menu) and step.serves
                position = replace(position, step=step.name, served=position.served or serves)
                return ask(road, step, first_words(step, position), position, intake, tuple(leading), tuple(notices))
            case LookUp():
                paused = replace(position, step=step.name)
                return Walk(paused, intake, (*notices, *leading), end=End.LOOK_UP, look_up=step.look_up)
            case Record():
                asked = tuple(speak(road, prompt, intake) for prompt in step.prompts)
                noting = replace(position, step=step.name)
                return Walk(noting, intake, (*notices, *leading, *asked), records=True)
            case _:
                break
    return arrive(road, step, position, intake, (*notices, *leading))


def is_answered(question: Question, intake: Intake) -> bool:
    if isinstance(question, Choice) and not intake.region_candidates:
        return True
    return question.asks is not None and is_known(intake.value_of(question.asks))


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
    prompts, language, ticket = road.flow.prompts, intake.language, road.facts.ticket
    return prompts.speak(
        name,
        language,
        category=intake.category,
        region=intake.region or road.facts.suggested_region,
        callback_number=intake.callback_number,
        choices=spoken_choices(prompts, road.directory, intake, language),
        hours=spoken_hours(road.directory.desks[POOL].hours, language),
        ticket=ticket and ticket.number,
        progress=ticket and ticket.progress,
        desk=ticket and ticket.desk,
        due=ticket and ticket.due,
        late=ticket and ticket.late,
    )


def without_forgotten(facts: CallerFacts, position: Position) -> CallerFacts:
    return replace(facts, suggested_region=None) if "suggested_region" in position.forgotten else facts
