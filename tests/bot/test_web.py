from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter

from bot.web import make_app, serve


class State:
    def __init__(self) -> None:
        self.ready = True
        self.broken = False

    async def is_ready(self) -> bool:
        if self.broken:
            raise ConnectionError("no database")
        return self.ready


async def page(_: web.Request) -> web.Response:
    return web.Response(text="a page", headers={"Content-Security-Policy": "default-src 'self'"})


async def fail(_: web.Request) -> web.Response:
    raise ZeroDivisionError


async def swallow(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


def routes(app: web.Application) -> None:
    app.router.add_get("/page", page)
    app.router.add_get("/fail", fail)
    app.router.add_post("/swallow", swallow)


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
async def client(state: State, registry: CollectorRegistry) -> AsyncIterator[aiohttp.ClientSession]:
    app = make_app([routes], ready=state.is_ready, registry=registry, max_body=1000)
    runner, port = await serve(app, "127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session
    await runner.cleanup()


async def status(client: aiohttp.ClientSession, path: str) -> int:
    async with client.get(path) as response:
        return response.status


async def test_health_does_not_depend_on_the_database(client: aiohttp.ClientSession, state: State) -> None:
    state.broken = True
    async with client.get("/healthz") as response:
        assert (response.status, await response.text()) == (200, "ok")


async def test_readiness_does(client: aiohttp.ClientSession, state: State) -> None:
    assert await status(client, "/readyz") == 200
    state.ready = False
    assert await status(client, "/readyz") == 503
    state.broken = True
    assert await status(client, "/readyz") == 503


async def test_metrics(client: aiohttp.ClientSession, registry: CollectorRegistry) -> None:
    Counter("sent", "Messages sent", registry=registry).inc(3)
    async with client.get("/metrics") as response:
        assert response.content_type == "text/plain"
        assert "sent_total 3.0" in await response.text()


@pytest.mark.parametrize("path", ["/healthz", "/page", "/nothing-here", "/fail"])
async def test_every_answer_is_guarded(client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(path) as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Server"] == "dondoc"
        assert "Traceback" not in await response.text()


async def test_a_page_may_say_more_about_itself(client: aiohttp.ClientSession) -> None:
    async with client.get("/page") as response:
        assert response.headers["Content-Security-Policy"] == "default-src 'self'"


async def test_a_body_has_a_limit(client: aiohttp.ClientSession) -> None:
    async with client.post("/swallow", data=b"x" * 1000) as response:
        assert await response.text() == "1000"
    async with client.post("/swallow", data=b"x" * 1001) as response:
        assert response.status == 413


async def test_a_port_that_is_taken_is_said(client: aiohttp.ClientSession, state: State) -> None:
    taken = client._base_url
    assert taken is not None
    with pytest.raises(OSError):
        await serve(make_app(ready=state.is_ready), "127.0.0.1", taken.port or 0)
