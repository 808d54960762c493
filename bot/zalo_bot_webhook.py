"""The Zalo Bot Platform by webhook: 200 only after the commit."""

from __future__ import annotations

import asyncio
import hmac
from time import monotonic

import structlog
from aiohttp import web

from bot.zalo_bot_client import ZaloBotClient, ZaloBotError
from bot.zalo_bot_intake import Intake
from handlers.dispatch import Unavailable

log = structlog.get_logger()

PATH = "/webhooks/zalo-bot"
_SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_LATER = {"Retry-After": "3"}
_PROBES = frozenset({b"", b"{}", b"[]", b"null", b'""'})
_LONGEST_PROBE = 16
_LOOK_AGAIN = 600.0
_LONGEST_PAUSE = 600.0
_SET_AGAIN = 6 * 3600.0


class Webhook:
    """Takes updates at `PATH` under `public_url`, and keeps Zalo posting them there."""

    def __init__(self, client: ZaloBotClient, intake: Intake, *, public_url: str, secret: str) -> None:
        self._client = client
        self._intake = intake
        self._url = public_url.rstrip("/") + PATH
        self._secret = secret
        self._refused = False
        self._set_at: float | None = None

    def routes(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_post(PATH, self.handle)
        app.router.add_get(PATH, self.look)

    async def look(self, _: web.Request) -> web.Response:
        """Answer somebody who looks whether there is anything here."""
        return web.Response()

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one delivery; whatever is not 200 may bring the update again, which Zalo does not promise."""
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret.encode()):
            return await self._unproven(request)
        for arrival in self._intake.read_body(await request.read()):
            try:
                await self._intake.settle(arrival)
            except Unavailable:
                return web.Response(status=503, headers=_LATER)
        return web.Response()

    async def run(self) -> None:
        """See to it until cancelled that Zalo posts here."""
        pause = 1.0
        while True:
            try:
                await self.register()
            except ZaloBotError as error:
                log.warning("webhook not set", action="webhook_failed", error=str(error), again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                pause = 1.0
                await asyncio.sleep(_LOOK_AGAIN)

    async def register(self) -> bool:
        """Set the webhook if it is not as it should be; return whether it was set.

        Zalo does not tell the secret. That it has another one shows in refused deliveries, which anybody can forge:
        for their sake it is set at most once in six hours.
        """
        if not self._client.names:
            await self._client.identify()
        info = await self._client.call("getWebhookInfo")
        elsewhere = not isinstance(info, dict) or info.get("url") != self._url
        doubtful = self._refused and (self._set_at is None or monotonic() - self._set_at > _SET_AGAIN)
        if not (elsewhere or doubtful):
            return False
        result = await self._client.call("setWebhook", {"url": self._url, "secret_token": self._secret})
        self._refused, self._set_at = False, monotonic()
        verification = result.get("verification") if isinstance(result, dict) else None
        log.info("webhook set", action="webhook_set", url=self._url, verification=verification)
        return True

    async def _unproven(self, request: web.Request) -> web.Response:
        """Answer a call without the secret: an empty one is a probe and harmless, anything else is refused."""
        start = b""
        while len(start) <= _LONGEST_PROBE and (more := await request.content.read(_LONGEST_PROBE)):
            start += more
        if start.strip() in _PROBES:
            return web.Response()
        self._refused = True
        log.warning("webhook refused", action="webhook_refused", channel="zalo_bot")
        return web.Response(status=403)
