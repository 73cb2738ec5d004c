"""Agents: leases, stations that are seen, wrap-ups that may be extended, calls answered; how long a decision took"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant

revision = "0007"
down_revision = "0006"

PASSED = sa.text("again_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("agents", sa.Column("answered", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("agents", sa.Column("wrapping_since", Instant(), nullable=True))
    op.add_column("agents", sa.Column("leased_until", Instant(), nullable=True))
    op.add_column("agents", sa.Column("station_seen_until", Instant(), nullable=True))
    op.create_index("agents_leased_until_ix", "agents", ["leased_until"], unique=False)
    op.create_index("agents_station_seen_until_ix", "agents", ["station_seen_until"], unique=False)
    op.create_index("offers_agent_ix", "offers", ["agent_id", "id"], unique=False)
    op.create_index("offers_desk_ix", "offers", ["desk", "id"], unique=False)
    op.create_index(
        "offers_passes_ix", "offers", ["agent_id"], unique=False, sqlite_where=PASSED, postgresql_where=PASSED
    )
    op.add_column("decisions", sa.Column("took_us", sa.Integer(), nullable=True))
