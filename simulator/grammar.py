"""Which TwiML Twilio accepts: a table of verbs, their attributes, children and values.

It is stricter than Twilio in one way: what Twilio only warns about, or quietly plays wrong, is an error here.
Source: https://www.twilio.com/docs/voice/twiml
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator import values as v
from simulator.faults import SAY_INVALID, SCHEMA_WARNING, WRONG_ACTION_ON_EMPTY_RESULT, TwimlError
from simulator.node import Node
from simulator.values import Check

VERBS = ("Say", "Play", "Pause", "Gather", "Redirect", "Dial", "Record", "Hangup", "Reject")
PROMPTS = ("Say", "Play", "Pause")
SSML = ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w")
CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
CONFERENCE_EVENTS = ("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")
RECORDING_EVENTS = ("in-progress", "completed", "absent", "failed")

CALLBACK: dict[str, Check] = {
    "statusCallback": v.url,
    "statusCallbackMethod": v.method,
    "statusCallbackEvent": v.words(*CALL_EVENTS),
}
RECORDING: dict[str, Check] = {
    "recordingStatusCallback": v.url,
    "recordingStatusCallbackMethod": v.method,
    "recordingStatusCallbackEvent": v.words(*RECORDING_EVENTS),
    "trim": v.one_of("trim-silence", "do-not-trim"),
}
LEG: dict[str, Check] = {"url": v.url, "method": v.method} | CALLBACK


@dataclass(frozen=True)
class Rule:
    """What may stand in one element."""

    attributes: Mapping[str, Check] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    text: Check = v.blank


GRAMMAR: dict[str, Rule] = {
    "Response": Rule(children=VERBS),
    "Say": Rule({"voice": v.text, "language": v.text, "loop": v.whole(0, 1000)}, SSML, v.spoken),
    "Play": Rule({"loop": v.whole(0, 1000), "digits": v.tones}, (), v.url_or_blank),
    "Pause": Rule({"length": v.whole(1)}),
    "Gather": Rule(
        {
            "action": v.url,
            "method": v.method,
            "input": v.words("dtmf", "speech"),
            "timeout": v.whole(1),
            "speechTimeout": v.whole_or("auto", 1),
            "maxSpeechTime": v.whole(1, 60),
            "numDigits": v.whole(1),
            "finishOnKey": v.matching(r"[0-9*#]?", 'one key of 0-9 * #, or ""'),
            "actionOnEmptyResult": v.boolean,
            "language": v.text,
            "hints": v.hints,
            "bargeIn": v.boolean,
            "profanityFilter": v.boolean,
            "speechModel": v.speech_model,
            "enhanced": v.boolean,
            "partialResultCallback": v.url,
            "partialResultCallbackMethod": v.method,
        },
        PROMPTS,
    ),
    "Redirect": Rule({"method": v.method}, (), v.url),
    "Dial": Rule(
        {
            "action": v.url,
            "method": v.method,
            "timeout": v.whole(1, 600),
            "timeLimit": v.whole(1, 14_400),
            "callerId": v.text,
            "answerOnBridge": v.boolean,
            "hangupOnStar": v.boolean,
            "record": v.one_of(
                "true",
                "do-not-record",
                "record-from-answer",
                "record-from-answer-dual",
                "record-from-ringing",
                "record-from-ringing-dual",
            ),
            "recordingTrack": v.one_of("both", "inbound", "outbound"),
        }
        | RECORDING,
        ("Number", "Client", "Sip", "Conference"),
        v.e164_or_blank,
    ),
    "Number": Rule(LEG | {"sendDigits": v.tones, "byoc": v.text}, (), v.e164),
    "Sip": Rule(LEG | {"username": v.text, "password": v.text}, (), v.matching(r"\s*sips?:[!-~]+\s*", "sip:user@host")),
    "Client": Rule(LEG, ("Identity", "Parameter"), v.identity_or_blank),
    "Identity": Rule(text=v.identity),
    "Parameter": Rule({"name": v.text, "value": v.anything}),
    "Conference": Rule(
        {
            "muted": v.boolean,
            "beep": v.one_of("true", "false", "onEnter", "onExit"),
            "startConferenceOnEnter": v.boolean,
            "endConferenceOnExit": v.boolean,
            "participantLabel": v.matching(r".{1,128}", "1 to 128 characters"),
            "jitterBufferSize": v.one_of("large", "medium", "small", "off"),
            "waitUrl": v.url_or_blank,
            "waitMethod": v.method,
            "maxParticipants": v.whole(2, 250),
            "record": v.one_of("do-not-record", "record-from-start"),
            "region": v.one_of("us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1"),
            "coach": v.matching(r"CA[0-9a-f]{32}", "a CallSid"),
            "statusCallback": v.url,
            "statusCallbackMethod": v.method,
            "statusCallbackEvent": v.words(*CONFERENCE_EVENTS),
        }
        | RECORDING,
        (),
        v.matching(r"(?s)\s*\S.{0,127}\s*", "a room name of 1 to 128 characters"),
    ),
    "Record": Rule(
        {
            "action": v.url,
            "method": v.method,
            "timeout": v.whole(1),
            "finishOnKey": v.matching(r"[0-9*#]*", 'keys of 0-9 * #, or ""'),
            "maxLength": v.whole(1, 14_400),
            "playBeep": v.boolean,
        }
        | RECORDING
    ),
    "Hangup": Rule(),
    "Reject": Rule({"reason": v.one_of("rejected", "busy")}),
    "break": Rule({"strength": v.text, "time": v.matching(r"\d+(\.\d+)?m?s", "500ms or 1s")}),
    "emphasis": Rule({"level": v.one_of("strong", "moderate", "reduced")}, SSML, v.spoken),
    "lang": Rule({"xml:lang": v.text}, SSML, v.spoken),
    "p": Rule({}, SSML, v.spoken),
    "s": Rule({}, SSML, v.spoken),
    "phoneme": Rule({"alphabet": v.text, "ph": v.text}, (), v.spoken),
    "prosody": Rule({"volume": v.text, "rate": v.text, "pitch": v.text}, SSML, v.spoken),
    "say-as": Rule({"interpret-as": v.text, "format": v.text, "role": v.text}, (), v.spoken),
    "sub": Rule({"alias": v.text}, (), v.spoken),
    "w": Rule({"role": v.text}, (), v.spoken),
}
CODES = {("Gather", "actionOnEmptyResult"): WRONG_ACTION_ON_EMPTY_RESULT}
ONLY_IN = {
    "call": VERBS,
    "whisper": ("Play", "Say", "Pause", "Gather", "Redirect", "Hangup"),
    "wait": ("Play", "Say", "Pause", "Redirect"),
    "announcement": ("Play", "Say", "Pause"),
}


def check(root: Node, use: str = "call") -> None:
    """Raise TwimlError at the first fault; `use` says whether a call, a whisper or a wait plays the document."""
    if root.name != "Response":
        raise TwimlError(SCHEMA_WARNING, root.place, root.name, "<Response> as the root element")
    for verb in root.children:
        if verb.name in VERBS and verb.name not in ONLY_IN[use]:
            raise TwimlError(SCHEMA_WARNING, verb.place, verb.name, f"one of {', '.join(ONLY_IN[use])} in a {use}")
    check_element(root)


def check_element(node: Node) -> None:
    rule = GRAMMAR[node.name]
    for name, value in node.attributes.items():
        if name not in rule.attributes:
            expected = f"one of the attributes {', '.join(rule.attributes) or '(none)'}"
            raise TwimlError(SCHEMA_WARNING, node.place, name, expected)
        check_value(node, f"{node.place}/@{name}", value, rule.attributes[name], CODES.get((node.name, name)))
    check_value(node, node.place, node.own_text, rule.text, None)
    for child in node.children:
        if child.name not in rule.children:
            expected = f"one of {', '.join(rule.children) or 'no children'} inside <{node.name}>"
            raise TwimlError(SCHEMA_WARNING, child.place, child.name, expected)
        check_element(child)
    if node.name in WHOLE:
        check_value(node, node.place, node.name, lambda _: WHOLE[node.name](node), None)


def check_value(node: Node, place: str, value: str, rule: Check, code: int | None) -> None:
    expected = rule(value)
    if expected:
        raise TwimlError(code or (SAY_INVALID if node.name == "Say" else SCHEMA_WARNING), place, value, expected)


def a_voice_that_speaks_the_language(say: Node) -> str:
    """Twilio's defaults are English, and a wrong pair makes the whole Say fail."""
    if not say.text.strip():
        return "words to say"
    if "language" not in say.attributes:
        return "a language (without one Twilio speaks en-US)"
    return v.voice_fault(say.get("voice"), say.get("language"))


def a_gather_twilio_can_hear(gather: Node) -> str:
    speech = "speech" in gather.get("input", "dtmf").split()
    if speech and gather.get("language") not in v.SPEECH_LANGUAGES:
        return f"language one of {', '.join(sorted(v.SPEECH_LANGUAGES))} (without one Twilio listens in en-US)"
    model = gather.get("speechModel")
    if model and not gather.get("speechTimeout", "1").isdigit():
        return f"speechTimeout a number of seconds beside speechModel {model}, not auto"
    if model in v.ENGLISH_ONLY_MODELS and gather.get("language") == "ko-KR":
        return f"a speechModel that knows ko-KR, not {model}"
    return ""


def a_dial_with_someone_to_dial(dial: Node) -> str:
    rooms = sum(noun.name == "Conference" for noun in dial.children)
    if rooms and (len(dial.children) > 1 or dial.own_text.strip()):
        return "one Conference and nothing beside it"
    if not dial.children and not dial.own_text.strip():
        return "a Number, Client, Sip or Conference"
    if dial.children and dial.own_text.strip():
        return "either a number as text or nouns"
    return "" if len(dial.children) <= 10 else "at most 10 nouns"


def a_client_with_one_identity(client: Node) -> str:
    identities = sum(child.name == "Identity" for child in client.children) + bool(client.own_text.strip())
    return "" if identities == 1 else "one identity, as text or as <Identity>"


def a_sound(play: Node) -> str:
    return "" if bool(play.own_text.strip()) != ("digits" in play.attributes) else "a URL, or digits"


WHOLE = {
    "Say": a_voice_that_speaks_the_language,
    "Gather": a_gather_twilio_can_hear,
    "Dial": a_dial_with_someone_to_dial,
    "Client": a_client_with_one_identity,
    "Play": a_sound,
}
