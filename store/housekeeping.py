"""Clears by age what nobody needs any more; records of what happened are never among it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, tuple_, update

from calls.call import CallId
from store import tables
from store.commands import DUE
from store.outbox import DONE
from switchboard.doors import DeletedRecording

DELETED = "deleted"


@dataclass(frozen=True)
class StoredHousekeeping:
    connection: Connection

    def clear_documents(self, before: datetime, most: int) -> int:
        """Clear what old turns answered; the turn itself stays, so that a very late repeat takes none twice."""
        turns = tables.turns
        key = tuple_(turns.c.call_id, turns.c.turn)
        old = select(turns.c.call_id, turns.c.turn).where(turns.c.taken_at < before, turns.c.document.is_not(None))
        return self.connection.execute(update(turns).where(key.in_(old.limit(most))).values(document=None)).rowcount

    def delete_commands(self, before: datetime, most: int) -> int:
        commands = tables.carrier_commands
        old = select(commands.c.id).where(commands.c.made_at < before, commands.c.state != DUE)
        return self.connection.execute(delete(commands).where(commands.c.id.in_(old.limit(most)))).rowcount

    def delete_done_tasks(self, before: datetime, most: int) -> int:
        outbox = tables.outbox
        old = select(outbox.c.id).where(outbox.c.done_at < before, outbox.c.state == DONE)
        return self.connection.execute(delete(outbox).where(outbox.c.id.in_(old.limit(most)))).rowcount

    def delete_failed_proofs(self, before: datetime, most: int) -> int:
        failed = tables.failed_proofs
        old = select(failed.c.id).where(failed.c.at < before)
        return self.connection.execute(delete(failed).where(failed.c.id.in_(old.limit(most)))).rowcount

    def mark_recordings_deleted(self, before: datetime, most: int) -> Sequence[DeletedRecording]:
        """Mark recordings reported before then; of two who do this at once each recording is one's alone."""
        recordings = tables.recordings
        old = select(recordings.c.id).where(recordings.c.reported_at < before, recordings.c.state != DELETED)
        rows = self.connection.execute(
            update(recordings)
            .where(recordings.c.id.in_(old.limit(most)), recordings.c.state != DELETED)
            .values(state=DELETED)
            .returning(recordings.c.id, recordings.c.call_id, recordings.c.ticket)
        )
        return [DeletedRecording(row.id, CallId(row.call_id), row.ticket) for row in rows]
