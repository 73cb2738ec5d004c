"""How the product answered: counts by status, and times by kind of URL."""

import re
from array import array
from collections import Counter
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

SLOW_SECONDS = 1.0
AN_ID = re.compile(r"[0-9]+|[A-Z]{2}[0-9a-f]{32}|[0-9a-fA-F-]{16,}")


class AnswerTimes:
    """Safe from any thread; status 0 counts requests that got no answer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.reset()

    def reset(self) -> None:
        with self._lock:
            self._statuses: Counter[int] = Counter()
            self._times: dict[str, array[float]] = {}
            self._slow = 0

    def add(self, url: str, status: int, seconds: float) -> None:
        with self._lock:
            self._statuses[status] += 1
            self._times.setdefault(kind_of(url), array("f")).append(seconds)
            self._slow += seconds > SLOW_SECONDS

    def report(self) -> dict[str, Any]:
        """Return the counts, and for each kind of URL its p50, p99 and longest time in milliseconds."""
        with self._lock:
            times = {kind: sorted(found) for kind, found in self._times.items()}
            return {
                "deliveries": sum(self._statuses.values()),
                "by_status": {str(status): count for status, count in sorted(self._statuses.items())},
                "slower_than_1_s": self._slow,
                "answers_ms": {kind: spread(found) for kind, found in sorted(times.items())},
            }


def kind_of(url: str) -> str:
    """Return the path of a URL with a star for each id or number in it."""
    return "/".join("*" if AN_ID.fullmatch(part) else part for part in urlsplit(url).path.split("/"))


def spread(ordered: list[float]) -> dict[str, float]:
    """Return count, p50, p99 and maximum of sorted seconds, in milliseconds."""

    def at(share: float) -> float:
        return round(1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)], 2)

    return {"count": len(ordered), "p50": at(0.5), "p99": at(0.99), "max": at(1)}
