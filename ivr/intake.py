"""What the menu captured of a caller's wish."""

from dataclasses import dataclass
from enum import StrEnum

from directory.model import InstituteCode, RegionCode


class Category(StrEnum):
    """The five services in the source's order, and the wish for a person."""

    TECHNICAL_DIFFICULTY = "technical_difficulty"
    DATABASE_ACCESS = "database_access"
    PERSONNEL_EXCHANGE = "personnel_exchange"
    INFORMATION = "information"
    TECHNOLOGY_TRANSFER = "technology_transfer"
    OPERATOR = "operator"


class KnownBy(StrEnum):
    """How a part of the intake became known; a ticket keeps it beside the value."""

    KEYS = "keys"
    SPEECH = "speech"
    CALLER_NUMBER = "caller_number"  # suggested by the number and confirmed by the caller
    NUMBER_UNCONFIRMED = "number_unconfirmed"  # suggested by the number; the caller left before confirming
    FAILURES = "failures"  # three tries were not understood
    RELAY = "relay"  # the relay service 107 skips the menu
    ERROR = "error"  # something of ours broke


@dataclass(frozen=True)
class Intake:
    """What is known so far; every part may be missing when the caller leaves early."""

    category: Category | None = None
    category_by: KnownBy | None = None
    region: RegionCode | None = None
    region_by: KnownBy | None = None
    region_candidates: tuple[RegionCode, ...] = ()  # the place named could be in any of these; to be asked
    institutes: tuple[InstituteCode, ...] = ()  # best first
    wish: str | None = None  # the caller's own words
    consent: bool | None = None  # to pass name, number and wish on to an institute; None: not asked
    callback_number: str | None = None  # digits as keyed, when the caller's own number cannot be called
