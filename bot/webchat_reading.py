"""Seeing a conversation on the demo page: the page itself, its news, and the files in it."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from urllib.parse import quote

from aiohttp import web

from bot.webchat_desk import Desk, find, new_nonce, number
from bot.webchat_form import MAX_FILE
from bot.webchat_guard import HEADERS, Refused
from bot.webchat_news import QUIET, Stream, wait
from bot.webchat_view import PAGES, PICTURES, ROLES, address
from core.deadlines import local, today
from core.people import Role
from storage.webchat import Line
from storage.work import Work

_SHOWN = 300
_LOOK = "dondoc_look"


class Reading:
    """Shows conversations and remembers, while the process lives, how far each was read."""

    def __init__(self, desk: Desk, bot_name: str) -> None:
        self._desk = desk
        self._bot_name = bot_name
        self._seen: dict[str, int] = {}

    async def first(self, _request: web.Request) -> web.StreamResponse:
        """Lead to a conversation: the clerk's, with whom the work begins."""
        people = await self._desk.people()
        if not people:
            return web.Response(text="Chưa có ai trong danh sách. Nhập danh sách đơn vị, cán bộ trước.")
        first = next((person for person in people if person.role == Role.CLERK), people[0])
        raise web.HTTPSeeOther(address(first.chat))

    async def conversation(self, request: web.Request) -> web.StreamResponse:
        """Show somebody's conversation, with buttons or as Zalo would show it."""
        people = await self._desk.people()
        person = find(people, request.match_info["chat"])
        look = request.query.get("look", request.cookies.get(_LOOK, ""))
        async with self._desk.read() as work:
            lines = await work.webchat.latest(person.chat, _SHOWN)
            unread = await self._unread(work, person.chat, lines)
        response = web.Response(content_type="text/html", headers={"Cache-Control": "no-store"})
        if "look" in request.query:
            response.set_cookie(_LOOK, look, path=address(person.chat), samesite="Strict", httponly=True)
        response.text = self._desk.view.page(
            "chat.html",
            {
                "bot_name": self._bot_name,
                "people": people,
                "person": person,
                "roles": ROLES,
                "address": address,
                "unread": unread,
                "zalo": look == "zalo",
                "bubbles": self._desk.view.bubbles(lines, zalo=look == "zalo"),
                "after": lines[-1].id if lines else 0,
                "samples": [path.name for path in self._desk.samples] if person.role == Role.CLERK else [],
                "epoch": self._desk.guard.epoch,
                "clock": self._desk.view.clock(self._desk.clock.now()),
                "token": self._desk.guard.token(request, response),
                "nonce": new_nonce,
                "limit": MAX_FILE,
            },
        )
        return response

    async def news(self, request: web.Request) -> web.StreamResponse:
        """Tell an open page what is said from now on, and how things stand around it."""
        person = await self._desk.person(request)
        zalo = request.cookies.get(_LOOK) == "zalo"
        after = number(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
        async with self._desk.read() as work:
            last = await work.webchat.line(person.chat, after)
        day = today(last.at) if last is not None else None
        stream = Stream(request)
        with self._desk.pulse.listening() as beat:
            response = await stream.open()
            try:
                while not self._desk.pulse.closed:
                    async with self._desk.read() as work:
                        lines = await work.webchat.after(person.chat, after, _SHOWN)
                        unread = await self._unread(work, person.chat, lines)
                    for bubble in self._desk.view.bubbles(lines, day, zalo=zalo):
                        await stream.tell(bubble.id, self._desk.view.page("bubble.html", {"bubble": bubble}))
                        after, day = bubble.id, today(bubble.at)
                    now = self._desk.clock.now()
                    clock = self._desk.view.clock(now)
                    await stream.stand({"unread": unread, "clock": clock, "epoch": self._desk.guard.epoch})
                    await wait(beat, min(QUIET, 60.2 - local(now).second))
            except ConnectionResetError:
                pass  # the page was closed
        return response

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file of a conversation; only pictures are shown in the browser."""
        person = await self._desk.person(request)
        async with self._desk.read() as work:
            line = await work.webchat.line(person.chat, int(request.match_info["line"]))
        place = int(request.match_info["number"])
        files = line.content.get("files", ()) if line is not None else ()
        if place >= len(files):
            raise web.HTTPNotFound
        file = files[place]
        try:
            data = await self._desk.read_file(file["ref"])
        except (OSError, LookupError) as error:
            raise Refused(404, "Tệp này không còn.") from error
        picture = file["mime"] in PICTURES
        return web.Response(
            body=data,
            headers={
                **HEADERS,
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "Content-Type": file["mime"] if picture else "application/octet-stream",
                "Content-Disposition": f"{'inline' if picture else 'attachment'}; filename*=UTF-8''{quote(file['name'])}",
                "Cache-Control": "private, max-age=3600",
            },
        )

    async def _unread(self, work: Work, chat: str, shown: Sequence[Line]) -> dict[str, int]:
        """Return the number of unread messages by conversation, after these were shown."""
        if shown:
            self._seen[chat] = max(self._seen.get(chat, 0), shown[-1].id)
        counts = {
            other: sum(1 for line_id in ids if line_id > self._seen.get(other, 0))
            for other, ids in (await work.webchat.unanswered()).items()
        }
        return {other: count for other, count in counts.items() if count}


async def static(request: web.Request) -> web.StreamResponse:
    """Give a style sheet, a script or an icon of ours."""
    path = PAGES / "static" / request.match_info["name"]
    if not path.is_file():
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(path.name)[0] or "text/plain"
    return web.Response(
        body=path.read_bytes(), headers={"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "no-cache"}
    )
