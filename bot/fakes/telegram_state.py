"""What the pretended Telegram remembers: people, chats, messages and files, all in memory."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from bot.fakes.telegram_chats import BotMessage, Call, Chat, Press, StoredFile
from bot.fakes.telegram_spec import JSON, Refusal, bad
from bot.fakes.telegram_updates import Updates

T = TypeVar("T")


class Changes:
    """Lets a test wait until something has become true."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def tell(self) -> None:
        """Wake everyone who waits, to look again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, found: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109 - a test's own patience
        """Return the first truthy value of `found`; TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not (value := found()):
                future = asyncio.get_running_loop().create_future()
                self._waiting.append(future)
                await future
        return value


class World:
    """Everything the server knows. `keep=False` counts messages and calls instead of keeping them."""

    def __init__(self, token: str, username: str, *, clock: Callable[[], float] = time.time, keep: bool = True) -> None:
        self.token = token
        self.keep = keep
        self.clock = clock
        self.bot: JSON = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Đôn Đốc",
            "username": username,
        }
        self.users: dict[int, JSON] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.calls: deque[Call] = deque(maxlen=200_000)
        self.counts: Counter[tuple[str, int]] = Counter()
        self.changes = Changes()
        self.updates = Updates(clock, keep_log=keep)
        self.numbers = count(1)
        self._ids = count(100)

    def clear(self) -> None:
        """Forget messages, calls and waiting updates; people, chats and files stay."""
        self.calls.clear()
        self.counts.clear()
        self.presses.clear()
        self.updates.drop()
        for chat in self.chats.values():
            chat.messages.clear()
            chat.history.clear()
            chat.actions.clear()
            chat.reactions.clear()
            chat.sent = 0

    def next_message_id(self) -> int:
        """Return a new message number."""
        return next(self._ids)

    def learn_user(self, user: JSON) -> JSON:
        """Remember a person; what is said later overrides."""
        known = self.users.setdefault(int(user["id"]), {"is_bot": False, "first_name": "?"})
        known.update(user)
        return known

    def private(self, user_id: int) -> Chat:
        """Return the person's chat with the bot, opened or not."""
        if user_id not in self.chats:
            self.chats[user_id] = Chat(user_id, "private")
        return self.chats[user_id]

    def chat_json(self, chat: Chat) -> JSON:
        """Return the chat as it stands in a message."""
        if not chat.private:
            return {"id": chat.id, "type": chat.kind, "title": chat.title}
        user = self.users.get(chat.id, {})
        names: JSON = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
        return {"id": chat.id, "type": "private", **names}

    def reachable(self, chat_id: int | str) -> Chat:
        """Return the chat the bot may write to; refuses with 400 or 403 as the server does."""
        if isinstance(chat_id, str) and chat_id.lstrip("-").isdecimal():
            chat_id = int(chat_id)
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or (chat.private and not chat.started):
            if any(chat_id in group.members for group in self.chats.values()):
                raise Refusal(403, "bot can't initiate conversation with a user")
            raise bad("chat not found")
        if chat.migrated_to is not None:
            raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        if chat.deactivated:
            raise Refusal(403, "user is deactivated")
        if chat.blocked:
            raise Refusal(403, "bot was blocked by the user")
        if chat.bot_status in ("kicked", "left"):
            verb = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
            raise Refusal(403, f"bot {verb} the {'supergroup' if chat.kind == 'supergroup' else 'group'} chat")
        return chat

    def post(self, chat: Chat, body: JSON, source: JSON) -> JSON:
        """Put a message of the bot into the chat and return it."""
        raw: JSON = {
            "message_id": self.next_message_id(),
            "from": self.bot,
            "chat": self.chat_json(chat),
            "date": int(self.clock()),
            **body,
        }
        chat.sent += 1
        if self.keep:
            chat.messages.append(BotMessage(chat, raw, time.monotonic(), source))
            chat.history[raw["message_id"]] = raw
        self.changes.tell()
        return raw

    def find(self, chat: Chat, message_id: int) -> BotMessage | None:
        """Return the bot's message of that number, if it still stands."""
        found = (m for m in reversed(chat.messages) if m.raw["message_id"] == message_id and not m.deleted)
        return next(found, None)

    def store_file(self, content: bytes, name: str, mime: str, *, size: int | None = None, folder: str) -> StoredFile:
        """Keep a file and give it an id of this bot's."""
        number = next(self.numbers)
        suffix = name.rpartition(".")[2] if "." in name else "dat"
        stored = StoredFile(
            f"BQACAgUAAxk{self.bot['id']}-{number}",
            f"AgAD{number}",
            content,
            name,
            mime,
            len(content) if size is None else size,
            f"{folder}/file_{number}.{suffix}",
        )
        self.files[stored.id] = stored
        self.by_path[stored.path] = stored
        return stored

    def record(self, method: str, params: JSON, status: int) -> None:
        """Note a call of the bot."""
        self.counts[method, status] += 1
        if self.keep:
            self.calls.append(Call(method, params, status, time.monotonic()))
        self.changes.tell()

    def migrate(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup under a new id and return that."""
        new = Chat(-1_000_000_000_000 + chat.id, "supergroup", chat.title, members=dict(chat.members))
        new.privacy = chat.privacy
        self.chats[new.id] = new
        chat.migrated_to = new.id
        return new
