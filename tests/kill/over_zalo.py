"""The Zalo Bot Platform, by polling and by webhook, and a Zalo Official Account as messengers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.fakes.zalo_bot import FakeZaloBot
from bot.fakes.zalo_oa import APP_ID, APP_SECRET, SECRET_KEY, FakeZaloOa
from bot.zalo_bot import NAME as BOT
from bot.zalo_bot import no_link
from bot.zalo_bot_render import render as as_bot
from bot.zalo_bot_webhook import PATH as BOT_PATH
from bot.zalo_oa import NAME as OA
from bot.zalo_oa_oauth import Application
from bot.zalo_oa_render import render as as_account
from bot.zalo_oa_webhook import PATH as OA_PATH
from core.messages import Message
from storage.tokens import Token
from storage.work import Work
from tests.kill.messengers import LONGEST_PAUSE, Messenger, first_phone, second_phone, units_with_phones
from tests.kill.stream import UNITS

_SECRET = "kept-by-Zalo-since-long-ago"
_FOR_EVER = 100_000


class ZaloBotPolling(Messenger):
    """Two private chats for each head."""

    name = "zalo-bot-polling"
    channel = BOT

    def __init__(self) -> None:
        super().__init__()
        self._bot = new_bot()

    async def start(self) -> None:
        await self.stack.enter_async_context(self._bot)
        for phones in units_with_phones():
            for chat in phones:
                self._bot.user(chat, chat).chat.opened = True

    def settings(self) -> dict[str, str]:
        return bot_settings(self._bot)

    def slow(self, seconds: float) -> None:
        self._bot.server.latency = seconds

    @property
    def polling(self) -> bool:
        """Whether somebody waits for an update."""
        return self._bot.world.polling > 0

    @property
    def pending(self) -> int:
        return self._bot.pending

    @property
    def sent(self) -> int:
        return self._bot.world.sent

    async def says(self, unit: int, text: str) -> None:
        phone = first_phone(unit)
        self.events.append(f"zb:{await self._bot.user(phone, phone).sends(text)}")

    def redeliver(self, number: int) -> None:
        self._bot.redeliver(self.events[number].removeprefix("zb:"))

    def heard(self, unit: int, *, first: bool) -> list[str]:
        phone = first_phone(unit) if first else second_phone(unit)
        return self._bot.user(phone, phone).chat.texts

    def shown(self, message: Message, channel: str) -> str:
        (part,) = as_bot(message, no_link)
        return part.text

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        await self._bot.changes.until(condition, seconds)


class ZaloBotWebhook(ZaloBotPolling):
    """The same, posted to the product: the webhook was set in an earlier life of it."""

    name = "zalo-bot-webhook"

    async def start(self) -> None:
        self._bot.world.webhook_url, self._bot.world.webhook_secret = self.public_url + BOT_PATH, _SECRET
        await super().start()

    def settings(self) -> dict[str, str]:
        return {**super().settings(), "PUBLIC_URL": self.public_url, "ZALO_BOT_WEBHOOK_SECRET": _SECRET}


class ZaloOaWebhook(Messenger):
    """An account everybody follows; every other head's second telephone is with the Zalo bot, the others' here too."""

    name = "zalo-oa-webhook"
    channel = OA

    def __init__(self) -> None:
        super().__init__()
        self._account = FakeZaloOa(retries=(0.05, 0.1, *[LONGEST_PAUSE] * _FOR_EVER))
        self._bot = new_bot()

    async def start(self) -> None:
        await self.stack.enter_async_context(self._account)
        await self.stack.enter_async_context(self._bot)
        self._account.webhook(self.public_url + OA_PATH)
        for unit, (first, second) in enumerate(units_with_phones()):
            self._account.person(first).user.follows = True
            if self.second_channel(unit) == OA:
                self._account.person(second).was_silent(0.0)
            else:
                self._bot.user(second, second).chat.opened = True

    def second_channel(self, unit: int) -> str:
        return OA if unit % 2 else BOT

    async def link(self, work: Work, unit: int, person_id: int, *, first: bool) -> None:
        await super().link(work, unit, person_id, first=first)
        if not first and self.second_channel(unit) == OA:
            await work.tokens.seen(OA, second_phone(unit), datetime.now(UTC))

    def tokens(self) -> list[Token]:
        # what a kill does to a refresh is another story
        now, world = datetime.now(UTC), self._account.world
        until = now + timedelta(seconds=world.lifetime)
        name = Application(APP_ID, APP_SECRET).token_name
        return [Token(name, world.access_token, world.refresh_token, None, until, now, "ok")]

    def settings(self) -> dict[str, str]:
        return {
            **bot_settings(self._bot),
            "PUBLIC_URL": self.public_url,
            "ZALO_OA_APP_ID": APP_ID,
            "ZALO_OA_APP_SECRET": APP_SECRET,
            "ZALO_OA_SECRET_KEY": SECRET_KEY,
            "ZALO_OA_API_URL": self._account.url,
            "ZALO_OAUTH_URL": self._account.url,
        }

    def slow(self, seconds: float) -> None:
        self._account.server.latency = self._bot.server.latency = seconds

    @property
    def pending(self) -> int:
        return self._account.pending

    @property
    def sent(self) -> int:
        return sum(len(user.messages) for user in self._account.world.users.values())

    async def says(self, unit: int, text: str) -> None:
        self.events.append(f"zo:{self._account.person(first_phone(unit)).sends(text)}")

    def redeliver(self, number: int) -> None:
        wanted = self.events[number].removeprefix("zo:")
        events = self._account.deliveries.events
        event = next(one for one in events if one.get("message", {}).get("msg_id") == wanted)
        self._account.deliveries.put(event, event["sender"]["id"])

    def heard(self, unit: int, *, first: bool) -> list[str]:
        if first or self.second_channel(unit) == OA:
            phone = first_phone(unit) if first else second_phone(unit)
            return [message.text for message in self._account.person(phone).messages]
        return self._bot.user(second_phone(unit), second_phone(unit)).chat.texts

    def shown(self, message: Message, channel: str) -> str:
        if channel == BOT:
            (part,) = as_bot(message, no_link)
            return part.text
        (shown,) = as_account(message)
        return shown.words(resend=False)

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        await self._account.until(condition, seconds)


def new_bot() -> FakeZaloBot:
    """Return a stand-in that does not give up on the product."""
    return FakeZaloBot(people=2 * UNITS, webhook_attempts=_FOR_EVER, webhook_backoff_limit=LONGEST_PAUSE)


def bot_settings(bot: FakeZaloBot) -> dict[str, str]:
    """Return the product's settings for a bot; to be asked once it is started."""
    return {"ZALO_BOT_TOKEN": bot.token, "ZALO_BOT_API_URL": bot.url}
