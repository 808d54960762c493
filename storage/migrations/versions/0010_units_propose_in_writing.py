"""what units propose in writing, and what the leaders answer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0010"
down_revision = "0019"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ACTS = ("raised_entry", "document_entry", "told_entry", "opinion_entry", "decided_entry")
_OPEN = "outcome IS NULL AND withdrawn_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("assignment_id", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_by", _ID),
        sa.Column("raised_at", Moment(timezone=True), nullable=False),
        sa.Column("raised_entry", _ID),
        sa.Column("document", sa.Text()),
        sa.Column("document_on", sa.Date()),
        sa.Column("document_entry", _ID),
        sa.Column("told_at", Moment(timezone=True)),
        sa.Column("told_entry", _ID),
        sa.Column("opinion", sa.String(length=16)),
        sa.Column("opinion_words", sa.Text()),
        sa.Column("opinion_by", _ID),
        sa.Column("opinion_entry", _ID),
        sa.Column("outcome", sa.String(length=16)),
        sa.Column("words", sa.Text()),
        sa.Column("decided_by", _ID),
        sa.Column("decided_at", Moment(timezone=True)),
        sa.Column("decided_entry", _ID),
        sa.Column("withdrawn_at", Moment(timezone=True)),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_proposals_assignment_id")),
        *(
            sa.ForeignKeyConstraint([name], ["people.id"], name=op.f(f"fk_proposals_{name}"))
            for name in ("raised_by", "opinion_by", "decided_by")
        ),
        *(sa.ForeignKeyConstraint([name], ["audit_entries.id"], name=op.f(f"fk_proposals_{name}")) for name in _ACTS),
        sa.CheckConstraint("opinion IN ('agreed','refused','other')", name=op.f("ck_proposals_opinion")),
        sa.CheckConstraint("outcome IN ('agreed','refused','other')", name=op.f("ck_proposals_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    for name in ("assignment_id", *_ACTS):
        op.create_index(op.f(f"ix_proposals_{name}"), "proposals", [name])
    op.create_index("uq_proposals_open", "proposals", ["assignment_id"], unique=True,
                    sqlite_where=sa.text(_OPEN), postgresql_where=sa.text(_OPEN))  # fmt: skip


def downgrade() -> None:
    op.drop_table("proposals")
