"""What is kept of one recording."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.calls import Subscription


@dataclass(eq=False)
class Recording:
    """A recording under way or finished; `url` serves a short silence to those who know the account's token."""

    sid: str
    url: str
    source: str
    call_sid: str
    conference_sid: str
    started_at: datetime
    subscription: Subscription | None = None
    channels: int = 1
    status: str = "in-progress"  # paused, completed, absent
    paused_at: datetime | None = None
    skipped: timedelta = timedelta()
    ended_at: datetime | None = None

    @property
    def running(self) -> bool:
        return self.status in {"in-progress", "paused"}

    def seconds(self, now: datetime) -> int:
        """Return its length; pauses that were skipped are left out."""
        end = self.ended_at or self.paused_at or now
        return math.floor((end - self.started_at - self.skipped).total_seconds())
