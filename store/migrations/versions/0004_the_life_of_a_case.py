"""The life of a case: owners, the promise's clock, companies, referrals, notes and follow-up calls"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Number, Word

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "companies",
        sa.Column("id", Number, nullable=False),
        sa.Column("name", Word, nullable=False),
        sa.Column("name_key", Word, nullable=False),
        sa.Column("business_number", Word, nullable=True),
        sa.Column("team", Word, nullable=True),
        sa.Column("merged_into", Number, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Word, nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["companies.id"], name="companies_merged_into_fk"),
        sa.PrimaryKeyConstraint("id", name="companies_pk"),
        sa.UniqueConstraint("business_number", name="companies_business_number_uq"),
    )
    op.create_index("companies_name_key_ix", "companies", ["name_key"], unique=False)
    op.create_index("companies_merged_into_ix", "companies", ["merged_into"], unique=False)
    op.create_table(
        "company_numbers",
        sa.Column("company_id", Number, nullable=False),
        sa.Column("national", Word, nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("added_by", Word, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name="company_numbers_company_id_fk"),
        sa.PrimaryKeyConstraint("company_id", "national", name="company_numbers_pk"),
    )
    op.create_index("company_numbers_national_ix", "company_numbers", ["national"], unique=False)
    op.create_table(
        "do_not_route",
        sa.Column("company_id", Number, nullable=False),
        sa.Column("institute", Word, nullable=False),
        sa.Column("reason", Word, nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("added_by", Word, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name="do_not_route_company_id_fk"),
        sa.PrimaryKeyConstraint("company_id", "institute", name="do_not_route_pk"),
    )
    _more_of_a_ticket()
    op.create_table(
        "referrals",
        sa.Column("id", Number, nullable=False),
        sa.Column("ticket", Word, nullable=False),
        sa.Column("institute", Word, nullable=False),
        sa.Column("question", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", Word, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", Word, nullable=True),
        sa.Column("answer", Word, nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.number"], name="referrals_ticket_fk"),
        sa.PrimaryKeyConstraint("id", name="referrals_pk"),
    )
    op.create_index("referrals_ticket_ix", "referrals", ["ticket"], unique=False)
    awaited, asked = sa.text("state IN ('asked', 'overdue')"), sa.text("state = 'asked'")
    op.create_index(
        "referrals_awaited_uq",
        "referrals",
        ["ticket", "institute"],
        unique=True,
        sqlite_where=awaited,
        postgresql_where=awaited,
    )
    op.create_index(
        "referrals_due_ix", "referrals", ["due_at"], unique=False, sqlite_where=asked, postgresql_where=asked
    )
    op.create_table(
        "ticket_notes",
        sa.Column("id", Number, nullable=False),
        sa.Column("ticket", Word, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("author", Word, nullable=False),
        sa.Column("text", Word, nullable=False),
        sa.Column("recording", Word, nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.number"], name="ticket_notes_ticket_fk"),
        sa.PrimaryKeyConstraint("id", name="ticket_notes_pk"),
    )
    op.create_index("ticket_notes_ticket_ix", "ticket_notes", ["ticket"], unique=False)
    op.create_table(
        "follow_ups",
        sa.Column("id", Number, nullable=False),
        sa.Column("ticket", Word, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("result", Word, nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("done_by", Word, nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.number"], name="follow_ups_ticket_fk"),
        sa.PrimaryKeyConstraint("id", name="follow_ups_pk"),
        sa.UniqueConstraint("ticket", "round", "days", name="follow_ups_ticket_round_days_uq"),
    )
    op.create_index("follow_ups_due_ix", "follow_ups", ["state", "due_at"], unique=False)


def _more_of_a_ticket() -> None:
    """Add to the ticket what the version still running does not write: all of it may stay empty."""
    op.add_column("tickets", sa.Column("handovers", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("tickets", sa.Column("company_id", Number, nullable=True))
    op.add_column("tickets", sa.Column("team", Word, nullable=True))
    op.add_column("tickets", sa.Column("research_days", sa.Integer(), nullable=True))
    op.add_column("tickets", sa.Column("resolved_at", Instant(), nullable=True))
    op.add_column("tickets", sa.Column("alarm", Word, nullable=True))
    op.add_column("tickets", sa.Column("alarm_at", Instant(), nullable=True))
    op.add_column("tickets", sa.Column("paused_at", Instant(), nullable=True))
    op.add_column("tickets", sa.Column("pause_reason", Word, nullable=True))
    op.add_column("tickets", sa.Column("left_microseconds", Number, nullable=True))
    op.add_column("tickets", sa.Column("kept_at", Instant(), nullable=True))
    op.add_column("tickets", sa.Column("promise_round", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("tickets_company_id_ix", "tickets", ["company_id"], unique=False)
    op.create_index("tickets_alarm_at_ix", "tickets", ["alarm_at"], unique=False)
    op.execute("UPDATE tickets SET alarm = 'overdue', alarm_at = due_at")  # cases from before: none was ever answered
