"""The lines at desks: where entries stand, which of them are open, and their heads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from calls.call import CallId
from directory.model import DeskId
from routing.queue_entry import EntryState, Standing
from store import tables
from store.heads import heads
from switchboard.doors import Waiter

_entries, _lines = tables.queue_entries, tables.queue_lines
_UNOPENED = _lines.c.opened_at.is_(None)
_KEY = (_lines.c.entry_id == bindparam("an_entry"), _lines.c.tier == bindparam("a_tier"))

_STANDINGS = select(_lines.c.entry_id, _lines.c.tier, _lines.c.desk, _entries.c.call_id, _entries.c.ticket).join(
    _entries, _entries.c.id == _lines.c.entry_id
)
_DUE_TO_OPEN = _STANDINGS.where(_UNOPENED, _lines.c.waiting, _lines.c.opens_at <= bindparam("now"))
_DUE_TO_CLOSE = _STANDINGS.where(_lines.c.closes_at <= bindparam("now"))
_SKIPPED = _STANDINGS.where(
    _lines.c.desk == bindparam("a_desk"), _UNOPENED, _lines.c.opens_at.is_(None), _entries.c.state != EntryState.ENDED
)
_OPEN = update(_lines).where(*_KEY, _UNOPENED).values(opened_at=bindparam("now"), closes_at=bindparam("until"))
_STATE_LOCKED = select(_entries.c.state).where(_entries.c.id == bindparam("an_entry")).with_for_update(key_share=True)
_PUT_OFF = (
    update(_lines).where(*_KEY).values(opened_at=None, closes_at=None, may_lend=False, opens_at=bindparam("again_at"))
)


@dataclass(frozen=True)
class StoredLines:
    connection: Connection

    def due_to_open(self, now: datetime) -> Sequence[Standing]:
        return self._standings(_DUE_TO_OPEN, {"now": now})

    def due_to_close(self, now: datetime) -> Sequence[Standing]:
        return self._standings(_DUE_TO_CLOSE, {"now": now})

    def skipped_at(self, desk: DeskId) -> Sequence[Standing]:
        return self._standings(_SKIPPED, {"a_desk": desk})

    def next_without_staff(self, staffed: Collection[DeskId]) -> Sequence[Standing]:
        opened = tables.queue_lines.alias("opened")
        someone_comes = (
            select(opened.c.entry_id)
            .where(
                opened.c.entry_id == _lines.c.entry_id,
                opened.c.opened_at.is_not(None),
                opened.c.desk.in_(list(staffed)),
            )
            .exists()
        )
        following = (
            select(_lines.c.entry_id, func.min(_lines.c.tier).label("tier"))
            .where(
                _UNOPENED,
                _lines.c.waiting,
                _lines.c.opens_at.is_not(None),
                _lines.c.desk.in_(list(staffed)),
                ~someone_comes,
            )
            .group_by(_lines.c.entry_id)
            .subquery()
        )
        return self._standings(
            _STANDINGS.join(
                following, (following.c.entry_id == _lines.c.entry_id) & (following.c.tier == _lines.c.tier)
            ),
            {},
        )

    def open(self, standing: Standing, at: datetime, until: datetime | None) -> bool:
        state = self.connection.scalar(_STATE_LOCKED, {"an_entry": standing.entry_id})
        if state in {None, EntryState.ENDED}:
            return False
        values = {"an_entry": standing.entry_id, "a_tier": standing.tier, "now": at, "until": until}
        return self.connection.execute(_OPEN, values).rowcount == 1

    def put_off(self, standing: Standing, again_at: datetime | None) -> None:
        values = {"an_entry": standing.entry_id, "a_tier": standing.tier, "again_at": again_at}
        self.connection.execute(_PUT_OFF, values)

    def heads(self, counts: Mapping[tuple[DeskId, str], int]) -> Sequence[Waiter]:
        return [
            Waiter(
                entry_id=row.entry_id,
                call_id=CallId(row.call_id),
                ticket=row.ticket,
                desk=DeskId(row.desk),
                tier=row.tier,
                needs=row.needs,
                place=row.place,
                opens_at=row.opens_at,
                gave_way_seconds=row.gave_way_seconds,
            )
            for row in heads(self.connection, counts)
        ]

    def _standings(self, question: Any, values: Mapping[str, object]) -> Sequence[Standing]:
        rows = self.connection.execute(question.order_by(_lines.c.place, _lines.c.entry_id, _lines.c.tier), values)
        return [Standing(row.entry_id, row.tier, DeskId(row.desk), CallId(row.call_id), row.ticket) for row in rows]
