"""The time of the simulated network: it moves when a test says so, or with the wall."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Aware UTC time that never goes back."""

    def now(self) -> datetime: ...

    def move_to(self, at: datetime) -> None:
        """Make `at` the present, where the clock can be moved at all."""


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


class WallClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def move_to(self, at: datetime) -> None:
        """Do nothing: this time passes by itself."""

    def seconds_until(self, moment: datetime) -> float:
        """Return how long to wait for a moment, in real seconds."""
        return (moment - self.now()).total_seconds()
