from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetching import FetchFailed, FileGone, FileTooBig
from bot.media_fetch import MediaFetch, is_public
from tests.bot.zalo_bot_rig import rigged


class Names(AbstractResolver):
    """Gives every name these addresses, and remembers which were asked for."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
            for one in self.addresses
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("url", ["https://a.zdn.vn/x.jpg", "https://f21.photo.zdn.vn/a/b?c=d", "https://zalo.me/x", "https://A.ZDN.VN:443/x"])  # fmt: skip
def test_where_media_lies(url: str) -> None:
    assert MediaFetch().allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.zdn.vn/x",
        "ftp://a.zdn.vn/x",
        "file:///etc/passwd",
        "//a.zdn.vn/x",
        "",
        "https://",
        "https://example.com/x",
        "https://evilzdn.vn/x",
        "https://zdn.vn.example.com/x",
        "https://a.zdn.vn:8443/x",
        "https://a.zdn.vn./x",
        "https://user@a.zdn.vn/x",
        "https://a.zdn.vn@127.0.0.1/x",
        "https://127.0.0.1#@a.zdn.vn/x",
        "https://127.0.0.1\\@a.zdn.vn/x",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://localhost/x",
        "https://a.zdn.vn /x",
        "https://a.zdn.vn/x\r\nHost: b",
        "https://ａ.zdn.vn/x",
        "https://a.zdn.vn/" + "x" * 5000,
        "http://127.0.0.1:8080/x",
        "https://a.zdn.vn:99999/x",
        "https://[a.zdn.vn/x",
    ],
)
async def test_where_media_does_not_lie(url: str) -> None:
    names = Names("127.0.0.1")
    async with MediaFetch(resolver=names) as media:
        assert not media.allows(url)
        with pytest.raises(FileGone):
            await media.fetch(url, 100)
    assert not names.asked


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "2001:0:7f00:1::1", "2001:db8::1", "hello", ""],
)  # fmt: skip
async def test_a_name_that_leads_into_a_network_of_ours(address: str) -> None:
    assert not is_public(address)
    names = Names("203.162.0.1", address)
    async with MediaFetch(resolver=names) as media:
        with pytest.raises(FileGone):
            await media.fetch("https://a.zdn.vn/x", 100)
    assert names.asked == ["a.zdn.vn"]


def test_the_open_internet() -> None:
    assert is_public("203.162.0.1")
    assert is_public("2405:4800::1")
    assert is_public("::ffff:203.162.0.1")


class Place:
    """A server on this machine, which stands for the API in rehearsals, and answers as told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request.path)
        match request.path:
            case "/ok":
                return web.Response(body=b"a picture")
            case "/away":
                return web.Response(status=302, headers={"Location": f"{self.url}/ok"})
            case "/packed":
                return web.Response(body=b"x", headers={"Content-Encoding": "gzip"})
            case "/endless":
                response = web.StreamResponse()
                await response.prepare(request)
                for _ in range(10_000):
                    await response.write(b"x" * 10_000)
                return response
            case "/slow":
                response = web.StreamResponse()
                await response.prepare(request)
                for _ in range(100):
                    await response.write(b"x")
                    await asyncio.sleep(0.05)
                return response
            case "/busy":
                return web.Response(status=503)
        return web.Response(status=404)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    place = Place()
    runner = web.ServerRunner(
        web.Server(place.answer, access_log=None, handler_cancellation=True), shutdown_timeout=0.1
    )
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    place.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield place
    await runner.cleanup()


async def test_a_picture_of_a_rehearsal(place: Place) -> None:
    async with MediaFetch(stand_in=place.url) as media:
        assert await media.fetch(f"{place.url}/ok", 9) == b"a picture"


async def test_this_machine_is_closed_unless_the_api_is_on_it(place: Place) -> None:
    for stand_in in (
        None,
        "https://bot-api.zaloplatforms.com",
        "http://127.0.0.1:1",
        place.url.replace("http", "https"),
    ):
        async with MediaFetch(stand_in=stand_in) as media:
            with pytest.raises(FileGone):
                await media.fetch(f"{place.url}/ok", 100)
    assert not place.asked


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/away", FileGone), ("/gone", FileGone), ("/packed", FetchFailed), ("/busy", FetchFailed),
     ("/endless", FileTooBig), ("/ok", FileTooBig), ("/slow", FetchFailed)],
)  # fmt: skip
async def test_what_is_not_taken(place: Place, path: str, expected: type[Exception]) -> None:
    async with MediaFetch(stand_in=place.url, seconds=0.5 if path == "/slow" else 30) as media:
        with pytest.raises(expected):
            await media.fetch(place.url + path, 1000 if path == "/slow" else 8)
    assert place.asked == [path]


async def test_a_silence_ends_it(place: Place) -> None:
    async with MediaFetch(stand_in=place.url, stall=0.02) as media:
        with pytest.raises(FetchFailed):
            await media.fetch(f"{place.url}/slow", 1000)


async def test_nothing_is_fetched_once_closed() -> None:
    with pytest.raises(FetchFailed):
        await MediaFetch().fetch("https://a.zdn.vn/x", 10)


async def test_an_address_is_not_named_in_the_failure(place: Place) -> None:
    async with MediaFetch(stand_in="http://127.0.0.1:1") as media:
        with pytest.raises(FetchFailed) as caught:
            await media.fetch("http://127.0.0.1:1/secret-key", 10)
    assert "secret" not in repr(caught.value)


async def test_the_channel_fetches_what_people_photographed() -> None:
    async with rigged() as rig:
        await rig.tam.sends_image(b"jpg", "xong")
        (arrival,) = rig.intake.read(await rig.client.poll(0))
        assert arrival.incoming is not None
        assert await rig.channel.fetch(arrival.incoming.files[0].ref, 10) == b"jpg"
        with pytest.raises(FileGone):
            await rig.channel.fetch("http://127.0.0.1:1/x", 10)
