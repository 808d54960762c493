"""The Zalo Bot Platform as a wire of dialogues, by webhook and by polling: words, pictures and nothing else."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from bot.app import App
from bot.fakes.zalo_bot import FakeZaloBot
from bot.media_fetch import MediaFetch
from bot.zalo_bot import NAME, ZaloBotChannel
from bot.zalo_bot_client import ZaloBotClient
from bot.zalo_bot_intake import Intake
from bot.zalo_bot_polling import Polling
from bot.zalo_bot_updates import Reader
from bot.zalo_bot_webhook import Webhook
from core.messages import Message
from tests.dialogues.rigs import OGG, Rig, until
from tests.dialogues.wires import Heard

TOKEN = "718:dialogues-over-zalo"
SECRET = "a-secret-of-the-dialogues"


class Always:
    """A lease nobody disputes."""

    def valid(self) -> bool:
        return True


class ZaloBotRig(Rig):
    """People on the strict stand-in of the Zalo Bot Platform."""

    webhook = False

    async def start(self, people: list[str]) -> None:
        self.fake = await self.stack.enter_async_context(FakeZaloBot(TOKEN, people=len(people) + 50))
        self.people = {key: self.fake.user(key) for key in people}
        await self.link(NAME, {key: person.id for key, person in self.people.items()})
        for person in self.people.values():
            # they wrote to the bot once, long ago: without that it could not write to them
            person.chat.opened = True
        client = await self.stack.enter_async_context(ZaloBotClient(TOKEN, api_url=self.fake.url))
        media = await self.stack.enter_async_context(MediaFetch(stand_in=self.fake.url))
        self.app = App(self.settings(), self.database, web=self.webhook)
        self.channel = _Remembering(client, media)
        self.app.add_channel(self.channel, client.fingerprint)
        intake = Intake(Reader(client), self.app.dispatcher)
        if self.webhook:
            hook = Webhook(client, intake, public_url="http://127.0.0.1", secret=SECRET)
            self.app.routes.append(hook.routes)
            await self.stack.enter_async_context(self.app)
            hook = Webhook(client, intake, public_url=f"http://127.0.0.1:{self.app.port}", secret=SECRET)
            await hook.register()
            return
        await self.stack.enter_async_context(self.app)
        polling = asyncio.create_task(Polling(client, intake, Always(), timeout=5).run())
        self.stack.push_async_callback(_stopped, polling)
        await until(self._is_polled)

    async def _is_polled(self) -> bool:
        return self.fake.world.polling > 0

    async def taken(self) -> bool:
        # by polling an update is out of the queue before it is committed: the next poll shows that it is
        return self.fake.pending == 0 and (self.webhook or self.fake.world.polling > 0)

    async def says(self, who: str, text: str, replied_to: str | None = None) -> None:
        # the bot never learns what is replied to
        await self.people[who].sends(text)

    async def sends(self, who: str, path: Path, caption: str) -> None:
        """Paste the notice's words instead, in two messages as a phone cuts them: files never reach the bot."""
        words = path.with_suffix(".txt").read_text(encoding="utf-8")
        middle = words.index("3.2.") if "3.2." in words else len(words) // 2
        for piece in (words[:middle], words[middle:]):
            await self.people[who].sends(piece)

    async def speaks(self, who: str) -> None:
        await self.people[who].sends_voice(OGG)

    async def shows(self, who: str, caption: str, picture: bytes) -> None:
        await self.people[who].sends_image(picture, caption)

    async def presses(self, who: str, label: str) -> None:
        """Type what the button would do: the number of a choice, or the command of a shortcut."""
        for heard in reversed(self.people[who].heard):
            for line in heard.text.split("\n"):
                if (match := re.match(r"^(\d+) (.*)$", line)) and label in match[2]:
                    await self.says(who, match[1])
                    return
            for button in self.channel.menu(self.people[who].id, heard.text):
                if label in button[0]:
                    await self.says(who, button[1])
                    return
        raise AssertionError(f"{who} reads no choice {label!r}")

    async def heard(self, who: str) -> list[Heard]:
        return [Heard(message.text, (), message.id) for message in self.people[who].heard]


class _Remembering(ZaloBotChannel):
    """The channel, which keeps the shortcuts it could not show, as the reader's own knowledge of what to type."""

    def __init__(self, client: ZaloBotClient, media: MediaFetch) -> None:
        super().__init__(client, media)
        self._menus: dict[str, list[Message]] = {}

    async def send(self, chat, message, *, resend, part):  # type: ignore[no-untyped-def]
        if message.menu:
            self._menus.setdefault(chat, []).append(message)
        return await super().send(chat, message, resend=resend, part=part)

    def menu(self, chat: str, text: str) -> list[tuple[str, str]]:
        first = text.split("\n", 1)[0]
        sent = [one for one in self._menus.get(chat, []) if one.plain().split("\n", 1)[0] == first]
        return [(button.label, button.command) for button in sent[-1].buttons] if sent else []


class ZaloBotPollingRig(ZaloBotRig):
    name = "zalo-bot-polling"


class ZaloBotWebhookRig(ZaloBotRig):
    name = "zalo-bot-webhook"
    webhook = True


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
