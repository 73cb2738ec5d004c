"""REST: start, pause, resume, stop, read and delete recordings, and their sound."""

import io
import wave
from typing import Any

from simulator import recordings, rest_calls, rest_conferences
from simulator.calls import API_VERSION, Subscription
from simulator.exchange import Exchange, rfc2822
from simulator.grammar import RECORDING_EVENTS
from simulator.recording import Recording
from simulator.rest_calls import absolute, method
from simulator.rest_errors import INVALID_PARAMETER, NOT_ELIGIBLE, NOT_FOUND, RestError
from simulator.rest_query import Query, page

CURRENT = "Twilio.CURRENT"
CALLBACK = {"RecordingStatusCallback", "RecordingStatusCallbackMethod", "RecordingStatusCallbackEvent"}
CREATE = frozenset({"RecordingChannels", "RecordingTrack", "Trim"} | CALLBACK)
PAGING = {"Page", "PageSize", "PageToken"}


def create(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """Start recording a call in progress."""
    query.refuse_unknown(CREATE)
    call = rest_calls.find(exchange, query)
    if call.status != "in-progress":
        raise RestError(400, NOT_ELIGIBLE, "Requested resource is not eligible for recording")
    channels = query.get("RecordingChannels", "mono")
    if channels not in {"mono", "dual"}:
        raise RestError(400, INVALID_PARAMETER, f"RecordingChannels {channels}: expected mono or dual")
    kept = recordings.begin(exchange, subscribed(query), "StartCallRecordingAPI", call_sid=call.sid)
    kept.channels = 2 if channels == "dual" else 1
    return 201, resource(exchange, kept)


def subscribed(query: Query) -> Subscription | None:
    url = query.get("RecordingStatusCallback")
    events = query.all("RecordingStatusCallbackEvent") or ["completed"]
    if len(events) == 1:
        events = events[0].split()
    for event in events:
        if event not in RECORDING_EVENTS:
            raise RestError(400, INVALID_PARAMETER, f"RecordingStatusCallbackEvent {event}: unknown")
    how = method(query, "RecordingStatusCallbackMethod")
    return Subscription(absolute(url), frozenset(events), how) if url else None


def updated(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """Pause, resume or stop a recording under way, named by its sid or as the current one."""
    query.refuse_unknown(frozenset({"Status", "PauseBehavior"}))
    kept = find(exchange, query)
    status, behaviour = query.get("Status"), query.get("PauseBehavior", "silence")
    if status not in {"paused", "in-progress", "stopped"}:
        raise RestError(400, INVALID_PARAMETER, f"Status {status!r}: expected paused, in-progress or stopped")
    if behaviour not in {"skip", "silence"}:
        raise RestError(400, INVALID_PARAMETER, f"PauseBehavior {behaviour!r}: expected skip or silence")
    if not kept.running:
        raise RestError(400, NOT_ELIGIBLE, "The recording is over")
    if status == "paused":
        recordings.pause(exchange, kept, skips=behaviour == "skip")
    elif status == "in-progress":
        recordings.resume(exchange, kept)
    else:
        recordings.finish(exchange, kept)
    return 200, resource(exchange, kept) | {"status": status}


def find(exchange: Exchange, query: Query) -> Recording:
    """Find a recording of the call or conference in the path; without either, of the account."""
    wanted = query.path["recording"]
    found = [kept for kept in among(exchange, query) if wanted == kept.sid or (wanted == CURRENT and kept.running)]
    if not found:
        raise RestError(404, NOT_FOUND, f"The requested resource {query.uri} was not found")
    return found[-1]


def among(exchange: Exchange, query: Query) -> list[Recording]:
    kept = list(exchange.recordings.values())
    if "call" in query.path:
        sid = rest_calls.find(exchange, query).sid
        return [one for one in kept if one.call_sid == sid]
    if "room" in query.path:
        sid = rest_conferences.find(exchange, query).sid
        return [one for one in kept if one.conference_sid == sid]
    return kept


def listed(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """List recordings, newest first, filtered by CallSid and ConferenceSid."""
    query.refuse_unknown(frozenset({"CallSid", "ConferenceSid"} | PAGING))
    rows = [resource(exchange, kept) for kept in reversed(among(exchange, query))]
    for name, key in (("CallSid", "call_sid"), ("ConferenceSid", "conference_sid")):
        if query.has(name):
            rows = [row for row in rows if row[key] == query.get(name)]
    return 200, page(query, "recordings", rows)


def fetched(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    return 200, resource(exchange, find(exchange, query))


def deleted(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    kept = find(exchange, query)
    if kept.running:
        raise RestError(400, NOT_ELIGIBLE, "The recording is still under way")
    del exchange.recordings[kept.sid]
    return 204, {}


def media(exchange: Exchange, sid: str) -> bytes:
    """Return the sound: a tenth of a second of silence, 8 kHz, WAV. Only a finished recording has one."""
    kept = exchange.recordings.get(sid)
    if kept is None or kept.status != "completed":
        raise RestError(404, NOT_FOUND, f"The requested resource {sid} was not found")
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(kept.channels)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600 * kept.channels))
    return file.getvalue()


def resource(exchange: Exchange, kept: Recording) -> dict[str, Any]:
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Recordings/{kept.sid}"
    return {
        "sid": kept.sid,
        "account_sid": exchange.account_sid,
        "api_version": API_VERSION,
        "call_sid": kept.call_sid or None,
        "conference_sid": kept.conference_sid or None,
        "channels": kept.channels,
        "source": kept.source,
        "status": kept.status,
        "duration": None if kept.running else str(kept.seconds(exchange.now())),
        "start_time": rfc2822(kept.started_at),
        "date_created": rfc2822(kept.started_at),
        "date_updated": rfc2822(kept.ended_at or kept.started_at),
        "error_code": None,
        "price": None,
        "price_unit": "USD",
        "encryption_details": None,
        "media_url": kept.url,
        "uri": f"{uri}.json",
    }
