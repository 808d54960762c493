"""files handed in, and the addresses they are handed in by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("submissions", sa.Column("album", sa.String(length=96)))
    op.create_index("ix_submissions_album", "submissions", ["album"],
                    sqlite_where=sa.text("album IS NOT NULL"), postgresql_where=sa.text("album IS NOT NULL"))  # fmt: skip
    op.create_table(
        "submission_files",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("submission_id", _ID, nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_submission_files_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_files")),
    )
    op.create_index(op.f("ix_submission_files_submission_id"), "submission_files", ["submission_id"])
    op.create_table(
        "upload_links",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("assignment_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("made_at", Moment(timezone=True), nullable=False),
        sa.Column("expires_at", Moment(timezone=True), nullable=False),
        sa.Column("revoked_at", Moment(timezone=True)),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_upload_links_assignment_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_upload_links_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_links")),
    )
    op.create_index(op.f("ix_upload_links_assignment_id"), "upload_links", ["assignment_id"])


def downgrade() -> None:
    op.drop_table("upload_links")
    op.drop_table("submission_files")
    op.drop_index("ix_submissions_album", "submissions")
    op.drop_column("submissions", "album")
