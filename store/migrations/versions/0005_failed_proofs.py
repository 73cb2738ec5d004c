"""Tries to prove a ticket one's own that failed, so that they can be kept few"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Number, Word

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "failed_proofs",
        sa.Column("id", Number, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("caller", Word, nullable=False),
        sa.Column("ticket", Word, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="failed_proofs_pk"),
    )
    op.create_index("failed_proofs_call_id_ix", "failed_proofs", ["call_id"], unique=False)
    op.create_index("failed_proofs_caller_at_ix", "failed_proofs", ["caller", "at"], unique=False)
    op.create_index("failed_proofs_ticket_at_ix", "failed_proofs", ["ticket", "at"], unique=False)
    op.create_index("failed_proofs_at_ix", "failed_proofs", ["at"], unique=False)
