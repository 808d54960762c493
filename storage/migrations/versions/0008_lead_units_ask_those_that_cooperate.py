"""lead units ask those that cooperate"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0008"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNANSWERED = "state IN ('asked', 'more_time')"


def upgrade() -> None:
    op.create_table(
        "inquiries",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("agency_id", _ID, nullable=False),
        sa.Column("task_id", _ID, nullable=False),
        sa.Column("unit_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("asked_by", _ID),
        sa.Column("asked_at", Moment(timezone=True), nullable=False),
        sa.Column("entry_id", _ID),
        sa.Column("withdrawn_at", Moment(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id"], ["units.id"], name=op.f("fk_inquiries_agency_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_inquiries_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_inquiries_unit_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_inquiries_asked_by")),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name=op.f("fk_inquiries_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
    )
    for column in ("task_id", "entry_id"):
        op.create_index(op.f(f"ix_inquiries_{column}"), "inquiries", [column])
    op.create_table(
        "inquiry_answers",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("inquiry_id", _ID, nullable=False),
        sa.Column("assignment_id", _ID, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.Date()),
        sa.Column("answered_by", _ID),
        sa.Column("answered_at", Moment(timezone=True)),
        sa.Column("entry_id", _ID),
        sa.Column("reminded_at", Moment(timezone=True)),
        sa.Column("summed_at", Moment(timezone=True)),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_inquiry_answers_inquiry_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_inquiry_answers_assignment_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_inquiry_answers_answered_by")),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name=op.f("fk_inquiry_answers_entry_id")),
        sa.CheckConstraint(
            "state IN ('asked','more_time','given','nothing','withdrawn')", name=op.f("ck_inquiry_answers_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_answers")),
    )
    for column in ("inquiry_id", "assignment_id", "entry_id"):
        op.create_index(op.f(f"ix_inquiry_answers_{column}"), "inquiry_answers", [column])
    op.create_index("uq_inquiry_answers_open", "inquiry_answers", ["assignment_id"], unique=True,
                    sqlite_where=sa.text(_UNANSWERED), postgresql_where=sa.text(_UNANSWERED))  # fmt: skip
    op.create_index("ix_inquiry_answers_unsummed", "inquiry_answers", ["due"],
                    sqlite_where=sa.text("summed_at IS NULL"), postgresql_where=sa.text("summed_at IS NULL"))  # fmt: skip


def downgrade() -> None:
    op.drop_table("inquiry_answers")
    op.drop_table("inquiries")
