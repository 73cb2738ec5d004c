"""Time as a file says: shown + (wall - real) x speed, so that several processes can share one fast or stopped time."""

import json
import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

LOOK_EVERY_SECONDS = 0.01
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Stamp = tuple[int, int, int]  # inode, time of change, size


class ClockFileError(Exception):
    """The file cannot be read as a clock."""


@dataclass(frozen=True)
class Setting:
    """At `real_us` of the wall `shown_us` was shown; since then `speed` seconds pass in each real one."""

    real_us: int
    shown_us: int
    speed: float

    def shown(self, wall_us: int) -> int:
        return self.shown_us + int((wall_us - self.real_us) * self.speed)


class FileClock:
    """Follows the file, which may be replaced at any moment. When that sets the time back, this clock stands still
    until it is caught up; a file that is missing or half written leaves the last setting in force.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: Stamp | None = None
        self._looked = -math.inf
        self._latest = EPOCH
        try:
            self._stamp, self._setting = stamp(path), read(path)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            expected = '{"real_us": 0, "shown_us": 0, "speed": 1.0}'
            raise ClockFileError(f"clock file {path}: expected JSON such as {expected} ({fault})") from fault

    def now(self) -> datetime:
        self._look()
        shown = EPOCH + timedelta(microseconds=self._setting.shown(time.time_ns() // 1000))
        self._latest = max(self._latest, shown)
        return self._latest

    def move_to(self, at: datetime) -> None:
        """Do nothing: this time passes by itself."""

    def seconds_until(self, moment: datetime) -> float:
        """Return how long to wait for a moment in real seconds before asking again; the file may change meanwhile."""
        missing = (moment - self.now()).total_seconds()
        if self._setting.speed <= 0:
            return LOOK_EVERY_SECONDS if missing > 0 else 0.0
        return min(missing / self._setting.speed, LOOK_EVERY_SECONDS)

    def _look(self) -> None:
        """Read the file again if it changed, looking at most every LOOK_EVERY_SECONDS."""
        if time.monotonic() - self._looked < LOOK_EVERY_SECONDS:
            return
        self._looked = time.monotonic()
        try:
            changed = stamp(self._path)
            if changed != self._stamp:
                self._setting = read(self._path)
                self._stamp = changed
        except (OSError, ValueError, KeyError, TypeError):
            return


def stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def read(path: Path) -> Setting:
    content = json.loads(path.read_text())
    return Setting(int(content["real_us"]), int(content["shown_us"]), float(content["speed"]))
