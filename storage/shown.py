"""What people have before their eyes: the last choices that reached them, and what a message was about."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.messages import Message
from storage.delivery import Urgency
from storage.schema import accounts, outbox

CHOICE_WINDOW = timedelta(minutes=30)
"""How long what was said last is still what a bare number or word answers."""

_CHOICE = (
    select(outbox.c.content)
    .where(
        outbox.c.channel == bindparam("channel"),
        outbox.c.chat == bindparam("chat"),
        text("outbox.has_choices"),
        outbox.c.status == "sent",
        outbox.c.queued_at >= bindparam("since"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_CHOICE_OF = (
    select(outbox.c.content)
    .join(accounts, (accounts.c.id == outbox.c.account_id) & (accounts.c.chat == outbox.c.chat))
    .where(
        outbox.c.person_id == bindparam("person"),
        accounts.c.person_id == outbox.c.person_id,
        text("outbox.has_choices"),
        outbox.c.status == "sent",
        outbox.c.queued_at >= bindparam("since"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_REPLY = (
    select(outbox.c.content)
    .where(
        outbox.c.person_id == bindparam("person"),
        outbox.c["class"] == Urgency.REPLY,
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


class Shown:
    """Reads delivered messages, for what people say of them."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def choices(self, channel: str, chat: str) -> Message | None:
        """Return the last question with choices that was delivered to the chat within half an hour."""
        values = {"channel": channel, "chat": chat, "since": self._now - CHOICE_WINDOW}
        content = (await self._connection.execute(_CHOICE, values)).scalar_one_or_none()
        return Message.from_json(content) if content else None

    async def choices_of(self, person_id: int) -> Message | None:
        """Return the last such question that was delivered to the person in private, on any of their accounts."""
        values = {"person": person_id, "since": self._now - CHOICE_WINDOW}
        content = (await self._connection.execute(_CHOICE_OF, values)).scalar_one_or_none()
        return Message.from_json(content) if content else None

    async def reply(self, person_id: int) -> Message | None:
        """Return what the person was answered last, on any of their accounts, within half an hour."""
        values = {"person": person_id, "since": self._now - CHOICE_WINDOW}
        content = (await self._connection.execute(_REPLY, values)).scalar_one_or_none()
        return Message.from_json(content) if content else None

    async def about(self, channel: str, chat: str, external_id: str) -> str | None:
        """Return the one directive the message with this id was about, if it was about one."""
        row = (
            await self._connection.execute(_ABOUT, {"channel": channel, "chat": chat, "external": external_id})
        ).first()
        return row.about if row is not None else None
