"""Talks: hold, mute and recording on a leg, and supervisors in a talk"""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, Number, Word

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("legs", sa.Column("hold", Word, nullable=False, server_default="with_agent"))
    op.add_column("legs", sa.Column("voice", Word, nullable=False, server_default="heard"))
    op.add_column("legs", sa.Column("recorder", Word, nullable=False, server_default="recording"))
    op.create_table(
        "supervisions",
        sa.Column("id", Number, nullable=False),
        sa.Column("call_id", Word, nullable=False),
        sa.Column("agent_leg", Word, nullable=False),
        sa.Column("supervisor", Word, nullable=False),
        sa.Column("station", Word, nullable=False),
        sa.Column("mode", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("leg_id", Word, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_leg"], ["legs.id"], name="supervisions_agent_leg_fk"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="supervisions_call_id_fk"),
        sa.PrimaryKeyConstraint("id", name="supervisions_pk"),
    )
    op.create_index("supervisions_call_id_ix", "supervisions", ["call_id"], unique=False)
    op.create_index(
        "supervisions_present_uq",
        "supervisions",
        ["call_id", "supervisor"],
        unique=True,
        sqlite_where=sa.text("state != 'over'"),
        postgresql_where=sa.text("state != 'over'"),
    )
