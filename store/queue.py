"""Places in the queue, and the lines at desks where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from calls.call import CallId
from directory.model import AgentId, DeskId
from routing.head import Head
from routing.queue_entry import ENTRY, EntryEvent, EntryState, QueueEntry, Stand, place
from store import tables
from store.moves import move
from tickets.number import TicketNumber

_entries = tables.queue_entries
_lines = tables.queue_lines
_offers = tables.offers


@dataclass(frozen=True)
class StoredQueue:
    connection: Connection

    def enter(self, call_id: CallId, ticket: TicketNumber, at: datetime, stands: Sequence[Stand]) -> int:
        entry = self.connection.execute(
            insert(_entries).values(
                call_id=call_id, ticket=ticket, state=str(EntryState.WAITING), entered_at=at, priority_seconds=0
            )
        ).inserted_primary_key
        assert entry is not None  # noqa: S101 (one row was inserted)
        for stand in stands:
            opens_now = stand.opens_at is not None and stand.opens_at <= at
            self.connection.execute(
                insert(_lines).values(
                    entry_id=entry.id,
                    tier=stand.tier,
                    desk=stand.desk,
                    place=place(at, 0),
                    opens_at=stand.opens_at,
                    opened_at=at if opens_now else None,
                    waiting=True,
                )
            )
        return int(entry.id)

    def get(self, entry_id: int) -> QueueEntry | None:
        return self._one(_entries.c.id == entry_id)

    def of_call(self, call_id: CallId) -> QueueEntry | None:
        return self._one(_entries.c.call_id == call_id)

    def _one(self, condition: Any) -> QueueEntry | None:
        row = self.connection.execute(select(_entries).where(condition)).one_or_none()
        return None if row is None else _entry(row)

    def move(self, entry_id: int, event: EntryEvent, at: datetime) -> bool:
        changes: dict[str, Any] = {"return_at": None}
        if event is EntryEvent.GONE:
            changes["ended_at"] = at
        if not move(self.connection, _entries, entry_id, ENTRY, event, changes=changes):
            return False
        waiting = ENTRY.target(event) is EntryState.WAITING
        self.connection.execute(update(_lines).where(_lines.c.entry_id == entry_id).values(waiting=waiting))
        if event is EntryEvent.GONE:
            self.connection.execute(
                update(_lines).where(_lines.c.entry_id == entry_id, _lines.c.opened_at.is_(None)).values(opens_at=None)
            )
        return True

    def ahead_of(self, entry_id: int) -> int:
        mine = select(_lines).where(_lines.c.entry_id == entry_id, _lines.c.opened_at.is_not(None)).subquery()
        counted = self.connection.scalar(
            select(func.count(_lines.c.entry_id.distinct())).where(
                _lines.c.desk == mine.c.desk,
                _lines.c.waiting,
                _lines.c.opened_at.is_not(None),
                (_lines.c.place < mine.c.place) | ((_lines.c.place == mine.c.place) & (_lines.c.entry_id < entry_id)),
            )
        )
        return int(counted or 0)

    def opened_desks(self, entry_id: int) -> frozenset[DeskId]:
        desks = self.connection.scalars(
            select(_lines.c.desk).where(_lines.c.entry_id == entry_id, _lines.c.opened_at.is_not(None))
        )
        return frozenset(DeskId(desk) for desk in desks)

    def stands_of(self, entry_id: int) -> Sequence[Stand]:
        rows = self.connection.execute(select(_lines).where(_lines.c.entry_id == entry_id).order_by(_lines.c.tier))
        return [_stand(row) for row in rows]

    def open_lines(self, desks: Iterable[DeskId]) -> Sequence[Head]:
        rows = self.connection.execute(
            select(_lines)
            .where(_lines.c.desk.in_(list(desks)), _lines.c.waiting, _lines.c.opened_at.is_not(None))
            .order_by(_lines.c.place, _lines.c.entry_id)
        ).all()
        passes = self._let_pass({row.entry_id for row in rows})
        return [
            Head(row.entry_id, DeskId(row.desk), row.tier, row.place, avoid=passes.get(row.entry_id, frozenset()))
            for row in rows
        ]

    def _let_pass(self, entries: Iterable[int]) -> dict[int, frozenset[AgentId]]:
        rows = self.connection.execute(
            select(_offers.c.entry_id, _offers.c.agent_id).where(
                _offers.c.entry_id.in_(list(entries)), _offers.c.again_at.is_not(None)
            )
        )
        passes: dict[int, frozenset[AgentId]] = {}
        for entry_id, agent_id in rows:
            passes[entry_id] = passes.get(entry_id, frozenset()) | {agent_id}
        return passes

    def due_to_open(self, now: datetime) -> Sequence[tuple[int, Stand]]:
        rows = self.connection.execute(
            select(_lines)
            .where(_lines.c.opened_at.is_(None), _lines.c.waiting, _lines.c.opens_at <= now)
            .order_by(_lines.c.opens_at)
        )
        return [(row.entry_id, _stand(row)) for row in rows]

    def open(self, entry_id: int, tier: int, at: datetime) -> bool:
        opened = self.connection.execute(
            update(_lines)
            .where(_lines.c.entry_id == entry_id, _lines.c.tier == tier, _lines.c.opened_at.is_(None))
            .values(opened_at=at)
        )
        return opened.rowcount == 1

    def skipped_at(self, desk: DeskId) -> Sequence[tuple[int, Stand]]:
        rows = self.connection.execute(
            select(_lines)
            .join(_entries, and_(_entries.c.id == _lines.c.entry_id, _entries.c.state != EntryState.ENDED))
            .where(_lines.c.desk == desk, _lines.c.opened_at.is_(None), _lines.c.opens_at.is_(None))
        )
        return [(row.entry_id, _stand(row)) for row in rows]

    def return_after(self, entry_id: int, at: datetime) -> bool:
        marked = self.connection.execute(
            update(_entries)
            .where(_entries.c.id == entry_id, _entries.c.state == EntryState.CONNECTED, _entries.c.return_at.is_(None))
            .values(return_at=at)
        )
        return marked.rowcount == 1

    def due_to_return(self, now: datetime) -> Sequence[QueueEntry]:
        rows = self.connection.execute(select(_entries).where(_entries.c.return_at <= now))
        return [_entry(row) for row in rows]

    def raise_priority(self, entry_id: int, seconds: int) -> None:
        entry = self.get(entry_id)
        if entry is None:
            return
        priority = entry.priority_seconds + seconds
        self.connection.execute(update(_entries).where(_entries.c.id == entry_id).values(priority_seconds=priority))
        self.connection.execute(
            update(_lines).where(_lines.c.entry_id == entry_id).values(place=place(entry.entered_at, priority))
        )

    def waiting(self) -> Sequence[QueueEntry]:
        rows = self.connection.execute(
            select(_entries)
            .where(_entries.c.state.in_([EntryState.WAITING, EntryState.OFFERED]))
            .order_by(_entries.c.entered_at, _entries.c.id)
        )
        return [_entry(row) for row in rows]


def _entry(row: Row[Any]) -> QueueEntry:
    return QueueEntry(
        id=row.id,
        call_id=CallId(row.call_id),
        ticket=row.ticket,
        state=EntryState(row.state),
        entered_at=row.entered_at,
        priority_seconds=row.priority_seconds,
    )


def _stand(row: Row[Any]) -> Stand:
    return Stand(tier=row.tier, desk=DeskId(row.desk), opens_at=row.opens_at)
