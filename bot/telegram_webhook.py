"""Telegram by webhook: 200 only after the commit."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

import structlog
from aiohttp import web
from telegram.error import TelegramError

from bot.telegram_connection import Connection
from bot.telegram_intake import Intake
from bot.telegram_request import redacted
from bot.telegram_updates import ALLOWED
from handlers.dispatch import Unavailable

log = structlog.get_logger()

PATH = "/webhooks/telegram"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_LATER = {"Retry-After": "3"}
_LOOK_AGAIN = 600.0
_LONGEST_PAUSE = 60.0


class Webhook:
    """Takes updates at `PATH` under `public_url`, and keeps Telegram posting them there."""

    def __init__(
        self, connection: Connection, intake: Intake, *, public_url: str, secret: str, max_connections: int = 40
    ) -> None:
        self._connection = connection
        self._intake = intake
        self._url = public_url.rstrip("/") + PATH
        self._secret = secret
        self._max_connections = max_connections
        self._heard_of = 0

    def routes(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_post(PATH, self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one delivery; whatever is not 200 brings the update again."""
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        if self._connection.username is None:
            # until we know our own name a group's message cannot be told to be meant for us
            return web.Response(status=503, headers=_LATER)
        arrival = self._intake.read_body(await request.read())
        if arrival is not None:
            try:
                await self._intake.settle(arrival)
            except Unavailable:
                return web.Response(status=503, headers=_LATER)
        return web.Response()

    async def run(self) -> None:
        """See to it until cancelled that Telegram posts here, though somebody polls or changes the secret."""
        pause = 1.0
        while True:
            try:
                await self.register()
            except TelegramError as error:
                log.warning("webhook not set", action="webhook_failed", error=redacted(str(error)), again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                pause = 1.0
                await asyncio.sleep(_LOOK_AGAIN)

    async def register(self) -> bool:
        """Set the webhook if it is not as it should be; return whether it was set."""
        await self._connection.identify()
        info = await self._connection.call("getWebhookInfo")
        if not self._differs(info):
            return False
        wanted = {
            "url": self._url,
            "secret_token": self._secret,
            "allowed_updates": ALLOWED,
            "max_connections": self._max_connections,
        }
        await self._connection.call("setWebhook", wanted)
        log.info("webhook set", action="webhook_set", url=self._url)
        return True

    def _differs(self, info: dict[str, Any]) -> bool:
        # Telegram does not tell the secret: that it is wrong shows only in our own refusals
        refused = "403" in info.get("last_error_message", "") and info.get("last_error_date", 0) > self._heard_of
        self._heard_of = max(self._heard_of, info.get("last_error_date", 0))
        return (
            refused
            or info.get("url") != self._url
            or info.get("max_connections", 40) != self._max_connections
            or set(info.get("allowed_updates", ())) != set(ALLOWED)
        )
