"""Groups that an agency's office linked: where commands are answered and where something may be posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, null, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import LINKED, chat_groups

_GROUP = (chat_groups.c.id, chat_groups.c.agency_id, chat_groups.c.channel, chat_groups.c.chat)
_IS_LINKED = text(f"chat_groups.{LINKED}")
_ALL = select(*_GROUP).where(_IS_LINKED).order_by(chat_groups.c.id)
_OF_AGENCY = _ALL.where(chat_groups.c.agency_id == bindparam("agency"))
_OF_CHAT = _ALL.where(chat_groups.c.channel == bindparam("the_channel"), chat_groups.c.chat == bindparam("the_chat"))
_LINK = {
    "postgresql": postgresql.insert(chat_groups).on_conflict_do_nothing().returning(chat_groups.c.id),
    "sqlite": sqlite.insert(chat_groups).on_conflict_do_nothing().returning(chat_groups.c.id),
}
_HERE = (chat_groups.c.channel == bindparam("the_channel"), chat_groups.c.chat == bindparam("the_chat"), _IS_LINKED)
_END = update(chat_groups).where(*_HERE).values(ended_at=bindparam("at")).returning(chat_groups.c.agency_id)
_MOVE = update(chat_groups).where(*_HERE).values(chat=bindparam("new_chat"))
_TAKE_BACK = (
    update(chat_groups)
    .where(chat_groups.c.entry_id == bindparam("entry"), chat_groups.c.ended_at.is_(null()))
    .values(ended_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat that is linked to an agency."""

    id: int
    agency_id: int
    channel: str
    chat: str


class Groups:
    """Knows which group is whose: a chat is linked to one agency at a time."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def of_chat(self, channel: str, chat: str) -> Group | None:
        """Return the link of a group chat, if it has one."""
        row = (await self._connection.execute(_OF_CHAT, {"the_channel": channel, "the_chat": chat})).one_or_none()
        return Group(*row) if row is not None else None

    async def of_agency(self, agency_id: int) -> list[Group]:
        """Return the agency's groups, the one linked first in front."""
        return [Group(*row) for row in await self._connection.execute(_OF_AGENCY, {"agency": agency_id})]

    async def everywhere(self) -> list[Group]:
        """Return every agency's groups."""
        return [Group(*row) for row in await self._connection.execute(_ALL)]

    async def link(self, agency_id: int, channel: str, chat: str, person_id: int, entry_id: int) -> bool:
        """Tie a group chat to the agency; `False` if it is tied already, to whichever."""
        values: dict[str, Any] = {
            "agency_id": agency_id, "channel": channel, "chat": chat, "linked_by": person_id, "entry_id": entry_id,
            "linked_at": self._now,
        }  # fmt: skip
        statement = _LINK[self._connection.dialect.name]
        return (await self._connection.execute(statement, values)).scalar_one_or_none() is not None

    async def end(self, channel: str, chat: str) -> int | None:
        """Let a group be nobody's any more; return whose it was, if anybody's."""
        values = {"the_channel": channel, "the_chat": chat, "at": self._now}
        agency_id: int | None = (await self._connection.execute(_END, values)).scalar_one_or_none()
        return agency_id

    async def move_chat(self, channel: str, old: str, new: str) -> bool:
        """Follow a group to its new id; `False` where that is linked by itself, so that the old link ends."""
        if await self.of_chat(channel, new) is not None:
            return await self.end(channel, old) is None
        await self._connection.execute(_MOVE, {"the_channel": channel, "the_chat": old, "new_chat": new})
        return True

    async def take_back(self, entry_id: int) -> None:
        """End the link that an undone act had made."""
        await self._connection.execute(_TAKE_BACK, {"entry": entry_id, "at": self._now})
