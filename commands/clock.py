"""The time: the machine's, or for a demo a day of its own that every process of it shares through a small file."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """Shows the time a file says: `shown_us` at the real moment `real_us`, going `speed` times as fast; 0 stands still.

    The file is replaced whole, never written in place, so every process reads one moment or the next.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], int, int, float] | None = None

    def now(self) -> datetime:
        status = self._path.stat()
        version = (status.st_mtime_ns, status.st_ino)
        if self._read is None or self._read[0] != version:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            self._read = (version, int(told["real_us"]), int(told["shown_us"]), float(told["speed"]))
        _, real, shown, speed = self._read
        return _EPOCH + timedelta(microseconds=shown + (time.time_ns() // 1000 - real) * speed)


def set_clock(path: Path, shown: datetime, speed: float) -> None:
    """Let every process that follows this file show this time from now on."""
    told = {
        "real_us": time.time_ns() // 1000,
        "shown_us": (shown - _EPOCH) // timedelta(microseconds=1),
        "speed": speed,
    }
    new = path.with_suffix(".new")
    new.write_text(json.dumps(told), encoding="utf-8")
    os.replace(new, path)  # noqa: PTH105 (pathlib's replace is the same call)
