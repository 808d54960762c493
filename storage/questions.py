"""The question each person was last asked, so that "45 27/4" finds what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import questions

_COLUMNS: dict[str, Any] = {c: bindparam(c) for c in ("person_id", "channel", "chat", "kind", "data", "asked_at")}
_NEWER: dict[str, Any] = {c: bindparam(c) for c in ("channel", "chat", "kind", "data", "asked_at")}
_ASK = {
    "postgresql": postgresql.insert(questions).values(_COLUMNS).on_conflict_do_update(
        index_elements=["person_id"], set_=_NEWER
    ),
    "sqlite": sqlite.insert(questions).values(_COLUMNS).on_conflict_do_update(
        index_elements=["person_id"], set_=_NEWER
    ),
}  # fmt: skip
_CLOSE = delete(questions).where(questions.c.person_id == bindparam("person"))


class Questions:
    """One open question per person; asking another replaces it."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def ask(self, person_id: int, channel: str, chat: str, kind: str, data: dict[str, Any]) -> None:
        """Remember what is asked, replacing any earlier question."""
        values = {"person_id": person_id, "channel": channel, "chat": chat, "kind": kind, "data": data}
        await self._connection.execute(_ASK[self._connection.dialect.name], {**values, "asked_at": self._now})

    async def close(self, person_id: int) -> None:
        """Forget the open question."""
        await self._connection.execute(_CLOSE, {"person": person_id})
