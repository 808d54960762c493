"""The web server: health, metrics, and the routes others bring along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest

log = structlog.get_logger()

Routes = Callable[[web.Application], None]
"""Adds its routes to the application."""

Ready = Callable[[], Awaitable[bool]]

MAX_BODY = 1024 * 1024
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def make_app(
    routes: Iterable[Routes] = (),
    *,
    ready: Ready,
    registry: CollectorRegistry = REGISTRY,
    max_body: int = MAX_BODY,
) -> web.Application:
    """Return the application with `/healthz`, `/readyz`, `/metrics` and these routes.

    `ready` tells whether database and schema answer. A body read whole has at most `max_body` bytes; a page that needs
    other security headers sets its own.
    """
    app = web.Application(client_max_size=max_body)
    app.router.add_get("/healthz", _healthy)
    app.router.add_get("/readyz", _readiness(ready))
    app.router.add_get("/metrics", _metrics(registry))
    for add in routes:
        add(app)
    # not a middleware: errors and files get them too
    app.on_response_prepare.append(_secure)
    return app


async def serve(app: web.Application, host: str, port: int, *, patience: float = 10.0) -> tuple[web.AppRunner, int]:
    """Start listening; return the runner to `cleanup()`, which lets requests finish, and the port, chosen if it was 0.

    There is no access log: addresses hold tokens.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=patience)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    address: Any = runner.addresses[0]
    return runner, int(address[1])


async def _secure(_: web.Request, response: web.StreamResponse) -> None:
    # aiohttp would name itself and its version
    response.headers["Server"] = "dondoc"
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


async def _healthy(_: web.Request) -> web.Response:
    return web.Response(text="ok")


def _readiness(ready: Ready) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        try:
            is_ready = await ready()
        except Exception:
            log.exception("readiness check failed", action="not_ready")
            is_ready = False
        return web.Response(text="ok") if is_ready else web.Response(status=503, text="not ready")

    return answer


def _metrics(registry: CollectorRegistry) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return answer
