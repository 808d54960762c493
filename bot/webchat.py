"""The chat page on one's own computer: a channel like any other, whose conversations lie in our own database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channel import Capabilities, Outcome, Permanent, Sent
from bot.fetching import FileGone, FileTooBig
from bot.webchat_desk import Clock, Desk, Receiver
from bot.webchat_guard import Guard
from bot.webchat_moving import Moving
from bot.webchat_reading import Reading, static
from bot.webchat_saying import Saying
from bot.webchat_view import View
from core.messages import Incoming, Message, Receipt
from core.paging import pages
from core.workdays import WorkCalendar
from storage.database import Database
from storage.webchat import CHANNEL


async def introduce(database: Database, now: datetime) -> int:
    """Link everybody of every roster who has no account here yet to one; return how many that were."""
    async with database.work(now) as work:
        strangers = [person for person in await work.webchat.people() if not person.linked]
        for person in strangers:
            await work.accounts.add_linked(CHANNEL, person.chat, person.chat, person.id)
    return len(strangers)


class WebChat:
    """The page and the channel behind it. Account and chat are both "AGENCY:key" of the person.

    `save_file` keeps an upload and returns its reference, `read_file` gives the bytes behind one (`OSError` or
    `LookupError` where there is none), `delete_file` lets go of them; `tick` runs once after the clock was moved;
    `samples` are files offered to the clerk; forms stay good over a restart if `secret` does.
    """

    name = CHANNEL
    can = Capabilities(buttons=True, edit=False, files_in=True, max_text=4000)

    def __init__(
        self,
        database: Database,
        clock: Clock,
        receiver: Receiver,
        *,
        save_file: Callable[[str, bytes], Awaitable[str]],
        read_file: Callable[[str], Awaitable[bytes]],
        delete_file: Callable[[str], Awaitable[None]],
        tick: Callable[[], Awaitable[object]] | None = None,
        samples: Sequence[Path] = (),
        bot_name: str = "Nhắc việc",
        calendar: WorkCalendar | None = None,
        secret: bytes | None = None,
    ) -> None:
        view, guard = View(calendar or WorkCalendar()), Guard(secret)
        self._desk = desk = Desk(database, clock, read_file, tuple(samples), guard, view)
        self._reading = Reading(desk, bot_name)
        self._saying = Saying(desk, receiver, save_file)
        self._delete_file = delete_file
        self._moving = Moving(desk, tick)

    def register(self, app: web.Application) -> None:
        """Add the page's routes: /, /chat/…, /clock and /pages/…, each behind the guard."""
        over = self._desk.guard.over
        app.add_routes(
            [
                web.get("/", over(self._reading.first)),
                web.get("/chat/{chat}", over(self._reading.conversation)),
                web.get("/chat/{chat}/news", over(self._reading.news)),
                web.get("/chat/{chat}/files/{line:[0-9]{1,15}}/{number:[0-9]{1,2}}", over(self._reading.file)),
                web.post("/chat/{chat}/say", over(self._saying.say)),
                web.post("/chat/{chat}/press", over(self._saying.press)),
                web.post("/clock", over(self._moving.move)),
                web.get("/pages/{name:[A-Za-z0-9.-]+}", over(static)),
            ]
        )

        async def close(_app: web.Application) -> None:
            self._desk.pulse.close()

        app.on_shutdown.append(close)

    def parts(self, message: Message) -> int:
        """Return how many pages the message needs."""
        return len(self._pages(message))

    async def send(self, chat: str, message: Message, *, resend: bool, part: int) -> Outcome:
        """Write one page, counted from 0, into the conversation and show it where it is open."""
        made = self._pages(message)
        if not 0 <= part < len(made):
            return Permanent("bad_request", f"there is no page {part} of {len(made)}")
        page = made[part]
        files: list[dict[str, Any]] = []
        for file in page.files:
            try:
                count = len(await self._desk.read_file(file.ref))
            except (OSError, LookupError) as error:
                if file.beside:
                    continue
                return Permanent("bad_request", f"the file {file.name} is missing: {error!r}")
            files.append({"ref": file.ref, "name": file.name, "mime": file.mime, "size": count})
        content = {"message": page.to_json(), "files": files, "page": [part + 1, len(made)], "resend": resend}
        async with self._desk.database.work(self._desk.clock.now()) as work:
            line_id = await work.webchat.add(chat, content, from_bot=True)
        self._desk.pulse.beat()
        return Sent(str(line_id))

    async def answers(self) -> bool:
        """Tell that it does: there is nothing in between."""
        return True

    async def acknowledge(self, incoming: Incoming, receipt: Receipt) -> None:
        """Do nothing: the page answered its own request."""

    async def type(self, chat: str) -> None:
        """Do nothing: nobody would see it."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        """Return a file somebody sent; raises `FileTooBig` or `FileGone`."""
        try:
            data = await self._desk.read_file(ref)
        except (OSError, LookupError) as error:
            raise FileGone from error
        if len(data) > limit:
            raise FileTooBig(limit, len(data))
        return data

    async def discard(self, ref: str) -> None:
        """Keep an upload no longer, unless it is a result or a notice by now; raises `OSError`."""
        async with self._desk.read() as work:
            held = await work.held_files.holds(ref)
        if not held:
            await self._delete_file(ref)

    def _pages(self, message: Message) -> list[Message]:
        made = pages(message.lines, self.can.max_text - len(f"{message.title}\n" if message.title else ""))
        last = len(made) - 1
        return [
            replace(
                message,
                lines=tuple(lines),
                title=message.title if number == 0 else None,
                buttons=message.buttons if number == last else (),
                files=message.files if number == last else (),
            )
            for number, lines in enumerate(made)
        ]
