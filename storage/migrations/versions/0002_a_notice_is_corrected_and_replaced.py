"""a notice is corrected and replaced"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("earlier", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("notices", sa.Column("as_read", sa.JSON(none_as_null=True), nullable=True))
    op.create_index("ix_tasks_successor_id", "tasks", ["successor_id"])


def downgrade() -> None:
    op.drop_index("ix_tasks_successor_id", "tasks")
    op.drop_column("notices", "as_read")
    op.drop_column("drafts", "earlier")
