"""Telegram as the messenger, by polling and by webhook."""

from __future__ import annotations

from collections.abc import Callable

from bot.fakes.telegram import FakeTelegram
from core.messages import Message
from tests.kill.messengers import LONGEST_PAUSE, Messenger, first_phone, second_phone, units_with_phones


class TelegramPolling(Messenger):
    """Two private chats for each head."""

    name = "telegram-polling"
    channel = "telegram"

    async def start(self) -> None:
        self._fake = await self.stack.enter_async_context(FakeTelegram())
        self._fake._server.webhook._backoff_limit = LONGEST_PAUSE
        self._numbers: list[int] = []
        for phones in units_with_phones():
            for chat in phones:
                self._fake.private(self._fake.person(int(chat)))

    def settings(self) -> dict[str, str]:
        return {"TELEGRAM_BOT_TOKEN": self._fake.token, "TELEGRAM_API_URL": self._fake.url}

    def slow(self, seconds: float) -> None:
        self._fake.faults.latency = seconds

    @property
    def pending(self) -> int:
        return self._fake.pending

    @property
    def sent(self) -> int:
        return self._fake.world.counts["sendMessage", 200]

    async def says(self, unit: int, text: str) -> None:
        said = await self._fake.person(int(first_phone(unit))).sends(text)
        assert said.update_id is not None
        self._numbers.append(said.update_id)
        self.events.append(f"tg:{self._fake.world.bot['id']}:{said.update_id}")

    def redeliver(self, number: int) -> None:
        self._fake.redeliver(self._numbers[number])

    def heard(self, unit: int, *, first: bool) -> list[str]:
        chat = first_phone(unit) if first else second_phone(unit)
        return self._fake.person(int(chat)).chat.texts

    def shown(self, message: Message, channel: str) -> str:
        return "\n".join([*([message.title] if message.title else []), *message.lines])

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        await self._fake.changes.until(condition, seconds)


class TelegramWebhook(TelegramPolling):
    """The same, posted to the product."""

    name = "telegram-webhook"

    def settings(self) -> dict[str, str]:
        return {**super().settings(), "PUBLIC_URL": self.public_url}
