"""Files behind signed, expiring addresses, for messengers that cannot carry them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.signing import Signer
from bot.webchat_view import PAGES
from core.text import clean

log = structlog.get_logger()

LinkTo = Callable[[str, str, str, str], str | None]
"""Gives the address of a file for one reader, by reference, name, type and chat; `None` where there can be none."""

Stands = Callable[[str, str, str], Awaitable[bool]]
"""Tells whether a file may still be given to a reader: by channel, chat and reference."""

LIFETIME = timedelta(days=7)
_READER = 48
"""A reader takes this much room at least, so that a message's pages do not depend on who reads them."""
_GONE = (PAGES / "gone.html").read_text(encoding="utf-8")
_GONE_HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'"}
_PICTURES = frozenset({"image/png", "image/jpeg"})
_UNSAFE = str.maketrans(dict.fromkeys('"\\/', "_"))


async def _always(_channel: str, _chat: str, _ref: str) -> bool:
    return True


class Links:
    """Makes addresses `/d/<token>` under `public_url` and serves what they name until they expire.

    A token is the file's reference, name, type, last second and reader, and a signature over them: nothing is stored.
    Whether its reader may still have the file is asked each time it is opened.
    """

    def __init__(
        self,
        secret: bytes,
        public_url: str | None,
        read_file: Callable[[str], Awaitable[bytes]],
        *,
        stands: Stands = _always,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._signer = Signer(secret, b"links:/d/")
        self._public_url = public_url.rstrip("/") if public_url else None
        self._read_file = read_file
        self._stands = stands
        self._clock = clock

    def routes(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_get("/d/{token}", self.handle)

    def make(
        self, ref: str, name: str, mime: str, channel: str, chat: str, *, expires: timedelta = LIFETIME
    ) -> str | None:
        """Return an address that gives out the file for so long to whom it is sent; `None` where we have no public one."""
        if self._public_url is None:
            return None
        until = int((self._clock() + expires).timestamp())
        reader = f"{channel} {chat}".ljust(_READER)
        said = json.dumps([ref, name, mime, until, reader], ensure_ascii=False, separators=(",", ":")).encode()
        return f"{self._public_url}/d/{self._signer.token(said)}"

    def to(self, channel: str) -> LinkTo:
        """Return what makes addresses for the readers on one channel."""
        return lambda ref, name, mime, chat: self.make(ref, name, mime, channel, chat)

    async def handle(self, request: web.Request) -> web.Response:
        """Give out the file; whatever is wrong, the answer is the same."""
        named = self._named(request.match_info["token"])
        if named is None:
            return _not_found()
        ref, name, mime, channel, chat = named
        try:
            if not await self._stands(channel, chat, ref):
                return _not_found()
            content = await self._read_file(ref)
        except (OSError, LookupError, ValueError):
            log.exception("linked file is missing", action="file_missing", ref=ref)
            return _not_found()
        shown = "inline" if mime in _PICTURES else "attachment"
        headers = {
            "Content-Type": mime,
            "Content-Disposition": _disposition(shown, name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        }
        return web.Response(body=content, headers=headers)

    def _named(self, token: str) -> tuple[str, str, str, str, str] | None:
        """Return reference, name, type, channel and chat of a good token that has not expired."""
        said = self._signer.said(token)
        if said is None:
            return None
        ref, name, mime, until, *reader = json.loads(said)
        if self._clock().timestamp() > until or not reader:
            return None
        channel, _, chat = reader[0].rstrip().partition(" ")
        return ref, name, mime, channel, chat


def _disposition(shown: str, name: str) -> str:
    """RFC 6266: a plain name for old readers, and the real one by RFC 5987."""
    name = clean(name).translate(_UNSAFE) or "file"
    plain = "".join(char if 32 <= ord(char) < 127 else "_" for char in name)
    return f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _not_found() -> web.Response:
    return web.Response(status=404, text=_GONE, content_type="text/html", headers=_GONE_HEADERS)
