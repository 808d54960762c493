"""A morning's burst: thousands of heads with accounts on three messengers, and what each of them must come to read."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from types import TracebackType
from typing import Any, Literal, Self

from sqlalchemy import insert, select, update

from bench.office import settle_in
from bot.fakes.telegram import FakeTelegram
from bot.fakes.zalo_bot import FakeZaloBot
from bot.fakes.zalo_oa import APP_ID, APP_SECRET, SECRET_KEY, FakeZaloOa
from bot.zalo_bot import NAME as BOT
from bot.zalo_oa import NAME as OA
from bot.zalo_oa_oauth import Application
from core.deadlines import HANOI
from core.workdays import WorkCalendar
from handlers.reminders import tick
from storage.database import Database
from storage.schema import accounts, outbox, people
from storage.tokens import Token
from tests.kill.ledger import AGAIN

MORNING = datetime(2023, 6, 30, 7, 30, tzinfo=HANOI)
Trouble = Literal["none", "slow", "refuses", "busy", "cuts", "errors"]
"""What Telegram does during one life: answers, answers late, is away, 429, cuts the line after acting, 502."""

_FIRST = 5_000_001
_FEW = 2_000
_SILENT = timedelta(days=3)
"""How long ago everybody was heard: so long that the Official Account charges for what it sends."""


@dataclass(frozen=True, slots=True)
class Head:
    """One head: the chat on Telegram, whether there is one with a Zalo bot or account too, and a blocked Telegram."""

    person: int
    chat: int
    second: str | None
    prefers: str
    blocks: bool

    @property
    def other(self) -> str:
        """The chat on Zalo."""
        return f"z{self.person}"


@dataclass(frozen=True, slots=True)
class Row:
    """A head's digest as the outbox has it."""

    id: int
    person: int
    channel: str
    status: str
    uncertain: int
    tried: int
    charged_doubt: bool


class Town:
    """The heads and their messengers, which survive every kill."""

    def __init__(self, heads: int, port: int, random: Random) -> None:
        self.telegram = FakeTelegram()
        self.bot = FakeZaloBot(people=2 * heads, quota=100 * heads, webhook_attempts=100_000)
        self.account = FakeZaloOa()
        self.heads = [self._head(number, random) for number in range(heads)]
        self._port = port
        self._stack = AsyncExitStack()
        self._away = False
        self._telegram_port = 0
        self.cut = 0

    @staticmethod
    def _head(number: int, random: Random) -> Head:
        kind = random.random()
        second = BOT if kind < 0.3 else OA if kind < 0.5 else None
        prefers = OA if kind > 0.4 and second == OA else "telegram"
        return Head(number + 2, _FIRST + number, second, prefers, blocks=random.random() < 0.02)

    async def __aenter__(self) -> Self:
        for fake in (self.telegram, self.bot, self.account):
            await self._stack.enter_async_context(fake)
        for head in self.heads:
            person = self.telegram.person(head.chat)
            self.telegram.private(person)
            if head.blocks:
                await person.blocks()
            if head.second == BOT:
                self.bot.user(head.other, head.other).chat.opened = True
            elif head.second == OA:
                self.account.person(head.other).was_silent(_SILENT.total_seconds())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def settings(self, url: str) -> dict[str, str]:
        """Return how the product is set up."""
        return {
            "DATABASE_URL": url,
            "PORT": str(self._port),
            "PUBLIC_URL": f"http://127.0.0.1:{self._port}",
            "SECRET_KEY": "kept through every restart",
            "SEND_PACE": "false",
            "CLOCK_START": (MORNING + timedelta(minutes=1)).isoformat(),
            "LOG_FORMAT": "json",
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.url,
            "ZALO_BOT_TOKEN": self.bot.token,
            "ZALO_BOT_API_URL": self.bot.url,
            "ZALO_OA_APP_ID": APP_ID,
            "ZALO_OA_APP_SECRET": APP_SECRET,
            "ZALO_OA_SECRET_KEY": SECRET_KEY,
            "ZALO_OA_API_URL": self.account.url,
            "ZALO_OAUTH_URL": self.account.url,
        }

    async def settle_in(self, url: str) -> None:
        """Make the office, link everybody, and queue the morning's digests."""
        await settle_in(url, len(self.heads), 1, past=0)
        database = Database(url)
        try:
            async with database.work(MORNING) as work:
                links = [
                    {"id": len(self.heads) + 2 + head.person, "channel": head.second, "external_id": head.other, "chat": head.other, "person_id": head.person,
                     "linked_at": datetime(2023, 1, 1, tzinfo=UTC), "last_seen_at": work.real - _SILENT}
                    for head in self.heads if head.second is not None
                ]  # fmt: skip
                for start in range(0, len(links), _FEW):
                    await work.connection.execute(insert(accounts), links[start : start + _FEW])
                oa = [head.person for head in self.heads if head.prefers == OA]
                for start in range(0, len(oa), _FEW):
                    await work.connection.execute(
                        update(people).where(people.c.id.in_(oa[start : start + _FEW])).values(preferred_channel=OA)
                    )
                await work.tokens.locked(Application(APP_ID, APP_SECRET).token_name)
                await work.tokens.save(self._token())
            async with database.work(MORNING) as work:
                planned = await tick(work, WorkCalendar(), told=False)
            assert sum(row.queued for row in planned) == len(self.heads)
        finally:
            await database.close()

    def _token(self) -> Token:
        now, world = datetime.now(UTC), self.account.world
        until = now + timedelta(seconds=world.lifetime)
        return Token(
            Application(APP_ID, APP_SECRET).token_name, world.access_token, world.refresh_token, None, until, now, "ok"
        )

    async def trouble(self, kind: Trouble, random: Random) -> None:
        """Let Telegram be in this trouble from now on, and in no other."""
        self.telegram.faults.planned.clear()
        self.telegram.faults.latency = 0.03 if kind == "slow" else random.choice((0.0, 0.005))
        self.bot.server.latency = self.account.server.latency = random.choice((0.0, 0.01))
        if self._away and kind != "refuses":
            await self.telegram.start(self._telegram_port)
            self._away = False
        elif kind == "refuses" and not self._away:
            self._telegram_port = int(self.telegram.url.rpartition(":")[2])
            await self.telegram.stop()
            self._away = True
        elif kind == "busy":
            self.telegram.fail("sendMessage", "429", times=2, retry_after=1, after_calls=random.randrange(10))
        elif kind in {"cuts", "errors"}:
            self.cut += 2
            fault = "drop_after" if kind == "cuts" else "502"
            self.telegram.fail("sendMessage", fault, times=2, after_calls=random.randrange(20))

    @property
    def arrived(self) -> int:
        """How many messages arrived anywhere."""
        people = self.account.world.users.values()
        return (
            self.telegram.world.counts["sendMessage", 200]
            + self.bot.world.sent
            + sum(len(one.messages) for one in people)
        )

    def heard(self, head: Head) -> list[str]:
        """Return what a head reads anywhere of the morning."""
        texts = list(self.telegram.person(head.chat).chat.texts)
        if head.second == BOT:
            texts += self.bot.user(head.other, head.other).chat.texts
        elif head.second == OA:
            texts += [message.text for message in self.account.person(head.other).messages]
        return [text for text in texts if "30/6" in text]

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Wait until it holds; TimeoutError after so many seconds."""
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.01)


async def rows(connection: Any) -> dict[int, Row]:
    """Return every head's digest."""
    columns = (outbox.c.id, outbox.c.person_id, outbox.c.channel, outbox.c.status, outbox.c.uncertain, outbox.c.tried)
    found = await connection.execute(select(*columns).where(outbox.c["class"] == 2))
    made = [
        Row(row[0], row[1], row[2], row[3], row[4], len(row[5] or ()), any(one.get("charged") for one in row[5] or ()))
        for row in found
    ]
    assert len({row.person for row in made}) == len(made)
    return {row.person: row for row in made}


def check(town: Town, found: dict[int, Row], struck: Counter[int]) -> dict[str, int]:
    """Hold what each head reads against the head's row: none lost, one copy, a repeat only marked and accounted for."""
    tally: Counter[str] = Counter()
    for head in town.heads:
        row, heard = found[head.person], town.heard(head)
        plain = [text for text in heard if not text.startswith(AGAIN)]
        again = [text for text in heard if text.startswith(AGAIN)]
        assert len(plain) <= 1, (head, row, heard)
        assert len({text.removeprefix(AGAIN) for text in heard}) <= 1 or head.second is not None
        tally[row.status] += 1
        tally["repeated"] += max(0, len(heard) - 1)
        tally["marked"] += len(again)
        tally["by another account"] += row.status == "sent" and row.tried > 0
        # what came of an uncertainty says so on the row; without one nothing is marked and nothing comes twice
        if row.uncertain == 0:
            assert not again, (head, row, heard)
            assert len(heard) == (row.status == "sent"), (head, row, heard)
        else:
            assert len(heard) <= row.uncertain + 1, (head, row, heard)
        if row.status == "sent":
            assert heard, (head, row)
        elif row.status == "unreachable":
            assert head.blocks, (head, row)
            assert head.second is None or row.tried, (head, row)
        else:
            assert row.status == "uncertain", (head, row)
            tally["never arrived"] += not heard
            assert row.uncertain >= 2 or row.channel == OA, (head, row)
        if head.second == OA:
            assert len([m for m in town.account.person(head.other).messages if "30/6" in m.text]) <= 1, "paid for once"
    assert tally["repeated"] <= struck.total() + town.cut
    return dict(tally)
