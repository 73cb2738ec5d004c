"""Plays TwiML on a call: one function per verb, chosen from a table."""

from collections.abc import Callable

from simulator import legs
from simulator.calls import Call, Request
from simulator.dialing import dial
from simulator.exchange import Exchange
from simulator.faults import SCHEMA_WARNING, TwimlError
from simulator.gathering import gather
from simulator.messages import record
from simulator.node import Node
from simulator.script import Ending, Steps, Wait
from simulator.turn import Next, Turn, play_prompt
from simulator.voice import fetch


def follow(exchange: Exchange, call: Call, start: Request, use: str) -> Steps[Ending]:
    """Play document after document until one ends without naming the next."""
    following: Next = start
    while isinstance(following, Request):
        document = yield from fetch(exchange, call, following, use)
        following = yield from perform(Turn(exchange, call, document))
    return following or Ending.RAN_OUT


def perform(turn: Turn) -> Steps[Next]:
    for verb in turn.document.root.children:
        if verb.name in {"Gather", "Record"} or "action" in verb.attributes:
            turn.action(verb, {})  # a relative action in inline TwiML fails now, not at the first key
        if answers(verb):
            legs.answer(turn.exchange, turn.call)
        following = yield from VERBS[verb.name](turn, verb)
        if following is not None:
            return following
    return None


def answers(verb: Node) -> bool:
    """A leading Pause or Reject leaves an incoming call ringing, and so does answerOnBridge until the bridge."""
    return verb.name not in {"Pause", "Reject"} and not verb.says("answerOnBridge", default=False)


def redirect(turn: Turn, verb: Node) -> Steps[Next]:
    yield from ()
    return Request(turn.url(verb.own_text, verb.place), verb.get("method", "POST"))


def hangup(_turn: Turn, _verb: Node) -> Steps[Next]:
    yield from ()
    return Ending.HUNG_UP


def reject(turn: Turn, verb: Node) -> Steps[Next]:
    """Refuse an incoming call unanswered."""
    exchange, call = turn.exchange, turn.call
    if call.status != "ringing":
        raise TwimlError(SCHEMA_WARNING, verb.place, "Reject", "Hangup: this call is already answered")
    status = "busy" if verb.get("reason") == "busy" else "no-answer"
    exchange.soon(lambda: legs.end(exchange, call, status))
    yield Wait(None)
    return Ending.HUNG_UP


VERBS: dict[str, Callable[[Turn, Node], Steps[Next]]] = {
    "Say": play_prompt,
    "Play": play_prompt,
    "Pause": play_prompt,
    "Gather": gather,
    "Redirect": redirect,
    "Dial": dial,
    "Record": record,
    "Hangup": hangup,
    "Reject": reject,
}
