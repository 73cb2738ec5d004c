"""What a party hears and does next, as TwiML that Twilio takes without a warning."""

import re

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from calls.answer import (
    Answer,
    Ask,
    GoOn,
    HangUp,
    Part,
    Play,
    Reach,
    Reject,
    Role,
    Say,
    TakeMessage,
    Talk,
    Wait,
)
from carrier.overrides import report_at, turn_at
from switchboard import paths

TONGUES = {"ko": "ko-KR", "en": "en-US"}
VOICES = {"ko": "Google.ko-KR-Neural2-A", "en": "Google.en-US-Neural2-C"}
SPEECH_MODEL = "default"
SPEECH_PAUSE_SECONDS = 2  # with a speech model, `auto` is refused
SHOWN_NUMBER = "+82809988114"  # telephones we ring show a number the operator holds, never the caller's
CONFERENCE_EVENTS = "start end join leave"
RECORDING_EVENTS = "completed absent"
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no XML document may hold these


def to_twiml(answer: Answer, base_url: str) -> bytes:
    """Return the TwiML document; addresses are absolute, as Twilio's REST API and status callbacks need them."""
    response = VoiceResponse()
    for part in answer:
        _add(response, part, base_url)
    return str(response).encode()


def _add(response: VoiceResponse, part: Part, base_url: str) -> None:  # noqa: C901 (one line for each kind)
    match part:
        case Say():
            _say(response, part)
        case Play():
            _play(response, part, base_url)
        case Ask():
            _ask(response, part, base_url)
        case TakeMessage():
            _take_message(response, part, base_url)
        case Talk():
            _talk(response, part, base_url)
        case Wait():
            response.pause(length=part.seconds)
        case GoOn():
            response.redirect(turn_at(base_url, part.to), method="POST")
        case Reach():
            response.dial(part.number, caller_id=SHOWN_NUMBER)  # a withheld number, or one from SIP, cannot be shown
        case HangUp():
            response.hangup()
        case Reject():
            response.reject(reason="rejected")


def _say(parent: VoiceResponse | Gather, said: Say) -> None:
    parent.say(UNSPEAKABLE.sub(" ", said.text), voice=VOICES[said.language], language=TONGUES[said.language])


def _play(parent: VoiceResponse | Gather, sound: Play, base_url: str) -> None:
    """Name a sound without a fragment: it is fetched once and kept, by its headers, under the address as it stands."""
    parent.play(base_url + sound.path)


def _ask(response: VoiceResponse, ask: Ask, base_url: str) -> None:
    listening = {"input": "dtmf"}
    if ask.hears_speech:
        listening = {
            "input": "dtmf speech",
            "language": TONGUES[ask.language],
            "speech_model": SPEECH_MODEL,
            "speech_timeout": str(SPEECH_PAUSE_SECONDS),
            "hints": ",".join(ask.hints),
        }
    gather = Gather(
        action=turn_at(base_url, ask.then),
        method="POST",
        num_digits=ask.max_keys,
        timeout=ask.timeout_seconds,
        finish_on_key=ask.finish_on_key,
        action_on_empty_result=True,
        **{name: value for name, value in listening.items() if value},
    )
    for part in ask.say:
        if isinstance(part, Say):
            _say(gather, part)
        else:
            _play(gather, part, base_url)
    response.append(gather)


def _take_message(response: VoiceResponse, message: TakeMessage, base_url: str) -> None:
    """Record with silence cut off at both ends, so that a length of nothing means that nothing was said."""
    response.record(
        action=turn_at(base_url, message.then),
        method="POST",
        max_length=message.longest_seconds,
        timeout=message.silence_seconds,
        finish_on_key=message.finish_on_key,
        play_beep=True,
        trim="trim-silence",
        recording_status_callback=report_at(base_url, message.reports),
        recording_status_callback_event=RECORDING_EVENTS,
    )


def _talk(response: VoiceResponse, talk: Talk, base_url: str) -> None:
    dial = Dial(action=turn_at(base_url, talk.then), method="POST")
    dial.conference(
        talk.conference,
        beep="false",
        wait_url="",
        start_conference_on_enter=True,
        end_conference_on_exit=talk.role is Role.CALLER,
        record="record-from-start",
        recording_status_callback=report_at(base_url, paths.recordings_of(talk.conference)),
        recording_status_callback_event=RECORDING_EVENTS,
        status_callback=report_at(base_url, paths.CONFERENCE_EVENTS),
        status_callback_event=CONFERENCE_EVENTS,
    )
    response.append(dial)
