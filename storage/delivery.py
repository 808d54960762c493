"""The sender's own SQL: writing back what became of rows and claiming the next, in one statement where that is possible.

The text is the same whether it runs inside a unit of work or, for the sender alone, straight on the driver.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import DateTime, TextClause, bindparam, text

from core.messages import Message


class Urgency(IntEnum):
    """What goes first in a chat: a reply before a notice, a notice before a digest."""

    REPLY = 0
    NOTICE = 1
    DIGEST = 2


@dataclass(frozen=True, slots=True)
class Tried:
    """A way that was given up: why, when by the wall clock, and whether a copy that may be `charged` left by it."""

    account_id: int | None
    channel: str
    at: str
    why: str
    charged: bool = False

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Tried:
        """Return it as it was kept."""
        return cls(value["account"], value["channel"], value["at"], value["why"], bool(value.get("charged")))

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        kept = {"account": self.account_id, "channel": self.channel, "at": self.at, "why": self.why[:500]}
        return {**kept, "charged": True} if self.charged else kept


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is leaving now; `waiting` is one that still has to be composed and is not taken yet.

    `fault` says why the stored content cannot be read, `withdrawn` why it may not go to this account any more: ended,
    relinked, or the account's status. `tried` are the ways given up before.
    """

    id: int
    channel: str
    chat: str | None
    person_id: int | None
    account_id: int | None
    urgency: Urgency
    content: Message | None
    intent: dict[str, Any] | None
    attempts: int
    uncertain: int
    parts_sent: int
    waiting: bool = False
    fault: str | None = None
    withdrawn: str | None = None
    tried: tuple[Tried, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether a page of it arrived, or may have."""
        return self.content is not None and (self.uncertain > 0 or self.parts_sent > 0)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claimed row. `status` is sent, queued (again, after `not_before`), failed, uncertain, void,
    superseded or unreachable; `sending` says that a page arrived and the next one follows.
    """

    id: int
    status: str
    external_id: str | None = None
    error: str | None = None
    not_before: datetime | None = None
    uncertain: int = 0
    parts_sent: int = 0
    chat: str | None = None


# whether an intent may still leave is asked at every try; its words stay where they may have been seen already
_ASKED = "(outbox.intent IS NOT NULL)"
_SET = """
    status = r.status,
    external_id = r.external_id,
    error = r.error,
    not_before = coalesce(r.not_before, outbox.not_before),
    uncertain = r.uncertain,
    parts_sent = r.parts_sent,
    page_ids = CASE WHEN r.status <> 'sending' THEN outbox.page_ids
        WHEN r.parts_sent = 1 THEN r.external_id
        WHEN r.parts_sent = outbox.parts_sent + 1 THEN outbox.page_ids || ' ' || r.external_id
        ELSE outbox.page_ids END,
    chat = coalesce(r.chat, outbox.chat),
    finished_at = CASE WHEN r.status IN ('queued', 'sending') THEN NULL ELSE r.ended END
"""
_MINE = "outbox.id = r.id AND outbox.status = 'sending' AND outbox.fence = :fence"
_CLAIM_SET = f"""
    status = CASE WHEN {_ASKED} THEN 'queued' ELSE 'sending' END,
    fence = CASE WHEN {_ASKED} THEN outbox.fence ELSE :fence END,
    sending_at = CASE WHEN {_ASKED} THEN outbox.sending_at ELSE :at END,
    attempts = CASE WHEN {_ASKED} OR outbox.attempts >= 30000 THEN outbox.attempts ELSE outbox.attempts + 1 END
"""
_RETURNING = """RETURNING outbox.id, outbox.channel, outbox.chat, outbox.person_id, outbox.account_id, outbox.class,
    outbox.content, outbox.intent, outbox.attempts, outbox.uncertain, outbox.parts_sent, outbox.status, outbox.tried,
    (SELECT CASE WHEN people.ended_at IS NOT NULL THEN 'ended'
                 WHEN accounts.chat <> outbox.chat THEN NULL
                 WHEN coalesce(accounts.person_id, 0) <> outbox.person_id THEN 'relinked'
                 WHEN accounts.status <> 'active' THEN accounts.status END
     FROM accounts JOIN people ON people.id = outbox.person_id WHERE accounts.id = outbox.account_id)"""
# one row per chat, and none while the lease has passed to somebody else
_READY = """
    SELECT id, class, coalesce(chat, 'person ' || person_id) AS talk FROM outbox
    WHERE channel = :channel AND status = 'queued' AND not_before <= :at AND (chat IS NULL OR chat NOT IN ({busy}))
      AND EXISTS (SELECT 1 FROM leases WHERE name = :lease AND fence = :fence)
    ORDER BY class, id LIMIT {most} * 4
"""
_FIRSTS = """
    SELECT id FROM (SELECT id, class, row_number() OVER (PARTITION BY talk ORDER BY class, id) AS place FROM {ready}) AS w
    WHERE place = 1 ORDER BY class, id LIMIT {most}
"""

_FINISH_SQLITE = f"""
UPDATE outbox SET {_SET} FROM (
    SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.status') AS status,
        json_extract(value, '$.external_id') AS external_id, json_extract(value, '$.error') AS error,
        json_extract(value, '$.not_before') AS not_before, json_extract(value, '$.uncertain') AS uncertain,
        json_extract(value, '$.parts_sent') AS parts_sent, json_extract(value, '$.chat') AS chat,
        json_extract(value, '$.ended') AS ended
    FROM json_each(:results)
) AS r WHERE {_MINE}
"""
_CLAIM_SQLITE = f"""
UPDATE outbox SET {_CLAIM_SET} WHERE id IN ({
    _FIRSTS.format(
        ready="(" + _READY.format(busy="SELECT value FROM json_each(:busy)", most=":most") + ")", most=":most"
    )
}) {_RETURNING}
"""
_FINISH_POSTGRES = f"""
UPDATE outbox SET {_SET} FROM json_to_recordset(CAST(:results AS json)) AS r(
    id bigint, status text, external_id text, error text, not_before timestamptz, uncertain smallint,
    parts_sent smallint, chat text, ended timestamptz
) WHERE {_MINE}
"""
# a list of candidates that is locked must be taken before it is numbered: the planner may run a subquery twice
_CLAIM_POSTGRES = f"""
ready AS MATERIALIZED ({
    _READY.format(busy="SELECT json_array_elements_text(CAST(:busy AS json))", most="CAST(:most AS integer)")
} FOR UPDATE SKIP LOCKED),
picked AS MATERIALIZED ({_FIRSTS.format(ready="ready", most="CAST(:most AS integer)")})
UPDATE outbox SET {_CLAIM_SET} FROM picked WHERE outbox.id = picked.id {_RETURNING}
"""

FINISH = {"sqlite": _FINISH_SQLITE, "postgresql": _FINISH_POSTGRES}
"""Writes results back; rows of another fence are left to their new owner."""
CLAIM = {"sqlite": _CLAIM_SQLITE, "postgresql": f"WITH {_CLAIM_POSTGRES}"}
"""Takes rows that leave now, and names the intents that would."""
FINISH_AND_CLAIM_POSTGRES = f"WITH done AS ({_FINISH_POSTGRES}), {_CLAIM_POSTGRES}"
"""Both in one round trip."""


def prepared(statements: Mapping[str, str]) -> dict[str, TextClause]:
    """Return the statements as SQLAlchemy runs them."""
    moment = bindparam("at", type_=DateTime(timezone=True))
    return {
        name: text(sql).bindparams(moment) if name == "postgresql" and ":at" in sql else text(sql)
        for name, sql in statements.items()
    }


def positional(sql: str) -> tuple[str, tuple[str, ...]]:
    """Return the statement with $1, $2 … as asyncpg wants it, and the names in that order."""
    names = tuple(dict.fromkeys(re.findall(r"(?<!:):([a-z]+)", sql)))
    return re.sub(r"(?<!:):([a-z]+)", lambda found: f"${names.index(found[1]) + 1}", sql), names


def moment(value: datetime, dialect: str) -> Any:
    """Return a moment as the driver takes it: SQLite keeps UTC as text."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if dialect == "sqlite" else value


def results_json(results: Sequence[Result], real: datetime, dialect: str) -> str:
    """Return results as the one parameter the statements take."""

    def word(value: datetime | None) -> str | None:
        return None if value is None else str(moment(value, dialect))

    ended = word(real)
    rows = [
        {
            "id": result.id,
            "status": result.status,
            "external_id": result.external_id,
            # PostgreSQL keeps no NUL in a text
            "error": result.error.replace("\0", "")[:2000] if result.error else None,
            "not_before": word(result.not_before),
            "uncertain": result.uncertain,
            "parts_sent": result.parts_sent,
            "chat": result.chat,
            "ended": ended,
        }
        for result in results
    ]
    return json.dumps(rows, separators=(",", ":"))


def claim_values(
    channel: str, most: int, fence: int, busy: Collection[str], lease: str, real: datetime, dialect: str
) -> dict[str, Any]:
    """Return the parameters of a claim."""
    return {
        "channel": channel,
        "most": most,
        "fence": fence,
        "busy": json.dumps(list(busy)),
        "lease": lease,
        "at": moment(real, dialect),
    }


def claimed(rows: Iterable[Any]) -> list[Claimed]:
    """Return the rows of a claim, most urgent first; content nobody can read becomes a fault of its row alone."""
    found = [_claimed(tuple(row)) for row in rows]
    found.sort(key=lambda row: (row.urgency, row.id))
    return found


def _claimed(row: tuple[Any, ...]) -> Claimed:
    content: Message | None = None
    intent: dict[str, Any] | None = None
    fault: str | None = None
    tried: tuple[Tried, ...] = ()
    try:
        raw, meant, given_up = (json.loads(v) if isinstance(v, str) else v for v in (row[6], row[7], row[12]))
        tried = tuple(map(Tried.from_json, given_up or ()))
        content = Message.from_json(raw) if raw else None
        intent = meant or None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        fault = f"unreadable content: {error!r}"
    return Claimed(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        Urgency(row[5]),
        content,
        intent,
        row[8],
        row[9],
        row[10],
        waiting=row[11] == "queued",
        fault=fault,
        withdrawn=row[13],
        tried=tried,
    )
