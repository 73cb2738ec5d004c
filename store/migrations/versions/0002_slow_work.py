"""Slow work: the outbox, messages, and an index for clearing old documents"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Number, Word

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", Number, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("ticket", Word, nullable=False),
        sa.Column("recipient", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("claimed_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("error", Word, nullable=True),
        sa.PrimaryKeyConstraint("id", name="messages_pk"),
        sa.UniqueConstraint("ticket", "kind", name="messages_ticket_kind_uq"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Number, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("subject", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("error", Word, nullable=True),
        sa.PrimaryKeyConstraint("id", name="outbox_pk"),
        sa.UniqueConstraint("kind", "subject", name="outbox_kind_subject_uq"),
    )
    op.create_index(
        "outbox_due_ix",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "turns_documents_ix",
        "turns",
        ["taken_at"],
        unique=False,
        sqlite_where=sa.text("document IS NOT NULL"),
        postgresql_where=sa.text("document IS NOT NULL"),
    )
