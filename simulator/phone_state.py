"""A phone as JSON: what control sends and a remote phone reads."""

from datetime import datetime
from typing import Any

from simulator.calls import Heard
from simulator.phone import Phone


def phone_state(phone: Phone, since: int | None = None) -> dict[str, Any]:
    """Return all that shows of a phone; with `since` also the transcript from that line on."""
    call = phone.call
    state: dict[str, Any] = {
        "sid": phone.sid,
        "from": call.from_,
        "to": call.to,
        "direction": call.direction,
        "status": phone.status,
        "ended": phone.ended,
        "listening": phone.listening,
        "fetching": phone.fetching,
        "hears": phone.hears,
        "question": f"{phone.sid}-{call.questions}" if phone.listening else None,
        "in_conference": phone.in_conference,
        "conference": call.conference_sid or None,
        "connected_to": sorted(phone.connected_to),
        "held": phone.held,
        "muted": phone.muted,
        "custom_parameters": phone.custom_parameters,
        "transcript_length": len(phone.transcript),
    }
    if since is not None:
        state["transcript"] = [heard_state(heard) for heard in phone.transcript[since:]]
        state["lost"] = [heard_state(heard) for heard in phone.lost]
    return state


def heard_state(heard: Heard) -> dict[str, str]:
    return {
        "at": heard.at.isoformat(),
        "who": heard.who,
        "text": heard.text,
        "keys": heard.keys,
        "speech": heard.speech,
        "sound": heard.sound,
    }


def heard_from(state: dict[str, str]) -> Heard:
    return Heard(
        datetime.fromisoformat(state["at"]),
        state["who"],
        state["text"],
        state["keys"],
        state["speech"],
        state["sound"],
    )
