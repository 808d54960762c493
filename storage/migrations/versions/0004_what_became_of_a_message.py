"""what became of a message"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.schema

revision = "0004"
down_revision = "0005"
branch_labels = None
depends_on = None

_UNDELIVERED = sa.text("status IN ('failed', 'uncertain', 'unreachable')")


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=96), nullable=False),
        sa.Column("at", storage.schema.Moment(timezone=True), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )
    op.add_column("accounts", sa.Column("status_at", storage.schema.Moment(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("tried", sa.JSON(), nullable=True))
    op.add_column("outbox", sa.Column("received_at", storage.schema.Moment(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("seen_at", storage.schema.Moment(timezone=True), nullable=True))
    op.create_index(
        "ix_outbox_undelivered",
        "outbox",
        ["person_id", "id"],
        sqlite_where=_UNDELIVERED,
        postgresql_where=_UNDELIVERED,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_undelivered", table_name="outbox")
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_column("seen_at")
        batch_op.drop_column("received_at")
        batch_op.drop_column("tried")
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.drop_column("status_at")
    op.drop_table("marks")
