"""The tables of what came in and of what goes out, each with its channel."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, SmallInteger, String, Table, Text

from storage.schema.columns import Moment, id_column, metadata, partial_index, reference

UNDELIVERED = "status IN ('failed', 'uncertain', 'unreachable')"
"""The predicate of the index of what nobody can be sure to have read; queries must carry it to the letter."""

LINKED = "ended_at IS NULL"
"""The same, for the groups an agency has."""

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
    id_column(),
    Column("channel", String(16), nullable=False),
    Column("raw", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    id_column(),
    Column("number", String(16), nullable=False, unique=True),
    Column("channel", String(16), nullable=False),
    Column("event_id", String(96), nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64)),
    reference("accounts", "account_id", null=True),
    reference("people", "person_id", null=True),
    Column("class", SmallInteger, nullable=False),
    Column("key", String(96), unique=True),
    Column("status", String(16), nullable=False),
    Column("content", JSON),
    Column("intent", JSON),
    Column("about", String(96)),
    Column("has_choices", Boolean, nullable=False),
    reference("audit_entries", "entry_id", null=True),
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
    partial_index("ix_outbox_queued", "channel", "class", "id", where="status = 'queued'"),
    partial_index("ix_outbox_sending", "channel", where="status = 'sending'"),
    partial_index("ix_outbox_unreachable", "queued_at", where="status = 'unreachable'"),
    partial_index("ix_outbox_choices", "channel", "chat", "id", where="has_choices"),
    Index("ix_outbox_external", "channel", "chat", "external_id"),
    partial_index("ix_outbox_entry", "entry_id", where="entry_id IS NOT NULL"),
    Index("ix_outbox_person", "person_id", "id"),
    partial_index("ix_outbox_undelivered", "person_id", "id", where=UNDELIVERED),
)

questions = Table(
    "questions",
    metadata,
    reference("people", "person_id", primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("data", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False),
)

chat_groups = Table(
    "chat_groups",
    metadata,
    id_column(),
    reference("units", "agency_id"),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    reference("people", "linked_by", null=True),
    Column("linked_at", Moment, nullable=False),
    reference("audit_entries", "entry_id", null=True),
    Column("ended_at", Moment),
    partial_index("uq_chat_groups_chat", "channel", "chat", unique=True, where=LINKED),
    partial_index("ix_chat_groups_agency", "agency_id", where=LINKED),
)

webchat_messages = Table(
    "webchat_messages",
    metadata,
    id_column(),
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
