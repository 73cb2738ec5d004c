"""Who stands where: a heap a line, of which only the heads are ever looked at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from directory.model import AgentId, DeskId
from routing.head import Head
from routing.needs import Needs

LineKey = tuple[Needs, frozenset[AgentId], bool]  # the last: whether their tier has opened
Stood = tuple[datetime, int, int, Head]  # place, entry, a running number, the stand


class Lines:
    """The stands of everyone waiting. One who leaves is dropped from a heap only when they come to its top."""

    def __init__(self) -> None:
        self._stands: dict[int, dict[DeskId, Head]] = {}  # what counts; a heap may still hold older stands
        self._heaps: dict[DeskId, dict[LineKey, list[Stood]]] = {}
        self._openings: list[tuple[datetime, int, Head]] = []
        self._number = count()

    def stand(self, head: Head) -> None:
        """Let a caller stand at a desk, in place of how they stood there before."""
        self._stands.setdefault(head.entry_id, {})[head.desk] = head
        if head.opens_at is not None:
            heappush(self._openings, (head.opens_at, next(self._number), head))
        key = (head.needs, head.avoid, head.opens_at is None)
        heap = self._heaps.setdefault(head.desk, {}).setdefault(key, [])
        heappush(heap, (head.place, head.entry_id, next(self._number), head))

    def leave(self, entry_id: int) -> bool:
        """Take a caller out of every line, and return whether they stood in one."""
        return self._stands.pop(entry_id, None) is not None

    def of(self, entry_id: int) -> Sequence[Head]:
        return list(self._stands.get(entry_id, {}).values())

    def heads(self, desks: Iterable[DeskId]) -> Iterator[Head]:
        """Yield the oldest of each line at these desks."""
        for desk in desks:
            for heap in self._heaps.get(desk, {}).values():
                self._drop_left(heap)
                if heap:
                    yield heap[0][3]

    def open(self, head: Head) -> None:
        """Open a tier to a caller who stands there before its time."""
        self.stand(replace(head, opens_at=None))

    def due(self, now: datetime) -> Iterator[Head]:
        """Yield the stands whose tier opens by now, the earliest first, each once."""
        while self._openings and self._openings[0][0] <= now:
            head = heappop(self._openings)[2]
            if self._counts(head):
                yield head

    def next_opening(self) -> datetime | None:
        while self._openings and not self._counts(self._openings[0][2]):
            heappop(self._openings)
        return self._openings[0][0] if self._openings else None

    def _drop_left(self, heap: list[Stood]) -> None:
        while heap and not self._counts(heap[0][3]):
            heappop(heap)

    def _counts(self, head: Head) -> bool:
        return self._stands.get(head.entry_id, {}).get(head.desk) is head
