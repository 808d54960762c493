"""The tables by which processes share work and time."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, SmallInteger, String, Table, Text

from storage.schema.columns import Id, Moment, id_column, metadata, partial_index

jobs = Table(
    "jobs",
    metadata,
    id_column(),
    Column("kind", String(24), nullable=False),
    Column("data", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("held_by", String(64)),
    Column("held_until", Moment),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    partial_index("ix_jobs_open", "run_at", where="status = 'open'"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(96), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", Moment, nullable=False),
    Column("fence", Integer, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(96), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("number", Id),
)

plan_marks = Table(
    "plan_marks",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("day", Date),
)

planned_days = Table(
    "planned_days",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
)

clock_anchor = Table(
    "clock_anchor",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("setting", String(40), nullable=False),
    Column("business", Moment, nullable=False),
    Column("real", Moment, nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
)
