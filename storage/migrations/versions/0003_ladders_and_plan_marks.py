"""ladders the office sets, the day each round was planned for, and the indexes the clock plans by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0003"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FOLLOWED = sa.text("state NOT IN ('done', 'dropped') AND kind = 'tracked' AND role <> 'cooperating'")
_PRESENT = sa.text("present_by IS NOT NULL")
_UNREACHABLE = sa.text("status = 'unreachable'")


def upgrade() -> None:
    op.create_table(
        "ladders",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("agency_id", _ID, nullable=False),
        sa.Column("notice_id", _ID),
        sa.Column("task_id", _ID),
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("set_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["units.id"], name=op.f("fk_ladders_agency_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_ladders_notice_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_ladders_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladders")),
        sa.UniqueConstraint("scope", name=op.f("uq_ladders_scope")),
    )
    op.create_table(
        "plan_marks",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_plan_marks")),
    )
    op.create_index("ix_assignments_followed", "assignments", ["due_on"],
                    sqlite_where=_FOLLOWED, postgresql_where=_FOLLOWED,
                    postgresql_include=["unit_id", "agency_id", "notice_id", "task_id", "state", "expected_on", "handed_to"])  # fmt: skip
    op.create_index("ix_assignments_present_by", "assignments", ["present_by"],
                    sqlite_where=_PRESENT, postgresql_where=_PRESENT)  # fmt: skip
    op.create_index("ix_outbox_unreachable", "outbox", ["queued_at"],
                    sqlite_where=_UNREACHABLE, postgresql_where=_UNREACHABLE)  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_outbox_unreachable", "outbox")
    op.drop_index("ix_assignments_present_by", "assignments")
    op.drop_index("ix_assignments_followed", "assignments")
    op.drop_table("plan_marks")
    op.drop_table("ladders")
