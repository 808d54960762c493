"""what an act changed is sealed with it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0021"
branch_labels = None
depends_on = None

_NO = "SELECT RAISE(ABORT, 'the audit is only appended to')"


def upgrade() -> None:
    op.add_column("audit_entries", sa.Column("changes_hash", sa.LargeBinary(length=32)))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_changes_unchanged BEFORE UPDATE ON audit_entries FOR EACH ROW"
            " WHEN (OLD.sealed_no IS NOT NULL AND NEW.changes_hash IS DISTINCT FROM OLD.changes_hash)"
            " EXECUTE FUNCTION audit_only_grows()"
        )
    else:
        op.execute(
            "CREATE TRIGGER audit_changes_unchanged BEFORE UPDATE ON audit_entries"
            f" WHEN OLD.sealed_no IS NOT NULL AND NEW.changes_hash IS NOT OLD.changes_hash BEGIN {_NO}; END"
        )


def downgrade() -> None:
    on = " ON audit_entries" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER audit_changes_unchanged{on}")
    op.drop_column("audit_entries", "changes_hash")
