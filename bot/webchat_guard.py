"""Who may use the demo page: this computer's own browser, on a page this process gave it."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable
from hashlib import sha256
from urllib.parse import urlsplit

from aiohttp import web

COOKIE = "dondoc_page"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_COOKIE_FORM = re.compile(r"[A-Za-z0-9_-]{43}")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Refused(Exception):
    """A request that is not carried out; `sentence` is shown to whoever made it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(status, sentence)
        self.status = status
        self.sentence = sentence


class Guard:
    """Lets through requests to a loopback name, and changes only from a page of this server (cookie and token).

    Another web site could otherwise make the visitor's browser talk to this port, or rebind its own name to it.
    """

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    @property
    def epoch(self) -> str:
        """Return a mark that changes when forms given out before are no longer good."""
        return self._token("epoch")[:16]

    def over(self, handler: Handler) -> Handler:
        """Return the handler behind the checks, its answers under the page's security headers."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                _check_host(request)
                if request.method == "POST":
                    _check_origin(request)
                response = await handler(request)
            except Refused as refusal:
                response = web.Response(status=refusal.status, text=refusal.sentence)
            except web.HTTPException as error:
                error.headers.update(HEADERS)
                raise
            if not response.prepared:
                response.headers.update({**HEADERS, **response.headers})
            return response

        return guarded

    def token(self, request: web.Request, response: web.StreamResponse | None = None) -> str:
        """Return what a form must bring back; a browser without the cookie is given one with `response`."""
        cookie = request.cookies.get(COOKIE, "")
        if not _COOKIE_FORM.fullmatch(cookie):
            cookie = secrets.token_urlsafe(32)
            if response is not None:
                response.set_cookie(COOKIE, cookie, httponly=True, samesite="Strict", path="/")
        return self._token(cookie)

    def check(self, request: web.Request, token: str) -> None:
        """Raise `Refused` unless the token belongs to this browser's cookie."""
        cookie = request.cookies.get(COOKIE, "")
        if not cookie or not hmac.compare_digest(self._token(cookie).encode(), token.encode()):
            raise Refused(403, "Trang đã cũ. Đồng chí tải lại trang rồi làm lại.")

    def _token(self, cookie: str) -> str:
        return hmac.new(self._secret, cookie.encode(), sha256).hexdigest()


def _check_host(request: web.Request) -> None:
    transport = request.transport
    own = transport.get_extra_info("sockname") if transport is not None else None
    try:
        asked = urlsplit(f"//{request.headers.get('Host', '')}")
        name, port = asked.hostname, asked.port or 80
    except ValueError:
        name, port = None, 0
    if name not in _LOCAL or (own and port != own[1]):
        raise Refused(403, "Trang này chỉ mở trên máy đang chạy, tại địa chỉ 127.0.0.1.")


def _check_origin(request: web.Request) -> None:
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if (origin is not None and origin != f"http://{request.headers['Host']}") or site != "same-origin":
        raise Refused(403, "Yêu cầu đến từ một trang khác nên không được nhận.")
