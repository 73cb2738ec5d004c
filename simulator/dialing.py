"""The Dial verb: ring legs and bridge the first to answer, or enter a conference."""

from collections.abc import Callable
from math import ceil
from urllib.parse import parse_qsl

from simulator import legs, recordings, rooms
from simulator.calls import Call, Request
from simulator.exchange import Exchange
from simulator.fields import Value
from simulator.node import Node
from simulator.recording import Recording
from simulator.script import Ending, Event, Key, LegAnswered, LegGone, LegReady, RoomLeft, Script, Steps, Wait
from simulator.turn import Next, Turn

LONGEST_CALL_SECONDS = 14_400
SIP_CODES = {"busy": "486", "no-answer": "487", "canceled": "487", "failed": "503"}


def dial(turn: Turn, verb: Node) -> Steps[Next]:
    if verb.children and verb.children[0].name == "Conference":
        return (yield from dial_conference(turn, verb, verb.children[0]))
    return (yield from dial_legs(turn, verb))


def dial_conference(turn: Turn, verb: Node, noun: Node) -> Steps[Next]:
    """Stay in a room until it ends for this call. A refused entry goes on with the next verb."""
    exchange, call = turn.exchange, turn.call
    room = rooms.enter(turn, noun)
    if room is None:
        return None
    fields: dict[str, Value] = {"DialCallStatus": "answered"}
    try:
        yield from stay(verb)
    except GeneratorExit:
        rooms.leave(exchange, room, call, rooms.HUNG_UP if call.ended else rooms.UPDATED)
        tell_action_after_hang_up(turn, verb, fields)
        raise
    rooms.leave(exchange, room, call, rooms.HUNG_UP)
    return turn.action(verb, fields) if "action" in verb.attributes else None


def stay(verb: Node) -> Steps[None]:
    """Wait until the room lets go, the time limit passes, or the star is pressed where that hangs up."""
    kinds: tuple[type[Event], ...] = (RoomLeft, Key) if verb.says("hangupOnStar", default=False) else (RoomLeft,)
    while True:
        event = yield Wait(verb.number("timeLimit", LONGEST_CALL_SECONDS), kinds)
        if not isinstance(event, Key) or event.key == "*":
            return


def dial_legs(turn: Turn, verb: Node) -> Steps[Next]:
    """Ring every noun at once; the first to answer is bridged, the others are cancelled."""
    exchange, call = turn.exchange, turn.call
    placed = [place(turn, verb, noun) for noun in verb.children or (verb,)]
    fields: dict[str, Value] = {}
    call.ear = "ringing"
    try:
        child = yield from first_to_answer(exchange, placed)
        call.ear = "" if child else call.ear
        if child is not None:
            yield from talk(turn, verb, child, fields)
    except GeneratorExit:
        drop(exchange, placed)
        tell_action_after_hang_up(turn, verb, {"DialCallStatus": "canceled"} | fields)
        raise
    call.ear = ""
    if child is None:
        fields = {"DialCallStatus": failure(placed), "DialCallSid": placed[-1].sid, "DialBridged": "false"}
    drop(exchange, placed)
    fields |= sip_fields(child or placed[-1])
    return turn.action(verb, fields) if "action" in verb.attributes else None


def sip_fields(leg: Call) -> dict[str, Value]:
    """Return what the action is told more of a SIP leg."""
    if not leg.to.startswith(("sip:", "sips:")):
        return {}
    code = "200" if leg.answered_at else SIP_CODES.get(leg.status, "480")
    return {"DialSipCallId": f"{leg.sid}@0.0.0.0", "DialSipResponseCode": code}


def place(turn: Turn, verb: Node, noun: Node) -> Call:
    """Create a child leg for a noun and let it ring."""
    exchange, parent = turn.exchange, turn.call
    to, custom = address(noun)
    child = exchange.new_call(verb.get("callerId") or parent.from_, to, "outbound-dial", parent)
    child.custom = custom
    child.ring_seconds = verb.number("timeout", 30)
    whisper = None
    if noun is not verb:
        child.subscription = turn.subscription(noun, "statusCallback", "completed")
    if noun is not verb and "url" in noun.attributes:
        whisper = Request(turn.url(noun.get("url"), f"{noun.place}/@url"), noun.get("method", "POST"))
    report_to(exchange, parent.script, child, whisper)
    legs.ring(exchange, child)
    return child


def report_to(exchange: Exchange, dialler: Script | None, child: Call, whisper: Request | None) -> None:
    """Let the dialling script know when a child is picked up, ready to be bridged, or gone."""

    def tell(event: Event) -> None:
        exchange.soon(lambda: dialler.wake(event) if dialler else None)

    def picked_up() -> None:
        tell(LegAnswered(child.sid))
        if whisper is None:
            tell(LegReady(child.sid))
        else:
            play_whisper(exchange, child, whisper, lambda: tell(LegReady(child.sid)))

    child.when_answered = picked_up
    child.when_gone = lambda: tell(LegGone(child.sid))


def address(noun: Node) -> tuple[str, dict[str, str]]:
    """Return the address of a noun, and a client's custom parameters or the headers for a SIP phone."""
    if noun.name == "Sip":
        uri, _, headers = noun.own_text.strip().partition("?")
        return uri, dict(parse_qsl(headers))
    if noun.name != "Client":
        return noun.own_text.strip(), {}
    named = [child.text.strip() for child in noun.children if child.name == "Identity"]
    custom = {child.get("name"): child.get("value") for child in noun.children if child.name == "Parameter"}
    return f"client:{named[0] if named else noun.own_text.strip()}", custom


def play_whisper(exchange: Exchange, child: Call, whisper: Request, ready: Callable[[], None]) -> None:
    """Play a document to the callee alone; a Hangup in it ends the leg before any bridge."""

    def done(ending: Ending) -> None:
        if ending is Ending.HUNG_UP:
            exchange.soon(lambda: legs.end(exchange, child, "completed"))
        else:
            ready()

    child.script = legs.new_script(exchange, child, whisper, "whisper", done)
    child.script.begin()


def first_to_answer(exchange: Exchange, placed: list[Call]) -> Steps[Call | None]:
    ringing = {child.sid: child for child in placed}
    while ringing:
        event = yield Wait(None, (LegAnswered, LegGone))
        if isinstance(event, LegAnswered) and event.sid in ringing:
            winner = ringing.pop(event.sid)
            drop(exchange, list(ringing.values()))
            return winner
        if isinstance(event, LegGone):
            ringing.pop(event.sid, None)
    return None


def talk(turn: Turn, verb: Node, child: Call, fields: dict[str, Value]) -> Steps[None]:
    """Wait for the whisper, bridge, and wait for the end; `fields` becomes what the action is told."""
    exchange, call = turn.exchange, turn.call
    fields |= {"DialCallStatus": "completed", "DialCallSid": child.sid, "DialBridged": "false"}
    if not (yield from is_ready(child)):
        return
    legs.answer(exchange, call)
    call.bridged_with, child.bridged_with = child, call
    fields["DialBridged"] = "true"
    bridged_at = exchange.now()
    kept = begin_recording(turn, verb)
    try:
        yield from until_over(verb, child)
    finally:
        call.bridged_with = child.bridged_with = None
        redirected = not child.ended and child.when_gone is None
        if not redirected:
            fields["DialCallDuration"] = str(ceil((exchange.now() - bridged_at).total_seconds()))
        if kept is not None:
            recordings.finish(exchange, kept)
            fields["RecordingUrl"] = kept.url


def begin_recording(turn: Turn, verb: Node) -> Recording | None:
    wanted = verb.get("record", "do-not-record")
    if wanted == "do-not-record":
        return None
    told = turn.subscription(verb, "recordingStatusCallback", "completed")
    kept = recordings.begin(turn.exchange, told, "DialVerb", call_sid=turn.call.sid)
    kept.channels = 2 if wanted.endswith("-dual") else 1
    return kept


def is_ready(child: Call) -> Steps[bool]:
    while True:
        event = yield Wait(None, (LegReady, LegGone))
        if isinstance(event, LegReady | LegGone) and event.sid == child.sid:
            return isinstance(event, LegReady) and not child.ended


def until_over(verb: Node, child: Call) -> Steps[None]:
    kinds: tuple[type[Event], ...] = (LegGone, Key) if verb.says("hangupOnStar", default=False) else (LegGone,)
    while True:
        event = yield Wait(verb.number("timeLimit", LONGEST_CALL_SECONDS), kinds)
        if event is None or (isinstance(event, Key) and event.key == "*"):
            return
        if isinstance(event, LegGone) and event.sid == child.sid:
            return


def drop(exchange: Exchange, placed: list[Call]) -> None:
    """End the legs still ours: a ringing one is cancelled; one that REST redirected is left alone."""
    for child in placed:
        if child.when_gone is not None:
            child.when_gone = None
            legs.end(exchange, child, "completed" if child.answered_at else "canceled")


def failure(placed: list[Call]) -> str:
    """Return why nobody answered; of several legs the most telling reason."""
    statuses = {child.status for child in placed}
    return next((s for s in ("busy", "no-answer", "canceled", "failed") if s in statuses), "no-answer")


def tell_action_after_hang_up(turn: Turn, verb: Node, fields: dict[str, Value]) -> None:
    """Post the action of a Dial whose caller hung up; the answer is not played, nobody is there."""
    call, exchange = turn.call, turn.exchange
    if call.ended and "action" in verb.attributes:
        request = turn.action(verb, fields)
        told = call.standard_fields() | dict(request.fields) | call.overrides
        exchange.soon(lambda: exchange.post_and_forget(request.url, request.method, told))
