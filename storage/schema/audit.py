"""The tables of what was done, and of the seals that prove it."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, LargeBinary, String, Table, Text

from storage.schema.columns import Id, Moment, id_column, metadata, partial_index, reference

SAID_OF_ONE = (
    "act IN ('remind', 'change', 'ladder', 'propose', 'answer', 'request', 'request-again', 'request-date', "
    "'answer-given', 'answer-nothing', 'answer-more_time')"
)
"""Acts about one directive that change no part of it: its history finds them by its name."""

audit_entries = Table(
    "audit_entries",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    reference("people", "person_id", null=True),
    Column("channel", String(16), nullable=False),
    Column("act", String(24), nullable=False),
    Column("subject", Text, nullable=False),
    Column("said", Text),
    Column("detail", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undoable", Boolean, nullable=False),
    Column("undone_by", Id),
    Column("payload_hash", LargeBinary(32)),
    Column("changes_hash", LargeBinary(32)),
    Column("seal", LargeBinary(32)),
    Column("sealed_no", BigInteger),
    partial_index("uq_audit_entries_sealed_no", "agency_id", "sealed_no", unique=True, where="sealed_no IS NOT NULL"),
    partial_index("ix_audit_entries_unsealed", "id", where="sealed_no IS NULL"),
    partial_index("ix_audit_entries_undo", "person_id", "id", where="undoable"),
    Index("ix_audit_entries_agency", "agency_id", "id"),
    partial_index("ix_audit_entries_said", "agency_id", "subject", where=SAID_OF_ONE),
)

audit_chains = Table(
    "audit_chains",
    metadata,
    reference("units", "agency_id", primary_key=True),
    Column("length", BigInteger, nullable=False),
    Column("seal", LargeBinary(32), nullable=False),
)
