"""The page `/u/<token>`: files for one directive, handed in from a phone's browser by whoever was given the address."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import structlog
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.signing import Signer
from bot.webchat_form import MAX_FILE, MAX_FILES, Form, Upload, read_form
from bot.webchat_guard import Refused
from bot.webchat_reading import static
from bot.webchat_view import PAGES
from core.deadlines import today
from core.errors import ConfidentialNotice
from core.messages import Incoming, IncomingFile, Receipt
from core.speech import typed_date
from core.tasks import Part
from core.text import nfc
from documents.errors import UnreadableFile
from documents.evidence import Looked, look_at, shown_name
from documents.ocr import tesseract
from handlers.catalogue import Catalogue
from handlers.dispatch import BusinessClock, Unavailable
from handlers.phrasing import full_date, part_due, reference
from storage.database import Database
from storage.files import Files
from storage.uploads import UploadLink

log = structlog.get_logger()

_NUMBER = re.compile(r"[0-9]{1,5}(?:/[\w.&-]{1,34})?")
_AT_ONCE = 4
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Robots-Tag": "noindex",
}


class Receiver(Protocol):
    """Takes what people send."""

    async def receive(self, incoming: Incoming) -> Receipt:
        """Return once the event's effects are committed."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """What an address opens onto."""

    link: UploadLink
    part: Part
    agency_id: int
    kept: tuple[str, ...]


class _Secret(Exception):
    """A file bears a stamp of secrecy; `sentence` says what follows."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UploadPage:
    """Makes addresses and takes what comes by them, as if the person had sent it in their chat.

    The token in the address is all it needs, so that no cookie could be misused; rights are looked at again each time.
    """

    def __init__(
        self,
        secret: bytes,
        public_url: str | None,
        database: Database,
        clock: BusinessClock,
        receiver: Receiver,
        files: Files,
        catalogue: Catalogue,
    ) -> None:
        self._signer = Signer(secret, b"links:/u/")
        self._public_url = public_url.rstrip("/") if public_url else None
        self._database = database
        self._clock = clock
        self._receiver = receiver
        self._files = files
        self._catalogue = catalogue
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._template = Environment(
            loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        ).get_template("upload.html")  # fmt: skip

    def address(self, link_id: int) -> str | None:
        """Return the address of a link; `None` where we have no public address."""
        if self._public_url is None:
            return None
        return f"{self._public_url}/u/{self._signer.token(str(link_id).encode())}"

    def routes(self, app: web.Application) -> None:
        """Add the page, and the style and script it uses."""
        app.router.add_get("/u-pages/{name:upload\\.(?:css|js)}", static)
        app.router.add_get("/u/{token}", self.show)
        app.router.add_post("/u/{token}", self.take)

    async def show(self, request: web.Request) -> web.Response:
        """Show what the address is for, or that it is no longer good."""
        place = await self._place(request)
        return self._page(place) if place is not None and place.part.progress.is_open else self._gone("vi")

    async def take(self, request: web.Request) -> web.Response:
        """Keep the files and hand them in; nothing is handed in unless all of them are good."""
        place = await self._place(request)
        if place is None:
            return self._gone("vi")
        words = _words(self._catalogue, place.link.language)
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return self._page(place, 403, words("upload-elsewhere"))
        form = Form()
        try:
            async with self._room:
                form = await read_form(request, lambda _token: None)
                number, dated = _document(form, today(self._clock.now()), words)
                if not place.part.progress.is_open:
                    return await self._late(place, form, words)
                looked = await self._look(place, form.files, words)
                if any(seen.unlooked for seen in looked) and "unstamped" not in form.fields:
                    raise Refused(422, words("upload-vouch"))  # noqa: TRY301 - told as any other refusal
                kept = [await self._keep(upload, seen) for upload, seen in zip(form.files, looked, strict=True)]
        except _Secret as secret:
            # what was typed beside it is not shown again either
            return self._page(place, 415, secret.sentence)
        except Refused as refusal:
            return self._page(place, refusal.status, refusal.sentence, form)
        except OSError:
            log.exception("upload not kept", action="upload_failed")
            return self._page(place, 503, words("upload-busy"), form)
        if not kept and number is None:
            return self._page(place, 422, words("upload-empty"), form)
        document = f"số {number} ngày {full_date(dated)}" if number and dated else ""
        what = f"/report {reference(place.part)} {place.part.unit_code} {document}".rstrip()
        incoming = Incoming(
            place.link.channel, _event(place, form), place.link.external_id, place.link.chat,
            what, "file" if kept else "text", files=tuple(kept),
        )  # fmt: skip
        try:
            receipt = await self._receiver.receive(incoming)
        except Unavailable:
            return self._page(place, 503, words("upload-busy"), form)
        said = receipt.answer or words("upload-taken", count=len(kept))
        now = await self._place(request)
        again = now is not None and now.part.progress.is_open
        return self._page(now or place, said=said, done=True, again=again)

    async def _look(self, place: _Place, uploads: Sequence[Upload], words: Callable[..., str]) -> list[Looked]:
        """Look at every file before any of the form is kept; what is wrong with them is said at once."""
        looked, wrong = list[Looked](), list[str]()
        for upload in uploads:
            try:
                looked.append(await look_at(upload.data, upload.name))
            except UnreadableFile as unreadable:
                wrong.append(words("upload-refused", name=upload.name, kind=unreadable.kind))
            except ConfidentialNotice as stamped:
                async with self._database.work(self._clock.now()) as work:
                    await work.audit.add(
                        place.agency_id, place.link.person_id, place.link.channel, "refused", stamped.level
                    )
                raise _Secret(words("stamped-page", level=stamped.level, code=place.part.code)) from stamped
        if wrong:
            raise Refused(415, "\n".join(wrong))
        return looked

    async def _keep(self, upload: Upload, looked: Looked) -> IncomingFile:
        ref = await self._files.save(upload.data)
        return IncomingFile(ref, shown_name(upload.name, looked.ending), len(upload.data), looked.mime, kept=True)

    async def _late(self, place: _Place, form: Form, words: Callable[..., str]) -> web.Response:
        """Say what is recorded to a form that came once the directive was closed: this very one before, or another."""
        async with self._database.read(self._clock.now()) as work:
            same = await work.inbox.seen(place.link.channel, _event(place, form))
        progress = place.part.progress
        said = words(
            "upload-recorded", code=place.part.code, state=progress.state.value, document=progress.document or "",
            date=full_date(progress.completed_on) if progress.completed_on else "", count=len(place.kept),
            has="yes" if progress.document else "no", same="yes" if same else "no",
        )  # fmt: skip
        return self._page(place, 200 if same else 409, said, done=True, again=False)

    async def _place(self, request: web.Request) -> _Place | None:
        said = self._signer.said(request.match_info["token"])
        if said is None or not said.isdigit():
            return None
        async with self._database.read(self._clock.now()) as work:
            link = await work.uploads.find(int(said))
            if link is None:
                return None
            account = await work.accounts.known(link.channel, link.external_id)
            parts = await work.parts.by_ids([link.part_id])
            if account is None or account.actor is None or not parts:
                return None
            own = await work.parts.own_by_code(account.actor, parts[0].code)
            if account.actor.person_id != link.person_id or all(part.id != parts[0].id for part in own):
                return None
            kept = await work.submissions.files_of_part(link.part_id)
        return _Place(link, parts[0], account.actor.agency_id, tuple(dict.fromkeys(one.name for one in kept)))

    def _page(
        self, place: _Place, status: int = 200, said: str = "", form: Form | None = None, *, done: bool = False,
        again: bool = True,
    ) -> web.Response:  # fmt: skip
        part, now = place.part, today(self._clock.now())
        fields = form.fields if form is not None else {}
        return self._drawn(
            status,
            code=part.code, title=part.title, unit=part.unit_code, due=part_due(part, now) or "",
            notice=f"TB {part.notice_number.partition('/')[0]}", said=said, tone="" if status == 200 else "wrong",
            form=not done, again=done and again, nonce=secrets.token_urlsafe(18).replace("_", "-"), kept=place.kept, most=MAX_FILES,
            limit=MAX_FILE, vouch=tesseract() is None, number=fields.get("number", ""), dated=fields.get("dated", ""),
        )  # fmt: skip

    def _gone(self, language: str) -> web.Response:
        said = self._catalogue.text(language, "upload-gone")
        return self._drawn(404, code="", said=said, tone="wrong", form=False, again=False, kept=())

    def _drawn(self, status: int, **values: Any) -> web.Response:
        return web.Response(
            status=status, text=self._template.render(values), content_type="text/html", headers=_HEADERS
        )


def _event(place: _Place, form: Form) -> str:
    return f"upload:{place.link.id}:{form.nonce}"


def _words(catalogue: Catalogue, language: str) -> Callable[..., str]:
    return lambda key, **arguments: catalogue.text(language, key, **arguments)


def _document(form: Form, day: date, words: Callable[..., str]) -> tuple[str | None, date | None]:
    """Return the number and date typed, both or neither: nothing else typed here reaches the conversation."""
    number, dated = (nfc(form.fields.get(name, "")).strip() for name in ("number", "dated"))
    if not number and not dated:
        return None, None
    found = typed_date(dated, today=day) if dated else None
    if _NUMBER.fullmatch(number) is None or found is None:
        raise Refused(422, words("upload-document"))
    return number, found
