"""the index that lists what is overdue holds the period too, so that it is still read alone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_NAME = "ix_assignments_open_due"
_WHERE = sa.text("role = 'lead' AND state NOT IN ('done', 'dropped')")
_HOLDS = ["task_id", "unit_id", "notice_id", "code", "title", "kind", "due_time", "due_basis", "presented_on",
          "completed_on", "recorded_at", "expected_on", "note", "mend_by", "state"]  # fmt: skip


def _made_anew(holds: list[str]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index(_NAME, "assignments")
        op.create_index(
            _NAME, "assignments", ["agency_id", "due_on"], postgresql_where=_WHERE, postgresql_include=holds
        )


def upgrade() -> None:
    _made_anew([*_HOLDS, "period"])


def downgrade() -> None:
    _made_anew(_HOLDS)
