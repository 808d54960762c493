"""the audit is sealed, and only appended to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFUSED = "the audit is only appended to"
_NO = f"SELECT RAISE(ABORT, '{_REFUSED}')"
_NEVER = ("id", "agency_id", "person_id", "channel", "act", "subject", "at")
_ONCE = ("payload_hash", "seal", "sealed_no")


def _changed(unequal: str, gone: str) -> str:
    """What no update may do: change a fact, change a seal, or put other words in the place of those that were."""
    never = [f"NEW.{name} {unequal} OLD.{name}" for name in _NEVER]
    once = [f"(OLD.{name} IS NOT NULL AND NEW.{name} {unequal} OLD.{name})" for name in _ONCE]
    words = f"(NEW.said {unequal} OLD.said AND NEW.said IS NOT NULL)"
    detail = f"({gone.format('NEW')} {unequal} {gone.format('OLD')} AND {gone.format('NEW')} <> '{{}}')"
    return " OR ".join([*never, *once, words, detail])


def upgrade() -> None:
    op.add_column("audit_entries", sa.Column("sealed_no", sa.BigInteger()))
    op.create_index("uq_audit_entries_sealed_no", "audit_entries", ["agency_id", "sealed_no"], unique=True,
                    sqlite_where=sa.text("sealed_no IS NOT NULL"), postgresql_where=sa.text("sealed_no IS NOT NULL"))  # fmt: skip
    op.create_index("ix_audit_entries_unsealed", "audit_entries", ["id"],
                    sqlite_where=sa.text("sealed_no IS NULL"), postgresql_where=sa.text("sealed_no IS NULL"))  # fmt: skip
    op.create_table(
        "audit_chains",
        sa.Column("agency_id", _ID, nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["units.id"], name=op.f("fk_audit_chains_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_audit_chains")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        changed = _changed("IS DISTINCT FROM", "CAST({}.detail AS text)")
        op.execute(
            f"CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit_entries FOR EACH ROW WHEN ({changed})"
            " EXECUTE FUNCTION audit_only_grows()"
        )
        op.execute(
            "CREATE TRIGGER audit_kept BEFORE DELETE OR TRUNCATE ON audit_entries FOR EACH STATEMENT"
            " EXECUTE FUNCTION audit_only_grows()"
        )
    else:
        op.execute(
            "CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit_entries"
            f" WHEN {_changed('IS NOT', '{}.detail')} BEGIN {_NO}; END"
        )
        op.execute(f"CREATE TRIGGER audit_kept BEFORE DELETE ON audit_entries BEGIN {_NO}; END")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_kept ON audit_entries")
        op.execute("DROP TRIGGER audit_unchanged ON audit_entries")
        op.execute("DROP FUNCTION audit_only_grows()")
    else:
        op.execute("DROP TRIGGER audit_kept")
        op.execute("DROP TRIGGER audit_unchanged")
    op.drop_table("audit_chains")
    op.drop_index("ix_audit_entries_unsealed", "audit_entries")
    op.drop_index("uq_audit_entries_sealed_no", "audit_entries")
    op.drop_column("audit_entries", "sealed_no")
