"""Follow-up calls that reached nobody are counted, and made again"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("follow_ups", sa.Column("missed", sa.Integer(), nullable=False, server_default="0"))
