"""What the menu captured of a caller's wish."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from directory.model import AgentId, DeskId, InstituteCode, RegionCode
from ivr.category import Category
from ivr.details import DETAILS

__all__ = ["Category", "Intake", "KnownBy"]


class KnownBy(StrEnum):
    """How a part of the intake became known; a ticket keeps it beside the value."""

    KEYS = "keys"
    SPEECH = "speech"
    CALLER_NUMBER = "caller_number"  # suggested by the number and confirmed by the caller
    NUMBER_UNCONFIRMED = "number_unconfirmed"  # suggested by the number; the caller left before confirming
    FAILURES = "failures"  # three tries were not understood
    RELAY = "relay"  # the relay service 107 skips the menu
    ERROR = "error"  # something of ours broke
    COUNSELOR = "counselor"  # completed by a person


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
    language: str = "ko"  # chosen in the opening menu: the name of a file in callflows/prompts/
    details: Mapping[str, str | int] = field(default_factory=dict)  # what the service needs to know: ivr/details.py
    details_by: Mapping[str, str] = field(default_factory=dict)  # a KnownBy for each of them
    asked_ticket: str | None = None  # digits of an earlier ticket, as keyed and not yet proven
    ticket_code: str | None = None  # the proof as keyed; forgotten as soon as it was looked at
    open_ticket: str | None = None  # the case of the caller's number that is still open, until they say it is another
    ticket: str | None = None  # the earlier ticket this call is about, proven to be the caller's
    counselor: AgentId | None = None  # who owns that ticket: the caller wants them
    desk: DeskId | None = None  # where it lies

    def value_of(self, name: str) -> object:
        """Return a part of the intake, or a detail of its service, by its name; None when nobody knows it."""
        return self.details.get(name) if name in DETAILS else getattr(self, name)

    def to_data(self) -> dict[str, Any]:
        """Return the intake as plain data, as a row keeps it."""
        return {part: _plain(getattr(self, part)) for part in _PARTS}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "Intake":
        """Read the intake back from its plain data; what an older row does not have stays unknown."""
        category, category_by, region_by = (data.get(name) for name in ("category", "category_by", "region_by"))
        return Intake(
            category=Category(category) if category else None,
            category_by=KnownBy(category_by) if category_by else None,
            region=data.get("region"),
            region_by=KnownBy(region_by) if region_by else None,
            region_candidates=tuple(data.get("region_candidates", ())),
            institutes=tuple(data.get("institutes", ())),
            wish=data.get("wish"),
            consent=data.get("consent"),
            callback_number=data.get("callback_number"),
            language=str(data.get("language") or "ko"),
            details=dict(data.get("details") or {}),
            details_by=dict(data.get("details_by") or {}),
            asked_ticket=data.get("asked_ticket"),
            ticket_code=data.get("ticket_code"),
            open_ticket=data.get("open_ticket"),
            ticket=data.get("ticket"),
            counselor=data.get("counselor"),
            desk=data.get("desk"),
        )


_PARTS = tuple(part.name for part in fields(Intake))


def _plain(value: object) -> object:
    """Return a part as a row keeps it: a mapping of its own, which nobody else changes."""
    return dict(value) if isinstance(value, Mapping) else value
