"""Where an agent is rung: a browser, a SIP phone or an ordinary telephone."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class StationKind(StrEnum):
    CLIENT = "client"
    SIP = "sip"
    TELEPHONE = "tel"


class StationError(ValueError):
    """An address that cannot be rung."""


_WELL_FORMED = {
    StationKind.CLIENT: re.compile(r"[A-Za-z0-9_]{1,121}"),
    StationKind.SIP: re.compile(r"[A-Za-z0-9_.+\-]{1,64}@[A-Za-z0-9.\-]{1,190}(:[0-9]{1,5})?"),
    StationKind.TELEPHONE: re.compile(r"\+[1-9][0-9]{6,14}"),
}
_EXPECTED = "client:NAME (letters, digits, _), sip:USER@HOST or tel:+82… (E.164)"


@dataclass(frozen=True)
class Station:
    """An address that rings; a telephone or SIP phone must press 1, so that a voicemail never accepts a caller."""

    kind: StationKind
    address: str  # without its scheme: icg_1, user@host, +8231…

    def __str__(self) -> str:
        return f"{self.kind}:{self.address}"

    @property
    def is_browser(self) -> bool:
        """Say whether the agent sees the offer as a card and calls in, so that nothing needs to be rung."""
        return self.kind is StationKind.CLIENT


@lru_cache(maxsize=10_000)  # the same few, again and again
def read_station(text: str) -> Station:
    """Read `client:…`, `sip:…` or `tel:…`, or raise StationError with the value and what was expected."""
    scheme, _, address = text.strip().partition(":")
    try:
        kind = StationKind(scheme.lower())
    except ValueError:
        raise StationError(f'"{text}" is not a station: expected {_EXPECTED}') from None
    if not _WELL_FORMED[kind].fullmatch(address):
        raise StationError(f'"{text}" is not a {kind} station: expected {_EXPECTED}')
    return Station(kind, address)
