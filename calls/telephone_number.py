"""What a calling number says: its kind, its normal form and the region it suggests."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from directory.model import RegionCode

E164 = NewType("E164", str)  # +821012345678; never a special number such as 1379


class NumberKind(StrEnum):
    """Kinds of Korean telephone numbers, as far as routing and callbacks need to tell them apart."""

    FIXED_LINE = "fixed_line"
    MOBILE = "mobile"
    VOIP = "voip"
    PERSONAL = "personal"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    REPRESENTATIVE = "representative"
    SPECIAL = "special"
    RELAY = "relay"
    OVERSEAS = "overseas"
    STATION = "station"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How far the kind and the place of a number can be believed."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True)
class TelephoneNumber:
    """A number as it came and as we read it."""

    raw: str
    e164: E164 | None
    national: str | None  # digits for comparing callers and dialing in Korea: 01012345678
    kind: NumberKind
    confidence: Confidence
    region: RegionCode | None  # a suggestion to confirm, never a fact
