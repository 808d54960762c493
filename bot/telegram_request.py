"""How our calls to Telegram travel: aiohttp under python-telegram-bot, several times cheaper than its own backend."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import math
import re
import secrets
import warnings
from typing import NoReturn

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.warnings import PTBDeprecationWarning

_TOKEN = re.compile(r"\d{3,}(?::|%3A)[A-Za-z0-9_-]{3,}", re.IGNORECASE)
_USERINFO = re.compile(r"//[^/@\s]+@")
_PAUSE_UNSAID = 5.0
_LONGEST_PAUSE = 7 * 86_400.0
_ONE_PIECE = 32 * 1024
_UNQUOTABLE = re.compile(r'[\\"\r\n]')
_ESCAPES = {"\\": "\\\\", '"': "%22", "\r": "%0D", "\n": "%0A"}


class NotConnected(NetworkError):
    """Nothing was sent: the server (or the proxy) could not be reached, so sending again is safe."""


class AiohttpRequest(BaseRequest):
    """The transport of one bot. All timeouts are in seconds, `None` waits for ever.

    Raises `NotConnected`, or `TimedOut` caused by `aiohttp.ConnectionTimeoutError`, where nothing was sent; any other
    `TimedOut` or `NetworkError` that is no `BadRequest` leaves open whether the call took effect.
    """

    __slots__ = ("_connect", "_media_write", "_pool", "_pool_size", "_proxy", "_read", "_session", "_socks", "_write")

    def __init__(
        self,
        *,
        proxy: str | None = None,
        pool_size: int = 64,
        read_timeout: float | None = 20.0,
        write_timeout: float | None = 20.0,
        connect_timeout: float | None = 10.0,
        pool_timeout: float | None = 10.0,
        media_write_timeout: float | None = 120.0,
    ) -> None:
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._pool_size = pool_size
        self._socks = _socks_proxy(proxy)
        self._proxy = None if self._socks else proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The read timeout of calls that give none."""
        return self._read

    async def initialize(self) -> None:
        """Open the connection pool."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                raise_for_status=False,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one call and return the status and the body; what it raises never holds the token."""
        if self._session is None:
            raise NotConnected("The request is not initialised or already shut down")
        has_files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read=_chosen(read_timeout, self._read),
            write=_chosen(write_timeout, self._media_write if has_files else self._write),
            connect=_chosen(connect_timeout, self._connect),
            pool=_chosen(pool_timeout, self._pool),
        )
        body, content_type = _body(request_data)
        failure: BaseException
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers={"Content-Type": content_type} if content_type else None,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,
            ) as response:
                payload = await response.read()
                status, pause = response.status, response.headers.get("Retry-After")
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - a SOCKS connector raises its own kinds; all are named below
            failure = error
        else:
            if status == 429:
                _refuse_flood(payload, pause)
            if status == 413:
                # said of the request itself, so nothing was sent on; the library would call it a network error
                raise BadRequest("Request Entity Too Large")
            return status, payload
        # outside the handler, so that the original, which may name the URL, does not hang on as the context
        raise _translated(failure, never_left=_lost_before_writing(failure, body))

    def _connector(self) -> aiohttp.BaseConnector:
        if self._socks:
            connector: aiohttp.BaseConnector = importlib.import_module("aiohttp_socks").ProxyConnector.from_url(
                self._socks, limit=self._pool_size
            )
            return connector
        return aiohttp.TCPConnector(limit=self._pool_size)


def retry_after_seconds(error: RetryAfter) -> float:
    """Return the pause the server asked for, whichever form the library keeps it in."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        pause = error.retry_after
    return float(pause) if isinstance(pause, int | float) else pause.total_seconds()


def redacted(text: str) -> str:
    """Return `text` without bot tokens and without passwords in URLs."""
    return _USERINFO.sub("//***@", _TOKEN.sub("***", text))


def _socks_proxy(proxy: str | None) -> str | None:
    scheme = proxy.partition("://")[0].lower() if proxy else ""
    if not proxy or scheme in ("http", "https"):
        return None
    if scheme in ("socks4", "socks5", "socks5h"):
        try:
            importlib.import_module("aiohttp_socks")
        except ImportError:
            raise ValueError(
                f"A {scheme}:// proxy needs the package aiohttp-socks; without it http:// and https:// proxies work"
            ) from None
        # socks5h is curl's word for resolving names at the proxy, which this package always does
        return proxy.replace("socks5h://", "socks5://", 1)
    raise ValueError(
        "A Telegram proxy is an http:// or https:// URL, or socks5:// where the package aiohttp-socks is installed"
    )


def _chosen(given: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(given, DefaultValue) else given


def _timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    # aiohttp waits for a place in the pool and for the connection under one clock, and has none for writing:
    # what bounds a stuck upload is the sum
    reach = None if connect is None or pool is None else connect + pool
    total = None if reach is None or read is None or write is None else reach + read + write
    return aiohttp.ClientTimeout(total=total, connect=reach, sock_connect=connect, sock_read=read)


def _body(data: RequestData | None) -> tuple[bytes | io.BytesIO | None, str | None]:
    if data is None:
        return None, None
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False).encode("utf-8", "replace"), "application/json"
    boundary = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, value in data.json_parameters.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n'
        parts += [head.encode(), value.encode("utf-8", "replace"), b"\r\n"]
    for name, (filename, content, mime) in data.multipart_data.items():
        # names go in plain UTF-8: the server does not know the filename* form
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"; filename="{_quoted(filename)}"'
            f"\r\nContent-Type: {mime}\r\n\r\n"
        )
        parts += [head.encode(), content if isinstance(content, bytes) else content.read(), b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return io.BytesIO(b"".join(parts)), f"multipart/form-data; boundary={boundary}"


def _quoted(name: str) -> str:
    return _UNQUOTABLE.sub(lambda match: _ESCAPES[match.group()], name)


def _refuse_flood(payload: bytes, header: str | None) -> NoReturn:
    try:
        seconds = float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError, OverflowError):
        seconds = float(header) if header and header.isdecimal() else _PAUSE_UNSAID
    seconds = min(max(seconds, 0.0), _LONGEST_PAUSE) if math.isfinite(seconds) else _PAUSE_UNSAID
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        flood = RetryAfter(int(seconds) if seconds.is_integer() else int(seconds) + 1)
    raise flood


def _lost_before_writing(error: BaseException, body: bytes | io.BytesIO | None) -> bool:
    # a small call goes to the socket in one piece: where that piece found an idle connection already closed by the
    # server, not a byte of it left
    small = isinstance(body, bytes) and len(body) <= _ONE_PIECE
    return (
        small
        and isinstance(error, aiohttp.ClientOSError)
        and isinstance(error.__cause__, aiohttp.ClientConnectionResetError)
    )


def _translated(error: BaseException, *, never_left: bool) -> TelegramError:
    cause = _clean(error)
    text = redacted(f"{type(error).__name__}: {error}")
    if isinstance(error, TimeoutError):
        translated: TelegramError = TimedOut(text)
    elif (
        never_left
        or isinstance(error, _NEVER_SENT)
        or type(error).__module__.startswith(("aiohttp_socks", "python_socks"))
    ):
        translated = NotConnected(text)
    else:
        translated = NetworkError(text)
    translated.__cause__ = cause
    return translated


_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
    aiohttp.ServerFingerprintMismatch,
)


def _clean(error: BaseException) -> BaseException:
    """Return the error itself if it names no secret, else one of the same meaning that does not."""
    shown = f"{error} {error!r}"
    if redacted(shown) == shown:
        # what led to it is not needed to judge it, and may say more than it does
        error.__context__ = error.__cause__ = None
        return error
    text = redacted(str(error))
    if isinstance(error, aiohttp.ServerTimeoutError):
        return type(error)(text)
    return OSError(f"{type(error).__name__}: {text}")
