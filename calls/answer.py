"""What a party on the line hears and does next, in the house's words; the carrier turns it into its own."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Say:
    text: str
    language: str = "ko"  # whose voice says it


@dataclass(frozen=True)
class Play:
    """A sound of our own, from its beginning to its end."""

    path: str


@dataclass(frozen=True)
class Ask:
    """Listen for keys and, if wanted, speech; what is said inside may be interrupted. Silence goes to `then` too."""

    say: tuple[Say | Play, ...]
    then: str  # the path that takes the answer
    max_keys: int
    timeout_seconds: int
    finish_on_key: str = ""  # empty where # means back
    hears_speech: bool = False
    hints: tuple[str, ...] = ()
    language: str = "ko"  # of the speech to expect


@dataclass(frozen=True)
class TakeMessage:
    """Record what the party says after a tone; a message in which nothing was said goes on with the next part."""

    then: str  # asked when the message is over, by # or silence or a hang-up
    reports: str  # told once the recording can be heard
    longest_seconds: int
    silence_seconds: int  # this long without a word is the end
    finish_on_key: str = "#"


class Role(StrEnum):
    CALLER = "caller"  # leaving ends the talk for everyone
    AGENT = "agent"


@dataclass(frozen=True)
class Talk:
    """Enter the conference of a call; `then` is asked when this party's part in it is over."""

    conference: str
    role: Role
    then: str


@dataclass(frozen=True)
class Wait:
    seconds: int


@dataclass(frozen=True)
class GoOn:
    """Ask for the next document at `to`."""

    to: str


@dataclass(frozen=True)
class Reach:
    """Connect the party to an ordinary telephone number: the way out when everything of ours fails."""

    number: str


@dataclass(frozen=True)
class HangUp:
    pass


@dataclass(frozen=True)
class Reject:
    """Refuse a call before it is answered: it costs nobody anything."""


Part = Say | Play | Ask | TakeMessage | Talk | Wait | GoOn | Reach | HangUp | Reject
Answer = tuple[Part, ...]
