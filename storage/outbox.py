"""What is to be said: rows queued with the act they belong to, claimed by the one sender, and written back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, bindparam, case, cast, exists, func, insert, literal, null, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.codes import LIFETIME
from core.messages import Message
from storage.accounts import Reach
from storage.delivery import (
    CLAIM,
    FINISH,
    Claimed,
    Result,
    Urgency,
    claim_values,
    claimed,
    prepared,
    results_json,
)
from storage.prepared import Prepared
from storage.schema import invites, leases, outbox

__all__ = ["Claimed", "Composed", "Later", "Outbox", "Outgoing", "Result", "Urgency"]

CODE_KEY = "invite:"
"""How the key of a message begins that brings an invite code; the invite's id follows."""
LISTED = "listed"
"""Where a row's intent keeps the parts its message lists."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row to queue: finished `content`, or the `intent` to compute it from when it is claimed.

    Without a `channel` there is no way to the person: it is kept as unreachable, for the office to phone, and leaves
    if the person can be reached before the evening.
    """

    channel: str
    chat: str | None
    urgency: Urgency
    content: Message | None = None
    intent: dict[str, Any] | None = None
    account_id: int | None = None
    person_id: int | None = None
    key: str | None = None
    about: str | None = None
    entry_id: int | None = None
    after: timedelta = timedelta()

    @classmethod
    def notice(cls, way: Reach | None, person_id: int, content: Message, **more: Any) -> Outgoing:
        """Return a finished message to somebody by this way; without one it is kept as unreachable."""
        if way is None:
            return cls("", None, Urgency.NOTICE, content, person_id=person_id, **more)
        return cls(
            way.channel, way.chat, Urgency.NOTICE, content, account_id=way.account_id, person_id=person_id, **more
        )


@dataclass(frozen=True, slots=True)
class Later:
    """An intent that cannot be written yet: it is asked for again after a while of the wall clock."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Listed:
    """A part on one line of a message, in the state and with the deadline it was listed with."""

    part_id: int
    line: int
    state: str
    due: str | None


@dataclass(frozen=True, slots=True)
class Composed:
    """What an intent came to: the message, and where it goes; `channel` is set where that is another one.

    `listed` are the parts it lists, kept with the row so that the message can be changed once they are answered.
    """

    content: Message
    chat: str
    account_id: int
    channel: str | None = None
    listed: tuple[Listed, ...] = ()


_COLUMNS = (
    "channel", "chat", "account_id", "person_id", "class", "key", "status", "content", "intent", "about",
    "has_choices", "entry_id", "queued_at", "not_before", "finished_at",
)  # fmt: skip
# SQLAlchemy would keep None as the JSON word null, which no index and no IS NULL can tell from a value
_ABSENT = JSON(none_as_null=True)
_VALUES = {n: bindparam(n, type_=_ABSENT) if n in {"content", "intent"} else bindparam(n) for n in _COLUMNS}
_SAY = insert(outbox).values(_VALUES)
_SAY_ONE = Prepared(_SAY.returning(outbox.c.id))
_REOPENED = {n: _VALUES[n] for n in ("channel", "chat", "account_id", "status", "content", "intent", "queued_at",
                                     "not_before")} | {"error": null(), "finished_at": null()}  # fmt: skip
_IS_UNREACHABLE = text("outbox.status = 'unreachable' AND excluded.channel <> ''")
_SAY_ONCE = {
    "postgresql": postgresql.insert(outbox).values(_VALUES)
    .on_conflict_do_update(index_elements=["key"], set_=_REOPENED, where=_IS_UNREACHABLE).returning(outbox.c.id),
    "sqlite": sqlite.insert(outbox).values(_VALUES)
    .on_conflict_do_update(index_elements=["key"], set_=_REOPENED, where=_IS_UNREACHABLE).returning(outbox.c.id),
}  # fmt: skip
_SAID = select(outbox.c.key).where(
    outbox.c.key.in_(bindparam("keys", expanding=True)), outbox.c.status != "unreachable"
)
# the partial indexes serve only a status that stands in the statement to the letter
_IS_QUEUED = text("outbox.status = 'queued'")
_IS_SENDING = text("outbox.status = 'sending'")
_CLAIM, _FINISH = prepared(CLAIM), prepared(FINISH)
CLAIMED = (
    outbox.c.id,
    outbox.c.channel,
    outbox.c.chat,
    outbox.c.person_id,
    outbox.c.account_id,
    outbox.c["class"],
    outbox.c.content,
    outbox.c.intent,
    outbox.c.attempts,
    outbox.c.uncertain,
    outbox.c.parts_sent,
    outbox.c.status,
    outbox.c.tried,
    null(),
)
"""A row as `claimed` reads it."""
_TAKE = (
    update(outbox)
    .where(
        outbox.c.id.in_(bindparam("ids", expanding=True)),
        _IS_QUEUED,
        exists().where(leases.c.name == bindparam("lease"), leases.c.fence == bindparam("the_fence")),
    )
    .values(
        status="sending",
        fence=bindparam("the_fence"),
        sending_at=bindparam("at"),
        attempts=case((outbox.c.attempts < 30000, outbox.c.attempts + 1), else_=outbox.c.attempts),
    )
    .returning(*CLAIMED)
)
_HOLD_CHAT = (
    update(outbox)
    .where(
        outbox.c.channel == bindparam("the_channel"),
        outbox.c.chat == bindparam("the_chat"),
        _IS_QUEUED,
        outbox.c.not_before < bindparam("later"),
    )
    .values(not_before=bindparam("later"))
)
_MOVE_CHAT = (
    update(outbox)
    .where(outbox.c.channel == bindparam("the_channel"), outbox.c.chat == bindparam("the_chat"), _IS_QUEUED)
    .values(chat=bindparam("new_chat"))
)
_FILL = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        content=bindparam("new_content", type_=outbox.c.content.type),
        has_choices=bindparam("choices"),
        chat=bindparam("new_chat"),
        account_id=bindparam("new_account"),
    )
)
_FILL_LISTED = _FILL.values(intent=bindparam("new_intent", type_=_ABSENT))
_RECOVER = (
    update(outbox)
    .where(outbox.c.channel == bindparam("the_channel"), _IS_SENDING, outbox.c.fence < bindparam("the_fence"))
    .values(fence=bindparam("the_fence"))
    .returning(*CLAIMED)
)
_RECLAIM = (
    update(outbox)
    .where(
        outbox.c.channel == bindparam("the_channel"),
        _IS_SENDING,
        outbox.c.fence == bindparam("the_fence"),
        outbox.c.id.not_in(bindparam("known", expanding=True)),
    )
    .values(status="queued")
)
_VOID = (
    update(outbox)
    .where(outbox.c.entry_id == bindparam("entry"), _IS_QUEUED, outbox.c["class"] > 0)
    .values(status="void")
)
_FORGET_CODES = (
    update(outbox)
    .where(
        outbox.c.key.in_(
            select(literal(CODE_KEY) + cast(invites.c.id, String)).where(invites.c.created_at >= bindparam("since"))
        ),
        outbox.c.content.is_not(null()),
        outbox.c.status.not_in(("queued", "sending", "uncertain")),
    )
    .values(content=null())
)
_OLDEST = select(func.min(outbox.c.not_before)).where(_IS_QUEUED)
_OLDEST_OF = _OLDEST.where(outbox.c.channel == bindparam("channel"))


class Outbox:
    """Queues what is said, and lets the one sender claim it and write back what became of it."""

    def __init__(self, connection: AsyncConnection, now: datetime, real: datetime) -> None:
        self._connection = connection
        self._now = now
        self._real = real

    def _row(self, row: Outgoing) -> dict[str, Any]:
        content = row.content
        return {
            "channel": row.channel,
            "chat": row.chat,
            "account_id": row.account_id,
            "person_id": row.person_id,
            "class": int(row.urgency),
            "key": row.key,
            "status": "queued" if row.channel else "unreachable",
            "content": content.to_json() if content else None,
            "intent": row.intent,
            "about": row.about,
            "has_choices": bool(content and content.buttons and not content.menu),
            "entry_id": row.entry_id,
            "queued_at": self._now,
            "not_before": self._real + row.after,
            "finished_at": None if row.channel else self._real,
        }

    async def say(self, rows: Sequence[Outgoing]) -> None:
        """Queue these messages, in this order."""
        values = [self._row(row) for row in rows]
        if len(values) == 1:
            await _SAY_ONE.rows(self._connection, values[0])
        elif values:
            await self._connection.execute(_SAY, values)

    async def say_once(self, row: Outgoing) -> bool:
        """Queue a message under its key; `False` if that key was queued before, unless nobody could be reached by it."""
        statement = _SAY_ONCE[self._connection.dialect.name]
        return (await self._connection.execute(statement, self._row(row))).scalar_one_or_none() is not None

    async def said(self, keys: Sequence[str]) -> set[str]:
        """Return those of the keys that `say_once` would not queue any more."""
        return set((await self._connection.execute(_SAID, {"keys": list(keys)})).scalars()) if keys else set()

    async def claim(self, channel: str, most: int, fence: int, busy: Collection[str], lease: str) -> list[Claimed]:
        """Take up to `most` rows that leave now, at most one per chat and none to a busy chat, most urgent first.

        An intent comes back `waiting`: it is taken by `take` in the transaction that composes it. Nothing is claimed
        when `lease` has another fence by now.
        """
        dialect = self._connection.dialect.name
        values = claim_values(channel, most, fence, busy, lease, self._real, dialect)
        return claimed(await self._connection.execute(_CLAIM[dialect], values))

    async def take(self, ids: Sequence[int], fence: int, lease: str) -> list[Claimed]:
        """Take these intents, those that are still queued; compose them and `fill` or `finish` before committing."""
        values = {"ids": list(ids), "the_fence": fence, "lease": lease, "at": self._real}
        return claimed(await self._connection.execute(_TAKE, values))

    async def fill(self, row: Claimed, made: Composed) -> None:
        """Write what an intent came to at the moment it was claimed; the intent stays but for the parts it lists."""
        content = made.content
        values = {
            "row": row.id,
            "new_content": content.to_json(),
            "new_account": made.account_id,
            "new_chat": made.chat,
        }
        values["choices"] = bool(content.buttons and not content.menu)
        if not made.listed:
            await self._connection.execute(_FILL, values)
            return
        listed = [[one.part_id, one.line, one.state, one.due] for one in made.listed]
        intent = {**(row.intent or {}), LISTED: listed}
        await self._connection.execute(_FILL_LISTED, {**values, "new_intent": intent})

    async def finish(self, results: Sequence[Result], fence: int) -> None:
        """Write back what became of claimed rows; rows of an older fence are left to their new owner."""
        if results:
            dialect = self._connection.dialect.name
            values = {"results": results_json(results, self._real, dialect), "fence": fence}
            await self._connection.execute(_FINISH[dialect], values)

    async def forget_codes(self) -> int:
        """Blank the messages that brought invite codes and have left, so that a code lies nowhere; return how many."""
        values = {"since": self._real - LIFETIME}
        return (await self._connection.execute(_FORGET_CODES, values)).rowcount

    async def move_chat(self, channel: str, old: str, new: str) -> None:
        """Let what is queued follow a chat to its new id."""
        await self._connection.execute(_MOVE_CHAT, {"the_channel": channel, "the_chat": old, "new_chat": new})

    async def hold_chat(self, channel: str, chat: str, until: datetime) -> None:
        """Keep a chat's order while its first row waits for another try."""
        await self._connection.execute(_HOLD_CHAT, {"the_channel": channel, "the_chat": chat, "later": until})

    async def recover(self, channel: str, fence: int) -> list[Claimed]:
        """Take over, under the new fence, what earlier senders left without an answer; each may have arrived."""
        values = {"the_channel": channel, "the_fence": fence}
        return claimed(await self._connection.execute(_RECOVER, values))

    async def reclaim(self, channel: str, fence: int, known: Collection[int]) -> int:
        """Queue again what this sender claimed and never heard of: the claim's answer was lost, nothing left."""
        values = {"the_channel": channel, "the_fence": fence, "known": list(known)}
        return (await self._connection.execute(_RECLAIM, values)).rowcount

    async def void(self, entry_id: int) -> int:
        """Take back what an undone act was going to tell others; return how many messages had not left."""
        return (await self._connection.execute(_VOID, {"entry": entry_id})).rowcount

    async def counts(self) -> dict[tuple[str, str], int]:
        """Return the number of rows by channel and status."""
        statement = select(outbox.c.channel, outbox.c.status, func.count()).group_by(outbox.c.channel, outbox.c.status)
        return {(row[0], row[1]): row[2] for row in await self._connection.execute(statement)}

    async def oldest_unsent(self, channel: str | None = None) -> datetime | None:
        """Return the real moment since when the oldest queued row, of this channel or of any, could have left."""
        statement = _OLDEST if channel is None else _OLDEST_OF
        values = {} if channel is None else {"channel": channel}
        oldest: datetime | None = (await self._connection.execute(statement, values)).scalar_one_or_none()
        return oldest
