"""Messages that are written as they leave, written now as the sender would have them."""

from __future__ import annotations

from bot.composing import Compose
from storage.outbox import Claimed, Composed, Later, Urgency
from tests.handlers.test_leading import intent
from tests.handlers.two_agencies import Town


async def as_it_leaves(town: Town, write: Compose, which: str) -> list[Composed | Later | str]:
    """Return what becomes of the outbox's rows `which` says, should they leave now."""
    rows = await town.rows("outbox", "id, person_id", which)
    async with town.database.work(town.clock.now()) as work:
        return [
            await write(
                work, Claimed(row.id, "plain", None, row.person_id, None, Urgency.NOTICE, None, await intent(work, row.id), 1, 0, 0)
            )
            for row in rows
        ]  # fmt: skip
