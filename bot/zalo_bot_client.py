"""One bot's way to the Zalo Bot Platform: a small client with typed errors that never names the token."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any, Self

import aiohttp

from bot.telegram_request import redacted

ZALO_BOT_API = "https://bot-api.zaloplatforms.com"

_POLL_MARGIN = 7.0
_MOST_BYTES = 4 * 1024 * 1024
_CHUNK = 64 * 1024


class ZaloBotError(Exception):
    """A call that came to nothing, or of which nobody knows what it came to."""


class ZaloBotRefused(ZaloBotError):
    """Zalo answered and refused, whatever the HTTP status; `code` is its own, 0 where it gave none."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}".strip())
        self.code = code
        self.description = description


class NotConnected(ZaloBotError):
    """Nothing was sent: sending again is safe."""


class NotZalo(ZaloBotError):
    """Something on the way refused the call before Zalo saw it: a firewall, a proxy, a wrong address."""


class NoAnswer(ZaloBotError):
    """The call may have taken effect: its answer was lost or makes no sense."""


class ZaloBotClient:
    """Calls one bot's methods at `api_url`; no call is ever repeated here. Timeouts are in seconds.

    `names` are what people may call the bot by in a mention, unknown until `identify` has asked for them.
    """

    def __init__(
        self, token: str, *, api_url: str = ZALO_BOT_API, timeout: float = 20.0, connect: float = 10.0
    ) -> None:
        self.api_url = api_url.rstrip("/")
        self.names: tuple[str, ...] = ()
        self.own_id: str | None = None
        self._token = token
        self._timeout = timeout
        self._connect = connect
        self._session: aiohttp.ClientSession | None = None

    @property
    def fingerprint(self) -> str:
        """A name for the token that does not give it away."""
        return hashlib.sha256(self._token.encode()).hexdigest()[:12]

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Get ready to call; nothing is sent yet."""
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def identify(self) -> dict[str, Any]:
        """Return what Zalo says of the bot, and remember its id and names."""
        me = await self.call("getMe")
        if not isinstance(me, dict):
            raise NoAnswer("getMe gave no object")
        given = (me.get("display_name"), me.get("account_name"))
        self.names = tuple(name for name in given if isinstance(name, str) and name.strip())
        self.own_id = str(me["id"]) if "id" in me else None
        return me

    async def poll(self, seconds: int) -> Any:
        """Return what getUpdates gave within `seconds`, `None` for nothing; what it gives is gone from Zalo."""
        try:
            return await self.call("getUpdates", {"timeout": seconds}, timeout=seconds + _POLL_MARGIN) or None
        except ZaloBotRefused as refusal:
            if refusal.code == 408:
                return None
            raise

    async def call(self, method: str, parameters: dict[str, Any] | None = None, *, timeout: float | None = None) -> Any:  # noqa: ASYNC109 - it is the request's own limit
        """Return a method's result; raises a `ZaloBotError`, which never holds the token."""
        if self._session is None:
            raise NotConnected("the client is not open")
        limits = aiohttp.ClientTimeout(total=timeout or self._timeout, sock_connect=self._connect)
        body = json.dumps(parameters or {}, ensure_ascii=False).encode("utf-8", "replace")
        try:
            async with self._session.post(
                f"{self.api_url}/bot{self._token}/{method}",
                data=body,
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=limits,
                allow_redirects=False,
            ) as response:
                status, answer = response.status, await _read(response)
        except asyncio.CancelledError:
            raise
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = self._translated(error)
        else:
            return self._result(status, answer)
        # outside the handler, so that the original, which may name the address, does not hang on as the context
        raise failure

    def _translated(self, error: BaseException) -> ZaloBotError:
        text = self._hidden(f"{type(error).__name__}: {error}")
        if isinstance(error, _NEVER_SENT):
            return NotConnected(text)
        return NoAnswer(text)

    def _result(self, status: int, answer: bytes) -> Any:
        envelope: Any = None
        try:
            envelope = json.loads(answer)
        except (ValueError, RecursionError):
            envelope = None
        if not isinstance(envelope, dict) or not isinstance(envelope.get("ok"), bool):
            shown = self._hidden(f"{status} {answer[:120].decode('utf-8', 'replace')!r}")
            if 300 <= status < 500:
                raise NotZalo(shown)
            raise NoAnswer(shown)
        if envelope["ok"] and status < 400:
            return envelope.get("result")
        code = _code(envelope.get("error_code")) or (status if status >= 400 else 0)
        raise ZaloBotRefused(code, self._hidden(str(envelope.get("description") or ""))[:500])

    def _hidden(self, text: str) -> str:
        return redacted(text.replace(self._token, "***"))


_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
    aiohttp.ServerFingerprintMismatch,
)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    taken = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        taken += chunk
        if len(taken) > _MOST_BYTES:
            raise aiohttp.ClientPayloadError("the answer is too long")
    return bytes(taken)


def _code(given: object) -> int:
    """Return the error code, which comes as a number or as a text."""
    try:
        return int(str(given))
    except ValueError:
        return 0
