"""The wires themselves: Telegram polled, Telegram by webhook, the demo page, and plain text."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
from lxml import html

from bot.app import App
from bot.fakes.telegram import FakeTelegram
from bot.plain import PlainChannel
from bot.webchat import WebChat, introduce
from config.settings import load
from storage.database import Database
from tests.dialogues.wires import Heard
from tests.documents.photos import Paper, photo

TOKEN = "718:dialogues-are-the-tests-of-this-house"
_CUT = 4096
"""Characters of a pasted text that messengers put into one message."""

OGG = b"OggS\x00\x02 a voice"
JPEG = b"\xff\xd8\xff\xe0 a picture"


PAPERS = {
    "tờ trình 45": Paper(),
    "của cơ quan khác": Paper(number="45/TTr-UBND"),
    "MẬT": Paper(stamp="MẬT", stamp_turned=-8.0, seal=True),
}


def picture(paper: str | None) -> bytes:
    """Return the photo of a paper by its name, or of nothing in particular."""
    return JPEG if paper is None else photo(PAPERS[paper])


async def until(condition: Any, seconds: float = 15.0) -> bool:
    """Wait until the condition holds, looking often."""
    async with asyncio.timeout(seconds + 5):
        for _ in range(int(seconds / 0.02)):
            if await condition():
                return True
            await asyncio.sleep(0.02)
    return False


def pieces(path: Path) -> list[str]:
    """Return a file's words as a messenger cuts what is pasted."""
    words = path.read_text(encoding="utf-8")
    return [words[start : start + _CUT] for start in range(0, len(words), _CUT)]


class Rig:
    """The product, running on a database with the roster in it, with one wire to its people."""

    name = ""
    patience = 0.01

    def __init__(self, url: str, folder: Path, moment: datetime, unlinked: frozenset[str] = frozenset()) -> None:
        self.moment = moment
        self.unlinked = unlinked
        self.stack = AsyncExitStack()
        self.url = url
        self.folder = folder
        self.app: App
        self.database: Database

    def settings(self, **more: Any) -> Any:
        return load(
            None,
            database_url=self.url,
            files_url=f"file:{self.folder / 'files'}",
            clock_start=self.moment.isoformat(),
            secret_key="a key for tests, long enough",
            host="127.0.0.1",
            port=0,
            send_pace=False,
            **more,
        )

    async def open(self, people: list[str]) -> None:
        self.database = Database(self.url)
        self.stack.push_async_callback(self.database.close)
        await self.start(people)

    async def start(self, people: list[str]) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        await self.stack.aclose()

    async def taken(self) -> bool:
        """Tell whether everything said so far has been taken in."""
        return True

    async def heard(self, who: str) -> list[Heard]:
        """Return everything the person got so far, oldest first."""
        raise NotImplementedError

    async def presses(self, who: str, label: str) -> None:
        """Press the button with this label, or type the number of the choice."""
        raise NotImplementedError

    async def sends(self, who: str, path: Path, caption: str) -> None:
        """Send a file, or paste its words where a wire takes none."""
        raise NotImplementedError

    async def speaks(self, who: str) -> None:
        """Send a voice message."""
        raise NotImplementedError

    async def shows(self, who: str, caption: str, picture: bytes) -> None:
        """Send a picture."""
        raise NotImplementedError

    async def pastes(self, who: str, path: Path) -> None:
        for piece in pieces(path):
            await self.says(who, piece)

    async def says(self, who: str, text: str, replied_to: str | None = None) -> None:
        raise NotImplementedError

    async def clock_to(self, moment: datetime) -> None:
        await self.app.clock.move_to(self.database, moment)
        await self.app.metronome.tick_now()

    async def link(self, channel: str, accounts: dict[str, str]) -> None:
        async with self.database.work(self.moment) as work:
            for agency in await work.people.agencies():
                for office in await work.people.offices(agency.id):
                    if office.key in accounts and office.key not in self.unlinked:
                        account = accounts[office.key]
                        await work.accounts.add_linked(channel, account, account, office.person_id)


class TelegramRig(Rig):
    """People on the strict stand-in of Telegram."""

    webhook = False

    async def start(self, people: list[str]) -> None:
        self.fake = await self.stack.enter_async_context(FakeTelegram(TOKEN))
        self.people = {key: self.fake.user(1000 + n, key) for n, key in enumerate(people)}
        self.chats = {key: self.fake.private(person) for key, person in self.people.items()}
        await self.link("telegram", {key: str(person.id) for key, person in self.people.items()})
        more: dict[str, Any] = {"telegram_bot_token": TOKEN, "telegram_api_url": self.fake.url}
        if self.webhook:
            port = _free_port()
            more |= {"public_url": f"http://127.0.0.1:{port}"}
        settings = self.settings(**more)
        if self.webhook:
            settings = settings.model_copy(update={"port": port})
        self.app = App(settings, self.database, web=self.webhook)
        await self.stack.enter_async_context(self.app)
        for person in self.people.values():
            await person.starts("")
        for chat in self.chats.values():
            if not await until(lambda chat=chat: _is(len(chat.messages) >= 1)):
                raise AssertionError("nobody answered the first /start")

    async def taken(self) -> bool:
        return self.fake.pending == 0

    async def says(self, who: str, text: str, replied_to: str | None = None) -> None:
        await self.people[who].sends(text, reply_to=int(replied_to) if replied_to else None)

    async def sends(self, who: str, path: Path, caption: str) -> None:
        await self.people[who].sends_file(path.read_bytes(), path.name, "application/octet-stream", caption)

    async def speaks(self, who: str) -> None:
        await self.people[who].sends_voice(OGG)

    async def shows(self, who: str, caption: str, picture: bytes) -> None:
        await self.people[who].sends_photo(picture, caption)

    async def presses(self, who: str, label: str) -> None:
        for message in reversed(self.chats[who].messages):
            names = [name for row in message.buttons for name in _labels(row)]
            if found := next((name for name in names if label in name), None):
                await self.people[who].presses(message, found)
                return
        raise AssertionError(f"{who} sees no button {label!r}")

    async def heard(self, who: str) -> list[Heard]:
        return [
            Heard(_plain(m.text), tuple(n for row in m.buttons for n in _labels(row)), str(m.id))
            for m in self.chats[who].messages
        ]


class PollingRig(TelegramRig):
    name = "telegram-polling"


class WebhookRig(TelegramRig):
    name = "telegram-webhook"
    webhook = True


class PlainRig(Rig):
    """People who can only read and type text."""

    name = "plain"

    async def start(self, people: list[str]) -> None:
        self.channel = PlainChannel()
        self.app = App(self.settings(), self.database, web=False)
        self.channel.receive = self.app.dispatcher.receive
        self.app.add_channel(self.channel)
        await self.link("plain", {key: key for key in people})
        await self.stack.enter_async_context(self.app)

    async def says(self, who: str, text: str, replied_to: str | None = None) -> None:
        await self.channel.deliver(text, sender=who, replied_to=replied_to)

    async def sends(self, who: str, path: Path, caption: str) -> None:
        """Paste the notice's words instead, in two messages as a phone cuts them."""
        words = path.with_suffix(".txt").read_text(encoding="utf-8")
        middle = words.index("3.2.") if "3.2." in words else len(words) // 2
        for piece in (words[:middle], words[middle:]):
            await self.channel.deliver(piece, sender=who)

    async def presses(self, who: str, label: str) -> None:
        for text in reversed(self.channel.sent[who]):
            for line in text.split("\n"):
                if (match := re.match(r"^(\d+) (.*)$", line)) and label in match[2]:
                    await self.says(who, match[1])
                    return
        raise AssertionError(f"{who} reads no choice {label!r}")

    async def heard(self, who: str) -> list[Heard]:
        return [Heard(text, (), f"{who}/{number}") for number, text in enumerate(self.channel.sent[who], 1)]


class PageRig(Rig):
    """People in front of the demo page, through its own forms."""

    name = "webchat"
    patience = 0.03

    async def start(self, people: list[str]) -> None:
        self.forms: dict[str, Any] = {}
        self.known: dict[str, tuple[int, list[Heard]]] = {}
        self.app = App(self.settings(), self.database)
        await introduce(self.database, self.moment)
        page = WebChat(
            self.database,
            self.app.clock,
            self.app.dispatcher,
            save_file=lambda _name, content: self.app.files.save(content),
            read_file=self.app.read_file,
            delete_file=self.app.files.delete,
            tick=self.app.metronome.tick_now,
        )
        self.app.add_channel(page)
        self.app.routes.append(page.register)
        await self.stack.enter_async_context(self.app)
        self.session = await self.stack.enter_async_context(
            aiohttp.ClientSession(f"http://127.0.0.1:{self.app.port}", cookie_jar=aiohttp.CookieJar(unsafe=True))
        )

    async def _page(self, who: str) -> Any:
        async with self.session.get(f"/chat/SCT:{who}") as response:
            assert response.status == 200, await response.text()
            return html.fromstring(await response.text())

    async def _submit(self, who: str, form: Any, *files: tuple[str, bytes], **fields: str) -> None:
        data = aiohttp.FormData()
        for name, value in {**dict(form.fields), **fields}.items():
            if value is not None:
                data.add_field(name, value)
        for called, content in files:
            data.add_field("file", content, filename=called)
        async with self.session.post(form.action, data=data, headers=self._origin()) as response:
            assert response.status < 400, await response.text()

    def _origin(self) -> dict[str, str]:
        return {"Origin": f"http://127.0.0.1:{self.app.port}"}

    async def _say(self, who: str, text: str, *files: tuple[str, bytes], replied_to: str = "") -> None:
        form = self.forms.get(who)
        if form is None:
            page = await self._page(who)
            form = self.forms[who] = next(form for form in page.forms if form.get("id") == "say")
        await self._submit(who, form, *files, text=text, replied_to=replied_to, nonce=uuid4().hex)

    async def says(self, who: str, text: str, replied_to: str | None = None) -> None:
        await self._say(who, text, replied_to=replied_to or "")

    async def sends(self, who: str, path: Path, caption: str) -> None:
        await self._say(who, caption, (path.name, path.read_bytes()))

    async def speaks(self, who: str) -> None:
        await self._say(who, "", ("tin-thoai.ogg", OGG))

    async def shows(self, who: str, caption: str, picture: bytes) -> None:
        await self._say(who, caption, ("anh.jpg", picture))

    async def presses(self, who: str, label: str) -> None:
        page = await self._page(who)
        form = next(form for form in page.forms if form.get("id") == "press")
        for button in reversed(page.xpath("//button[@form='press']")):
            if label in button.text_content():
                await self._submit(who, form, button=button.get("value"))
                return
        raise AssertionError(f"{who} sees no button {label!r}")

    async def heard(self, who: str) -> list[Heard]:
        seen, known = self.known.setdefault(who, (0, []))
        async with self.database.read(self.moment) as work:
            lines = await work.webchat.after(f"SCT:{who}", seen, 1000)
        known += [_from_page(line.content, str(line.id)) for line in lines if line.from_bot]
        self.known[who] = (lines[-1].id if lines else seen, known)
        return list(known)


def _from_page(content: Mapping[str, Any], number: str) -> Heard:
    message = content["message"]
    text = "\n".join([*([message["title"]] if message.get("title") else []), *message["lines"]])
    return Heard(text, tuple(button[0] for button in message.get("buttons", ())), number)


def _labels(row: Any) -> list[str]:
    if isinstance(row, str):
        return [row]
    if isinstance(row, dict):
        return [row["text"]]
    return [button["text"] if isinstance(button, dict) else str(button) for button in row]


def _plain(text: str) -> str:
    stripped = re.sub(r"</?b>", "", text)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        stripped = stripped.replace(entity, sign)
    return stripped


async def _is(value: bool) -> bool:
    return value


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


RIGS: dict[str, type[Rig]] = {rig.name: rig for rig in (PollingRig, WebhookRig, PageRig, PlainRig)}
