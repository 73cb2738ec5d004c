"""Walks a caller through a flow, one answer at a time. Pure: the same arguments give the same walk."""

from dataclasses import replace

from directory.model import Directory
from ivr.answers import Answer, Asking, Meaning, by_of, silent
from ivr.facts import CallerFacts, changed_from, restored, without
from ivr.flow import Flow
from ivr.heard import Heard, Keys, Recorded, Silence, Speech
from ivr.intake import Intake, KnownBy
from ivr.key_answers import answer_to_keys
from ivr.listening import Listening
from ivr.position import Position, Visit
from ivr.road import End, Road, Walk, ask, enter, first_words, speak, without_forgotten
from ivr.speech_answers import answer_to_speech
from ivr.steps import LookUp, Question, Record

__all__ = [
    "CallerFacts", "End", "Heard", "Keys", "Listening", "Position", "Recorded", "Silence", "Speech", "Walk",
    "ask_again", "begin", "looked_up", "walk",
]  # fmt: skip

MOST_TURNS = 20  # a caller who goes round this long needs a person


def begin(flow: Flow, directory: Directory, facts: CallerFacts, open_ticket: str | None = None) -> Walk:
    """Return the opening up to the first question; `open_ticket` is the case that the caller's number already has."""
    return enter(Road(flow, directory, facts), flow.start, Position(flow.start), Intake(open_ticket=open_ticket))


def walk(
    flow: Flow, directory: Directory, facts: CallerFacts, position: Position, intake: Intake, heard: Heard
) -> Walk:
    """Return what follows an answer. Any keys and any words lead to a question or to a person; nothing raises.

    A position the flow does not know (an older version's) begins again with all that is known.
    """
    road = Road(flow, directory, facts, by_of(heard))
    question = flow.steps.get(position.step)
    position = replace(position, turns=position.turns + 1)
    if isinstance(question, Record):
        return note_over(road, question, position, intake, heard)
    if not isinstance(question, Question):
        return enter(road, flow.start, replace(position, failures=0), intake)
    if position.turns > MOST_TURNS:
        return enter(replace(road, by=KnownBy.FAILURES), flow.always.gives_up, position, intake)
    return follow(road, question, position, intake, heard)


def follow(road: Road, question: Question, position: Position, intake: Intake, heard: Heard) -> Walk:
    facts = without_forgotten(road.facts, position)
    answer = answer_to(Asking(road.flow, road.directory, facts, question, intake), heard)
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
    if isinstance(question, Record):
        return enter(road, question.name, position, intake)
    if not isinstance(question, Question):
        return enter(road, flow.start, position, intake)
    road = replace(road, facts=without_forgotten(facts, position))
    return ask(road, question, first_words(question, position), position, intake)


def looked_up(flow: Flow, directory: Directory, facts: CallerFacts, paused: Walk, found: str, intake: Intake) -> Walk:
    """Go on from a look-up with what was found and what it made known; the way back forgets that again."""
    road = Road(flow, directory, facts, KnownBy.KEYS)
    step, position = flow.steps.get(paused.position.step), paused.position
    if position.visits:
        *earlier, last = position.visits
        last = replace(last, before={**changed_from(paused.intake, intake), **last.before})
        position = replace(position, visits=(*earlier, last))
    to = step.cases.get(found, step.otherwise) if isinstance(step, LookUp) else flow.always.person
    return enter(road, to, position, without(intake, "ticket_code"), paused.notices)


def note_over(road: Road, step: Record, position: Position, intake: Intake, heard: Heard) -> Walk:
    """Go on after a spoken note; 0 at its end brings a person."""
    if isinstance(heard, Recorded) and heard.key == "0":
        return enter(replace(road, by=KnownBy.KEYS), road.flow.always.person, position, intake)
    said_nothing = not isinstance(heard, Recorded) or heard.seconds == 0
    return enter(road, (step.silence if said_nothing else None) or step.then, position, intake)


def answer_to(asking: Asking, heard: Heard) -> Answer:
    match heard:
        case Keys():
            return answer_to_keys(asking, heard)
        case Speech():
            return answer_to_speech(asking, heard)
        case _ if asking.question.silence:
            return Answer(Meaning.GO, asking.intake, KnownBy.KEYS, asking.question.silence)
        case _:
            return silent(asking)


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
