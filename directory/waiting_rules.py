"""How a desk's callers wait, and how they are called back."""

from dataclasses import dataclass
from enum import StrEnum

from directory.codes import DeskId


class Sound(StrEnum):
    """What is heard between the words of a wait."""

    MUSIC = "music"
    TONE = "tone"


class AfterLongestWait(StrEnum):
    """What becomes of a caller who has waited as long as anybody should."""

    CALLBACK = "callback"
    MESSAGE = "message"
    BACKUP = "backup"  # one more desk opens to them
    STAY = "stay"


class DialsFirst(StrEnum):
    """Who is called first when a callback's turn has come."""

    AGENT = "agent"  # the customer's telephone rings when somebody is there for them
    CUSTOMER = "customer"  # an agent is reserved, and bothered only when the customer is there


@dataclass(frozen=True)
class Waiting:
    """How a desk's callers wait, and how they are called back."""

    sound: Sound
    says_position: bool
    says_estimate: bool
    full_per_agent: int | None  # callers waiting for each agent signed in, from which on the line counts as full
    full_callers: int | None  # the same, however many agents there are
    offers_callback: bool  # key 1
    takes_messages: bool  # key 2
    offer_after_seconds: int
    offer_every_seconds: int  # 0: once
    longest_wait_seconds: int
    then: AfterLongestWait
    backup_desk: DeskId | None
    shown_number: str  # one of the line's own numbers, as it is dialed
    dials_first: DialsFirst
    attempts: int
    retry_seconds: tuple[int, ...]  # after the first attempt, the second ...; the last of them from then on


@dataclass(frozen=True)
class OwnLine:
    """A number the operator holds: the only ones a telephone we call may show."""

    number: str  # as it is dialed: 0809988114
    shown_as: str  # as the carrier is told to show it: +82809988114
    name_ko: str
