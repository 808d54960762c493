"""groups are linked to agencies"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LINKED = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "chat_groups",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("agency_id", _ID, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("linked_by", _ID),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry_id", _ID),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency_id"], ["units.id"], name=op.f("fk_chat_groups_agency_id")),
        sa.ForeignKeyConstraint(["linked_by"], ["people.id"], name=op.f("fk_chat_groups_linked_by")),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name=op.f("fk_chat_groups_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_groups")),
    )
    op.create_index("uq_chat_groups_chat", "chat_groups", ["channel", "chat"], unique=True,
                    sqlite_where=_LINKED, postgresql_where=_LINKED)  # fmt: skip
    op.create_index(
        "ix_chat_groups_agency", "chat_groups", ["agency_id"], sqlite_where=_LINKED, postgresql_where=_LINKED
    )


def downgrade() -> None:
    op.drop_table("chat_groups")
