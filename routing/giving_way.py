"""Who has waited past the seconds within which callers are to be answered gives way to those who can still be in time.

Once, by so many seconds: their place falls back by them, as if they had come so much later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from directory.model import RoutingSettings
from routing.reason import Reason, Verdict


@dataclass(frozen=True)
class GivesWay:
    at: datetime
    seconds: int


def gives_way(entered_at: datetime, priority_seconds: int, settings: RoutingSettings) -> GivesWay | None:
    """Return when a caller gives way and by how much, by the settings of their first desk.

    Who has priority never does: a place kept over a cut call, or after a lost agent, stays as good as it was.
    """
    if priority_seconds > 0 or settings.gives_way_seconds == 0:
        return None
    return GivesWay(entered_at + timedelta(seconds=settings.answer_within_seconds), settings.gives_way_seconds)


def why_given_way(seconds: int) -> Reason:
    text = (
        f"목표 응답 시간 안에 연결하지 못해, 아직 그 안에 받을 수 있는 전화에 순서를 {seconds}초만큼 양보했습니다. "
        "양보는 한 번뿐입니다."
    )
    text_en = (
        f"Was not answered within the target time, and gives way by {seconds} s, once, to callers who still can be."
    )
    return Reason(None, "queue", "gave_way", Verdict.SKIPPED, text, text_en)


class GivingWay:
    """Those who will give way if they still wait then."""

    def __init__(self) -> None:
        self._of: dict[int, GivesWay] = {}
        self._dues: list[tuple[datetime, int]] = []

    def wait(self, entry_id: int, gives_way: GivesWay | None) -> None:
        if gives_way is not None:
            self._of[entry_id] = gives_way
            heappush(self._dues, (gives_way.at, entry_id))

    def forget(self, entry_id: int) -> None:
        self._of.pop(entry_id, None)

    def due(self, now: datetime) -> Iterator[tuple[int, int]]:
        """Yield each caller whose time has come, once, with the seconds."""
        while (at := self.next_due()) is not None and at <= now:
            entry_id = heappop(self._dues)[1]
            yield entry_id, self._of.pop(entry_id).seconds

    def next_due(self) -> datetime | None:
        while self._dues and not self._counts(*self._dues[0]):
            heappop(self._dues)
        return self._dues[0][0] if self._dues else None

    def _counts(self, at: datetime, entry_id: int) -> bool:
        return entry_id in self._of and self._of[entry_id].at == at
