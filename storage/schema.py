"""The tables: what we remember, with the uniqueness that makes work idempotent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    text,
)

OPEN = "state NOT IN ('done', 'dropped')"
"""The predicate of the partial indexes; queries must carry it to the letter."""

UNDELIVERED = "status IN ('failed', 'uncertain', 'unreachable')"
"""The same, for what nobody can be sure to have read."""

FOLLOWED = f"{OPEN} AND kind = 'tracked' AND role <> 'cooperating'"
"""The predicate of the index the clock plans by; to the letter as well."""

RETURNS = "recurrence IS NOT NULL"
"""The same, for what returns weekly, monthly or by the quarter."""

LINKED = "ended_at IS NULL"
"""The same, for the groups an agency has."""

UNANSWERED = "state IN ('asked', 'more_time')"
UNSUMMED = "summed_at IS NULL"
"""Of what cooperating units were asked: what waits for an answer, and of what the lead has still to be told."""

SAID_OF_ONE = (
    "act IN ('remind', 'change', 'ladder', 'propose', 'answer', 'request', 'request-again', 'request-date', "
    "'answer-given', 'answer-nothing', 'answer-more_time')"
)
"""Acts about one directive that change no part of it: its history finds them by its name."""

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


_Id = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _Id, primary_key=True, autoincrement=True)


def _to(table: str, name: str | None = None, *, null: bool = False, **options: Any) -> Column[int]:
    return Column(name or f"{table.rstrip('s')}_id", _Id, ForeignKey(f"{table}.id"), nullable=null, **options)


units = Table(
    "units",
    metadata,
    _id(),
    _to("units", "agency_id", null=True),
    _to("units", "parent_id", null=True),
    Column("kind", String(16), nullable=False),
    Column("code", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("valid_from", Date),
    Column("valid_until", Date),
    _to("units", "successor_id", null=True),
    Index("uq_units_code", "agency_id", "code", unique=True, sqlite_where=text("valid_until IS NULL"),
          postgresql_where=text("valid_until IS NULL")),
)  # fmt: skip

people = Table(
    "people",
    metadata,
    _id(),
    _to("units", "agency_id"),
    Column("key", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("name", Text),
    Column("language", String(8), nullable=False, server_default="vi"),
    Column("preferred_channel", String(16)),
    Column("morning_at", Time),
    Column("morning_was", Time),
    Column("morning_since", Date),
    Column("morning_told", Date),
    Column("ended_at", Moment),
    UniqueConstraint("agency_id", "key"),
)

memberships = Table(
    "memberships",
    metadata,
    _id(),
    _to("people", "person_id", index=True),
    _to("units", index=True),
    Column("role", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
)

oversights = Table(
    "oversights",
    metadata,
    _id(),
    _to("people", "person_id", index=True),
    _to("units"),
    Column("valid_from", Date),
    Column("valid_until", Date),
)

delegations = Table(
    "delegations",
    metadata,
    _id(),
    _to("units"),
    _to("people", "absent_id", index=True),
    _to("people", "deputy_id", index=True),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("entry_id", _Id),
    Column("ended_at", Moment),
    Index("ix_delegations_unit", "unit_id", "valid_until", sqlite_where=text("ended_at IS NULL"),
          postgresql_where=text("ended_at IS NULL")),
)  # fmt: skip

invites = Table(
    "invites",
    metadata,
    _id(),
    _to("people", "person_id", index=True),
    Column("code_hash", LargeBinary(32), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    _to("people", "created_by", null=True),
)

accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    _to("people", "person_id", null=True, index=True),
    Column("status", String(16), nullable=False, server_default="active"),
    Column("status_at", Moment),
    Column("language", String(8)),
    Column("linked_at", Moment),
    Column("last_seen_at", Moment),
    Column("wrong_codes", Integer, nullable=False, server_default="0"),
    Column("wrong_since", Moment),
    _to("invites", "offered_invite_id", null=True),
    UniqueConstraint("channel", "external_id"),
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _to("units", "agency_id"),
    Column("number", String(64), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("status", String(16), nullable=False),
    Column("content", JSON, nullable=False),
    _to("people", "prepared_by", null=True),
    Column("updated_at", Moment, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("earlier", JSON(none_as_null=True)),
    Index("uq_drafts_open", "agency_id", "number", "year", unique=True,
          sqlite_where=text("status NOT IN ('followed', 'dropped')"),
          postgresql_where=text("status NOT IN ('followed', 'dropped')")),
)  # fmt: skip

notices = Table(
    "notices",
    metadata,
    _id(),
    _to("units", "agency_id"),
    Column("number", String(64), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("issued_on", Date),
    Column("issuer", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("signed_by", Text),
    Column("file_ref", Text),
    Column("followed_at", Moment, nullable=False),
    _to("people", "followed_by", null=True),
    _to("notices", "replaced_by_id", null=True),
    Column("as_read", JSON(none_as_null=True)),
    Column("kind", String(16), nullable=False, server_default="notice"),
    UniqueConstraint("agency_id", "number", "year"),
)

tasks = Table(
    "tasks",
    metadata,
    _id(),
    _to("units", "agency_id"),
    _to("notices"),
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
    _to("tasks", "successor_id", null=True, index=True),
    UniqueConstraint("notice_id", "position"),
    Index("ix_tasks_code", "agency_id", "code"),
    Index("ix_tasks_returning", "id", sqlite_where=text(RETURNS), postgresql_where=text(RETURNS)),
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
        Column("handed_to", _Id),
        Column("missing", Text),
        Column("mend_by", Moment),
    ]


PROGRESS = tuple(column.name for column in _progress())

assignments = Table(
    "assignments",
    metadata,
    _id(),
    _to("units", "agency_id"),
    _to("notices"),
    _to("tasks", index=True),
    _to("units"),
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
    Index("ix_assignments_handed_to", "handed_to", sqlite_where=text("handed_to IS NOT NULL"),
          postgresql_where=text("handed_to IS NOT NULL")),
    Index("ix_assignments_followed", "due_on", sqlite_where=text(FOLLOWED), postgresql_where=text(FOLLOWED),
          postgresql_include=["unit_id", "agency_id", "notice_id", "task_id", "state", "expected_on", "handed_to"]),
    Index("ix_assignments_hour", "due_on", sqlite_where=text(f"{FOLLOWED} AND due_time IS NOT NULL"),
          postgresql_where=text(f"{FOLLOWED} AND due_time IS NOT NULL")),
    Index("ix_assignments_presented", "due_on", "unit_id", sqlite_where=text(f"{FOLLOWED} AND state = 'presented'"),
          postgresql_where=text(f"{FOLLOWED} AND state = 'presented'")),
    Index("ix_assignments_present_by", "present_by", sqlite_where=text("present_by IS NOT NULL"),
          postgresql_where=text("present_by IS NOT NULL")),
    Index("ix_assignments_open_unit", "unit_id", "due_on", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    Index(
        "ix_assignments_open_due",
        "agency_id",
        "due_on",
        sqlite_where=text(f"role = 'lead' AND {OPEN}"),
        postgresql_where=text(f"role = 'lead' AND {OPEN}"),
        postgresql_include=["task_id", "unit_id", "notice_id", "code", "title", "kind", "due_time", "due_basis", "presented_on",
                            "completed_on", "recorded_at", "expected_on", "note", "mend_by", "state", "period"],
    ),
)  # fmt: skip

ladders = Table(
    "ladders",
    metadata,
    _id(),
    _to("units", "agency_id"),
    _to("notices", null=True),
    _to("tasks", null=True),
    Column("scope", String(32), nullable=False, unique=True),
    Column("rules", JSON, nullable=False),
    Column("set_at", Moment, nullable=False),
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

assignment_versions = Table(
    "assignment_versions",
    metadata,
    _to("assignments", primary_key=True),
    Column("version", Integer, primary_key=True),
    _to("audit_entries", "entry_id", null=True, index=True),
    Column("at", Moment, nullable=False),
    *_progress(),
)

submissions = Table(
    "submissions",
    metadata,
    _id(),
    _to("assignments", index=True),
    _to("audit_entries", "entry_id", null=True),
    Column("document", Text),
    Column("document_on", Date),
    Column("text", Text),
    Column("recorded_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("album", String(96)),
    Index("ix_submissions_album", "album", sqlite_where=text("album IS NOT NULL"),
          postgresql_where=text("album IS NOT NULL")),
)  # fmt: skip

submission_files = Table(
    "submission_files",
    metadata,
    _id(),
    _to("submissions", index=True),
    Column("ref", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("mime", String(100), nullable=False),
    Column("size", Integer, nullable=False),
)

upload_links = Table(
    "upload_links",
    metadata,
    _id(),
    _to("assignments", index=True),
    _to("accounts"),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

extensions = Table(
    "extensions",
    metadata,
    _id(),
    _to("assignments", index=True),
    Column("what", String(16), nullable=False),
    Column("until", Date, nullable=False),
    Column("reason", Text, nullable=False),
    _to("people", "asked_by", null=True),
    Column("asked_at", Moment, nullable=False),
    _to("audit_entries", "asked_entry", null=True, index=True),
    Column("supported", Boolean),
    _to("people", "opinion_by", null=True),
    _to("audit_entries", "opinion_entry", null=True, index=True),
    Column("granted_until", Date),
    Column("document", Text),
    Column("document_on", Date),
    Column("outcome", String(16)),
    _to("people", "decided_by", null=True),
    Column("decided_at", Moment),
    _to("audit_entries", "decided_entry", null=True, index=True),
    CheckConstraint("outcome IN ('granted','refused','withdrawn')", name="outcome"),
    Index("uq_extensions_open", "assignment_id", unique=True, sqlite_where=text("outcome IS NULL"),
          postgresql_where=text("outcome IS NULL")),
)  # fmt: skip

snoozes = Table(
    "snoozes",
    metadata,
    _id(),
    _to("assignments", index=True),
    _to("people", "person_id"),
    Column("until", Date, nullable=False),
    _to("audit_entries", "entry_id", null=True, index=True),
    Column("set_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index("ix_snoozes_person", "person_id", "until", sqlite_where=text("ended_at IS NULL"),
          postgresql_where=text("ended_at IS NULL")),
)  # fmt: skip

inquiries = Table(
    "inquiries",
    metadata,
    _id(),
    _to("units", "agency_id"),
    _to("tasks", index=True),
    _to("units"),
    Column("words", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("strict", Boolean, nullable=False),
    _to("people", "asked_by", null=True),
    Column("asked_at", Moment, nullable=False),
    _to("audit_entries", "entry_id", null=True, index=True),
    Column("withdrawn_at", Moment),
)

inquiry_answers = Table(
    "inquiry_answers",
    metadata,
    _id(),
    _to("inquiries", "inquiry_id", index=True),
    _to("assignments", index=True),
    Column("due", Date, nullable=False),
    Column("strict", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("wanted", Date),
    _to("people", "answered_by", null=True),
    Column("answered_at", Moment),
    _to("audit_entries", "entry_id", null=True, index=True),
    Column("reminded_at", Moment),
    Column("summed_at", Moment),
    CheckConstraint("state IN ('asked','more_time','given','nothing','withdrawn')", name="state"),
    Index("uq_inquiry_answers_open", "assignment_id", unique=True, sqlite_where=text(UNANSWERED),
          postgresql_where=text(UNANSWERED)),
    Index("ix_inquiry_answers_unsummed", "due", sqlite_where=text(UNSUMMED), postgresql_where=text(UNSUMMED)),
)  # fmt: skip

proposals = Table(
    "proposals",
    metadata,
    _id(),
    _to("assignments", index=True),
    Column("text", Text, nullable=False),
    _to("people", "raised_by", null=True),
    Column("raised_at", Moment, nullable=False),
    _to("audit_entries", "raised_entry", null=True, index=True),
    Column("document", Text),
    Column("document_on", Date),
    _to("audit_entries", "document_entry", null=True, index=True),
    Column("told_at", Moment),
    _to("audit_entries", "told_entry", null=True, index=True),
    Column("opinion", String(16)),
    Column("opinion_words", Text),
    _to("people", "opinion_by", null=True),
    _to("audit_entries", "opinion_entry", null=True, index=True),
    Column("outcome", String(16)),
    Column("words", Text),
    _to("people", "decided_by", null=True),
    Column("decided_at", Moment),
    _to("audit_entries", "decided_entry", null=True, index=True),
    Column("withdrawn_at", Moment),
    CheckConstraint("opinion IN ('agreed','refused','other')", name="opinion"),
    CheckConstraint("outcome IN ('agreed','refused','other')", name="outcome"),
    Index("uq_proposals_open", "assignment_id", unique=True,
          sqlite_where=text("outcome IS NULL AND withdrawn_at IS NULL"),
          postgresql_where=text("outcome IS NULL AND withdrawn_at IS NULL")),
)  # fmt: skip

audit_entries = Table(
    "audit_entries",
    metadata,
    _id(),
    _to("units", "agency_id"),
    _to("people", "person_id", null=True),
    Column("channel", String(16), nullable=False),
    Column("act", String(24), nullable=False),
    Column("subject", Text, nullable=False),
    Column("said", Text),
    Column("detail", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undoable", Boolean, nullable=False),
    Column("undone_by", _Id),
    Column("payload_hash", LargeBinary(32)),
    Column("changes_hash", LargeBinary(32)),
    Column("seal", LargeBinary(32)),
    Column("sealed_no", BigInteger),
    Index(
        "uq_audit_entries_sealed_no",
        "agency_id",
        "sealed_no",
        unique=True,
        sqlite_where=text("sealed_no IS NOT NULL"),
        postgresql_where=text("sealed_no IS NOT NULL"),
    ),
    Index(
        "ix_audit_entries_unsealed",
        "id",
        sqlite_where=text("sealed_no IS NULL"),
        postgresql_where=text("sealed_no IS NULL"),
    ),
    Index("ix_audit_entries_undo", "person_id", "id", sqlite_where=text("undoable"), postgresql_where=text("undoable")),
    Index("ix_audit_entries_agency", "agency_id", "id"),
    Index(
        "ix_audit_entries_said",
        "agency_id",
        "subject",
        sqlite_where=text(SAID_OF_ONE),
        postgresql_where=text(SAID_OF_ONE),
    ),
)

chat_groups = Table(
    "chat_groups",
    metadata,
    _id(),
    _to("units", "agency_id"),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    _to("people", "linked_by", null=True),
    Column("linked_at", Moment, nullable=False),
    _to("audit_entries", "entry_id", null=True),
    Column("ended_at", Moment),
    Index("uq_chat_groups_chat", "channel", "chat", unique=True, sqlite_where=text(LINKED),
          postgresql_where=text(LINKED)),
    Index("ix_chat_groups_agency", "agency_id", sqlite_where=text(LINKED), postgresql_where=text(LINKED)),
)  # fmt: skip

audit_chains = Table(
    "audit_chains",
    metadata,
    _to("units", "agency_id", primary_key=True),
    Column("length", BigInteger, nullable=False),
    Column("seal", LargeBinary(32), nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("event_id", String(96), primary_key=True),
    Column("received_at", Moment, nullable=False, index=True),
)

rejected_updates = Table(
    "rejected_updates",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("raw", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    _id(),
    Column("number", String(16), nullable=False, unique=True),
    Column("channel", String(16), nullable=False),
    Column("event_id", String(96), nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64)),
    _to("accounts", "account_id", null=True),
    _to("people", "person_id", null=True),
    Column("class", SmallInteger, nullable=False),
    Column("key", String(96), unique=True),
    Column("status", String(16), nullable=False),
    Column("content", JSON),
    Column("intent", JSON),
    Column("about", String(96)),
    Column("has_choices", Boolean, nullable=False),
    _to("audit_entries", "entry_id", null=True),
    Column("queued_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("uncertain", SmallInteger, nullable=False, server_default="0"),
    Column("parts_sent", SmallInteger, nullable=False, server_default="0"),
    Column("fence", Integer),
    Column("external_id", String(64)),
    Column("page_ids", Text),
    Column("error", Text),
    Column("sending_at", Moment),
    Column("finished_at", Moment),
    Column("tried", JSON),
    Column("received_at", Moment),
    Column("seen_at", Moment),
    Index("ix_outbox_queued", "channel", "class", "id", sqlite_where=text("status = 'queued'"),
          postgresql_where=text("status = 'queued'")),
    Index("ix_outbox_sending", "channel", sqlite_where=text("status = 'sending'"),
          postgresql_where=text("status = 'sending'")),
    Index("ix_outbox_unreachable", "queued_at", sqlite_where=text("status = 'unreachable'"),
          postgresql_where=text("status = 'unreachable'")),
    Index("ix_outbox_choices", "channel", "chat", "id", sqlite_where=text("has_choices"),
          postgresql_where=text("has_choices")),
    Index("ix_outbox_external", "channel", "chat", "external_id"),
    Index("ix_outbox_entry", "entry_id", sqlite_where=text("entry_id IS NOT NULL"),
          postgresql_where=text("entry_id IS NOT NULL")),
    Index("ix_outbox_person", "person_id", "id"),
    Index("ix_outbox_undelivered", "person_id", "id", sqlite_where=text(UNDELIVERED),
          postgresql_where=text(UNDELIVERED)),
)  # fmt: skip

questions = Table(
    "questions",
    metadata,
    Column("person_id", _Id, ForeignKey("people.id"), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("data", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    _id(),
    Column("kind", String(24), nullable=False),
    Column("data", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("held_by", String(64)),
    Column("held_until", Moment),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Index("ix_jobs_open", "run_at", sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
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
    Column("number", _Id),
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

webchat_messages = Table(
    "webchat_messages",
    metadata,
    _id(),
    Column("chat", String(64), nullable=False),
    Column("from_bot", Boolean, nullable=False),
    Column("content", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_webchat_messages_chat", "chat", "id"),
)

channel_tokens = Table(
    "channel_tokens",
    metadata,
    Column("name", String(96), primary_key=True),
    Column("access_token", Text),
    Column("refresh_token", Text),
    Column("previous", JSON),
    Column("expires_at", Moment),
    Column("refreshed_at", Moment),
    Column("status", String(16), nullable=False),
    Column("notes", JSON, nullable=False),
)

sent_counts = Table(
    "sent_counts",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("count", Integer, nullable=False),
)
