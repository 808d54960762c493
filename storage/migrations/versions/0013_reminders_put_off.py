"""reminders that people put off"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0013"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STANDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "snoozes",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("assignment_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("entry_id", _ID),
        sa.Column("set_at", Moment(timezone=True), nullable=False),
        sa.Column("ended_at", Moment(timezone=True)),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_snoozes_assignment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_snoozes_person_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name=op.f("fk_snoozes_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snoozes")),
    )
    op.create_index(op.f("ix_snoozes_assignment_id"), "snoozes", ["assignment_id"])
    op.create_index(op.f("ix_snoozes_entry_id"), "snoozes", ["entry_id"])
    op.create_index("ix_snoozes_person", "snoozes", ["person_id", "until"],
                    sqlite_where=_STANDS, postgresql_where=_STANDS)  # fmt: skip


def downgrade() -> None:
    op.drop_table("snoozes")
