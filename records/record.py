"""One thing that happened, appended in the transaction that made it happen; audit, live updates and reports read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Record:
    """`kind` is thing.event (`offer.expired`); `fields` are plain JSON values, never a full telephone number."""

    kind: str
    at: datetime
    call: str | None = None
    ticket: str | None = None
    agent: str | None = None
    desk: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
