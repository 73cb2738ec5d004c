"""REST: read and end conferences; read, hold, mute and remove their participants."""

from typing import Any

from simulator import legs, rest_participants, rooms
from simulator.announcing import announce
from simulator.calls import API_VERSION, Request
from simulator.exchange import Exchange, rfc2822
from simulator.faults import COACH_TARGET_MISSING
from simulator.rest_calls import absolute, method
from simulator.rest_errors import INVALID_PARAMETER, NOT_FOUND, RestError
from simulator.rest_query import Query, page
from simulator.room import Participant, Room

HOLD = frozenset({"Hold", "HoldUrl", "HoldMethod"})
ANNOUNCE = frozenset({"AnnounceUrl", "AnnounceMethod"})
CHANGE = frozenset({"Muted", "EndConferenceOnExit", "BeepOnExit", "Coaching", "CallSidToCoach"}) | HOLD | ANNOUNCE


def listed(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """List conferences, newest first, filtered by FriendlyName and Status."""
    query.refuse_unknown(frozenset({"FriendlyName", "Status", "Page", "PageSize", "PageToken"}))
    rows = [resource(exchange, room) for room in reversed(exchange.rooms.values())]
    for name, key in (("FriendlyName", "friendly_name"), ("Status", "status")):
        if query.has(name):
            rows = [row for row in rows if row[key] == query.get(name)]
    return 200, page(query, "conferences", rows)


def fetched(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    return 200, resource(exchange, find(exchange, query))


def updated(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """End a conference for all, or announce something to them."""
    query.refuse_unknown(frozenset({"Status", "AnnounceUrl", "AnnounceMethod"}))
    room = find(exchange, query)
    if query.has("AnnounceUrl"):
        enter_announcement(exchange, room, list(room.participants), query)
        return 200, resource(exchange, room)
    if query.get("Status") != "completed":
        raise RestError(400, INVALID_PARAMETER, f"Status {query.get('Status')!r}: expected completed")
    exchange.soon(lambda: rooms.close(exchange, room, "conference-ended-via-api", rooms.BY_API))
    return 200, resource(exchange, room)


def enter_announcement(exchange: Exchange, room: Room, people: list[str], query: Query) -> None:
    request = Request(absolute(query.get("AnnounceUrl")), method(query, "AnnounceMethod"))
    exchange.soon(lambda: announce(exchange, room, people, request))


def find(exchange: Exchange, query: Query) -> Room:
    room = exchange.rooms.get(query.path["room"])
    if room is None:
        raise not_found(query)
    return room


def not_found(query: Query) -> RestError:
    return RestError(404, NOT_FOUND, f"The requested resource {query.uri} was not found")


def participants(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    room = find(exchange, query)
    people = [*room.participants.values(), *room.expected.values()]
    for name in ("Muted", "Hold", "Coaching"):
        if query.has(name):
            wanted = query.flag(name, default=False)
            people = [person for person in people if bool(getattr(person, name.lower())) == wanted]
    return 200, page(query, "participants", [person_resource(exchange, room, person) for person in people])


def participant_created(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    room, person = rest_participants.create(exchange, query)
    return 201, person_resource(exchange, room, person)


def participant(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    room = find(exchange, query)
    return 200, person_resource(exchange, room, find_person(room, query))


def find_person(room: Room, query: Query) -> Participant:
    """Find a participant by CallSid or by label."""
    wanted = query.path["person"]
    for person in (*room.participants.values(), *room.expected.values()):
        if wanted in {person.call.sid, person.label}:
            return person
    raise not_found(query)


def participant_updated(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """Mute, hold, coach, or change whether the conference ends with this participant."""
    query.refuse_unknown(CHANGE)
    room = find(exchange, query)
    person = find_person(room, query)
    held = hold_request(query)
    refuse_coaching_a_stranger(room, query)
    if query.has("AnnounceUrl"):
        enter_announcement(exchange, room, [person.call.sid], query)
    exchange.soon(lambda: change(exchange, room, person, query, held))
    return 200, person_resource(exchange, room, person) | asked(query)


def asked(query: Query) -> dict[str, Any]:
    """Return the flags as the answer to an update shows them, though the agenda has yet to set them."""
    names = {"Muted": "muted", "Hold": "hold", "EndConferenceOnExit": "end_conference_on_exit", "Coaching": "coaching"}
    return {key: query.flag(name, default=False) for name, key in names.items() if query.has(name)}


def hold_request(query: Query) -> Request | None:
    """Return what a held participant is to hear; the method's default is GET here, unlike elsewhere."""
    if not query.flag("Hold", default=False):
        return None
    url = query.get("HoldUrl")
    return Request(absolute(url) if url else "", method(query, "HoldMethod", "GET"))


def change(exchange: Exchange, room: Room, person: Participant, query: Query, held: Request | None) -> None:
    if person.call.sid not in room.participants:
        return
    if query.has("Hold"):
        rooms.hold(exchange, room, person, held)
    if query.has("Muted"):
        rooms.mute(exchange, room, person, muted=query.flag("Muted", default=False))
    if any(query.has(name) for name in ("EndConferenceOnExit", "BeepOnExit", "Coaching", "CallSidToCoach")):
        person.ends = query.flag("EndConferenceOnExit", default=person.ends)
        person.beeps_on_exit = query.flag("BeepOnExit", default=person.beeps_on_exit)
        coaching = query.get("CallSidToCoach", person.coaching)
        person.coaching = coaching if wants_coaching(query, person) else ""
        rooms.modify(exchange, room, person)


def refuse_coaching_a_stranger(room: Room, query: Query) -> None:
    coached = query.get("CallSidToCoach")
    if coached and query.flag("Coaching", default=True) and coached not in room.participants:
        raise RestError(400, COACH_TARGET_MISSING, f"The call to coach, {coached}, is not in the conference")


def wants_coaching(query: Query, person: Participant) -> bool:
    return query.flag("Coaching", default=query.has("CallSidToCoach") or bool(person.coaching))


def participant_removed(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    room = find(exchange, query)
    person = find_person(room, query)
    if person.call.sid in room.expected:
        exchange.soon(lambda: legs.end(exchange, person.call, "canceled"))
    exchange.soon(lambda: rooms.kick(exchange, room, person))
    return 204, {}


def resource(exchange: Exchange, room: Room) -> dict[str, Any]:
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Conferences/{room.sid}"
    return {
        "sid": room.sid,
        "account_sid": exchange.account_sid,
        "friendly_name": room.name,
        "status": room.status,
        "region": "us1",
        "api_version": API_VERSION,
        "date_created": rfc2822(room.created_at),
        "date_updated": rfc2822(room.ended_at or room.started_at or room.created_at),
        "reason_conference_ended": room.ended_because or None,
        "call_sid_ending_conference": room.ended_by or None,
        "uri": f"{uri}.json",
        "subresource_uris": {"participants": f"{uri}/Participants.json", "recordings": f"{uri}/Recordings.json"},
    }


def person_status(room: Room, person: Participant) -> str:
    if person.call.sid in room.participants:
        return "connected"
    return {"queued": "queued", "initiated": "connecting", "ringing": "ringing"}.get(person.call.status, "complete")


def person_resource(exchange: Exchange, room: Room, person: Participant) -> dict[str, Any]:
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Conferences/{room.sid}/Participants/{person.call.sid}.json"
    return {
        "account_sid": exchange.account_sid,
        "call_sid": person.call.sid,
        "conference_sid": room.sid,
        "label": person.label or None,
        "muted": person.muted,
        "hold": person.hold,
        "coaching": bool(person.coaching),
        "call_sid_to_coach": person.coaching or None,
        "start_conference_on_enter": person.starts,
        "end_conference_on_exit": person.ends,
        "status": person_status(room, person),
        "queue_time": None,
        "date_created": rfc2822(person.joined_at),
        "date_updated": rfc2822(person.joined_at),
        "uri": uri,
    }
