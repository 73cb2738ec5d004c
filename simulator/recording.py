"""What is kept of one recording."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Recording:
    """A finished recording; `url` serves nothing."""

    sid: str
    url: str
    source: str
    seconds: int
    channels: int
    call_sid: str
    conference_sid: str
    started_at: datetime
