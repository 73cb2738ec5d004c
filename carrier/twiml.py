"""What a party hears and does next, as TwiML that Twilio takes without a warning."""

import re

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from calls.answer import Answer, Ask, GoOn, HangUp, Reach, Role, Say, Talk, Wait
from switchboard import paths

LANGUAGE = "ko-KR"
VOICE = "Google.ko-KR-Neural2-A"
SPEECH_MODEL = "default"
SPEECH_PAUSE_SECONDS = 2  # with a speech model, `auto` is refused
SHOWN_NUMBER = "+82809988114"  # telephones we ring show a number the operator holds, never the caller's
CONFERENCE_EVENTS = "start end join leave"
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no XML document may hold these


def to_twiml(answer: Answer, base_url: str) -> bytes:
    """Return the TwiML document; addresses are absolute, as Twilio's REST API and status callbacks need them."""
    response = VoiceResponse()
    for part in answer:
        _add(response, part, base_url)
    return str(response).encode()


def _add(response: VoiceResponse, part: Say | Ask | Talk | Wait | GoOn | Reach | HangUp, base_url: str) -> None:
    match part:
        case Say():
            _say(response, part)
        case Ask():
            _ask(response, part, base_url)
        case Talk():
            _talk(response, part, base_url)
        case Wait():
            response.pause(length=part.seconds)
        case GoOn():
            response.redirect(base_url + part.to, method="POST")
        case Reach():
            response.dial(part.number, caller_id=SHOWN_NUMBER)  # a withheld number, or one from SIP, cannot be shown
        case HangUp():
            response.hangup()


def _say(parent: VoiceResponse | Gather, said: Say) -> None:
    parent.say(UNSPEAKABLE.sub(" ", said.text), voice=VOICE, language=LANGUAGE)


def _ask(response: VoiceResponse, ask: Ask, base_url: str) -> None:
    listening = {"input": "dtmf"}
    if ask.hears_speech:
        listening = {
            "input": "dtmf speech",
            "language": LANGUAGE,
            "speech_model": SPEECH_MODEL,
            "speech_timeout": str(SPEECH_PAUSE_SECONDS),
            "hints": ",".join(ask.hints),
        }
    gather = Gather(
        action=base_url + ask.then,
        method="POST",
        num_digits=ask.max_keys,
        timeout=ask.timeout_seconds,
        finish_on_key=ask.finish_on_key,
        action_on_empty_result=True,
        **{name: value for name, value in listening.items() if value},
    )
    for said in ask.say:
        _say(gather, said)
    response.append(gather)


def _talk(response: VoiceResponse, talk: Talk, base_url: str) -> None:
    dial = Dial(action=base_url + talk.then, method="POST")
    dial.conference(
        talk.conference,
        beep="false",
        wait_url="",
        start_conference_on_enter=True,
        end_conference_on_exit=talk.role is Role.CALLER,
        record="record-from-start",
        recording_status_callback=base_url + paths.recordings_of(talk.conference),
        recording_status_callback_event="completed absent",
        status_callback=base_url + paths.CONFERENCE_EVENTS,
        status_callback_event=CONFERENCE_EVENTS,
    )
    response.append(dial)
