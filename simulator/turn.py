"""The place an interpreter stands at: exchange, call and the document it is playing."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from simulator.calls import Call, Heard, Request, Subscription
from simulator.document import Document
from simulator.exchange import Exchange
from simulator.faults import SCHEMA_WARNING, TwimlError
from simulator.fields import Fields
from simulator.node import Node
from simulator.script import Ending, Steps, Wait

PLAY_SECONDS = 10.0
SYLLABLES_PER_SECOND = 7.0
LETTERS_PER_SECOND = 14.0
BREATH_SECONDS = 0.4

Next = Request | Ending | None  # fetch this; end the call; or go on with the next verb


@dataclass(frozen=True)
class Turn:
    """One document playing on one call."""

    exchange: Exchange
    call: Call
    document: Document

    def url(self, reference: str, place: str) -> str:
        """Return the absolute URL; TwimlError for a relative one in TwiML given inline."""
        reference = reference.strip()
        if not self.document.url and not urlsplit(reference).scheme:
            raise TwimlError(SCHEMA_WARNING, place, reference, "an absolute URL, since this TwiML was given inline")
        return urljoin(self.document.url, reference)

    def action(self, verb: Node, fields: Fields) -> Request:
        """Return the request to a verb's action, or to the document itself when it has none."""
        url = self.url(verb.get("action"), f"{verb.place}/@action")
        return Request(url, verb.get("method", "POST"), fields)

    def subscription(self, node: Node, prefix: str, default_events: str) -> Subscription | None:
        """Read statusCallback or recordingStatusCallback with their companions."""
        if prefix not in node.attributes:
            return None
        url = self.url(node.get(prefix), f"{node.place}/@{prefix}")
        events = node.get(f"{prefix}Event", default_events).split()
        return Subscription(url, frozenset(events), node.get(f"{prefix}Method", "POST"))


def start_sound(turn: Turn, prompt: Node) -> float:
    """Put a Say, Play or Pause in the call's ear and return how many seconds it takes."""
    call, now = turn.call, turn.exchange.now()
    loops = prompt.number("loop", 1) or 1000
    if prompt.name == "Pause":
        call.ear = ""
        return float(prompt.number("length", 1))
    if prompt.name == "Say":
        call.ear = " ".join(prompt.text.split())
        call.transcript.append(Heard(now, "line", text=call.ear))
        return loops * seconds_to_say(call.ear)
    if not prompt.own_text.strip():
        return len(prompt.get("digits")) * 0.5
    call.ear = turn.url(prompt.own_text, prompt.place)
    call.transcript.append(Heard(now, "line", sound=call.ear))
    return loops * PLAY_SECONDS


def seconds_to_say(words: str) -> float:
    """Return the length of speech: Hangul at 7 syllables a second, letters and digits at 14, and a breath."""
    syllables = sum("가" <= letter <= "힣" for letter in words)
    letters = sum(letter.isalnum() for letter in words) - syllables
    return round(BREATH_SECONDS + syllables / SYLLABLES_PER_SECOND + letters / LETTERS_PER_SECOND, 3)


def play_prompt(turn: Turn, prompt: Node) -> Steps[Next]:
    yield Wait(start_sound(turn, prompt))
    turn.call.ear = ""
    return None
