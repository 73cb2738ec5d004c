"""After a step of the wall clock: moments that lie too far ahead are drawn in, and places stay in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, func, select, type_coerce, update

from directory.codes import DeskId
from routing.callback import UNDER_WAY
from routing.queue_entry import EntryState
from store import tables
from store.columns import in_words
from store.commands import DUE
from switchboard.doors import Ahead

_entries, _lines = tables.queue_entries, tables.queue_lines
_commands, _attempts = tables.carrier_commands, tables.callback_attempts
_LIVE = _entries.c.state != EntryState.ENDED
_UNOPENED = _lines.c.opened_at.is_(None)
_COLUMNS: dict[Ahead, tuple[Column[Any], tuple[Any, ...]]] = {
    Ahead.RETURN: (_entries.c.return_at, ()),
    Ahead.CALLBACK: (_entries.c.call_at, ()),
    Ahead.GIVES_WAY: (_entries.c.gives_way_at, ()),
    Ahead.AVOIDED: (tables.offers.c.again_at, ()),
    Ahead.ATTEMPT: (_attempts.c.expires_at, (in_words(_attempts.c.state, UNDER_WAY),)),
    Ahead.COMMAND: (_commands.c.due_at, (_commands.c.state == DUE,)),
    Ahead.RING_SLOT: (_commands.c.starts_at, ()),
}


@dataclass(frozen=True)
class StoredAfterStep:
    connection: Connection

    def draw_in(self, what: Ahead, latest: datetime) -> int:
        column, conditions = _COLUMNS[what]
        late = update(column.table).where(column > latest, *conditions)
        return self.connection.execute(late.values({column: latest})).rowcount

    def desks_that_open(self, after: datetime) -> Sequence[DeskId]:
        desks = select(_lines.c.desk).where(_UNOPENED, _lines.c.opens_at > after).distinct().order_by(_lines.c.desk)
        return [DeskId(desk) for desk in self.connection.scalars(desks)]

    def draw_in_tiers(self, desk: DeskId, latest: datetime) -> int:
        late = update(_lines).where(_UNOPENED, _lines.c.desk == desk, _lines.c.opens_at > latest)
        return self.connection.execute(late.values(opens_at=latest)).rowcount

    def let_nobody_come_after(self, now: datetime) -> int:
        newest: datetime | None = self.connection.scalar(select(func.max(_entries.c.entered_at)).where(_LIVE))
        if newest is None or newest <= now:
            return 0
        earlier = (newest - now) // timedelta(microseconds=1)
        live = select(_entries.c.id).where(_LIVE)
        self.connection.execute(
            update(_lines).where(_lines.c.entry_id.in_(live)).values(place=_less(_lines.c.place, earlier))
        )
        entered = update(_entries).where(_LIVE).values(entered_at=_less(_entries.c.entered_at, earlier))
        return self.connection.execute(entered).rowcount


def _less(column: Column[Any], microseconds: int) -> Any:
    return type_coerce(column, BigInteger) - microseconds
