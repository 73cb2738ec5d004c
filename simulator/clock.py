"""The time of the simulated network; it moves when a test says so."""

from datetime import datetime


class VirtualClock:
    """Aware UTC time that stands still until it is moved, and never goes back."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError(f"clock start {start}: expected an aware datetime")
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move_to(self, at: datetime) -> None:
        """Set the time; ValueError when `at` lies in the past."""
        if at < self._now:
            raise ValueError(f"clock: cannot go back from {self._now} to {at}")
        self._now = at
