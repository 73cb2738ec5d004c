"""Callers who wait past the promised seconds give way, and what each was told of their place"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("queue_entries", sa.Column("gives_way_at", Instant(), nullable=True))
    op.add_column("queue_entries", sa.Column("gives_way_seconds", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("queue_entries", sa.Column("gave_way_at", Instant(), nullable=True))
    op.add_column("queue_entries", sa.Column("told_ahead", sa.Integer(), nullable=True))
    op.create_index("queue_entries_gives_way_at_ix", "queue_entries", ["gives_way_at"], unique=False)
