"""who acts for whom, parts handed on, internal dates, returned reports and extensions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN_LEAD = "role = 'lead' AND state NOT IN ('done', 'dropped')"
_COVERED = ["task_id", "unit_id", "notice_id", "code", "title", "kind", "due_time", "due_basis", "presented_on",
            "completed_on"]  # fmt: skip
_BEFORE = [*_COVERED, "expected_on", "note", "state"]
_AFTER = [*_COVERED, "recorded_at", "expected_on", "note", "mend_by", "state"]


def upgrade() -> None:
    for table in ("assignments", "assignment_versions"):
        op.add_column(table, sa.Column("present_by", sa.Date()))
        op.add_column(table, sa.Column("handed_to", _ID))
        op.add_column(table, sa.Column("missing", sa.Text()))
        op.add_column(table, sa.Column("mend_by", Moment(timezone=True)))
    op.create_index("ix_assignments_handed_to", "assignments", ["handed_to"],
                    sqlite_where=sa.text("handed_to IS NOT NULL"), postgresql_where=sa.text("handed_to IS NOT NULL"))  # fmt: skip
    _cover(_AFTER)
    op.create_table(
        "delegations",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("unit_id", _ID, nullable=False),
        sa.Column("absent_id", _ID, nullable=False),
        sa.Column("deputy_id", _ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("entry_id", _ID),
        sa.Column("ended_at", Moment(timezone=True)),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_delegations_unit_id")),
        sa.ForeignKeyConstraint(["absent_id"], ["people.id"], name=op.f("fk_delegations_absent_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"], name=op.f("fk_delegations_deputy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index(op.f("ix_delegations_absent_id"), "delegations", ["absent_id"])
    op.create_index(op.f("ix_delegations_deputy_id"), "delegations", ["deputy_id"])
    op.create_index("ix_delegations_unit", "delegations", ["unit_id", "valid_until"],
                    sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"))  # fmt: skip
    op.create_table(
        "extensions",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("assignment_id", _ID, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", _ID),
        sa.Column("asked_at", Moment(timezone=True), nullable=False),
        sa.Column("asked_entry", _ID),
        sa.Column("supported", sa.Boolean()),
        sa.Column("opinion_by", _ID),
        sa.Column("opinion_entry", _ID),
        sa.Column("granted_until", sa.Date()),
        sa.Column("document", sa.Text()),
        sa.Column("document_on", sa.Date()),
        sa.Column("outcome", sa.String(length=16)),
        sa.Column("decided_by", _ID),
        sa.Column("decided_at", Moment(timezone=True)),
        sa.Column("decided_entry", _ID),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_extensions_assignment_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_extensions_asked_by")),
        sa.ForeignKeyConstraint(["asked_entry"], ["audit_entries.id"], name=op.f("fk_extensions_asked_entry")),
        sa.ForeignKeyConstraint(["opinion_by"], ["people.id"], name=op.f("fk_extensions_opinion_by")),
        sa.ForeignKeyConstraint(["opinion_entry"], ["audit_entries.id"], name=op.f("fk_extensions_opinion_entry")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_extensions_decided_by")),
        sa.ForeignKeyConstraint(["decided_entry"], ["audit_entries.id"], name=op.f("fk_extensions_decided_entry")),
        sa.CheckConstraint("outcome IN ('granted','refused','withdrawn')", name=op.f("ck_extensions_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    for column in ("assignment_id", "asked_entry", "opinion_entry", "decided_entry"):
        op.create_index(op.f(f"ix_extensions_{column}"), "extensions", [column])
    op.create_index("uq_extensions_open", "extensions", ["assignment_id"], unique=True,
                    sqlite_where=sa.text("outcome IS NULL"), postgresql_where=sa.text("outcome IS NULL"))  # fmt: skip


def downgrade() -> None:
    op.drop_table("extensions")
    op.drop_table("delegations")
    _cover(_BEFORE)
    op.drop_index("ix_assignments_handed_to", "assignments")
    for table in ("assignment_versions", "assignments"):
        with op.batch_alter_table(table) as batch:
            for column in ("mend_by", "missing", "handed_to", "present_by"):
                batch.drop_column(column)


def _cover(columns: list[str]) -> None:
    """Make the index that the list of what is late is read from anew, with these columns."""
    op.drop_index("ix_assignments_open_due", "assignments")
    op.create_index("ix_assignments_open_due", "assignments", ["agency_id", "due_on"],
                    sqlite_where=sa.text(_OPEN_LEAD), postgresql_where=sa.text(_OPEN_LEAD),
                    postgresql_include=columns)  # fmt: skip
