"""The Gather verb: keys one at a time, or speech, or silence."""

from dataclasses import dataclass

from simulator.calls import Request
from simulator.fields import Value
from simulator.node import Node
from simulator.script import Event, Key, Speech, Steps, Wait
from simulator.turn import Next, Turn, start_sound


@dataclass(frozen=True)
class Input:
    """What a Gather took; both empty is silence."""

    digits: str = ""
    finished_by: str = ""
    speech: Speech | None = None


def gather(turn: Turn, verb: Node) -> Steps[Next]:
    """Collect input and go to the action with it; without input fall through, unless actionOnEmptyResult."""
    turn.call.gather = verb
    turn.call.questions += 1
    try:
        first = yield from prompt(turn, verb)
        taken = yield from collect(verb, first)
    finally:
        turn.call.gather = None
        turn.call.ear = ""
    if not taken.digits and taken.speech is None and not verb.says("actionOnEmptyResult", default=False):
        return None
    return request(turn, verb, taken)


def prompt(turn: Turn, verb: Node) -> Steps[Event | None]:
    """Play what is nested until it ends or input breaks in, then wait for the first input."""
    kinds = input_kinds(verb)
    during = kinds if verb.says("bargeIn", default=True) else tuple(kind for kind in kinds if kind is not Speech)
    for sound in verb.children:
        event = yield Wait(start_sound(turn, sound), during)
        turn.call.ear = ""
        if event is not None:
            return event
    return (yield Wait(verb.number("timeout", 5), kinds))


def input_kinds(verb: Node) -> tuple[type[Event], ...]:
    allowed = verb.get("input", "dtmf").split()
    kinds: dict[str, type[Event]] = {"dtmf": Key, "speech": Speech}
    return tuple(kind for name, kind in kinds.items() if name in allowed)


def collect(verb: Node, event: Event | None) -> Steps[Input]:
    """Take keys until the finishing key, the full number, or a pause; speech ends it at once."""
    digits = ""
    finish = verb.get("finishOnKey", "#")
    full = verb.number("numDigits", 0)
    while event is not None:
        if isinstance(event, Speech):
            return Input(speech=event)
        if isinstance(event, Key):
            if event.key == finish:
                return Input(digits, finish)
            digits += event.key
            if len(digits) == full:
                return Input(digits)
        event = yield Wait(verb.number("timeout", 5), (Key,))
    return Input(digits)


def request(turn: Turn, verb: Node, taken: Input) -> Request:
    """Return the post to the action. A lone finishing key sends empty Digits, silence sends none."""
    fields: dict[str, Value] = {"msg": "Gather End"}
    if taken.speech is not None:
        fields |= {
            "SpeechResult": taken.speech.text,
            "Confidence": None if taken.speech.confidence is None else str(taken.speech.confidence),
            "Language": verb.get("language"),
        }
    elif taken.digits or taken.finished_by:
        fields |= {"Digits": taken.digits, "FinishedOnKey": taken.finished_by}
    return turn.action(verb, fields)
