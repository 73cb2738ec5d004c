"""Waiting callers: callbacks with their attempts, what callers were told of their wait, announcements"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Number, Word

revision = "0008"
down_revision = "0007"
_LIVE_ENTRY = sa.text("state != 'ended'")
_ATTEMPTED = sa.text("state IN ('dialing', 'picked_up', 'answered')")
_UNANSWERED = sa.text("state IN ('dialing', 'picked_up')")


def upgrade() -> None:
    op.add_column("calls", sa.Column("party", Word, nullable=True))
    op.add_column("queue_entries", sa.Column("mode", Word, nullable=False, server_default="call"))
    for name, kind in (
        *(("number", Word), ("call_at", Instant())),
        *(("told_least", sa.Integer()), ("told_most", sa.Integer()), ("offered_at", Instant())),
    ):
        op.add_column("queue_entries", sa.Column(name, kind, nullable=True))
    op.create_index("queue_entries_call_at_ix", "queue_entries", ["call_at"], unique=False)
    op.create_index(
        "queue_entries_number_uq",
        "queue_entries",
        ["number"],
        unique=True,
        sqlite_where=_LIVE_ENTRY,
        postgresql_where=_LIVE_ENTRY,
    )
    op.create_table(
        "callback_attempts",
        sa.Column("id", Number, nullable=False),
        sa.Column("entry_id", Number, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("number", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("leg_id", Word, nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="callback_attempts_call_id_fk"),
        sa.ForeignKeyConstraint(["entry_id"], ["queue_entries.id"], name="callback_attempts_entry_id_fk"),
        sa.PrimaryKeyConstraint("id", name="callback_attempts_pk"),
    )
    op.create_index("callback_attempts_entry_id_ix", "callback_attempts", ["entry_id"], unique=False)
    op.create_index(
        "callback_attempts_live_uq",
        "callback_attempts",
        ["entry_id"],
        unique=True,
        sqlite_where=_ATTEMPTED,
        postgresql_where=_ATTEMPTED,
    )
    op.create_index(
        "callback_attempts_due_ix",
        "callback_attempts",
        ["expires_at"],
        unique=False,
        sqlite_where=_UNANSWERED,
        postgresql_where=_UNANSWERED,
    )
    op.create_table(
        "handlings",
        sa.Column("id", Number, nullable=False),
        sa.Column("desk", Word, nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="handlings_pk"),
    )
    op.create_index("handlings_recent_ix", "handlings", ["desk", "ended_at"], unique=False)
    op.create_table(
        "announcements",
        sa.Column("id", Number, nullable=False),
        sa.Column("language", Word, nullable=False),
        sa.Column("words", Word, nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("until_at", Instant(), nullable=False),
        sa.Column("cleared_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="announcements_pk"),
    )
    op.create_index("announcements_until_at_ix", "announcements", ["until_at"], unique=False)
