"""indexes for what every tick looks for: directives with an hour, and what waits for a signature"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0009"
branch_labels = None
depends_on = None

_FOLLOWED = "state NOT IN ('done', 'dropped') AND kind = 'tracked' AND role <> 'cooperating'"
_AT_HOURS = sa.text(f"{_FOLLOWED} AND due_time IS NOT NULL")
_PRESENTED = sa.text(f"{_FOLLOWED} AND state = 'presented'")


def upgrade() -> None:
    op.create_index(
        "ix_assignments_hour", "assignments", ["due_on"], sqlite_where=_AT_HOURS, postgresql_where=_AT_HOURS
    )
    op.create_index(
        "ix_assignments_presented", "assignments", ["due_on", "unit_id"],
        sqlite_where=_PRESENTED, postgresql_where=_PRESENTED,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_assignments_presented", "assignments")
    op.drop_index("ix_assignments_hour", "assignments")
