"""What the pretended Zalo knows: people, groups, messages, what waits for the bot, and planned mishaps."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from bot.fakes.telegram_state import Changes

JSON = dict[str, Any]
Kind = Literal[
    "400", "401", "403", "404", "408", "429", "500", "502", "504", "waf", "not_json",
    "timeout_before", "timeout_after", "drop_before", "drop_after",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
PEOPLE = 50
QUOTA = 3000
GROUPS = 3
COUNTED = frozenset({"sendMessage", "sendPhoto", "sendSticker", "sendVoice"})


class Refusal(Exception):
    """A call the Bot Platform answers with `ok: false`."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description


@dataclass(frozen=True, slots=True)
class BotMessage:
    """A message of the bot as the reader sees it."""

    id: str
    text: str
    photo: str | None = None
    at: float = 0.0


@dataclass(slots=True)
class Chat:
    """One person's chat with the bot, or a group; `opened` once somebody wrote to the bot in it."""

    id: str
    kind: Literal["PRIVATE", "GROUP"] = "PRIVATE"
    opened: bool = False
    messages: list[BotMessage] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """What the bot said, oldest first."""
        return [message.text for message in self.messages]

    @property
    def last(self) -> BotMessage:
        """The bot's latest message; LookupError where it has said nothing."""
        if not self.messages:
            raise LookupError(f"the bot has said nothing in chat {self.id}")
        return self.messages[-1]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: what it asked and what it was answered; code 0 is a success, -1 no answer."""

    method: str
    params: JSON
    code: int


@dataclass(slots=True)
class Fault:
    """A mishap for the next `times` calls of a method (`*`: any), in one chat or in all."""

    method: str
    kind: Kind
    chat: str | None = None
    times: int = 1
    text: str = ""

    def strikes(self, method: str, chat: str | None) -> bool:
        """Whether it is due for this call."""
        return self.times > 0 and self.method in ("*", method) and self.chat in (None, chat)


class World:
    """Everything the server knows. `people` and `quota` are the plan's limits, by the bot and by the month.

    `offline_after`: what is said while nobody has polled for so many seconds, and no webhook is set, is lost.
    """

    def __init__(
        self, token: str, name: str, *, clock: Callable[[], float], people: int, quota: int, offline_after: float
    ) -> None:
        self.token = token
        self.name = name
        self.bot_id = secrets.token_hex(10)
        self.clock = clock
        self.people_limit = people
        self.quota = quota
        self.offline_after = offline_after
        self.changes = Changes()
        self.chats: dict[str, Chat] = {}
        self.people: dict[str, str] = {}
        self.heard_of: set[str] = set()
        self.queue: deque[JSON] = deque()
        self.log: dict[str, JSON] = {}
        self.media: dict[str, tuple[bytes, str]] = {}
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.sent = 0
        self.lost = 0
        self.outage = False
        self.webhook_url = ""
        self.webhook_secret = ""
        self.webhook_updated = 0
        self.deliver: Callable[[JSON], None] | None = None
        self.polled_at = time.monotonic()
        self.polling = 0

    def now_ms(self) -> int:
        """The time as Zalo writes it."""
        return int(self.clock() * 1000)

    def put(self, update: JSON, person: str | None = None) -> bool:
        """Hand an update to the bot, or queue it; false where the real one would be lost.

        That a person beyond the plan's limit goes unheard is an assumption: what really happens is not documented.
        """
        if person is not None and person not in self.heard_of:
            if len(self.heard_of) >= self.people_limit:
                self.lost += 1
                return False
            self.heard_of.add(person)
        message = update.get("message")
        if isinstance(message, dict) and isinstance(message.get("message_id"), str):
            self.log[message["message_id"]] = update
        if self.deliver is not None:
            self.deliver(update)
        elif self.polling or time.monotonic() - self.polled_at <= self.offline_after:
            self.queue.append(update)
        else:
            self.lost += 1
            return False
        self.changes.tell()
        return True

    def plan(self, fault: Fault) -> Fault:
        """Add a mishap and return it; set its `times` to 0 to call it off."""
        if fault.kind not in KINDS:
            raise ValueError(f"no such fault {fault.kind!r}, there are {', '.join(KINDS)}")
        self.faults.append(fault)
        return fault

    def strike(self, method: str, chat: str | None) -> Fault | None:
        """Return the mishap due for this call and count it down."""
        for fault in self.faults:
            if fault.strikes(method, chat):
                fault.times -= 1
                return fault
        return None

    def record(self, method: str, params: JSON, code: int) -> None:
        """Remember a call."""
        self.calls.append(Call(method, params, code))
        self.changes.tell()
