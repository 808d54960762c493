"""Files behind signed, expiring addresses, for messengers that cannot carry them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.signing import Signer
from core.text import clean

log = structlog.get_logger()

LIFETIME = timedelta(days=7)
_PICTURES = frozenset({"image/png", "image/jpeg"})
_UNSAFE = str.maketrans(dict.fromkeys('"\\/', "_"))


class Links:
    """Makes addresses `/d/<token>` under `public_url` and serves what they name until they expire.

    A token is the file's reference, name, type and last second, and a signature over them: nothing is stored.
    """

    def __init__(
        self,
        secret: bytes,
        public_url: str | None,
        read_file: Callable[[str], Awaitable[bytes]],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._signer = Signer(secret, b"links:/d/")
        self._public_url = public_url.rstrip("/") if public_url else None
        self._read_file = read_file
        self._clock = clock

    def routes(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_get("/d/{token}", self.handle)

    def make(self, ref: str, name: str, mime: str, *, expires: timedelta = LIFETIME) -> str | None:
        """Return an address that gives out the file for so long; `None` where we have no public address."""
        if self._public_url is None:
            return None
        until = int((self._clock() + expires).timestamp())
        said = json.dumps([ref, name, mime, until], ensure_ascii=False, separators=(",", ":")).encode()
        return f"{self._public_url}/d/{self._signer.token(said)}"

    async def handle(self, request: web.Request) -> web.Response:
        """Give out the file; whatever is wrong, the answer is the same."""
        named = self._named(request.match_info["token"])
        if named is None:
            return _not_found()
        ref, name, mime = named
        try:
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

    def _named(self, token: str) -> tuple[str, str, str] | None:
        """Return reference, name and type of a good token that has not expired."""
        said = self._signer.said(token)
        if said is None:
            return None
        ref, name, mime, until = json.loads(said)
        return (ref, name, mime) if self._clock().timestamp() <= until else None


def _disposition(shown: str, name: str) -> str:
    """RFC 6266: a plain name for old readers, and the real one by RFC 5987."""
    name = clean(name).translate(_UNSAFE) or "file"
    plain = "".join(char if 32 <= ord(char) < 127 else "_" for char in name)
    return f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _not_found() -> web.Response:
    return web.Response(status=404, text="Liên kết không còn dùng được.", headers={"Cache-Control": "no-store"})
