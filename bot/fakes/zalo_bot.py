"""A strict stand-in for the Zalo Bot Platform: `python -m bot.fakes.zalo_bot --port 8082 --token 1:a` serves one bot."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

from bot.fakes.telegram_state import Changes
from bot.fakes.zalo_bot_people import Person
from bot.fakes.zalo_bot_server import Server
from bot.fakes.zalo_bot_state import GROUPS, JSON, PEOPLE, QUOTA, Call, Chat, Fault, Kind, World
from bot.fakes.zalo_bot_webhook import Deliveries

DEFAULT_TOKEN = "7654321:FakeZaloTokenForRehearsals"  # noqa: S105 - opens nothing but this stand-in


class FakeZaloBot:
    """The pretended Zalo: `async with` starts it on a free loopback port.

    What is assumed beyond the documents stands in `World.put` (people beyond the plan) and `Deliveries` (retries).
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        name: str = "Bot Đôn Đốc",
        clock: Callable[[], float] = time.time,
        people: int = PEOPLE,
        quota: int = QUOTA,
        offline_after: float = 60.0,
        webhook_attempts: int = 30,
        webhook_backoff: float = 0.05,
        webhook_backoff_limit: float = 1.0,
        wrapped: bool | None = None,
    ) -> None:
        self.world = World(token, name, clock=clock, people=people, quota=quota, offline_after=offline_after)
        self._deliveries = Deliveries(
            self.world,
            attempts=webhook_attempts,
            backoff=webhook_backoff,
            backoff_limit=webhook_backoff_limit,
            wrapped=wrapped,
        )
        self.server = Server(self.world, self._deliveries, self._control)
        self._people: dict[str, Person] = {}

    async def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; after a `stop`, on the same port again unless told otherwise."""
        await self.server.start(port)
        return self

    async def stop(self) -> None:
        """Stop listening; what it remembers stays."""
        await self.server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def token(self) -> str:
        """The token of the one bot."""
        return self.world.token

    @property
    def url(self) -> str:
        """What stands in for https://bot-api.zaloplatforms.com."""
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def calls(self) -> list[Call]:
        """What the bot called, oldest first; empty polls are left out."""
        return list(self.world.calls)

    @property
    def changes(self) -> Changes:
        """Where to wait for something: `await fake.changes.until(lambda: person.chat.texts)`."""
        return self.world.changes

    @property
    def pending(self) -> int:
        """How many updates were neither read nor taken by the webhook."""
        return len(self.world.queue) + len(self._deliveries.waiting)

    @property
    def webhook_attempts(self) -> int:
        """How many times an update was posted to the webhook."""
        return self._deliveries.attempts

    def user(self, name: str, number: str | None = None) -> Person:
        """Return a person of that name, who has not written to the bot yet; the same `number` is the same person."""
        number = number or secrets.token_hex(10)
        return self._people.setdefault(number, Person(self.world, number, name, self.url))

    def group(self, members: Sequence[Person]) -> Chat:
        """Return a new group the bot was added to, of which it hears what names it; there may be three."""
        if sum(chat.kind == "GROUP" for chat in self.world.chats.values()) >= GROUPS:
            raise ValueError(f"a bot is in {GROUPS} groups at most")
        chat = Chat(f"zgr-{secrets.token_hex(10)}", "GROUP", opened=bool(members))
        self.world.chats[chat.id] = chat
        return chat

    def inject(self, update: JSON) -> None:
        """Hand over an update exactly as given, malformed or not."""
        self.world.put(update)

    def redeliver(self, message_id: str) -> None:
        """Hand over an update once more, as after an answer that got lost."""
        self.world.put(self.world.log[message_id])

    def fail(self, method: str, kind: Kind, *, chat: Chat | None = None, times: int = 1, text: str = "") -> Fault:
        """Plan a mishap for the next calls of `method` (`*`: any): a refusal, a hang or a cut, before or after acting."""
        return self.world.plan(Fault(method, kind, chat.id if chat is not None else None, times, text))

    async def until_taken(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - a test's own patience
        """Wait until the bot has taken every update; TimeoutError after `timeout` seconds."""
        await self.changes.until(lambda: not self.pending, timeout)

    async def _control(self, verb: str, given: JSON) -> Any:
        """Let a person speak (`say`: user, text) or show what they heard (`heard`: user), from another process."""
        number = str(given.get("user", "1"))
        person = self.user(str(given.get("name", number)), number)
        if verb == "say":
            return {"message_id": await person.sends(str(given.get("text", "")))}
        return [{"id": one.id, "text": one.text, "photo": one.photo} for one in person.heard]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.fakes.zalo_bot", description=__doc__)
    parser.add_argument("--port", type=int, default=8082)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--name", default="Bot Đôn Đốc")
    parser.add_argument("--http-errors", action="store_true", help="refuse with HTTP statuses instead of 200")
    parser.add_argument("--quota", type=int, default=QUOTA, help="messages a month")
    return parser.parse_args()


async def _serve(given: argparse.Namespace) -> None:
    fake = FakeZaloBot(given.token, name=given.name, quota=given.quota)
    fake.server.http_errors = given.http_errors
    await fake.start(given.port)
    sys.stdout.write(f"{fake.url}\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await fake.stop()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(_arguments()))
