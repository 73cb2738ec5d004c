"""What waiting callers were told, and how long agents were lately busy with one call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select, update

from directory.model import DeskId
from routing.wait_estimate import Told
from store import tables

_entries, _lines, _handlings = tables.queue_entries, tables.queue_lines, tables.handlings

_DESKS: BindParameter[Any] = bindparam("desks", expanding=True)
_WAITING_AT = select(func.count()).select_from(
    select(_lines.c.entry_id)
    .where(_lines.c.desk.in_(_DESKS), _lines.c.opened_at.is_not(None), _lines.c.waiting)
    .distinct()
    .limit(bindparam("most"))
    .subquery()
)


@dataclass(frozen=True)
class StoredWaits:
    connection: Connection

    def told(self, entry_id: int) -> Told | None:
        row = self.connection.execute(
            select(_entries.c.told_least, _entries.c.told_most).where(_entries.c.id == entry_id)
        ).one_or_none()
        return None if row is None or row.told_most is None else Told(row.told_least, row.told_most)

    def tell(self, entry_id: int, told: Told) -> None:
        self._set(entry_id, told_least=told.least, told_most=told.most)

    def tell_ahead(self, entry_id: int, ahead: int) -> bool:
        fewer = _entries.c.told_ahead.is_(None) | (_entries.c.told_ahead >= ahead)
        told = update(_entries).where(_entries.c.id == entry_id, fewer).values(told_ahead=ahead)
        return self.connection.execute(told).rowcount == 1

    def offer(self, entry_id: int, at: datetime) -> None:
        self._set(entry_id, offered_at=at)

    def _set(self, entry_id: int, **values: object) -> None:
        self.connection.execute(update(_entries).where(_entries.c.id == entry_id).values(values))

    def note_handling(self, desk: DeskId, at: datetime, seconds: int) -> None:
        self.connection.execute(insert(_handlings).values(desk=desk, ended_at=at, seconds=seconds))

    def handlings(self, desks: Iterable[DeskId], since: datetime, most: int) -> Sequence[float]:
        return self.connection.scalars(
            select(_handlings.c.seconds)
            .where(_handlings.c.desk.in_(list(desks)), _handlings.c.ended_at >= since)
            .order_by(_handlings.c.ended_at.desc())
            .limit(most)
        ).all()

    def waiting_at(self, desks: Iterable[DeskId], most: int) -> int:
        return int(self.connection.scalar(_WAITING_AT, {"desks": list(desks), "most": most}) or 0)
