"""an index for what was said and asked about one directive, by its name"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0026"
branch_labels = None
depends_on = None

_SAID = sa.text(
    "act IN ('remind', 'change', 'ladder', 'propose', 'answer', 'request', 'request-again', 'request-date', "
    "'answer-given', 'answer-nothing', 'answer-more_time')"
)


def upgrade() -> None:
    op.create_index(
        "ix_audit_entries_said", "audit_entries", ["agency_id", "subject"], sqlite_where=_SAID, postgresql_where=_SAID
    )


def downgrade() -> None:
    op.drop_index("ix_audit_entries_said", "audit_entries")
