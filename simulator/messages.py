"""The Record verb: a message after the tone."""

from simulator import recordings
from simulator.calls import RECORDING, Heard
from simulator.exchange import Exchange
from simulator.fields import Value
from simulator.node import Node
from simulator.recording import Recording
from simulator.script import Event, Hush, Key, Speech, Steps, Wait
from simulator.turn import Next, Turn

BEEP = "beep"


def record(turn: Turn, verb: Node) -> Steps[Next]:
    """Record until a finishing key, the longest length, silence for `timeout`, or a hang-up.

    A caller speaks on until a test makes them fall silent. A message in which nothing was said goes to no action.
    """
    exchange, call = turn.exchange, turn.call
    told = turn.subscription(verb, "recordingStatusCallback", "completed")
    if verb.says("playBeep", default=True):
        call.transcript.append(Heard(exchange.now(), "line", sound=BEEP))
    call.ear = RECORDING
    kept = recordings.begin(exchange, told, "RecordVerb", call_sid=call.sid)
    try:
        key = yield from until_over(exchange, verb, kept)
    except GeneratorExit:
        recordings.finish(exchange, kept)
        if call.ended:
            request = turn.action(verb, fields_of(exchange, kept, "hangup"))
            told_fields = call.standard_fields() | dict(request.fields) | call.overrides
            exchange.soon(lambda: exchange.post_and_forget(request.url, request.method, told_fields))
        raise
    call.ear = ""
    recordings.finish(exchange, kept)
    if key is None:
        return None
    return turn.action(verb, fields_of(exchange, kept, key))


def until_over(exchange: Exchange, verb: Node, kept: Recording) -> Steps[str | None]:
    """Return the finishing key, "" when there was none, or None when nothing was said at all."""
    longest, patience = float(verb.number("maxLength", 3600)), float(verb.number("timeout", 5))
    silent = said = False
    while True:
        passed = (exchange.now() - kept.started_at).total_seconds()
        left = max(longest - passed, 0.0)
        event: Event | None = yield Wait(min(left, patience) if silent else left, (Key, Speech, Hush))
        if event is None:
            return "" if said or not silent else None
        if isinstance(event, Key) and event.key in verb.get("finishOnKey", "1234567890*#"):
            return event.key
        if isinstance(event, Hush):
            said = said or passed > 0
        said = said or isinstance(event, Speech)
        silent = isinstance(event, Hush) or (silent and isinstance(event, Key))


def fields_of(exchange: Exchange, kept: Recording, digits: str) -> dict[str, Value]:
    return {
        "RecordingUrl": kept.url,
        "RecordingSid": kept.sid,
        "RecordingDuration": str(kept.seconds(exchange.now())),
        "Digits": digits,
    }
