"""The addresses of the voice webhooks, written once: documents point at them and the web serves them.

The first request of a call carries its line; everything else is found by following the documents.
"""

from urllib.parse import quote

LINES = ("1379", "0809988114")  # as they stand in an address
CALL_STATUS = "/voice/calls/status"
STATION_CALLS = "/voice/stations/calls"
CONFERENCE_EVENTS = "/voice/conferences/events"
RECORDING_EVENTS = "/voice/recordings/events"
WAIT_MUSIC = "/static/wait.wav"
WAIT_TONE = "/static/tone.wav"


def first_turn(line: str) -> str:
    return f"/voice/lines/{line}/calls"


def turn(line: str, call_id: str, number: int) -> str:
    return f"/voice/lines/{line}/calls/{quote(call_id, safe='')}/turns/{number}"


def message(line: str, call_id: str, number: int) -> str:
    """Return the address of a turn that takes a recorded message instead of an answer."""
    return f"{turn(line, call_id, number)}/message"


def resume(line: str) -> str:
    """Return where a caller goes on after a document from the fallback; the carrier says who it is."""
    return f"/voice/lines/{line}/resume"


def hold(call_id: str, times: int) -> str:
    return f"/voice/calls/{quote(call_id, safe='')}/hold/{times}"


def supervision_status(supervision_id: int) -> str:
    return f"/voice/supervisions/{supervision_id}/status"


def callback_answer(attempt_id: int, asked: int) -> str:
    return f"/voice/callbacks/{attempt_id}/answers/{asked}"


def callback_status(attempt_id: int) -> str:
    return f"/voice/callbacks/{attempt_id}/status"


def rescue(line: str, call_id: str, broken_turn: int, attempt: int) -> str:
    return f"{turn(line, call_id, broken_turn)}/rescues/{attempt}"


def leg(offer_id: int) -> str:
    return f"/voice/offers/{offer_id}/legs"


def leg_answer(offer_id: int, leg_id: str, asked: int) -> str:
    return f"/voice/offers/{offer_id}/legs/{quote(leg_id, safe='')}/answers/{asked}"


def leg_over(leg_id: str, times: int) -> str:
    return f"/voice/legs/{quote(leg_id, safe='')}/over/{times}"


def recordings_of(call_id: str, ticket: str | None = None) -> str:
    """Return where a call's recording is reported; a note for an earlier ticket names that too."""
    about = f"&ticket={quote(ticket, safe='')}" if ticket else ""
    return f"{RECORDING_EVENTS}?call={quote(call_id, safe='')}{about}"


def leg_status(offer_id: int) -> str:
    return f"{CALL_STATUS}?offer={offer_id}"
