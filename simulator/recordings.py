"""Recordings as resources: never a sound, only what Twilio tells about one."""

from simulator.calls import Subscription
from simulator.exchange import Exchange
from simulator.fields import Value
from simulator.recording import Recording

FILE_READY_SECONDS = 1.0


def begin(
    exchange: Exchange,
    subscription: Subscription | None,
    source: str,
    *,
    call_sid: str = "",
    conference_sid: str = "",
) -> Recording:
    """Start a recording and tell its callback, if that asked for `in-progress`."""
    sid = exchange.sids.new("RE")
    url = f"https://api.twilio.com/2010-04-01/Accounts/{exchange.account_sid}/Recordings/{sid}"
    recording = Recording(sid, url, source, call_sid, conference_sid, exchange.now(), subscription)
    exchange.recordings[sid] = exchange.recording_now[sid] = recording
    exchange.soon(lambda: tell(exchange, recording, "in-progress"))
    return recording


def finish(exchange: Exchange, recording: Recording) -> None:
    """End a recording; its file is ready a moment later. A second end changes nothing."""
    if not recording.running:
        return
    resume(exchange, recording)
    recording.status, recording.ended_at = "completed", exchange.now()
    exchange.recording_now.pop(recording.sid, None)
    exchange.agenda.after(FILE_READY_SECONDS, lambda: tell(exchange, recording, "completed"))


def pause(exchange: Exchange, recording: Recording, *, skips: bool) -> None:
    """Stop listening for a while; a pause that is not skipped stays in the file as silence."""
    if recording.status == "in-progress":
        recording.status = "paused"
        recording.paused_at = exchange.now() if skips else None


def resume(exchange: Exchange, recording: Recording) -> None:
    if recording.status == "paused":
        recording.status = "in-progress"
        if recording.paused_at is not None:
            recording.skipped += exchange.now() - recording.paused_at
            recording.paused_at = None


def finish_those_of(exchange: Exchange, sid: str) -> None:
    """End what records a call or a conference that is over."""
    for recording in list(exchange.recording_now.values()):
        if sid in {recording.call_sid, recording.conference_sid}:
            finish(exchange, recording)


def absent(exchange: Exchange, subscription: Subscription | None, conference_sid: str) -> None:
    """Tell that there is no recording, to those who asked for `absent`."""
    recording = Recording(exchange.sids.new("RE"), "", "Conference", "", conference_sid, exchange.now(), subscription)
    exchange.soon(lambda: tell(exchange, recording, "absent"))


def tell(exchange: Exchange, recording: Recording, event: str) -> None:
    subscription = recording.subscription
    if subscription is None or event not in subscription.events:
        return
    there = event == "completed"
    fields: dict[str, Value] = {
        "AccountSid": exchange.account_sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": recording.url or None,
        "RecordingStatus": event,
        "RecordingDuration": str(recording.seconds(exchange.now())) if there else None,
        "RecordingChannels": str(recording.channels) if event != "absent" else None,
        "RecordingSource": recording.source,
        "CallSid": recording.call_sid or None,
        "ConferenceSid": recording.conference_sid or None,
    }
    exchange.tell(subscription, fields)
