"""Places in the queue, and the lines at desks where they stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    Row,
    Select,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
    type_coerce,
    update,
)

from calls.call import CallId, CallState, Outcome
from directory.model import DeskId
from routing.giving_way import GivesWay
from routing.offer import LIVE
from routing.queue_entry import ENTRY, EntryEvent, EntryMode, EntryState, QueueEntry, Stand, place
from store import tables
from store.moves import move
from tickets.number import TicketNumber

_entries = tables.queue_entries
_lines = tables.queue_lines
_offers = tables.offers
_calls = tables.calls


_LIVE_OF_ENTRY = select(_offers.c.id).where(
    _offers.c.entry_id == _entries.c.id, _offers.c.state.in_([literal(str(state)) for state in LIVE])
)
_ASTRAY = (
    select(_entries)
    .join(_calls, _calls.c.id == _entries.c.call_id)
    .where(
        ((_entries.c.state == str(EntryState.OFFERED)) & ~_LIVE_OF_ENTRY.exists())
        | (
            _entries.c.state.in_([literal(str(EntryState.WAITING)), literal(str(EntryState.CONNECTED))])
            & (_calls.c.state == str(CallState.ENDED))
        )
    )
)
_LEFT_LATELY = (
    select(_entries)
    .join(_calls, _calls.c.id == _entries.c.call_id)
    .where(
        _calls.c.caller_national == bindparam("number"),
        _calls.c.outcome == str(Outcome.ABANDONED_IN_QUEUE),
        _calls.c.ended_at >= bindparam("since"),
        _entries.c.resumed_by.is_(None),
    )
    .order_by(_entries.c.entered_at)
    .limit(1)
)
_ENTRIES: BindParameter[Any] = bindparam("entry_ids", expanding=True)
_GET = select(_entries).where(_entries.c.id == bindparam("entry_id"))
_OF_CALL = select(_entries).where(_entries.c.call_id == bindparam("of_call"))
_ENTER, _STAND = insert(_entries), insert(_lines)
_MINE = _lines.alias("mine")
_AHEAD = select(func.count(_lines.c.entry_id.distinct())).where(
    _MINE.c.entry_id == bindparam("entry_id"),
    _MINE.c.opened_at.is_not(None),
    _lines.c.desk == _MINE.c.desk,
    _lines.c.waiting,
    _lines.c.opened_at.is_not(None),
    (_lines.c.place < _MINE.c.place)
    | ((_lines.c.place == _MINE.c.place) & (_lines.c.entry_id < bindparam("entry_id"))),
)
_OPENED = select(_lines.c.desk).where(_lines.c.entry_id == bindparam("entry_id"), _lines.c.opened_at.is_not(None))
_STANDS = select(_lines).where(_lines.c.entry_id == bindparam("entry_id")).order_by(_lines.c.tier)
_OF_ENTRY = update(_lines).where(_lines.c.entry_id == bindparam("of_entry"))
_WAIT_OR_NOT = _OF_ENTRY.values(waiting=bindparam("waits"))
_CLEAR_LINES = _OF_ENTRY.values(waiting=False, opens_at=None, closes_at=None)
_DUE_TO_GIVE_WAY = (
    select(_entries.c.id)
    .where(_entries.c.gives_way_at <= bindparam("now"))
    .order_by(_entries.c.gives_way_at, _entries.c.id)
    .limit(bindparam("most"))
)
_LET_GIVE_WAY = (
    update(_entries)
    .where(_entries.c.id.in_(_DUE_TO_GIVE_WAY), _entries.c.gives_way_at <= bindparam("now"))
    .values(gives_way_at=None, gave_way_at=bindparam("now"))
    .returning(_entries)
)
_GIVES_WAY_SECONDS = select(_entries.c.gives_way_seconds).where(_entries.c.id == _lines.c.entry_id).scalar_subquery()
_STAND_BACK = (
    update(_lines)
    .where(_lines.c.entry_id.in_(_ENTRIES))
    .values(place=type_coerce(_lines.c.place, BigInteger) + cast(_GIVES_WAY_SECONDS, BigInteger) * 1_000_000)
)


@dataclass(frozen=True)
class StoredQueue:
    connection: Connection

    def enter(
        self,
        call_id: CallId,
        ticket: TicketNumber,
        at: datetime,
        stands: Sequence[Stand],
        place_at: datetime | None = None,
        gives_way: GivesWay | None = None,
    ) -> int:
        priority = at - (place_at or at)
        entry = self.connection.execute(
            _ENTER,
            {
                "call_id": call_id,
                "ticket": ticket,
                "state": str(EntryState.WAITING),
                "entered_at": at,
                "priority_seconds": math.ceil(priority.total_seconds()),
                "gives_way_at": gives_way and gives_way.at,
                "gives_way_seconds": gives_way.seconds if gives_way else 0,
            },
        ).inserted_primary_key
        assert entry is not None  # noqa: S101 (one row was inserted)
        self.connection.execute(_STAND, [_line(int(entry.id), stand, at, place_at or at) for stand in stands])
        return int(entry.id)

    def get(self, entry_id: int) -> QueueEntry | None:
        return self._one(_GET, entry_id=entry_id)

    def of_call(self, call_id: CallId) -> QueueEntry | None:
        return self._one(_OF_CALL, of_call=call_id)

    def _one(self, question: Select[Any], **of: object) -> QueueEntry | None:
        row = self.connection.execute(question, of).one_or_none()
        return None if row is None else entry_of(row)

    def move(self, entry_id: int, event: EntryEvent, at: datetime) -> bool:
        changes: dict[str, Any] = {"return_at": None, "call_at": None}
        if event is EntryEvent.GONE:
            changes["ended_at"] = at
        if ENTRY.target(event) in {EntryState.CONNECTED, EntryState.ENDED}:
            changes["gives_way_at"] = None
        if not move(self.connection, _entries, entry_id, ENTRY, event, changes=changes):
            return False
        if event is EntryEvent.GONE:
            self.connection.execute(_CLEAR_LINES, {"of_entry": entry_id})
        else:
            waits = ENTRY.target(event) is EntryState.WAITING
            self.connection.execute(_WAIT_OR_NOT, {"of_entry": entry_id, "waits": waits})
        return True

    def ahead_of(self, entry_id: int) -> int:
        return int(self.connection.scalar(_AHEAD, {"entry_id": entry_id}) or 0)

    def opened_desks(self, entry_id: int) -> frozenset[DeskId]:
        return frozenset(map(DeskId, self.connection.scalars(_OPENED, {"entry_id": entry_id})))

    def stands_of(self, entry_id: int) -> Sequence[Stand]:
        return [_stand(row) for row in self.connection.execute(_STANDS, {"entry_id": entry_id})]

    def astray(self) -> Sequence[QueueEntry]:
        return [entry_of(row) for row in self.connection.execute(_ASTRAY)]

    def put_right(self, entry: QueueEntry, at: datetime) -> bool:
        ended = self.connection.scalar(select(_calls.c.ended_at).where(_calls.c.id == entry.call_id)) is not None
        held = EntryEvent.OFFER_OVER if entry.state is EntryState.OFFERED else EntryEvent.AGENT_LOST
        return self.move(entry.id, EntryEvent.GONE if ended else held, at)

    def resume(self, number: str, since: datetime, by: CallId) -> datetime | None:
        left = self.connection.execute(_LEFT_LATELY, {"number": number, "since": since}).first()
        if left is None:
            return None
        claimed = update(_entries).where(_entries.c.id == left.id, _entries.c.resumed_by.is_(None))
        resumed = self.connection.execute(claimed.values(resumed_by=by)).rowcount == 1
        return entry_of(left).place if resumed else None

    def widen(self, entry_id: int, stand: Stand, at: datetime) -> bool:
        entry, stands = self.get(entry_id), self.stands_of(entry_id)
        if entry is None or stand.desk in {one.desk for one in stands}:
            return False
        line = _line(entry_id, stand, at, entry.place)
        self.connection.execute(insert(_lines).values(line | {"waiting": entry.state is EntryState.WAITING}))
        return True

    def return_after(self, entry_id: int, at: datetime) -> bool:
        marked = self.connection.execute(
            update(_entries)
            .where(_entries.c.id == entry_id, _entries.c.state == EntryState.CONNECTED, _entries.c.return_at.is_(None))
            .values(return_at=at)
        )
        return marked.rowcount == 1

    def due_to_return(self, now: datetime) -> Sequence[QueueEntry]:
        rows = self.connection.execute(select(_entries).where(_entries.c.return_at <= now))
        return [entry_of(row) for row in rows]

    def raise_priority(self, entry_id: int, seconds: int) -> None:
        raised = {"priority_seconds": _entries.c.priority_seconds + seconds, "gives_way_at": None}
        self.connection.execute(update(_entries).where(_entries.c.id == entry_id).values(raised))
        self._move_in_lines(entry_id, seconds)

    def set_priority(self, entry: QueueEntry, seconds: int) -> bool:
        """Change the priority of an entry that is as it was read, and waits or is offered; False changes nothing.

        Whoever has given way already stays so much further back; who has priority does not give way any more.
        """
        changed = self.connection.execute(
            update(_entries)
            .where(
                _entries.c.id == entry.id,
                _entries.c.state.in_([EntryState.WAITING, EntryState.OFFERED]),
                _entries.c.priority_seconds == entry.priority_seconds,
            )
            .values({"priority_seconds": seconds} | ({"gives_way_at": None} if seconds > 0 else {}))
        )
        if changed.rowcount != 1:
            return False
        self._move_in_lines(entry.id, seconds - entry.priority_seconds)
        return True

    def _move_in_lines(self, entry_id: int, seconds: int) -> None:
        """Let an entry stand as many seconds further ahead at each desk."""
        self.connection.execute(
            update(_lines)
            .where(_lines.c.entry_id == entry_id)
            .values(place=type_coerce(_lines.c.place, BigInteger) - seconds * 1_000_000)
        )

    def let_give_way(self, now: datetime, most: int) -> Sequence[QueueEntry]:
        due = [entry_of(row) for row in self.connection.execute(_LET_GIVE_WAY, {"now": now, "most": most})]
        if due:
            self.connection.execute(_STAND_BACK, {"entry_ids": [entry.id for entry in due]})
        return due

    def waiting(self) -> Sequence[QueueEntry]:
        rows = self.connection.execute(
            select(_entries)
            .where(_entries.c.state.in_([EntryState.WAITING, EntryState.OFFERED]))
            .order_by(_entries.c.entered_at, _entries.c.id)
        )
        return [entry_of(row) for row in rows]


def entry_of(row: Row[Any]) -> QueueEntry:
    return QueueEntry(
        id=row.id,
        call_id=CallId(row.call_id),
        ticket=row.ticket,
        state=EntryState(row.state),
        entered_at=row.entered_at,
        priority_seconds=row.priority_seconds,
        mode=EntryMode(row.mode),
        number=row.number,
        call_at=row.call_at,
        offered_at=row.offered_at,
        gave_way_seconds=0 if row.gave_way_at is None else row.gives_way_seconds,
    )


def _line(entry_id: int, stand: Stand, at: datetime, place_at: datetime) -> dict[str, Any]:
    opens_now = stand.opens_at is not None and stand.opens_at <= at
    return {
        "entry_id": entry_id,
        "tier": stand.tier,
        "desk": stand.desk,
        "place": place(place_at, stand.own_seconds),
        "opens_at": stand.opens_at,
        "opened_at": at if opens_now else None,
        "closes_at": stand.closes_at,
        "may_lend": stand.may_lend and not opens_now,
        "needs": stand.needs,
        "waiting": True,
    }


def _stand(row: Row[Any]) -> Stand:
    return Stand(row.tier, DeskId(row.desk), row.opens_at, row.closes_at, needs=row.needs, may_lend=row.may_lend)
