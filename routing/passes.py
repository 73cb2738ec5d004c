"""Who let whom pass: an agent who declined a caller, or let them ring, is not asked for them again for a while."""

from collections.abc import Iterator
from datetime import datetime
from heapq import heappop, heappush

from directory.model import AgentId


class Passes:
    def __init__(self) -> None:
        self._until: dict[int, dict[AgentId, datetime]] = {}
        self._ends: list[tuple[datetime, int, AgentId]] = []

    def add(self, entry_id: int, agent_id: AgentId, until: datetime) -> None:
        self._until.setdefault(entry_id, {})[agent_id] = until
        heappush(self._ends, (until, entry_id, agent_id))

    def of(self, entry_id: int) -> frozenset[AgentId]:
        return frozenset(self._until.get(entry_id, ()))

    def forget(self, entry_id: int) -> None:
        self._until.pop(entry_id, None)

    def end(self, now: datetime) -> Iterator[int]:
        """End those whose time is over, and yield their callers."""
        while self._ends and self._ends[0][0] <= now:
            until, entry_id, agent_id = heappop(self._ends)
            if self._counts(until, entry_id, agent_id):
                del self._until[entry_id][agent_id]
                yield entry_id

    def next_end(self) -> datetime | None:
        while self._ends and not self._counts(*self._ends[0]):
            heappop(self._ends)
        return self._ends[0][0] if self._ends else None

    def _counts(self, until: datetime, entry_id: int, agent_id: AgentId) -> bool:
        return self._until.get(entry_id, {}).get(agent_id) == until
