"""What came from the caller in one turn."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keys:
    """Keys pressed. "" means the ending key alone (an empty entry)."""

    digits: str


@dataclass(frozen=True)
class Speech:
    """Recognized speech; the recognizer's confidence is kept for the record and decides nothing."""

    text: str
    confidence: float | None = None


@dataclass(frozen=True)
class Silence:
    """Neither keys nor speech before the time ran out."""


@dataclass(frozen=True)
class Recorded:
    """A spoken note: how long, and the key that ended it."""

    seconds: int
    key: str = ""


Heard = Keys | Speech | Silence | Recorded
