"""Every kind of message that is written when it leaves, and who writes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from storage.outbox import Claimed, Composed, Later
from storage.work import Work

Writes = Callable[[Work, Claimed], Awaitable[Composed | Later | str]]
"""Writes one kind: the message and where it goes, a wait, or what becomes of the row."""


class Intents:
    """Asks whoever writes a row's kind, `otherwise` for those that are not named."""

    def __init__(self, kinds: Mapping[str, Writes], otherwise: Writes) -> None:
        self._kinds = dict(kinds)
        self._otherwise = otherwise

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, or what becomes of the row."""
        kind = str(row.intent.get("kind")) if row.intent is not None else ""
        return await self._kinds.get(kind, self._otherwise)(work, row)
