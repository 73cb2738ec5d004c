"""What is only ever added: records of what happened, decisions with their reasons, and reports of recordings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Table, select, update

from calls.call import CallId
from records.record import Record
from routing.reason import Reason, Verdict
from store import tables
from store.inserts import Rows, insert_if_new, insert_together
from switchboard.doors import Decision, Recording
from tickets.number import TicketNumber


@dataclass(frozen=True)
class StoredRecords:
    """Records of what happened: told one by one, and written together at the end of their transaction."""

    connection: Connection
    _told: list[Record] = field(default_factory=list)

    def append(self, *records: Record) -> None:
        self._told.extend(records)

    def unwritten(self) -> tuple[Table, Rows]:
        """Return the rows of what was told since, which are to be written now."""
        rows = [
            {
                "at": record.at,
                "kind": record.kind,
                "call_id": record.call,
                "ticket": record.ticket,
                "agent_id": record.agent,
                "desk": record.desk,
                "fields": dict(record.fields),
            }
            for record in self._told
        ]
        self._told.clear()
        return tables.records, rows

    def of_ticket(self, ticket: TicketNumber) -> Sequence[Record]:
        insert_together(self.connection, self.unwritten())
        records = tables.records
        rows = self.connection.execute(select(records).where(records.c.ticket == ticket).order_by(records.c.id))
        return [Record(row.kind, row.at, row.call_id, row.ticket, row.agent_id, row.desk, row.fields) for row in rows]


@dataclass(frozen=True)
class StoredDecisions:
    """Decisions with their reasons, written at the end of their transaction like records."""

    connection: Connection
    _made: list[Decision] = field(default_factory=list)

    def add(self, *decisions: Decision) -> None:
        self._made.extend(decisions)

    def unwritten(self) -> tuple[Table, Rows]:
        """Return the rows of what was decided since, which are to be written now."""
        rows = [
            {
                "at": decision.at,
                "kind": decision.kind,
                "call_id": decision.call_id,
                "ticket": decision.ticket,
                "offer_id": decision.offer_id,
                "directory_version": decision.directory_version,
                "reasons": [reason.to_data() for reason in decision.reasons],
                "took_us": decision.took_us,
            }
            for decision in self._made
        ]
        self._made.clear()
        return tables.decisions, rows

    def of_call(self, call_id: CallId) -> Sequence[Decision]:
        insert_together(self.connection, self.unwritten())
        decisions = tables.decisions
        rows = self.connection.execute(select(decisions).where(decisions.c.call_id == call_id).order_by(decisions.c.id))
        return [
            Decision(
                at=row.at,
                kind=row.kind,
                call_id=CallId(row.call_id),
                ticket=row.ticket,
                offer_id=row.offer_id,
                directory_version=row.directory_version,
                took_us=row.took_us,
                reasons=[
                    Reason(
                        item["tier"],
                        item["subject"],
                        item["rule"],
                        Verdict(item["verdict"]),
                        item["text"],
                        item.get("text_en", ""),  # rows of an older version have Korean alone
                    )
                    for item in row.reasons
                ],
            )
            for row in rows
        ]


@dataclass(frozen=True)
class StoredRecordings:
    connection: Connection

    def keep(self, recording: Recording, ticket: str | None, at: datetime) -> None:
        """Keep a report; a later one of the same recording takes its place, a finished one stays."""
        table = tables.recordings
        told = {
            "state": recording.state,
            "source": recording.source,
            "channels": recording.channels,
            "duration_seconds": recording.duration_seconds,
            "reported_at": at,
        }
        new = {"id": recording.id, "call_id": recording.call_id, "ticket": ticket, **told}
        if not insert_if_new(self.connection, table, new):
            self.connection.execute(
                update(table).where(table.c.id == recording.id, table.c.state == "in-progress").values(told)
            )

    def of_ticket(self, ticket: TicketNumber) -> Sequence[Recording]:
        table = tables.recordings
        rows = self.connection.execute(
            select(table).where(table.c.ticket == ticket).order_by(table.c.reported_at, table.c.id)
        )
        return [
            Recording(row.id, CallId(row.call_id), row.state, row.source, row.channels, row.duration_seconds)
            for row in rows
        ]
