"""Conferences: joining, leaving, hold music, the end for all, and what the status callback is told."""

from collections.abc import Iterable
from functools import partial

from simulator import legs, recordings
from simulator.calls import Call, Request
from simulator.exchange import Exchange, rfc2822
from simulator.faults import COACH_TARGET_MISSING, LABEL_TAKEN
from simulator.fields import Value
from simulator.node import Node
from simulator.room import DEFAULT_MUSIC, Participant, Room
from simulator.script import RoomLeft
from simulator.turn import Turn

HUNG_UP = "participant_hung_up"
UPDATED = "participant_updated_via_api"
MODERATOR = "moderator_ended_conference"
BY_API = "conference_ended_via_api"
NEVER_CAME = "participant_add_failed"


def enter(turn: Turn, noun: Node) -> Room | None:
    """Bring a call into the room of that name, opening it if need be; None when it may not come in."""
    exchange, call = turn.exchange, turn.call
    name = noun.own_text.strip()
    room = find(exchange, name)
    if room is not None and not admits(exchange, call, room, noun):
        return None
    if room is None:
        room = open_room(turn, noun, name)
    person = room.expected.pop(call.sid, None) or participant(turn, noun)
    call.when_gone = None if person.by_rest else call.when_gone
    room.participants[call.sid] = person
    call.conference_sid = room.sid
    room.opened = room.opened or person.starts
    tell(exchange, room, "participant-join", person_fields(person))
    if room.started_at is not None:
        return room
    if room.opened and len(room.participants) >= 2:
        start(exchange, room)
    else:
        play_music(exchange, person, person.wait)
    return room


def find(exchange: Exchange, name: str) -> Room | None:
    return next((room for room in exchange.rooms.values() if room.name == name and room.ended_at is None), None)


def admits(exchange: Exchange, call: Call, room: Room, noun: Node) -> bool:
    label, coach = noun.get("participantLabel"), noun.get("coach")
    if label and has_label(room, label) and call.sid not in room.expected:
        exchange.record_error(LABEL_TAKEN, call, "", f"{room.name}: participantLabel {label} is taken")
        return False
    if coach and coach not in room.participants:
        exchange.record_error(COACH_TARGET_MISSING, call, "", f"{room.name}: {coach} to coach is not in the conference")
        return False
    return len(room.participants) < noun.number("maxParticipants", 250)


def has_label(room: Room, label: str) -> bool:
    return any(person.label == label for person in (*room.participants.values(), *room.expected.values()))


def give_up(exchange: Exchange, room: Room, person: Participant) -> None:
    """Note that somebody whom REST called never came; a room that waits for nobody ends."""
    if room.expected.pop(person.call.sid, None) is None:
        return
    depart(exchange, room, person, NEVER_CAME)
    if not room.participants and not room.expected:
        close(exchange, room, "last-participant-left", MODERATOR, person)


def open_room(turn: Turn, noun: Node, name: str) -> Room:
    """Make the room; its callbacks are the first participant's, later ones are ignored."""
    exchange = turn.exchange
    room = Room(exchange.sids.new("CF"), name, exchange.now())
    room.subscription = turn.subscription(noun, "statusCallback", "start end")
    room.recording = turn.subscription(noun, "recordingStatusCallback", "completed")
    room.records = noun.get("record") == "record-from-start"
    exchange.rooms[room.sid] = room
    return room


def participant(turn: Turn, noun: Node) -> Participant:
    wait = None
    if noun.get("waitUrl", DEFAULT_MUSIC).strip():
        given = noun.get("waitUrl")
        url = turn.url(given, f"{noun.place}/@waitUrl") if given else ""
        wait = Request(url, noun.get("waitMethod", "POST"))
    return Participant(
        turn.call,
        turn.exchange.now(),
        label=noun.get("participantLabel"),
        muted=noun.says("muted", default=False),
        coaching=noun.get("coach"),
        starts=noun.says("startConferenceOnEnter", default=True),
        ends=noun.says("endConferenceOnExit", default=False),
        wait=wait,
    )


def start(exchange: Exchange, room: Room) -> None:
    room.started_at = exchange.now()
    for person in room.participants.values():
        if not person.hold:
            stop_music(person)
    tell(exchange, room, "conference-start", {})
    if room.records:
        recordings.begin(exchange, room.recording, "Conference", conference_sid=room.sid)


def play_music(exchange: Exchange, person: Participant, request: Request | None) -> None:
    """Play a wait or hold document to one participant; silence follows its end."""
    stop_music(person)
    if request is None:
        return
    if not request.url:
        person.call.ear = DEFAULT_MUSIC
        return

    def fall_silent() -> None:
        person.call.ear = ""

    music = legs.new_script(exchange, person.call, request, "wait", lambda _: fall_silent())
    person.music = music
    exchange.soon(lambda: music.begin() if person.music is music else None)


def stop_music(person: Participant) -> None:
    music, person.music = person.music, None
    person.call.ear = ""
    if music is not None:
        music.stop()


def leave(exchange: Exchange, room: Room, call: Call, reason: str, *, how: str = "left") -> None:
    """Take a call out of its room; the room ends with a moderator or with the last one."""
    person = room.participants.pop(call.sid, None)
    if person is None:
        return
    depart(exchange, room, person, reason)
    if person.ends:
        close(exchange, room, f"participant-with-end-conference-on-exit-{how}", MODERATOR, person)
    elif not room.participants and not room.expected:
        close(exchange, room, f"last-participant-{how}", MODERATOR, person)


def kick(exchange: Exchange, room: Room, person: Participant) -> None:
    """Remove one participant through REST; their Dial goes on to its action. One already gone is left alone."""
    if person.call.sid not in room.participants:
        return
    leave(exchange, room, person.call, UPDATED, how="kicked")
    release(exchange, [person])


def hold(exchange: Exchange, room: Room, person: Participant, request: Request | None) -> None:
    """Put one participant on hold with music, or with None take them back."""
    person.hold = request is not None
    play_music(exchange, person, request)
    tell(exchange, room, "participant-hold" if person.hold else "participant-unhold", person_fields(person))


def mute(exchange: Exchange, room: Room, person: Participant, *, muted: bool) -> None:
    person.muted = muted
    tell(exchange, room, "participant-mute" if muted else "participant-unmute", person_fields(person))


def modify(exchange: Exchange, room: Room, person: Participant) -> None:
    """Tell that something about a participant was changed."""
    tell(exchange, room, "participant-modify", person_fields(person))


def depart(exchange: Exchange, room: Room, person: Participant, reason: str) -> None:
    stop_music(person)
    person.call.conference_sid = ""
    fields = person_fields(person)
    fields |= {"ParticipantCallStatus": person.call.status, "ReasonParticipantLeft": reason}
    tell(exchange, room, "participant-leave", fields)


def close(exchange: Exchange, room: Room, because: str, reason: str, by: Participant | None = None) -> None:
    """End a conference for all; whoever is still in goes on with what follows their Dial."""
    if room.ended_at is not None:
        return
    room.ended_at, room.ended_because = exchange.now(), because
    room.ended_by = by.call.sid if by else ""
    staying, room.participants = list(room.participants.values()), {}
    expected, room.expected = list(room.expected.values()), {}
    for person in expected:
        exchange.soon(partial(legs.end, exchange, person.call, "canceled"))
    for person in staying:
        depart(exchange, room, person, reason)
    fields: dict[str, Value] = {"ReasonConferenceEnded": because, "Reason": because.replace("-", " ")}
    if by is not None:
        fields |= {"CallSidEndingConference": by.call.sid, "ParticipantLabelEndingConference": by.label or None}
    tell(exchange, room, "conference-end", fields)
    release(exchange, staying)
    record(exchange, room)


def release(exchange: Exchange, people: Iterable[Participant]) -> None:
    for person in people:
        script = person.call.script
        if script is not None:
            exchange.soon(partial(script.wake, RoomLeft()))


def record(exchange: Exchange, room: Room) -> None:
    """End the recordings of a room that is over, or tell that there is none because nobody met."""
    if room.records and room.started_at is None:
        recordings.absent(exchange, room.recording, room.sid)
    recordings.finish_those_of(exchange, room.sid)


def person_fields(person: Participant) -> dict[str, Value]:
    return {
        "CallSid": person.call.sid,
        "Muted": flag(person.muted),
        "Hold": flag(person.hold),
        "Coaching": flag(bool(person.coaching)),
        "EndConferenceOnExit": flag(person.ends),
        "StartConferenceOnEnter": flag(person.starts),
        "ParticipantLabel": person.label or None,
    }


def flag(value: bool) -> str:
    return str(value).lower()


def tell(exchange: Exchange, room: Room, event: str, more: dict[str, Value]) -> None:
    """Send one conference event to the room's status callback, if that asked for it."""
    room.sequence += 1
    subscription = room.subscription
    wanted = {"unmute": "mute", "unhold": "hold"}.get(event.rpartition("-")[2], event.rpartition("-")[2])
    if subscription is None or wanted not in subscription.events:
        return
    fields: dict[str, Value] = {
        "ConferenceSid": room.sid,
        "FriendlyName": room.name,
        "AccountSid": exchange.account_sid,
        "SequenceNumber": str(room.sequence),
        "Timestamp": rfc2822(exchange.now()),
        "StatusCallbackEvent": event,
    }
    exchange.tell(subscription, fields | more)
