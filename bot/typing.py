"""That an answer is being written: shown while somebody waits long for it, and never in anybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog

from bot.channel import Channel

log = structlog.get_logger()

MOMENT = 1.0
"""Seconds after which somebody wonders whether anything came."""
_AGAIN = 5.0
_MOST = 6


class Typing:
    """Shows it on the channels that can, once the work has taken `moment` seconds, every `again` seconds for a while."""

    def __init__(self, channels: Mapping[str, Channel], *, moment: float = MOMENT, again: float = _AGAIN) -> None:
        self._channels = channels
        self._moment = moment
        self._again = again

    def can(self, data: Mapping[str, Any]) -> bool:
        """Tell whether the channel that `data`, such as a job's, names can show it."""
        wire = self._channels.get(str(data.get("channel")))
        return wire is not None and wire.can.typing

    @asynccontextmanager
    async def shown(self, data: Mapping[str, Any]) -> AsyncIterator[None]:
        """Show it to whom `data`, such as a job's, names by channel and chat, until the work within is done."""
        wire, chat = self._channels.get(str(data.get("channel"))), data.get("chat")
        if wire is None or not self.can(data) or not isinstance(chat, str):
            yield
            return
        showing = asyncio.create_task(self._show(wire, chat))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show(self, wire: Channel, chat: str) -> None:
        await asyncio.sleep(self._moment)
        for _ in range(_MOST):
            try:
                await wire.type(chat)
            except Exception as error:  # noqa: BLE001 - a courtesy: whatever it meets, the work goes on
                log.debug("typing not shown", action="typing_unshown", channel=wire.name, error=type(error).__name__)
                return
            await asyncio.sleep(self._again)
