"""Lines: when a desk closes to those who wait, tiers that may lend before they open, and places that were resumed"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Number

revision = "0030"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("queue_entries", sa.Column("resumed_by", Number, nullable=True))
    op.add_column("queue_lines", sa.Column("closes_at", Instant(), nullable=True))
    op.add_column("queue_lines", sa.Column("may_lend", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("queue_lines_closes_at_ix", "queue_lines", ["closes_at"], unique=False)
    for name, columns, condition in (
        ("queue_lines_lending_ix", ["desk", "place", "entry_id"], "waiting AND may_lend AND opened_at IS NULL"),
        ("queue_lines_skipped_ix", ["desk"], "opened_at IS NULL AND opens_at IS NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "queue_lines", columns, unique=False, sqlite_where=where, postgresql_where=where)
