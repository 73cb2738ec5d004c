"""The wall clock is held against one that only goes forward: after a step of the former, nothing expires for a while.

Due times are moments of the wall clock. Set forward, it would end every offer and wrap-up at once; set back, it would
keep them for as long. So expiry pauses until whatever was under way has had its time, and is then put right.
"""

from dataclasses import dataclass, field

STEP_SECONDS = 2.0  # more than the two clocks drift apart between two looks
PAUSE_SECONDS = 60.0  # longer than any telephone rings


@dataclass
class ClockWatch:
    """Both clocks as they were seen last, in seconds."""

    wall: float
    steady: float
    paused_until: float | None = field(default=None)  # on the steady clock

    def look(self, wall: float, steady: float) -> float | None:
        """Return by how many seconds the wall clock has stepped since the last look, or None when it has not."""
        step = (wall - self.wall) - (steady - self.steady)
        self.wall, self.steady = wall, steady
        if abs(step) < STEP_SECONDS:
            return None
        self.paused_until = steady + PAUSE_SECONDS
        return step

    def is_paused(self) -> bool:
        return self.paused_until is not None and self.steady < self.paused_until

    def resumes(self) -> bool:
        """Say, once after each pause, that it is over."""
        if self.paused_until is None or self.steady < self.paused_until:
            return False
        self.paused_until = None
        return True
