"""an index of the directives that return, so that a tick need not look through all"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0010"
branch_labels = None
depends_on = None

_RETURNS = sa.text("recurrence IS NOT NULL")


def upgrade() -> None:
    # where nothing returns, a JSON null was kept
    op.execute("UPDATE tasks SET recurrence = NULL WHERE CAST(recurrence AS VARCHAR) = 'null'")
    op.create_index("ix_tasks_returning", "tasks", ["id"], sqlite_where=_RETURNS, postgresql_where=_RETURNS)


def downgrade() -> None:
    op.drop_index("ix_tasks_returning", "tasks")
