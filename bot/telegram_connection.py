"""One bot's way to Telegram: python-telegram-bot as the client, our own transport under it."""

from __future__ import annotations

import asyncio
from typing import Any, Self

import aiohttp
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.fetching import FetchFailed, FileGone, FileTooBig
from bot.telegram_request import AiohttpRequest, redacted

TELEGRAM_API = "https://api.telegram.org"
_CHUNK = 64 * 1024
_STALL = 30.0


class Connection:
    """Calls one bot's Telegram. `username` is unknown until `identify` has asked for it.

    Errors are python-telegram-bot's; `bot.telegram_errors.outcome_of` says what they mean for a sending.
    """

    def __init__(self, token: str, *, api_url: str = TELEGRAM_API, proxy: str | None = None) -> None:
        api_url = api_url.rstrip("/")
        self._transport = _Transport(proxy=proxy)
        # a long poll holds its connection all the time: it must not take one from the sender
        self._polls = AiohttpRequest(proxy=proxy, pool_size=2)
        self.bot = ExtBot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._transport,
            get_updates_request=self._polls,
        )
        self.bot_id = int(token.partition(":")[0])
        self.username: str | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Get ready to call; nothing is sent yet, so that a Telegram out of reach does not keep us from starting."""
        await asyncio.gather(self._transport.initialize(), self._polls.initialize())

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.gather(self._transport.shutdown(), self._polls.shutdown())

    async def identify(self) -> str:
        """Return the bot's user name, asked for once."""
        if self.username is None:
            self.username = str((await self.call("getMe"))["username"])
        return self.username

    async def call(self, method: str, parameters: dict[str, Any] | None = None, *, read: float | None = None) -> Any:
        """Call a method with JSON-ready parameters and return its result as it came; `read` is a time limit in seconds.

        The library's own methods cost three times the processor time: they rebuild both sides as objects.
        """
        request: BaseRequest = self._polls if method == "getUpdates" else self._transport
        given = [RequestParameter(name, value, None) for name, value in (parameters or {}).items()]
        timeout = BaseRequest.DEFAULT_NONE if read is None else read
        return await request.post(f"{self.bot.base_url}/{method}", RequestData(given), read_timeout=timeout)

    async def download(self, file_id: str, limit: int) -> bytes:
        """Return a file's bytes; raises `FileTooBig`, `FileGone` or `FetchFailed`."""
        try:
            file = await self.call("getFile", {"file_id": file_id})
        except BadRequest as error:
            raise (FileTooBig(limit) if "too big" in str(error).lower() else FileGone(str(error))) from error
        except TelegramError as error:
            raise FetchFailed(redacted(str(error))) from error
        size = file.get("file_size")
        if size is not None and size > limit:
            raise FileTooBig(limit, size)
        if "file_path" not in file:
            raise FileGone("Telegram gave no path")
        return await self._transport.download(f"{self.bot.base_file_url}/{file['file_path']}", limit)


class _Transport(AiohttpRequest):
    """The transport with a download that stops at a limit."""

    __slots__ = ()

    async def download(self, url: str, limit: int) -> bytes:
        if self._session is None:
            raise FetchFailed("closed")
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=self._connect, sock_read=_STALL)
        taken = bytearray()
        try:
            async with self._session.get(url, proxy=self._proxy, timeout=timeout, allow_redirects=False) as response:
                if response.status == 404:
                    raise FileGone("404")
                if response.status != 200:
                    raise FetchFailed(str(response.status))
                async for chunk in response.content.iter_chunked(_CHUNK):
                    taken += chunk
                    if len(taken) > limit:
                        raise FileTooBig(limit, response.content_length)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # the URL holds the token, and the error may name the URL
            raise FetchFailed(redacted(f"{type(error).__name__}: {error}")) from None
        return bytes(taken)
