"""Fetching what somebody sent from an address that came in from outside: only where media may lie, and no further."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from typing import Self
from urllib.parse import urlsplit

import aiohttp
import structlog
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.fetching import FetchFailed, FileGone, FileTooBig

log = structlog.get_logger()

ZALO_MEDIA = (".zdn.vn", ".zadn.vn", ".zaloapp.com", ".zalo.me", ".dlfl.vn", ".zaloplatforms.com")
"""Where Zalo keeps what people send: a host that is one of these or ends in one."""

_MOST_LETTERS = 4096
_UNCLEAN = re.compile(r"[\s\\\x00-\x20\x7f]")
_CHUNK = 64 * 1024
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class ForbiddenAddress(OSError):
    """The name leads into somebody's own network."""


def is_public(address: str) -> bool:
    """Tell whether an IP address, or the one hidden in it, belongs to the open internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None or any(ip in network for network in _TRANSLATED):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class PublicResolver(AbstractResolver):
    """Resolves names, and refuses one that has any address outside the open internet.

    The connection goes to the very addresses that were checked, so that the name cannot change in between.
    """

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of `host`; raises `ForbiddenAddress`."""
        found = await self._inner.resolve(host, port, family)
        if not found or not all(is_public(one["host"]) for one in found):
            raise ForbiddenAddress(host)
        return found

    async def close(self) -> None:
        """Close the resolver behind it."""
        await self._inner.close()


class MediaFetch:
    """Fetches media by address, from the allowed `hosts` over https alone, without redirects.

    `stand_in` is the API's address: where that is this very machine, as in a rehearsal, media may lie on the same
    server. `seconds` bounds a whole download, `stall` a silence in it.
    """

    def __init__(
        self,
        hosts: tuple[str, ...] = ZALO_MEDIA,
        *,
        stand_in: str | None = None,
        seconds: float = 60.0,
        stall: float = 15.0,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._hosts = tuple(host.lower().lstrip(".") for host in hosts)
        self._stand_in = _loopback_origin(stand_in)
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=10.0, sock_read=stall)
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Get ready to fetch."""
        if self._session is None:
            connector = aiohttp.TCPConnector(resolver=PublicResolver(self._resolver), use_dns_cache=False, limit=8)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                # what is packed could unpack to more than the limit
                auto_decompress=False,
                headers={"Accept-Encoding": "identity"},
                timeout=self._timeout,
            )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def allows(self, url: str) -> bool:
        """Tell whether the address is one of those media may lie at; its name is checked once more when resolved."""
        return self._target(url) is not None

    async def fetch(self, url: str, limit: int) -> bytes:
        """Return the bytes at `url`, at most `limit`; raises `FileTooBig`, `FileGone` or `FetchFailed`."""
        target = self._target(url)
        if target is None:
            log.warning("media address refused", action="media_refused", host=_host(url))
            raise FileGone("not an address media may lie at")
        if self._session is None:
            raise FetchFailed("closed")
        try:
            async with self._session.get(target, allow_redirects=False) as response:
                if response.status in {401, 403, 404, 410} or 300 <= response.status < 400:
                    raise FileGone(str(response.status))
                if response.status != 200 or response.headers.get("Content-Encoding", "identity") != "identity":
                    raise FetchFailed(str(response.status))
                return await _taken(response, limit)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if isinstance(error.__cause__, ForbiddenAddress):
                log.warning("media address refused", action="media_refused", host=target.host)
                raise FileGone("not an address media may lie at") from None
            # the address may hold somebody's key to the file, and the error may name the address
            raise FetchFailed(type(error).__name__) from None

    def _target(self, url: str) -> URL | None:
        if len(url) > _MOST_LETTERS or _UNCLEAN.search(url) or not url.isascii():
            return None
        try:
            split, target = urlsplit(url), URL(url)
            host, port = (target.host or "").lower(), target.port
            # two readers of one address must agree on where it leads
            agree = split.hostname == host and (split.port or port) == port and split.scheme == target.scheme
        except ValueError:
            return None
        if not host or not agree or "@" in split.netloc or host.endswith("."):
            return None
        if target.scheme == "http":
            return target if self._stand_in is not None and (host, port) == self._stand_in else None
        if target.scheme != "https" or port != 443:
            return None
        allowed = any(host == one or host.endswith("." + one) for one in self._hosts)
        return target if allowed and not _is_number(host) else None


async def _taken(response: aiohttp.ClientResponse, limit: int) -> bytes:
    size = response.content_length
    if size is not None and size > limit:
        raise FileTooBig(limit, size)
    taken = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        taken += chunk
        if len(taken) > limit:
            raise FileTooBig(limit, size)
        await asyncio.sleep(0)
    return bytes(taken)


def _loopback_origin(address: str | None) -> tuple[str, int] | None:
    if address is None:
        return None
    split = urlsplit(address)
    if split.scheme == "http" and split.hostname in {"127.0.0.1", "localhost", "::1"}:
        return split.hostname, split.port or 80
    return None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:100]
    except ValueError:
        return ""


def _is_number(host: str) -> bool:
    return host.rpartition(".")[2].isdecimal() or ":" in host
