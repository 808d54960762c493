"""The tables of notices, their directives, and the part each unit has in one with every version of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from storage.schema.columns import Id, Moment, id_column, metadata, partial_index, reference

OPEN = "state NOT IN ('done', 'dropped')"
"""The predicate of the partial indexes; queries must carry it to the letter."""

FOLLOWED = f"{OPEN} AND kind = 'tracked' AND role <> 'cooperating'"
"""The predicate of the index the clock plans by; to the letter as well."""

RETURNS = "recurrence IS NOT NULL"
"""The same, for what returns weekly, monthly or by the quarter."""

drafts = Table(
    "drafts",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    Column("number", String(64), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("status", String(16), nullable=False),
    Column("content", JSON, nullable=False),
    reference("people", "prepared_by", null=True),
    Column("updated_at", Moment, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("earlier", JSON(none_as_null=True)),
    partial_index(
        "uq_drafts_open", "agency_id", "number", "year", unique=True, where="status NOT IN ('followed', 'dropped')"
    ),
)

notices = Table(
    "notices",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    Column("number", String(64), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("issued_on", Date),
    Column("issuer", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("signed_by", Text),
    Column("file_ref", Text),
    Column("followed_at", Moment, nullable=False),
    reference("people", "followed_by", null=True),
    reference("notices", "replaced_by_id", null=True),
    Column("as_read", JSON(none_as_null=True)),
    Column("kind", String(16), nullable=False, server_default="notice"),
    UniqueConstraint("agency_id", "number", "year"),
)

tasks = Table(
    "tasks",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    reference("notices"),
    Column("position", Integer, nullable=False),
    Column("code", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("kind_reason", Text),
    Column("product", Text),
    Column("needs_document", Boolean, nullable=False),
    Column("deadline_text", Text),
    Column("suggested_on", Date),
    Column("recurrence", JSON(none_as_null=True)),
    Column("by_superior", Boolean, nullable=False),
    Column("restricted", Boolean, nullable=False, server_default=text("false")),
    reference("tasks", "successor_id", null=True, index=True),
    UniqueConstraint("notice_id", "position"),
    Index("ix_tasks_code", "agency_id", "code"),
    partial_index("ix_tasks_returning", "id", where=RETURNS),
)


def _progress() -> list[Column[Any]]:
    return [
        Column("state", String(16), nullable=False),
        Column("due_on", Date),
        Column("due_time", Time),
        Column("due_basis", Text),
        Column("percent", SmallInteger),
        Column("note", Text),
        Column("expected_on", Date),
        Column("presented_on", Date),
        Column("completed_on", Date),
        Column("recorded_at", Moment),
        Column("document", Text),
        Column("document_on", Date),
        Column("present_by", Date),
        Column("handed_to", Id),
        Column("missing", Text),
        Column("mend_by", Moment),
    ]


PROGRESS = tuple(column.name for column in _progress())

assignments = Table(
    "assignments",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    reference("notices"),
    reference("tasks", index=True),
    reference("units"),
    Column("role", String(16), nullable=False),
    Column("period", String(16), nullable=False, server_default=""),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("code", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("original_due_on", Date),
    *_progress(),
    UniqueConstraint("task_id", "unit_id", "period"),
    CheckConstraint(
        "state IN ('assigned','acknowledged','in_progress','blocked','presented','reported','submitted','done',"
        "'returned','paused','dropped')",
        name="state",
    ),
    Index("ix_assignments_unit_code", "unit_id", "code"),
    partial_index("ix_assignments_handed_to", "handed_to", where="handed_to IS NOT NULL"),
    partial_index(
        "ix_assignments_followed",
        "due_on",
        where=FOLLOWED,
        include=["unit_id", "agency_id", "notice_id", "task_id", "state", "expected_on", "handed_to"],
    ),
    partial_index("ix_assignments_hour", "due_on", where=f"{FOLLOWED} AND due_time IS NOT NULL"),
    partial_index("ix_assignments_presented", "due_on", "unit_id", where=f"{FOLLOWED} AND state = 'presented'"),
    partial_index("ix_assignments_present_by", "present_by", where="present_by IS NOT NULL"),
    partial_index("ix_assignments_open_unit", "unit_id", "due_on", where=OPEN),
    partial_index(
        "ix_assignments_open_due",
        "agency_id",
        "due_on",
        where=f"role = 'lead' AND {OPEN}",
        include=[
            "task_id",
            "unit_id",
            "notice_id",
            "code",
            "title",
            "kind",
            "due_time",
            "due_basis",
            "presented_on",
            "completed_on",
            "recorded_at",
            "expected_on",
            "note",
            "mend_by",
            "state",
            "period",
        ],
    ),
)

assignment_versions = Table(
    "assignment_versions",
    metadata,
    reference("assignments", primary_key=True),
    Column("version", Integer, primary_key=True),
    reference("audit_entries", "entry_id", null=True, index=True),
    Column("at", Moment, nullable=False),
    *_progress(),
)

ladders = Table(
    "ladders",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    reference("notices", null=True),
    reference("tasks", null=True),
    Column("scope", String(32), nullable=False, unique=True),
    Column("rules", JSON, nullable=False),
    Column("set_at", Moment, nullable=False),
)
