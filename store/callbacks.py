"""Callbacks: entries of the queue whose holders are called, one live one for each number, and the attempts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from calls.call import Call, CallId
from routing.callback import ATTEMPT, UNDER_WAY, Attempt, AttemptEvent, AttemptState
from routing.queue_entry import EntryMode, EntryState, QueueEntry
from store import tables
from store.calls import StoredCalls
from store.columns import in_words
from store.inserts import insert_if_new
from store.moves import move
from store.queue import entry_of

_entries, _lines, _attempts = tables.queue_entries, tables.queue_lines, tables.callback_attempts
_LIVE = _entries.c.state != EntryState.ENDED
_OF_NUMBER = select(_entries).where(_entries.c.number == bindparam("a_number"), _LIVE)
_UNDER_WAY = in_words(_attempts.c.state, UNDER_WAY)
_ON_THE_LINE = _attempts.c.state.in_([str(state) for state in (*UNDER_WAY, AttemptState.ANSWERED)])


@dataclass(frozen=True)
class StoredCallbacks:
    connection: Connection

    def hand_over(self, entry_id: int, callback: Call, number: str | None, until: datetime) -> bool:
        """Of two who claim one number at the same moment, the index lets one have it."""
        values = {"call_id": callback.id, "mode": str(EntryMode.CALLBACK), "number": number}
        try:
            with self.connection.begin_nested():
                if not StoredCalls(self.connection).add(callback):
                    return False
                self.connection.execute(update(_entries).where(_entries.c.id == entry_id).values(values))
        except IntegrityError:
            return False
        self.rest(entry_id, until)
        return True

    def of_number(self, number: str) -> QueueEntry | None:
        row = self.connection.execute(_OF_NUMBER, {"a_number": number}).one_or_none()
        return None if row is None else entry_of(row)

    def note_message(self, entry_id: int, until: datetime) -> None:
        self.connection.execute(
            update(_entries)
            .where(_entries.c.id == entry_id, _entries.c.mode == EntryMode.CALLBACK)
            .values(mode=str(EntryMode.MESSAGE))
        )
        self.connection.execute(
            update(_entries)
            .where(_entries.c.id == entry_id, _entries.c.number.is_(None), _entries.c.state == EntryState.WAITING)
            .values(call_at=until)
        )

    def rest(self, entry_id: int, until: datetime) -> None:
        resting = self.connection.execute(
            update(_entries)
            .where(_entries.c.id == entry_id, _entries.c.state == EntryState.WAITING)
            .values(call_at=until)
        )
        if resting.rowcount:
            self.connection.execute(update(_lines).where(_lines.c.entry_id == entry_id).values(waiting=False))

    def wake(self, entry_id: int) -> bool:
        woken = self.connection.execute(
            update(_entries)
            .where(_entries.c.id == entry_id, _entries.c.state == EntryState.WAITING, _entries.c.call_at.is_not(None))
            .values(call_at=None)
        )
        if woken.rowcount:
            self._stand(entry_id)
        return woken.rowcount == 1

    def _stand(self, entry_id: int) -> None:
        self.connection.execute(update(_lines).where(_lines.c.entry_id == entry_id).values(waiting=True))

    def due(self, now: datetime) -> Sequence[QueueEntry]:
        rows = self.connection.execute(select(_entries).where(_entries.c.call_at <= now).order_by(_entries.c.call_at))
        return [entry_of(row) for row in rows]

    def live(self) -> Sequence[QueueEntry]:
        rows = self.connection.execute(
            select(_entries).where(_entries.c.mode != EntryMode.CALL, _LIVE).order_by(_entries.c.entered_at)
        )
        return [entry_of(row) for row in rows]

    def begin(self, entry: QueueEntry, at: datetime, expires_at: datetime) -> Attempt | None:
        new = {
            "entry_id": entry.id,
            "call_id": entry.call_id,
            "number": entry.number,
            "state": str(AttemptState.DIALING),
            "started_at": at,
            "expires_at": expires_at,
        }
        return self.under_way(entry.id) if insert_if_new(self.connection, _attempts, new) else None

    def get(self, attempt_id: int) -> Attempt | None:
        return self._one(_attempts.c.id == attempt_id)

    def under_way(self, entry_id: int) -> Attempt | None:
        return self._one(_attempts.c.entry_id == entry_id, _ON_THE_LINE)

    def _one(self, *conditions: Any) -> Attempt | None:
        row = self.connection.execute(select(_attempts).where(*conditions)).one_or_none()
        return None if row is None else _attempt(row)

    def attempts_of(self, entry_id: int) -> Sequence[Attempt]:
        return self._all(_attempts.c.entry_id == entry_id)

    def _all(self, *conditions: Any, first: Column[Any] = _attempts.c.id) -> Sequence[Attempt]:
        rows = self.connection.execute(select(_attempts).where(*conditions).order_by(first, _attempts.c.id))
        return [_attempt(row) for row in rows]

    def bind(self, attempt_id: int, leg_id: CallId) -> bool:
        self.connection.execute(
            update(_attempts)
            .where(_attempts.c.id == attempt_id, _attempts.c.leg_id.is_(None), _ON_THE_LINE)
            .values(leg_id=leg_id)
        )
        found = self.get(attempt_id)
        return found is not None and found.leg_id == leg_id

    def move(
        self,
        attempt_id: int,
        event: AttemptEvent,
        at: datetime,
        *,
        expires_at: datetime | None = None,
        only_lapsed: bool = False,
    ) -> bool:
        changes: dict[str, Any] = {} if expires_at is None else {"expires_at": expires_at}
        if ATTEMPT.is_over(ATTEMPT.target(event)):
            changes["ended_at"] = at
        return move(
            self.connection,
            _attempts,
            attempt_id,
            ATTEMPT,
            event,
            changes=changes,
            only_if=_attempts.c.expires_at <= at if only_lapsed else None,
        )

    def lapsed(self, now: datetime) -> Sequence[Attempt]:
        return self._all(_UNDER_WAY, _attempts.c.expires_at <= now, first=_attempts.c.expires_at)

    def on_the_line(self, before: datetime) -> Sequence[Attempt]:
        return self._all(_ON_THE_LINE, _attempts.c.leg_id.is_not(None), _attempts.c.started_at <= before)


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        entry_id=row.entry_id,
        call_id=CallId(row.call_id),
        number=row.number,
        state=AttemptState(row.state),
        started_at=row.started_at,
        expires_at=row.expires_at,
        leg_id=None if row.leg_id is None else CallId(row.leg_id),
        ended_at=row.ended_at,
    )
