"""Calls to the Official Account API and its token service, over aiohttp, with errors that say what they mean."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

from bot.zalo_oa_errors import NeverLeft, Refused, Unanswered, Walled
from core.text import clean

_CONNECT = 10.0
_ANSWER = 20.0
_UPLOAD = 120.0

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """That a token is used by its own application, sent as the header `name` where the account demands it (-242)."""

    name: str
    secret: str = field(repr=False)

    def header(self, token: str) -> dict[str, str]:
        """Return HMAC-SHA256 of the token under the application's secret, as that header."""
        return {self.name: hmac.new(self.secret.encode(), token.encode(), hashlib.sha256).hexdigest()}


class Client:
    """One application's way to Zalo. Tokens travel in headers and forms, never in addresses; nothing is sent twice."""

    def __init__(self, api_url: str, oauth_url: str, *, answer: float = _ANSWER, proof: Proof | None = None) -> None:
        self.api_url = api_url.rstrip("/")
        self.oauth_url = oauth_url.rstrip("/")
        self._answer = answer
        self._proof = proof
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, path: str, token: str, body: Answer) -> Answer:
        """Post JSON and return `data`; raises a `ZaloFault`."""
        given = json.dumps(body, ensure_ascii=False).encode()
        headers = {"access_token": token, "Content-Type": "application/json"}
        return _data(await self._send("POST", self.api_url + path, given, self._proven(token, headers), self._answer))

    async def ask(self, path: str, token: str) -> Answer:
        """Get `data`, changing nothing; raises a `ZaloFault`."""
        headers = self._proven(token, {"access_token": token})
        return _data(await self._send("GET", self.api_url + path, None, headers, self._answer))

    async def upload(self, path: str, token: str, content: bytes, name: str, mime: str) -> Answer:
        """Upload a file and return `data`; raises a `ZaloFault`."""
        # Zalo shows people the name as it was sent: percent signs would stay
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", content, filename=clean(name).replace('"', "'"), content_type=mime)
        headers = self._proven(token, {"access_token": token})
        return _data(await self._send("POST", self.api_url + path, form, headers, _UPLOAD))

    async def grant(self, secret: str, form: dict[str, str]) -> Answer:
        """Ask the token service for a pair; raises a `ZaloFault`."""
        url = f"{self.oauth_url}/v4/oa/access_token"
        answer = await self._send("POST", url, aiohttp.FormData(form), {"secret_key": secret}, self._answer)
        if not isinstance(answer.get("access_token"), str) or not isinstance(answer.get("refresh_token"), str):
            raise _refused(answer)
        return answer

    def _proven(self, token: str, headers: dict[str, str]) -> dict[str, str]:
        return {**headers, **(self._proof.header(token) if self._proof is not None else {})}

    async def _send(self, method: str, url: str, body: Any, headers: dict[str, str], seconds: float) -> Answer:
        if self._session is None:
            raise NeverLeft("closed")
        timeout = aiohttp.ClientTimeout(total=seconds + _CONNECT, sock_connect=_CONNECT, sock_read=seconds)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverLeft(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from error
        return _object(status, payload)


def _object(status: int, payload: bytes) -> Answer:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        answer = None
    if status >= 500 or (status < 300 and not isinstance(answer, dict)):
        raise Unanswered(f"HTTP {status}")
    if status == 429 or not isinstance(answer, dict):
        raise Walled(f"HTTP {status}")
    return answer


def _data(answer: Answer) -> Answer:
    if _number(answer.get("error")) != 0:
        raise _refused(answer)
    data = answer.get("data")
    return data if isinstance(data, dict) else {}


def _refused(answer: Answer) -> Refused:
    words = answer.get("error_description") or answer.get("message") or answer.get("error_name") or answer.get("error")
    return Refused(_number(answer.get("error")) or 0, str(words)[:300])


def _number(error: object) -> int | None:
    if isinstance(error, bool) or not isinstance(error, int | str):
        return None
    try:
        return int(error)
    except ValueError:
        return None
