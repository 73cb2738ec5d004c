"""The tables around a case: companies, referrals to institutes, notes and follow-up calls."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from store.columns import Instant, Number, Word
from store.metadata import metadata

companies = Table(
    "companies",
    metadata,
    Column("id", Number, primary_key=True),
    Column("name", Word, nullable=False),
    Column("name_key", Word, nullable=False, index=True),  # without legal form, spaces and case
    Column("business_number", Word, unique=True),
    Column("team", Word),
    Column("merged_into", ForeignKey("companies.id"), index=True),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Word, nullable=False),
)

company_numbers = Table(
    "company_numbers",
    metadata,
    Column("company_id", ForeignKey("companies.id"), primary_key=True),
    Column("national", Word, primary_key=True, index=True),  # one number may be that of several companies
    Column("added_at", Instant, nullable=False),
    Column("added_by", Word, nullable=False),
)

do_not_route = Table(
    "do_not_route",
    metadata,
    Column("company_id", ForeignKey("companies.id"), primary_key=True),
    Column("institute", Word, primary_key=True),
    Column("reason", Word, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("added_by", Word, nullable=False),
)

_AWAITED = text("state IN ('asked', 'overdue')")
_ASKED = text("state = 'asked'")

referrals = Table(
    "referrals",
    metadata,
    Column("id", Number, primary_key=True),
    Column("ticket", ForeignKey("tickets.number"), nullable=False, index=True),
    Column("institute", Word, nullable=False),
    Column("question", Word, nullable=False),
    Column("state", Word, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", Word, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Word),
    Column("answer", Word),  # what the institute said, or why the question was withdrawn
    Index("referrals_awaited_uq", "ticket", "institute", unique=True, sqlite_where=_AWAITED, postgresql_where=_AWAITED),
    Index("referrals_due_ix", "due_at", sqlite_where=_ASKED, postgresql_where=_ASKED),
)

ticket_notes = Table(
    "ticket_notes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("ticket", ForeignKey("tickets.number"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("author", Word, nullable=False),  # an agent's id, or caller
    Column("text", Word, nullable=False),
    Column("recording", Word),  # a voice note's
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("id", Number, primary_key=True),
    Column("ticket", ForeignKey("tickets.number"), nullable=False),
    Column("round", Integer, nullable=False),  # of the promise, for a case that was opened again
    Column("days", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Word, nullable=False),
    Column("result", Word),
    Column("done_at", Instant),
    Column("done_by", Word),
    Column("missed", Integer, nullable=False, server_default="0"),  # calls that reached nobody
    UniqueConstraint("ticket", "round", "days"),
    Index("follow_ups_due_ix", "state", "due_at"),
)
