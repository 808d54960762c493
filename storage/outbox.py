"""What is to be said: rows queued with the act they belong to, claimed by the one sender, and written back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import and_, bindparam, case, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.messages import Message
from storage.schema import outbox

CHOICE_WINDOW = timedelta(minutes=30)


class Urgency(IntEnum):
    """What goes first in a chat: a reply before a notice, a notice before a digest."""

    REPLY = 0
    NOTICE = 1
    DIGEST = 2


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row to queue: finished `content`, or the `intent` to compute it from when it is claimed."""

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


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is leaving now."""

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


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claimed row. `status` is sent, queued (again, after `not_before`), failed, uncertain, void,
    superseded or unreachable.
    """

    id: int
    status: str
    external_id: str | None = None
    error: str | None = None
    not_before: datetime | None = None
    uncertain: int = 0
    parts_sent: int = 0
    chat: str | None = None


_COLUMNS = (
    "channel", "chat", "account_id", "person_id", "class", "key", "status", "content", "intent", "about",
    "has_choices", "entry_id", "queued_at", "not_before",
)  # fmt: skip
_SAY = insert(outbox).values({name: bindparam(name) for name in _COLUMNS})
_SAY_ONCE = {
    "postgresql": postgresql.insert(outbox).values({n: bindparam(n) for n in _COLUMNS})
    .on_conflict_do_nothing(index_elements=["key"]).returning(outbox.c.id),
    "sqlite": sqlite.insert(outbox).values({n: bindparam(n) for n in _COLUMNS})
    .on_conflict_do_nothing(index_elements=["key"]).returning(outbox.c.id),
}  # fmt: skip
_READY = (
    select(outbox.c.id, outbox.c.chat, outbox.c.person_id)
    .where(
        outbox.c.channel == bindparam("channel"), outbox.c.status == "queued", outbox.c.not_before <= bindparam("at")
    )
    .order_by(outbox.c["class"], outbox.c.id)
    .limit(bindparam("most"))
)
_READY_BUT = _READY.where(
    or_(outbox.c.chat.is_(None), outbox.c.chat.not_in(bindparam("busy", expanding=True))),
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.status == "queued")
    .values(status="sending", fence=bindparam("the_fence"), sending_at=bindparam("at"), attempts=outbox.c.attempts + 1)
    .returning(
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
    )
)
_FINISH = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.status == "sending", outbox.c.fence == bindparam("the_fence"))
    .values(
        status=bindparam("new_status"),
        external_id=bindparam("new_external"),
        error=bindparam("new_error"),
        not_before=func.coalesce(bindparam("later", type_=outbox.c.not_before.type), outbox.c.not_before),
        uncertain=bindparam("new_uncertain"),
        parts_sent=bindparam("new_parts"),
        chat=func.coalesce(bindparam("new_chat", type_=outbox.c.chat.type), outbox.c.chat),
        finished_at=bindparam("ended", type_=outbox.c.finished_at.type),
    )
)
_HOLD_CHAT = (
    update(outbox)
    .where(
        outbox.c.channel == bindparam("the_channel"),
        outbox.c.chat == bindparam("the_chat"),
        outbox.c.status == "queued",
        outbox.c.not_before < bindparam("later"),
    )
    .values(not_before=bindparam("later"))
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
_LEFT_BEHIND = and_(
    outbox.c.channel == bindparam("the_channel"),
    outbox.c.status == "sending",
    outbox.c.fence < bindparam("the_fence"),
)
_RECOVER = (
    update(outbox)
    .where(_LEFT_BEHIND)
    .values(
        status=case((outbox.c.uncertain >= 1, "uncertain"), else_="queued"),
        uncertain=outbox.c.uncertain + 1,
        error="the sender stopped before the answer came",
    )
)
_CHOICE = (
    select(outbox.c.content)
    .where(
        outbox.c.channel == bindparam("channel"),
        outbox.c.chat == bindparam("chat"),
        outbox.c.has_choices,
        outbox.c.status == "sent",
        outbox.c.queued_at >= bindparam("since"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_ABOUT = select(outbox.c.about, outbox.c.intent, outbox.c.content).where(
    outbox.c.channel == bindparam("channel"),
    outbox.c.chat == bindparam("chat"),
    outbox.c.external_id == bindparam("external"),
)
_VOID = (
    update(outbox)
    .where(outbox.c.entry_id == bindparam("entry"), outbox.c.status == "queued", outbox.c["class"] > 0)
    .values(status="void")
)


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
            "status": "queued",
            "content": content.to_json() if content else None,
            "intent": row.intent,
            "about": row.about,
            "has_choices": bool(content and content.buttons and not content.menu),
            "entry_id": row.entry_id,
            "queued_at": self._now,
            "not_before": self._real + row.after,
        }

    async def say(self, rows: Sequence[Outgoing]) -> None:
        """Queue these messages, in this order."""
        if rows:
            values = [self._row(row) for row in rows]
            await self._connection.execute(_SAY, values if len(values) > 1 else values[0])

    async def say_once(self, row: Outgoing) -> bool:
        """Queue a message under its key; `False` if that key was queued before."""
        statement = _SAY_ONCE[self._connection.dialect.name]
        return (await self._connection.execute(statement, self._row(row))).scalar_one_or_none() is not None

    async def claim(self, channel: str, most: int, fence: int, busy: Collection[str] = ()) -> list[Claimed]:
        """Take up to `most` rows that leave now, at most one per chat and none to a busy chat, most urgent first."""
        values = {"channel": channel, "at": self._real, "most": most * 2}
        if busy:
            ready = await self._connection.execute(_READY_BUT, {**values, "busy": list(busy)})
        else:
            ready = await self._connection.execute(_READY, values)
        first: dict[str, int] = {}
        for row in ready:
            first.setdefault(row.chat or f"person {row.person_id}", row.id)
        if not first:
            return []
        ids = list(first.values())[:most]
        claim = {"ids": ids, "the_fence": fence, "at": self._real}
        claimed = [
            Claimed(
                row.id,
                row.channel,
                row.chat,
                row.person_id,
                row.account_id,
                Urgency(row[5]),
                Message.from_json(row.content) if row.content else None,
                row.intent,
                row.attempts,
                row.uncertain,
                row.parts_sent,
            )
            for row in await self._connection.execute(_CLAIM, claim)
        ]
        return sorted(claimed, key=lambda row: ids.index(row.id))

    async def fill(self, row_id: int, content: Message, account_id: int, chat: str) -> None:
        """Write what an intent came to at the moment it was claimed."""
        values = {"row": row_id, "new_content": content.to_json(), "new_account": account_id, "new_chat": chat}
        choices = bool(content.buttons and not content.menu)
        await self._connection.execute(_FILL, {**values, "choices": choices})

    async def finish(self, results: Sequence[Result], fence: int) -> None:
        """Write back what became of claimed rows; rows of an older fence are left to their new owner."""
        if not results:
            return
        values = [
            {
                "row": result.id,
                "the_fence": fence,
                "new_status": result.status,
                "new_external": result.external_id,
                "new_error": result.error,
                "later": result.not_before,
                "new_uncertain": result.uncertain,
                "new_parts": result.parts_sent,
                "new_chat": result.chat,
                "ended": self._real if result.status != "queued" else None,
            }
            for result in results
        ]
        await self._connection.execute(_FINISH, values if len(values) > 1 else values[0])

    async def hold_chat(self, channel: str, chat: str, until: datetime) -> None:
        """Keep a chat's order while its first row waits for another try."""
        await self._connection.execute(_HOLD_CHAT, {"the_channel": channel, "the_chat": chat, "later": until})

    async def recover(self, channel: str, fence: int) -> int:
        """Queue again, once, what an earlier sender left without an answer; return how many rows there were."""
        result = await self._connection.execute(_RECOVER, {"the_channel": channel, "the_fence": fence})
        return result.rowcount

    async def last_choices(self, channel: str, chat: str) -> Message | None:
        """Return the last question with choices that was delivered to the chat within half an hour."""
        values = {"channel": channel, "chat": chat, "since": self._now - CHOICE_WINDOW}
        content = (await self._connection.execute(_CHOICE, values)).scalar_one_or_none()
        return Message.from_json(content) if content else None

    async def about(self, channel: str, chat: str, external_id: str) -> str | None:
        """Return the one directive the message with this id was about, if it was about one."""
        row = (
            await self._connection.execute(_ABOUT, {"channel": channel, "chat": chat, "external": external_id})
        ).first()
        return row.about if row is not None else None

    async def void(self, entry_id: int) -> int:
        """Take back what an undone act was going to tell others; return how many messages had not left."""
        return (await self._connection.execute(_VOID, {"entry": entry_id})).rowcount

    async def counts(self) -> dict[tuple[str, str], int]:
        """Return the number of rows by channel and status."""
        statement = select(outbox.c.channel, outbox.c.status, func.count()).group_by(outbox.c.channel, outbox.c.status)
        return {(row[0], row[1]): row[2] for row in await self._connection.execute(statement)}

    async def oldest_unsent(self) -> datetime | None:
        """Return the real moment since when the oldest queued row could have left."""
        statement = select(func.min(outbox.c.not_before)).where(outbox.c.status == "queued")
        oldest: datetime | None = (await self._connection.execute(statement)).scalar_one_or_none()
        return oldest
