"""What the tables are made of: columns that mean the same on every engine, and indexes over some of the rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, TypeDecorator, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every engine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a naive value is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive moment cannot be stored")
        if dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware moment."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.replace(tzinfo=UTC)


Id = BigInteger().with_variant(Integer, "sqlite")


def id_column() -> Column[int]:
    """Return the column a table counts its rows by."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def reference(table: str, name: str | None = None, *, null: bool = False, **options: Any) -> Column[int]:
    """Return a foreign key to a table, `unit_id` for `units` where it has no other name."""
    return Column(name or f"{table.rstrip('s')}_id", Id, ForeignKey(f"{table}.id"), nullable=null, **options)


def partial_index(
    name: str, *columns: str, where: str, unique: bool = False, include: list[str] | None = None
) -> Index:
    """Return an index over the rows that a predicate picks; PostgreSQL's also carries the columns to `include`."""
    picked = text(where)
    return Index(
        name, *columns, unique=unique, sqlite_where=picked, postgresql_where=picked, postgresql_include=include or []
    )
