"""The first tables"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Number, Word

revision = "0001"
down_revision = None

# What happened is never edited afterwards: each institute's record counts in its evaluation.
_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"""
_POSTGRESQL_FUNCTION = """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END $$"""
_POSTGRESQL = """CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""


def upgrade() -> None:
    op.create_table(
        "agents",
        sa.Column("id", Word, nullable=False),
        sa.Column("station", Word, nullable=False),
        sa.Column("presence", Word, nullable=False),
        sa.Column("break_reason", Word, nullable=True),
        sa.Column("next_presence", Word, nullable=True),
        sa.Column("work_state", Word, nullable=False),
        sa.Column("idle_since", Instant(), nullable=True),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("wrap_until", Instant(), nullable=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="agents_pk"),
    )
    op.create_index("agents_not_before_ix", "agents", ["not_before"], unique=False)
    op.create_index("agents_presence_ix", "agents", ["presence"], unique=False)
    op.create_index("agents_wrap_until_ix", "agents", ["wrap_until"], unique=False)
    op.create_table(
        "calls",
        sa.Column("id", Word, nullable=False),
        sa.Column("line", Word, nullable=False),
        sa.Column("dialed", Word, nullable=False),
        sa.Column("caller_raw", Word, nullable=False),
        sa.Column("caller_e164", Word, nullable=True),
        sa.Column("caller_national", Word, nullable=True),
        sa.Column("caller_kind", Word, nullable=False),
        sa.Column("caller_confidence", Word, nullable=False),
        sa.Column("caller_region", Word, nullable=True),
        sa.Column("state", Word, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("intake", sa.JSON(), nullable=False),
        sa.Column("say_next", Word, nullable=True),
        sa.Column("ticket", Word, nullable=True),
        sa.Column("outcome", Word, nullable=True),
        sa.Column("directory_version", Word, nullable=False),
        sa.Column("flow_version", Word, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="calls_pk"),
    )
    op.create_index("calls_caller_national_ix", "calls", ["caller_national"], unique=False)
    op.create_index("calls_started_at_ix", "calls", ["started_at"], unique=False)
    op.create_index("calls_state_ix", "calls", ["state"], unique=False)
    op.create_index("calls_ticket_ix", "calls", ["ticket"], unique=False)
    op.create_table(
        "carrier_commands",
        sa.Column("id", Number, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("offer_id", Number, nullable=True),
        sa.Column("target", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", Word, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="carrier_commands_pk"),
    )
    op.create_index("carrier_commands_slot_ix", "carrier_commands", ["kind", "starts_at"], unique=False)
    op.create_index("carrier_commands_call_id_ix", "carrier_commands", ["call_id"], unique=False)
    op.create_index(
        "carrier_commands_due_ix",
        "carrier_commands",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'due'"),
        postgresql_where=sa.text("state = 'due'"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("ticket", Word, nullable=True),
        sa.Column("offer_id", Number, nullable=True),
        sa.Column("directory_version", Word, nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="decisions_pk"),
    )
    op.create_index("decisions_call_id_ix", "decisions", ["call_id"], unique=False)
    op.create_index("decisions_ticket_ix", "decisions", ["ticket"], unique=False)
    op.create_table(
        "directory_versions",
        sa.Column("version", Word, nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="directory_versions_pk"),
    )
    op.create_table(
        "records",
        sa.Column("id", Number, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("call_id", Word, nullable=True),
        sa.Column("ticket", Word, nullable=True),
        sa.Column("agent_id", Word, nullable=True),
        sa.Column("desk", Word, nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="records_pk"),
    )
    op.create_index("records_at_ix", "records", ["at"], unique=False)
    op.create_index("records_call_id_ix", "records", ["call_id"], unique=False)
    op.create_index("records_ticket_ix", "records", ["ticket"], unique=False)
    op.create_table(
        "ticket_sequences",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="ticket_sequences_pk"),
    )
    op.create_table(
        "turns",
        sa.Column("call_id", Word, nullable=False),
        sa.Column("turn", Word, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "turn", name="turns_pk"),
    )
    op.create_table(
        "queue_entries",
        sa.Column("id", Number, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("ticket", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("priority_seconds", sa.Integer(), nullable=False),
        sa.Column("return_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="queue_entries_call_id_fk"),
        sa.PrimaryKeyConstraint("id", name="queue_entries_pk"),
        sa.UniqueConstraint("call_id", name="queue_entries_call_id_uq"),
    )
    op.create_index("queue_entries_return_at_ix", "queue_entries", ["return_at"], unique=False)
    op.create_index("queue_entries_state_ix", "queue_entries", ["state"], unique=False)
    op.create_table(
        "recordings",
        sa.Column("id", Word, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("ticket", Word, nullable=True),
        sa.Column("state", Word, nullable=False),
        sa.Column("source", Word, nullable=False),
        sa.Column("channels", sa.Integer(), nullable=True),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="recordings_call_id_fk"),
        sa.PrimaryKeyConstraint("id", name="recordings_pk"),
    )
    op.create_index("recordings_call_id_ix", "recordings", ["call_id"], unique=False)
    op.create_index("recordings_ticket_ix", "recordings", ["ticket"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("number", Word, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("line", Word, nullable=False),
        sa.Column("dialed", Word, nullable=False),
        sa.Column("caller_raw", Word, nullable=False),
        sa.Column("caller_e164", Word, nullable=True),
        sa.Column("caller_national", Word, nullable=True),
        sa.Column("caller_kind", Word, nullable=False),
        sa.Column("caller_confidence", Word, nullable=False),
        sa.Column("caller_region", Word, nullable=True),
        sa.Column("company", Word, nullable=True),
        sa.Column("category", Word, nullable=True),
        sa.Column("category_by", Word, nullable=True),
        sa.Column("region", Word, nullable=True),
        sa.Column("region_by", Word, nullable=True),
        sa.Column("intake", sa.JSON(), nullable=False),
        sa.Column("term_days", sa.Integer(), nullable=True),
        sa.Column("desk", Word, nullable=False),
        sa.Column("agent", Word, nullable=True),
        sa.Column("state", Word, nullable=False),
        sa.Column("promised", Word, nullable=True),
        sa.Column("outcome", Word, nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="tickets_call_id_fk"),
        sa.PrimaryKeyConstraint("number", name="tickets_pk"),
        sa.UniqueConstraint("call_id", name="tickets_call_id_uq"),
    )
    op.create_index("tickets_caller_national_ix", "tickets", ["caller_national"], unique=False)
    op.create_index("tickets_category_ix", "tickets", ["category"], unique=False)
    op.create_index("tickets_desk_ix", "tickets", ["desk"], unique=False)
    op.create_index("tickets_due_at_ix", "tickets", ["due_at"], unique=False)
    op.create_index("tickets_received_at_ix", "tickets", ["received_at"], unique=False)
    op.create_index("tickets_region_ix", "tickets", ["region"], unique=False)
    op.create_index("tickets_state_ix", "tickets", ["state"], unique=False)
    op.create_table(
        "offers",
        sa.Column("id", Number, nullable=False),
        sa.Column("entry_id", Number, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("agent_id", Word, nullable=False),
        sa.Column("desk", Word, nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("station", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("again_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="offers_call_id_fk"),
        sa.ForeignKeyConstraint(["entry_id"], ["queue_entries.id"], name="offers_entry_id_fk"),
        sa.PrimaryKeyConstraint("id", name="offers_pk"),
    )
    op.create_index("offers_again_at_ix", "offers", ["again_at"], unique=False)
    op.create_index("offers_call_id_ix", "offers", ["call_id"], unique=False)
    op.create_index(
        "offers_due_ix",
        "offers",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('made', 'ringing')"),
        postgresql_where=sa.text("state IN ('made', 'ringing')"),
    )
    op.create_index("offers_entry_id_ix", "offers", ["entry_id"], unique=False)
    op.create_index(
        "offers_live_agent_uq",
        "offers",
        ["agent_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('made', 'ringing')"),
        postgresql_where=sa.text("state IN ('made', 'ringing')"),
    )
    op.create_index(
        "offers_live_entry_uq",
        "offers",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('made', 'ringing')"),
        postgresql_where=sa.text("state IN ('made', 'ringing')"),
    )
    op.create_table(
        "queue_lines",
        sa.Column("entry_id", Number, nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("desk", Word, nullable=False),
        sa.Column("place", Instant(), nullable=False),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["queue_entries.id"], name="queue_lines_entry_id_fk"),
        sa.PrimaryKeyConstraint("entry_id", "tier", name="queue_lines_pk"),
    )
    op.create_index(
        "queue_lines_due_ix",
        "queue_lines",
        ["opens_at"],
        unique=False,
        sqlite_where=sa.text("opened_at IS NULL"),
        postgresql_where=sa.text("opened_at IS NULL"),
    )
    op.create_index(
        "queue_lines_heads_ix",
        "queue_lines",
        ["desk", "place", "entry_id"],
        unique=False,
        sqlite_where=sa.text("waiting AND opened_at IS NOT NULL"),
        postgresql_where=sa.text("waiting AND opened_at IS NOT NULL"),
    )
    op.create_table(
        "legs",
        sa.Column("id", Word, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("offer_id", Number, nullable=False),
        sa.Column("agent_id", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="legs_call_id_fk"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="legs_offer_id_fk"),
        sa.PrimaryKeyConstraint("id", name="legs_pk"),
    )
    op.create_index("legs_call_id_ix", "legs", ["call_id"], unique=False)
    op.create_index("legs_offer_id_ix", "legs", ["offer_id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL_FUNCTION)
    for table in ("records", "decisions"):
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(_SQLITE.format(table=table, verb=verb))
        else:
            op.execute(_POSTGRESQL.format(table=table))
