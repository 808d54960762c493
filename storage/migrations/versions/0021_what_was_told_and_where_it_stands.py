"""each day a morning's hour was planned, what was told before somebody moved, and where each page of a message stands"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_days",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", "day"),
    )
    op.execute("INSERT INTO planned_days (name, day) SELECT name, day FROM plan_marks WHERE day IS NOT NULL")
    op.add_column("people", sa.Column("morning_told", sa.Date()))
    op.add_column("outbox", sa.Column("page_ids", sa.Text()))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("page_ids")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("morning_told")
    op.drop_table("planned_days")
