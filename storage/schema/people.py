"""The tables of units, of people and their offices, and of the chat identities behind which they are."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Integer, LargeBinary, String, Table, Text, Time, UniqueConstraint

from storage.schema.columns import Id, Moment, id_column, metadata, partial_index, reference

units = Table(
    "units",
    metadata,
    id_column(),
    reference("units", "agency_id", null=True),
    reference("units", "parent_id", null=True),
    Column("kind", String(16), nullable=False),
    Column("code", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("valid_from", Date),
    Column("valid_until", Date),
    reference("units", "successor_id", null=True),
    partial_index("uq_units_code", "agency_id", "code", unique=True, where="valid_until IS NULL"),
)

people = Table(
    "people",
    metadata,
    id_column(),
    reference("units", "agency_id"),
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
    id_column(),
    reference("people", "person_id", index=True),
    reference("units", index=True),
    Column("role", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
)

oversights = Table(
    "oversights",
    metadata,
    id_column(),
    reference("people", "person_id", index=True),
    reference("units"),
    Column("valid_from", Date),
    Column("valid_until", Date),
)

delegations = Table(
    "delegations",
    metadata,
    id_column(),
    reference("units"),
    reference("people", "absent_id", index=True),
    reference("people", "deputy_id", index=True),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("entry_id", Id),
    Column("ended_at", Moment),
    partial_index("ix_delegations_unit", "unit_id", "valid_until", where="ended_at IS NULL"),
)

invites = Table(
    "invites",
    metadata,
    id_column(),
    reference("people", "person_id", index=True),
    Column("code_hash", LargeBinary(32), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    reference("people", "created_by", null=True),
)

accounts = Table(
    "accounts",
    metadata,
    id_column(),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    reference("people", "person_id", null=True, index=True),
    Column("status", String(16), nullable=False, server_default="active"),
    Column("status_at", Moment),
    Column("language", String(8)),
    Column("linked_at", Moment),
    Column("last_seen_at", Moment),
    Column("wrong_codes", Integer, nullable=False, server_default="0"),
    Column("wrong_since", Moment),
    reference("invites", "offered_invite_id", null=True),
    UniqueConstraint("channel", "external_id"),
)
