"""What a party on the line hears and does next, in the house's words; the carrier turns it into its own."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Say:
    text: str


@dataclass(frozen=True)
class Ask:
    """Listen for keys and, if wanted, speech; what is said inside may be interrupted. Silence goes to `then` too."""

    say: tuple[Say, ...]
    then: str  # the path that takes the answer
    max_keys: int
    timeout_seconds: int
    finish_on_key: str = ""  # empty where # means back
    hears_speech: bool = False
    hints: tuple[str, ...] = ()


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


Answer = tuple[Say | Ask | Talk | Wait | GoOn | Reach | HangUp, ...]
