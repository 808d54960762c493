"""A strict stand-in for a Zalo Official Account: `python -m bot.fakes.zalo_oa --port 8083 --webhook URL` serves one."""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

from bot.fakes.zalo_oa_people import RETRIES, Deliveries, Person
from bot.fakes.zalo_oa_server import Server
from bot.fakes.zalo_oa_state import JSON, ApprovedTemplate, Fault, OaMessage, World

APP_ID = "7180000000000000001"
OA_ID = "718000000000000002"
APP_SECRET = "app-secret-for-rehearsals"  # noqa: S105 - opens nothing but this stand-in
SECRET_KEY = "webhook-key-for-rehearsals"  # noqa: S105 - signs nothing but rehearsals


class FakeZaloOa:
    """The pretended Zalo: `async with` starts token service, API and media on one free loopback port.

    `retries` are the seconds before each repetition of an event; `clock` tells seconds since 1970.
    """

    def __init__(
        self,
        *,
        retries: tuple[float, ...] = (0.05,) * 8,
        clock: Callable[[], float] = time.time,
        government: bool = False,
    ) -> None:
        self.world = World(APP_ID, APP_SECRET, SECRET_KEY, OA_ID, clock)
        self.world.government = government
        self._changed = asyncio.Event()
        self.deliveries = Deliveries(self.world, self._changed.set, retries)
        self.server = Server(self.world, self._changed.set)
        self._runner: web.AppRunner | None = None
        self._people: dict[str, Person] = {}
        self.port = 0

    async def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; after a `stop`, on the same port again unless told otherwise."""
        app = web.Application(client_max_size=32 * 1024 * 1024)
        self.server.routes(app)
        app.router.add_route("*", "/fake/{verb}", self._control)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port or self.port).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def stop(self) -> None:
        """Stop listening, as an outage does: what it remembers stays."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.deliveries.close()
        await self.stop()

    @property
    def url(self) -> str:
        """What stands in for https://openapi.zalo.me and https://oauth.zaloapp.com."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pending(self) -> int:
        """How many events have not been taken or given up."""
        return self.deliveries.pending

    def webhook(self, url: str) -> None:
        """Post events to this address."""
        self.deliveries.url = url

    def person(self, number: str, name: str = "") -> Person:
        """Return the person of that id, made up if nobody has it yet."""
        if number not in self._people:
            user = self.world.user(number, name)
            self._people[number] = Person(self.world, self.deliveries, user, lambda: self.url)
        return self._people[number]

    def fail(self, path: str, kind: str, times: int = 1) -> Fault:
        """Plan a mishap for the next calls of a path (`*`: any); see `Fault`."""
        fault = Fault(path, kind, times)
        self.world.faults.append(fault)
        return fault

    def answers(self, path: str) -> list[int]:
        """Return the error codes that calls of a path were answered with, 0 for success."""
        return [code for called, _, code in self.world.calls if called == path]

    async def until(self, condition: Callable[[], Any], seconds: float = 5.0) -> None:
        """Wait until the condition holds; TimeoutError after so many seconds."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), 0.05)

    async def _control(self, request: web.Request) -> web.Response:
        """`/fake/<verb>`: the same people and mishaps, driven from another process by JSON."""
        verbs: dict[str, Callable[[JSON], Awaitable[Any]]] = {
            "follow": self._do(lambda given: self._one(given).follows()),
            "unfollow": self._do(lambda given: self._one(given).unfollows()),
            "say": self._do(lambda given: self._one(given).sends(given["text"], quote=given.get("quote"))),
            "press": self._do(lambda given: self._one(given).presses(self._message(given), given["button"])),
            "file": self._do(
                lambda given: self._one(given).sends_file(base64.b64decode(given["content"]), given["name"])
            ),
            "fail": self._do(lambda given: self.fail(given["path"], given["kind"], int(given.get("times", 1))).kind),
            "webhook": self._do(lambda given: self.webhook(given["url"])),
            "messages": self._do(lambda given: [_shown(one) for one in self._one(given).messages]),
            "status": self._do(lambda _: {"pending": self.pending, "refreshes": self.world.refreshes}),
        }
        verb = verbs.get(request.match_info["verb"])
        if verb is None:
            return web.json_response({"error": "no such verb"}, status=404)
        try:
            given = await request.json() if request.can_read_body else dict(request.query)
            return web.json_response(await verb(given))
        except (ValueError, KeyError, TypeError, LookupError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    def _do(self, act: Callable[[JSON], Any]) -> Callable[[JSON], Awaitable[Any]]:
        async def done(given: JSON) -> Any:
            return act(given)

        return done

    def _one(self, given: JSON) -> Person:
        return self.person(str(given["user"]))

    def _message(self, given: JSON) -> OaMessage:
        return next(one for one in reversed(self._one(given).messages) if given.get("message") in {None, one.id})


def _shown(message: OaMessage) -> JSON:
    labels = [[button.label, button.payload] for button in message.buttons]
    file = message.file.name if message.file else None
    return {"id": message.id, "text": message.text, "buttons": labels, "file": file, "quota": message.quota}


async def _serve(given: argparse.Namespace) -> None:
    async with FakeZaloOa(retries=RETRIES, government=given.government) as fake:
        await fake.stop()
        await fake.start(given.port)
        if given.webhook:
            fake.webhook(given.webhook)
        if given.template:
            fake.world.templates[given.template] = ApprovedTemplate()
        lines = (
            f"ZALO_OA_API_URL={fake.url}",
            f"ZALO_OAUTH_URL={fake.url}",
            f"ZALO_OA_APP_ID={APP_ID}",
            f"ZALO_OA_APP_SECRET={APP_SECRET}",
            f"ZALO_OA_SECRET_KEY={SECRET_KEY}",
            f"ZALO_OA_REFRESH_TOKEN={fake.world.refresh_token}",
            *([f"ZALO_OA_ZBS_TEMPLATE={given.template}"] if given.template else []),
        )
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.fakes.zalo_oa", description=__doc__)
    parser.add_argument("--port", type=int, default=8083)
    parser.add_argument("--webhook", help="where events are posted to, such as http://127.0.0.1:8080/webhooks/zalo-oa")
    parser.add_argument("--government", action="store_true", help="an account of a state agency: messages go by v2")
    parser.add_argument("--template", help="the id of a template (ZBS) that is approved, with the parameter noi_dung")
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(_arguments()))
