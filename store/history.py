"""What is only ever added: records of what happened, decisions with their reasons, and reports of recordings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from calls.call import CallId
from records.record import Record
from routing.reason import Reason, Verdict
from store import tables
from store.inserts import insert_if_new
from store.unwritten import Unwritten
from switchboard.doors import Decision, Recording
from tickets.number import TicketNumber


@dataclass(frozen=True)
class StoredRecords:
    """Records of what happened."""

    connection: Connection
    unwritten: Unwritten

    def append(self, *records: Record) -> None:
        for record in records:
            row = {
                "at": record.at,
                "kind": record.kind,
                "call_id": record.call,
                "ticket": record.ticket,
                "agent_id": record.agent,
                "desk": record.desk,
                "fields": dict(record.fields),
            }
            self.unwritten.add(tables.records, row)

    def of_ticket(self, ticket: TicketNumber) -> Sequence[Record]:
        records = tables.records
        self.unwritten.write_those_of(records)
        rows = self.connection.execute(select(records).where(records.c.ticket == ticket).order_by(records.c.id))
        return [Record(row.kind, row.at, row.call_id, row.ticket, row.agent_id, row.desk, row.fields) for row in rows]


@dataclass(frozen=True)
class StoredDecisions:
    """Decisions with their reasons."""

    connection: Connection
    unwritten: Unwritten

    def add(self, *decisions: Decision) -> None:
        for decision in decisions:
            row = {
                "at": decision.at,
                "kind": decision.kind,
                "call_id": decision.call_id,
                "ticket": decision.ticket,
                "offer_id": decision.offer_id,
                "directory_version": decision.directory_version,
                "reasons": [reason.to_data() for reason in decision.reasons],
                "took_us": decision.took_us,
            }
            self.unwritten.add(tables.decisions, row)

    def of_call(self, call_id: CallId) -> Sequence[Decision]:
        decisions = tables.decisions
        self.unwritten.write_those_of(decisions)
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
