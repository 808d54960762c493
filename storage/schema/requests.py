"""The tables of what units hand in, ask for, answer and propose."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Integer, String, Table, Text

from storage.schema.columns import Moment, id_column, metadata, partial_index, reference

UNANSWERED = "state IN ('asked', 'more_time')"
UNSUMMED = "summed_at IS NULL"
"""Of what cooperating units were asked: what waits for an answer, and of what the lead has still to be told."""

submissions = Table(
    "submissions",
    metadata,
    id_column(),
    reference("assignments", index=True),
    reference("audit_entries", "entry_id", null=True),
    Column("document", Text),
    Column("document_on", Date),
    Column("text", Text),
    Column("recorded_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("album", String(96)),
    partial_index("ix_submissions_album", "album", where="album IS NOT NULL"),
)

submission_files = Table(
    "submission_files",
    metadata,
    id_column(),
    reference("submissions", index=True),
    Column("ref", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("mime", String(100), nullable=False),
    Column("size", Integer, nullable=False),
)

upload_links = Table(
    "upload_links",
    metadata,
    id_column(),
    reference("assignments", index=True),
    reference("accounts"),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

extensions = Table(
    "extensions",
    metadata,
    id_column(),
    reference("assignments", index=True),
    Column("what", String(16), nullable=False),
    Column("until", Date, nullable=False),
    Column("reason", Text, nullable=False),
    reference("people", "asked_by", null=True),
    Column("asked_at", Moment, nullable=False),
    reference("audit_entries", "asked_entry", null=True, index=True),
    Column("supported", Boolean),
    reference("people", "opinion_by", null=True),
    reference("audit_entries", "opinion_entry", null=True, index=True),
    Column("granted_until", Date),
    Column("document", Text),
    Column("document_on", Date),
    Column("outcome", String(16)),
    reference("people", "decided_by", null=True),
    Column("decided_at", Moment),
    reference("audit_entries", "decided_entry", null=True, index=True),
    CheckConstraint("outcome IN ('granted','refused','withdrawn')", name="outcome"),
    partial_index("uq_extensions_open", "assignment_id", unique=True, where="outcome IS NULL"),
)

snoozes = Table(
    "snoozes",
    metadata,
    id_column(),
    reference("assignments", index=True),
    reference("people", "person_id"),
    Column("until", Date, nullable=False),
    reference("audit_entries", "entry_id", null=True, index=True),
    Column("set_at", Moment, nullable=False),
    Column("ended_at", Moment),
    partial_index("ix_snoozes_person", "person_id", "until", where="ended_at IS NULL"),
)

inquiries = Table(
    "inquiries",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    reference("tasks", index=True),
    reference("units"),
    Column("words", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("strict", Boolean, nullable=False),
    reference("people", "asked_by", null=True),
    Column("asked_at", Moment, nullable=False),
    reference("audit_entries", "entry_id", null=True, index=True),
    Column("withdrawn_at", Moment),
)

inquiry_answers = Table(
    "inquiry_answers",
    metadata,
    id_column(),
    reference("inquiries", "inquiry_id", index=True),
    reference("assignments", index=True),
    Column("due", Date, nullable=False),
    Column("strict", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("wanted", Date),
    reference("people", "answered_by", null=True),
    Column("answered_at", Moment),
    reference("audit_entries", "entry_id", null=True, index=True),
    Column("reminded_at", Moment),
    Column("summed_at", Moment),
    CheckConstraint("state IN ('asked','more_time','given','nothing','withdrawn')", name="state"),
    partial_index("uq_inquiry_answers_open", "assignment_id", unique=True, where=UNANSWERED),
    partial_index("ix_inquiry_answers_unsummed", "due", where=UNSUMMED),
)

proposals = Table(
    "proposals",
    metadata,
    id_column(),
    reference("assignments", index=True),
    Column("text", Text, nullable=False),
    reference("people", "raised_by", null=True),
    Column("raised_at", Moment, nullable=False),
    reference("audit_entries", "raised_entry", null=True, index=True),
    Column("document", Text),
    Column("document_on", Date),
    reference("audit_entries", "document_entry", null=True, index=True),
    Column("told_at", Moment),
    reference("audit_entries", "told_entry", null=True, index=True),
    Column("opinion", String(16)),
    Column("opinion_words", Text),
    reference("people", "opinion_by", null=True),
    reference("audit_entries", "opinion_entry", null=True, index=True),
    Column("outcome", String(16)),
    Column("words", Text),
    reference("people", "decided_by", null=True),
    Column("decided_at", Moment),
    reference("audit_entries", "decided_entry", null=True, index=True),
    Column("withdrawn_at", Moment),
    CheckConstraint("opinion IN ('agreed','refused','other')", name="opinion"),
    CheckConstraint("outcome IN ('agreed','refused','other')", name="outcome"),
    partial_index("uq_proposals_open", "assignment_id", unique=True, where="outcome IS NULL AND withdrawn_at IS NULL"),
)
