"""Lines: when a desk closes to those who wait, tiers that may lend before they open, needs, places that were resumed"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Word

revision = "0006"
down_revision = "0005"

OPENED = sa.text("waiting AND opened_at IS NOT NULL")
LENDING = sa.text("waiting AND may_lend AND opened_at IS NULL")
SKIPPED = sa.text("opened_at IS NULL AND opens_at IS NULL")


def upgrade() -> None:
    op.add_column("queue_entries", sa.Column("resumed_by", Word, nullable=True))
    op.add_column("queue_lines", sa.Column("closes_at", Instant(), nullable=True))
    op.add_column("queue_lines", sa.Column("may_lend", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("queue_lines", sa.Column("needs", Word, nullable=False, server_default=sa.text("''")))
    op.create_index("queue_lines_closes_at_ix", "queue_lines", ["closes_at"], unique=False)
    op.drop_index("queue_lines_heads_ix", table_name="queue_lines")
    in_order = ["desk", "needs", "place", "entry_id"]
    for name, columns, where in (
        ("queue_lines_heads_ix", in_order, OPENED),
        ("queue_lines_lending_ix", in_order, LENDING),
        ("queue_lines_skipped_ix", ["desk"], SKIPPED),
    ):
        op.create_index(name, "queue_lines", columns, unique=False, sqlite_where=where, postgresql_where=where)
