"""A strict stand-in for api.telegram.org: `python -m bot.fakes.telegram --port 8081 --token 1:a` serves one bot."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from bot.fakes.telegram_chats import Call, Chat
from bot.fakes.telegram_control import Control
from bot.fakes.telegram_faults import Fault, Faults, Kind, Limits
from bot.fakes.telegram_people import Person, change_membership
from bot.fakes.telegram_server import Server
from bot.fakes.telegram_spec import JSON
from bot.fakes.telegram_state import Changes, World

DEFAULT_TOKEN = "1234567:AAFakeTokenForRehearsals"  # noqa: S105 - opens nothing but this stand-in


class FakeTelegram:
    """The pretended Telegram: `async with` starts it on a free loopback port.

    `keep_messages=False` counts instead of remembering, for load. `clock` dates messages (seconds since 1970).
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        username: str = "dondoc_bot",
        keep_messages: bool = True,
        clock: Callable[[], float] = time.time,
        webhook_backoff: float = 0.05,
        webhook_timeout: float = 30.0,
    ) -> None:
        self.world = World(token, username, clock=clock, keep=keep_messages)
        self.faults = Faults()
        control = Control(self)
        self._server = Server(self.world, self.faults, control.answer, backoff=webhook_backoff, timeout=webhook_timeout)
        self.world.updates.on_acknowledged = self.world.changes.tell
        self._people: dict[int, Person] = {}
        self._next_group = -1000

    async def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; after a `stop`, on the same port again unless told otherwise."""
        await self._server.start(port)
        return self

    async def stop(self) -> None:
        """Stop listening, as an outage does: what it remembers stays."""
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def token(self) -> str:
        """The token of the one bot."""
        return self.world.token

    @property
    def url(self) -> str:
        """What stands in for https://api.telegram.org."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def base_url(self) -> str:
        """The `base_url` of python-telegram-bot."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """The `base_file_url` of python-telegram-bot."""
        return f"{self.url}/file/bot"

    @property
    def calls(self) -> list[Call]:
        """What the bot called, oldest first."""
        return list(self.world.calls)

    @property
    def changes(self) -> Changes:
        """Where to wait for something: `await fake.changes.until(lambda: chat.texts)`."""
        return self.world.changes

    @property
    def pending(self) -> int:
        """How many updates the bot has not acknowledged."""
        return len(self.world.updates.waiting)

    @property
    def webhook_attempts(self) -> int:
        """How many times an update was posted to the webhook."""
        return self._server.webhook.attempts

    def user(
        self, number: int, first_name: str = "Người dùng", language_code: str | None = "vi", **names: str
    ) -> Person:
        """Return the person of that id, who has not pressed Start yet; `last_name` and `username` as keywords."""
        language = {"language_code": language_code} if language_code else {}
        user = self.world.learn_user({"id": number, "is_bot": False, "first_name": first_name, **names, **language})
        return self._people.setdefault(number, Person(self.world, user))

    def person(self, number: int) -> Person:
        """Return the person of that id, made up if nobody has it yet."""
        return self._people.get(number) or self.user(number, f"Người {number}")

    def private(self, person: Person) -> Chat:
        """Return the person's chat with the bot, as if Start had been pressed long ago."""
        person.chat.started = True
        return person.chat

    def group(
        self, members: Sequence[Person], title: str = "Nhóm", *, supergroup: bool = False, privacy: bool = True
    ) -> Chat:
        """Return a new group the bot is in; the first member owns it. `privacy`: the bot sees what is meant for it."""
        self._next_group -= 1
        number = self._next_group - 1_000_000_000_000 if supergroup else self._next_group
        roles = {person.id: "creator" if index == 0 else "member" for index, person in enumerate(members)}
        chat = Chat(number, "supergroup" if supergroup else "group", title, privacy=privacy, members=roles)
        self.world.chats[number] = chat
        return chat

    async def migrates(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup, tell the bot in both chats, and return the new one."""
        new = self.world.migrate(chat)
        for where, field, other in ((chat, "migrate_to_chat_id", new), (new, "migrate_from_chat_id", chat)):
            message = {
                "message_id": self.world.next_message_id(),
                "chat": self.world.chat_json(where),
                "date": int(self.world.clock()),
                field: other.id,
            }
            self.world.updates.add("message", message, ("chat", where.id))
        return new

    async def changes_membership(self, chat: Chat, status: str, by: Person) -> None:
        """Let `by` add the bot to a group (`member`, `administrator`) or throw it out (`kicked`, `left`)."""
        old, chat.bot_status = chat.bot_status, status
        change_membership(self.world, chat, by.user, old, status)

    def inject(self, raw: JSON) -> int:
        """Queue an update exactly as given, malformed or not, and return its id, a new one if it has none."""
        raw = {"update_id": self.world.updates.next_id, **raw}
        kind = next((key for key in raw if key != "update_id"), "unknown")
        content = raw.get(kind)
        chat, sender = (content.get("chat"), content.get("from")) if isinstance(content, dict) else (None, None)
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            self.world.learn_user(sender)
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            if chat["id"] > 0:
                self.world.private(chat["id"]).started = True
            elif chat["id"] not in self.world.chats:
                self.world.chats[chat["id"]] = Chat(chat["id"], str(chat.get("type", "group")), privacy=False)
            return self.world.updates.put(raw, kind, ("chat", chat["id"]))
        return self.world.updates.put(raw, kind, ("other", kind))

    def redeliver(self, update_id: int) -> None:
        """Hand over an update once more, as Telegram does when our answer got lost."""
        self.world.updates.redeliver(update_id)

    def fail(
        self,
        method: str,
        kind: Kind,
        *,
        chat: Chat | int | None = None,
        times: int = 1,
        retry_after: float = 1,
        text: str = "",
        after_calls: int = 0,
    ) -> Fault:
        """Plan a mishap for the next calls of `method` (`*`: any): a status, a hang or a cut, before or after acting."""
        number = chat.id if isinstance(chat, Chat) else chat
        return self.faults.plan(Fault(method, kind, number, times, retry_after, text, after_calls))

    def limit(self, limits: Limits | None) -> None:
        """Enforce flood limits strictly, or none."""
        self.faults.limits = limits

    async def until_acknowledged(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - a test's own patience
        """Wait until the bot has acknowledged every update; TimeoutError after `timeout` seconds."""
        await self.changes.until(lambda: not self.pending, timeout)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.fakes.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--username", default="dondoc_bot")
    parser.add_argument("--count-only", action="store_true", help="count messages instead of keeping them")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--limits", action="store_true", help="refuse what exceeds the documented flood limits")
    parser.add_argument("--webhook-backoff", type=float, default=2.0, help="seconds before the second repeat")
    return parser.parse_args()


async def _serve(given: argparse.Namespace) -> None:
    fake = FakeTelegram(
        given.token,
        username=given.username,
        keep_messages=not given.count_only,
        webhook_backoff=given.webhook_backoff,
    )
    fake.faults.latency = given.latency
    fake.limit(Limits() if given.limits else None)
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
