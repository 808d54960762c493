"""What a form of the demo page brings: its fields, and files within the limits."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from aiohttp import BodyPartReader, web

from bot.webchat_guard import Refused
from core.text import clean, nfc

MAX_FILE = 20 * 1024 * 1024
MAX_FILES = 10
MAX_TEXT = 20_000
_MAX_BODY = 3 * MAX_FILE
_MAX_FIELD = 4 * MAX_TEXT
_NONCE = re.compile(r"[A-Za-z0-9-]{16,48}")

TOO_BIG = "Tệp lớn hơn 20 MB nên chưa gửi. Đồng chí gửi tệp nhỏ hơn."
_TOO_MUCH = "Các tệp gửi một lần quá lớn. Đồng chí gửi từng tệp."
_TOO_MANY = f"Mỗi lần gửi nhiều nhất {MAX_FILES} tệp."
_TOO_LONG = "Tin dài quá 20.000 chữ. Đồng chí gửi dưới dạng tệp."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with the form."""

    name: str
    data: bytes

    @property
    def mime(self) -> str:
        """Return the type its name speaks of; the browser's claim is not asked for."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(slots=True)
class Form:
    """The fields by name, the last one given counting, and the files in their order."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)

    @property
    def nonce(self) -> str:
        """Return the mark that makes a repeated submission the same one."""
        nonce = self.fields.get("nonce", "")
        if not _NONCE.fullmatch(nonce):
            raise Refused(400, "Trang đã cũ. Đồng chí tải lại trang rồi làm lại.")
        return nonce

    @property
    def text(self) -> str:
        """Return what was typed, in composed form and without what no database keeps."""
        text = nfc(self.fields.get("text", "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")).strip()
        if len(text) > MAX_TEXT:
            raise Refused(413, _TOO_LONG)
        return text


async def read_form(request: web.Request, check: Callable[[str], None]) -> Form:
    """Read a submitted form; `check` is given the token before any file is read and raises to refuse.

    The browser sends the fields in the page's order, so the token stands before the files.
    """
    if request.content_length is not None and request.content_length > _MAX_BODY:
        raise Refused(413, TOO_BIG)
    form = Form()
    if request.content_type != "multipart/form-data":
        posted = await request.post()
        form.fields = {name: value for name, value in posted.items() if isinstance(value, str)}
        check(form.fields.get("token", ""))
        return form
    checked, room = False, _MAX_BODY
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if not part.filename:
            data = await _read(part, _MAX_FIELD, _TOO_LONG)
            form.fields[part.name or ""] = data.decode("utf-8", "replace")
            continue
        if not checked:
            check(form.fields.get("token", ""))
            checked = True
        if len(form.files) == MAX_FILES:
            raise Refused(413, _TOO_MANY)
        upload = Upload(_name(part.filename), await _read(part, MAX_FILE, TOO_BIG))
        room -= len(upload.data)
        if room < 0:
            raise Refused(413, _TOO_MUCH)
        form.files.append(upload)
    if not checked:
        check(form.fields.get("token", ""))
    return form


async def _read(part: BodyPartReader, limit: int, sentence: str) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(65536):
        data += chunk
        if len(data) > limit:
            raise Refused(413, sentence)
    return bytes(data)


def _name(given: str) -> str:
    """Return the last part of the name a browser gave, short enough to show, its ending kept."""
    # browsers write a quotation mark of a file's name this way
    given = given.replace("%22", '"').replace("\\", "/")
    name = clean(given.rpartition("/")[2]) or "tep"
    ending = PurePosixPath(name).suffix[:16]
    return name if len(name) <= 120 else name[: 119 - len(ending)] + "…" + ending
