"""Moving the clock on the demo page: forward only, then one tick, as after downtime."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import web

from bot.webchat_desk import Desk, done
from bot.webchat_form import Form
from bot.webchat_guard import Refused
from bot.webchat_view import moment
from core.deadlines import HANOI

_FURTHEST = timedelta(days=370)


class Moving:
    """Moves business time on; the same submission moves it once."""

    def __init__(self, desk: Desk, tick: Callable[[], Awaitable[object]] | None) -> None:
        self._desk = desk
        self._tick = tick
        self._turn = asyncio.Lock()
        self._moved: list[str] = []

    async def move(self, request: web.Request) -> web.StreamResponse:
        """Move the clock five minutes, to the next working morning, or to a moment given."""
        form = await self._desk.form(request)
        async with self._turn:
            if form.nonce not in self._moved:
                await self._move_to(self._wanted(form))
                self._moved = [*self._moved[-99:], form.nonce]
        return done(request)

    def _wanted(self, form: Form) -> datetime:
        now = self._desk.clock.now()
        step = form.fields.get("step")
        if step == "minutes":
            return now + timedelta(minutes=5)
        if step == "morning":
            return self._desk.view.morning(now)
        try:
            wanted = datetime.fromisoformat(form.fields.get("moment", "")).replace(tzinfo=HANOI)
        except ValueError as error:
            raise Refused(422, "Đồng chí chọn đủ ngày và giờ.") from error
        if wanted <= now:
            raise Refused(422, f"Đồng hồ chỉ đi tới. Bây giờ là {moment(now)}.")
        if wanted > now + _FURTHEST:
            raise Refused(422, "Mỗi lần chỉ đi tới nhiều nhất một năm.")
        return wanted

    async def _move_to(self, wanted: datetime) -> None:
        try:
            await self._desk.clock.move_to(self._desk.database, wanted)
        except ValueError as error:  # time went by while we looked
            raise Refused(422, f"Đồng hồ chỉ đi tới. Bây giờ là {moment(self._desk.clock.now())}.") from error
        if self._tick is not None:
            await self._tick()
        self._desk.pulse.beat()
