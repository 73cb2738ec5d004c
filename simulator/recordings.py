"""Recordings as resources: never a sound, only what Twilio tells about one."""

from datetime import datetime

from simulator.calls import Subscription
from simulator.exchange import Exchange
from simulator.fields import Value
from simulator.recording import Recording

FILE_READY_SECONDS = 1.0


def finish(
    exchange: Exchange,
    subscription: Subscription | None,
    source: str,
    started_at: datetime,
    *,
    call_sid: str = "",
    conference_sid: str = "",
) -> Recording:
    """Keep a recording from `started_at` until now and tell its callback when the file is ready."""
    sid = exchange.sids.new("RE")
    url = f"https://api.twilio.com/2010-04-01/Accounts/{exchange.account_sid}/Recordings/{sid}"
    seconds = int((exchange.now() - started_at).total_seconds())
    recording = Recording(sid, url, source, seconds, 1, call_sid, conference_sid, started_at)
    exchange.recordings[sid] = recording
    exchange.agenda.after(FILE_READY_SECONDS, lambda: tell(exchange, subscription, fields_of(recording)))
    return recording


def absent(exchange: Exchange, subscription: Subscription | None, conference_sid: str) -> None:
    """Tell that there is no recording, to those who asked for `absent`."""
    fields: dict[str, Value] = {"RecordingStatus": "absent", "RecordingSource": "Conference"}
    fields |= {"RecordingSid": exchange.sids.new("RE"), "ConferenceSid": conference_sid}
    exchange.soon(lambda: tell(exchange, subscription, fields))


def fields_of(recording: Recording) -> dict[str, Value]:
    return {
        "RecordingSid": recording.sid,
        "RecordingUrl": recording.url,
        "RecordingStatus": "completed",
        "RecordingDuration": str(recording.seconds),
        "RecordingChannels": str(recording.channels),
        "RecordingSource": recording.source,
        "CallSid": recording.call_sid or None,
        "ConferenceSid": recording.conference_sid or None,
    }


def tell(exchange: Exchange, subscription: Subscription | None, fields: dict[str, Value]) -> None:
    if subscription is None or fields["RecordingStatus"] not in subscription.events:
        return
    exchange.callbacks.tell(subscription.url, subscription.method, {"AccountSid": exchange.account_sid} | fields)
