"""Signed links give out the file until they expire, and otherwise tell nothing."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import aiohttp
import pytest

from bot.links import Links
from bot.signing import Signer
from bot.web import make_app, serve

NAME = 'Báo cáo "quý II"/2023.xlsx'
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECRET = b"a key for tests, long enough"


async def _read(ref: str) -> bytes:
    if ref != "report":
        raise FileNotFoundError(ref)
    return b"PK a table"


async def _ready() -> bool:
    return True


@dataclass
class Served:
    links: Links
    session: aiohttp.ClientSession
    now: datetime
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    refuses: bool = False

    async def stands(self, channel: str, chat: str, ref: str) -> bool:
        self.asked.append((channel, chat, ref))
        return not self.refuses

    async def get(self, url: str) -> tuple[int, bytes, dict[str, str]]:
        path = url.removeprefix("https://so.example")
        async with self.session.get(path) as response:
            return response.status, await response.read(), dict(response.headers)


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    made = Served(None, None, datetime(2026, 10, 5, tzinfo=UTC))  # type: ignore[arg-type]
    made.links = Links(SECRET, "https://so.example/", _read, stands=made.stands, clock=lambda: made.now)
    runner, port = await serve(make_app([made.links.routes], ready=_ready), "127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as made.session:
        yield made
    await runner.cleanup()


def _link(served: Served, ref: str = "report", **more: timedelta) -> str:
    url = served.links.make(ref, NAME, MIME, "zalo_bot", "a" * 20, **more)
    assert url is not None
    assert url.startswith("https://so.example/d/")
    return url


async def test_the_file_comes_under_its_name(served: Served) -> None:
    status, content, headers = await served.get(_link(served))
    assert (status, content) == (200, b"PK a table")
    plain, _, real = headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert unquote(real) == "Báo cáo _quý II__2023.xlsx"
    assert plain.isascii()
    assert plain.startswith("attachment; filename=")
    assert headers["Content-Type"] == MIME
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


async def test_a_picture_is_shown(served: Served) -> None:
    url = served.links.make("report", "qr.png", "image/png", "zalo_oa", "7")
    assert url is not None
    _, _, headers = await served.get(url)
    assert headers["Content-Disposition"].startswith("inline;")


async def test_every_wrong_link_gets_the_same_answer(served: Served) -> None:
    good = _link(served)
    token = good.rpartition("/")[2]
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    forged = raw[:32] + raw[32:].replace(b"report", b"secret")
    other = Links(b"another key, also long enough", "https://so.example", _read, clock=lambda: served.now)
    wrong = [
        f"{good}A",
        good[:-1],
        good[:-6],
        "https://so.example/d/x",
        "https://so.example/d/" + "A" * 5000,
        "https://so.example/d/%C3%A9",
        "https://so.example/d/" + base64.urlsafe_b64encode(forged).rstrip(b"=").decode(),
        other.make("report", NAME, MIME, "zalo_oa", "7") or "",
        _link(served, "missing"),
        _link(served, expires=timedelta(seconds=-1)),
    ]
    answers = {(status, content) for status, content, _ in [await served.get(url) for url in wrong]}
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404
    assert (await served.get(good))[0] == 200


async def test_a_link_expires(served: Served) -> None:
    url = _link(served, expires=timedelta(hours=1))
    served.now += timedelta(minutes=59)
    assert (await served.get(url))[0] == 200
    served.now += timedelta(minutes=2)
    assert (await served.get(url))[0] == 404


async def test_a_link_is_asked_about_each_time_it_is_opened(served: Served) -> None:
    good = _link(served)
    assert (await served.get(good))[0] == 200
    served.refuses = True
    assert (await served.get(good))[0] == 404
    assert served.asked == [("zalo_bot", "a" * 20, "report")] * 2


async def test_one_that_is_gone_says_so_on_a_phone(served: Served) -> None:
    status, content, headers = await served.get("https://so.example/d/x")
    assert status == 404
    assert headers["Content-Type"].startswith("text/html")
    assert 'name="viewport"' in content.decode()
    assert "Liên kết không còn dùng được. Đồng chí nhắn Trợ lý" in content.decode()


def test_without_a_public_address_there_are_no_links() -> None:
    assert Links(SECRET, None, _read).make("report", NAME, MIME, "zalo_oa", "7") is None


async def test_a_token_of_one_file_names_no_other_and_one_made_for_the_form_opens_none(served: Served) -> None:
    good = _link(served).rpartition("/")[2]
    other = _link(served, "secret").rpartition("/")[2]
    swapped = other[: len(other) // 2] + good[len(good) // 2 :]
    form = Signer(SECRET, b"links:/u/").token(b'["report","x","y",9999999999]')
    for token in (swapped, form):
        status, content, _ = await served.get(f"/d/{token}")
        assert status == 404
        assert b"PK" not in content
