"""REST: call somebody into a conference, and change those who are in."""

from urllib.parse import parse_qsl
from xml.sax.saxutils import escape, quoteattr

from simulator import document, legs, rest_calls, rooms
from simulator.calls import Call, Request
from simulator.exchange import Exchange
from simulator.faults import COACH_TARGET_MISSING, LABEL_TAKEN, TwimlError
from simulator.rest_calls import ADDRESS, API_TIMEOUT_BUFFER, CALLER, subscribed
from simulator.rest_errors import (
    INVALID_FROM,
    INVALID_PARAMETER,
    INVALID_TO,
    MISSING_FROM,
    MISSING_TO,
    NOT_FOUND,
    RestError,
)
from simulator.rest_query import Query
from simulator.room import Participant, Room
from simulator.turn import Turn

NOUN = {  # what REST calls it: what TwiML does
    "Label": "participantLabel",
    "Muted": "muted",
    "Beep": "beep",
    "StartConferenceOnEnter": "startConferenceOnEnter",
    "EndConferenceOnExit": "endConferenceOnExit",
    "WaitUrl": "waitUrl",
    "WaitMethod": "waitMethod",
    "MaxParticipants": "maxParticipants",
    "JitterBufferSize": "jitterBufferSize",
    "Region": "region",
    "CallSidToCoach": "coach",
    "ConferenceRecord": "record",
    "ConferenceTrim": "trim",
    "ConferenceStatusCallback": "statusCallback",
    "ConferenceStatusCallbackMethod": "statusCallbackMethod",
    "ConferenceStatusCallbackEvent": "statusCallbackEvent",
    "ConferenceRecordingStatusCallback": "recordingStatusCallback",
    "ConferenceRecordingStatusCallbackMethod": "recordingStatusCallbackMethod",
    "ConferenceRecordingStatusCallbackEvent": "recordingStatusCallbackEvent",
}
VERB = {"TimeLimit": "timeLimit"}
CALL = {"From", "To", "Timeout", "StatusCallback", "StatusCallbackMethod", "StatusCallbackEvent", "EarlyMedia"}
CREATE = frozenset({*NOUN, *VERB, *CALL, "Coaching", "CallerId", "Byoc", "CallReason"})


def create(exchange: Exchange, query: Query) -> tuple[Room, Participant]:
    """Queue a call whose one verb is the Dial into this conference, which begins to be with its first participant."""
    query.refuse_unknown(CREATE)
    refuse_addresses(query)
    name = room_name(exchange, query)
    twiml = document_of(query, name)
    noun = checked(twiml, query).root.children[0].children[0]
    room = rooms.find(exchange, name)
    label, coach = noun.get("participantLabel"), noun.get("coach")
    if room is not None and label and rooms.has_label(room, label):
        raise RestError(400, LABEL_TAKEN, f"Participant label {label} is already in use in this conference")
    if coach and (room is None or coach not in room.participants):
        raise RestError(400, COACH_TARGET_MISSING, f"The call to coach, {coach}, is not in the conference")
    call = new_call(exchange, query)
    turn = Turn(exchange, call, document.parse(twiml.encode(), "", "call"))
    room = room or rooms.open_room(turn, noun, name)
    person = rooms.participant(turn, noun)
    person.by_rest = True
    room.expected[call.sid] = person
    call.when_answered = lambda: legs.run(exchange, call, Request("", twiml=twiml))
    call.when_gone = lambda: rooms.give_up(exchange, room, person)
    rest_calls.queue(exchange, call)
    return room, person


def refuse_addresses(query: Query) -> None:
    for name, missing, invalid, pattern in (
        ("To", MISSING_TO, INVALID_TO, ADDRESS),
        ("From", MISSING_FROM, INVALID_FROM, CALLER),
    ):
        value = query.get(name)
        if not value:
            raise RestError(400, missing, f"No '{name}' number is specified")
        if not pattern.fullmatch(value):
            raise RestError(400, invalid, f"'{name}' {value} is not a valid number, client or SIP address")


def room_name(exchange: Exchange, query: Query) -> str:
    """Return the name of the conference in the path, which a sid may stand for; a finished one is not found."""
    wanted = query.path["room"]
    room = exchange.rooms.get(wanted)
    if room is None and not wanted.startswith("CF"):
        return wanted
    if room is None or room.ended_at is not None:
        raise RestError(404, NOT_FOUND, f"The requested resource {query.uri} was not found")
    return room.name


def document_of(query: Query, name: str) -> str:
    """Write the TwiML that a participant's call will play."""

    def attributes(names: dict[str, str]) -> str:
        given = {twiml: " ".join(query.all(rest)) for rest, twiml in names.items() if query.has(rest)}
        if given.get("record") == "true":
            given["record"] = "record-from-start"
        if not query.flag("Coaching", default=True):
            given.pop("coach", None)
        return "".join(f" {key}={quoteattr(value)}" for key, value in given.items())

    return (
        f"<Response><Dial{attributes(VERB)}><Conference{attributes(NOUN)}>{escape(name)}</Conference></Dial></Response>"
    )


def checked(twiml: str, query: Query) -> document.Document:
    """Refuse what would be wrong as TwiML, and what contradicts itself."""
    if query.flag("Coaching", default=False) and not query.get("CallSidToCoach"):
        raise RestError(400, INVALID_PARAMETER, "Coaching needs CallSidToCoach")
    try:
        return document.parse(twiml.encode(), "", "call")
    except TwimlError as fault:
        raise RestError(400, INVALID_PARAMETER, f"{fault.value!r}: expected {fault.expected}") from fault


def new_call(exchange: Exchange, query: Query) -> Call:
    to, _, custom = query.get("To").partition("?")
    call = exchange.new_call(query.get("From"), to, "outbound-api")
    call.custom = dict(parse_qsl(custom))
    call.ring_seconds = query.number("Timeout", 60, 5, 600) + API_TIMEOUT_BUFFER
    call.subscription = subscribed(query)
    return call
