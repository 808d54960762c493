"""The token pair a channel speaks with, and when its people were last heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import accounts, channel_tokens


@dataclass(frozen=True, slots=True)
class Token:
    """A pair and what is known of it. `status`: new (never exchanged), ok, refreshing, uncertain or lost.

    `previous` is the pair before, as it was replaced; `notes` is for whoever keeps the token.
    """

    name: str
    access_token: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    previous: dict[str, Any] | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    refreshed_at: datetime | None = None
    status: str = "new"
    notes: dict[str, Any] = field(default_factory=dict, repr=False)


class Tokens:
    """Reads and writes token pairs; `locked` makes everybody else who would change one wait for the commit."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, name: str) -> Token | None:
        """Return the pair as it was last committed."""
        row = (await self._connection.execute(_select(name))).one_or_none()
        return Token(*row) if row is not None else None

    async def locked(self, name: str) -> Token:
        """Return the pair, made empty if there is none, and keep others from changing it until the commit."""
        empty = {"name": name, "status": "new", "notes": {}}
        await self._connection.execute(self._insert(channel_tokens).values(empty).on_conflict_do_nothing())
        # SQLite's one writer is lock enough
        return Token(*(await self._connection.execute(_select(name).with_for_update())).one())

    async def save(self, token: Token) -> None:
        """Write a pair that is `locked`."""
        await self._connection.execute(
            update(channel_tokens)
            .where(channel_tokens.c.name == token.name)
            .values(
                access_token=token.access_token,
                refresh_token=token.refresh_token,
                previous=token.previous,
                expires_at=token.expires_at,
                refreshed_at=token.refreshed_at,
                status=token.status,
                notes=token.notes,
            )
        )

    async def seen(self, channel: str, sender: str, real: datetime) -> None:
        """Remember that the sender was heard in private at a moment of the wall clock; an earlier one changes nothing.

        Called before their message is answered: the answer may leave at once, and only because they were heard.
        """
        made = self._insert(accounts).values(
            {"channel": channel, "external_id": sender, "chat": sender, "last_seen_at": real}
        )
        known = accounts.c.last_seen_at
        await self._connection.execute(
            made.on_conflict_do_update(
                index_elements=["channel", "external_id"],
                set_={"last_seen_at": real},
                where=or_(known.is_(None), known < real),
            )
        )

    async def last_seen(self, channel: str, sender: str) -> datetime | None:
        """Return when the sender was last heard, `None` if never."""
        where = (accounts.c.channel == channel, accounts.c.external_id == sender)
        found = await self._connection.execute(select(accounts.c.last_seen_at).where(*where))
        moment: datetime | None = found.scalar_one_or_none()
        return moment

    def _insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        return insert(table)


def _select(name: str) -> Any:
    columns = channel_tokens.c
    return select(
        columns.name,
        columns.access_token,
        columns.refresh_token,
        columns.previous,
        columns.expires_at,
        columns.refreshed_at,
        columns.status,
        columns.notes,
    ).where(columns.name == name)
