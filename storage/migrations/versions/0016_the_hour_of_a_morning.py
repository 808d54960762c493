"""the hour at which somebody wants the morning's message"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("morning_at", sa.Time()))
    op.add_column("people", sa.Column("morning_was", sa.Time()))
    op.add_column("people", sa.Column("morning_since", sa.Date()))


def downgrade() -> None:
    with op.batch_alter_table("people") as batch:
        for column in ("morning_since", "morning_was", "morning_at"):
            batch.drop_column(column)
