"""Files as an Official Account may attach them: uploaded first, and used again while Zalo keeps them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import PurePosixPath
from time import monotonic
from typing import Any

import structlog

from bot.zalo_oa_client import Client
from bot.zalo_oa_errors import MEDIA_EXPIRED, NeverLeft, Refused, Unanswered
from bot.zalo_oa_render import PICTURES
from core.messages import OutgoingFile

log = structlog.get_logger()

IMAGE_BYTES = 1024 * 1024
FILE_BYTES = 5 * 1024 * 1024
DOCUMENTS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_KEPT = 6 * 24 * 3600.0  # Zalo keeps them for seven days
_MOST = 256
_TAKEN = {-201, -210, -233}

Ready = dict[str, Any]
WithToken = Callable[[Callable[[str], Awaitable[Ready]]], Awaitable[Ready]]


class PictureGone(Exception):
    """A picture that stands beside the words is there no more."""


class Uploads:
    """Uploads what Zalo takes and remembers it, because only so many uploads a month are allowed."""

    def __init__(self, client: Client, with_token: WithToken, read_file: Callable[[str], Awaitable[bytes]]) -> None:
        self._client = client
        self._with_token = with_token
        self._read_file = read_file
        self._done: dict[tuple[str, str], tuple[float, Ready]] = {}

    async def attachment(self, file: OutgoingFile) -> Ready | None:
        """Return the file as an attachment, `None` where Zalo takes no such file; raises `PictureGone` or a `ZaloFault`."""
        key = (file.ref, file.name)
        kept = self._done.get(key)
        if kept is not None and monotonic() - kept[0] < _KEPT:
            return kept[1]
        try:
            content = await self._read_file(file.ref)
        except (OSError, LookupError) as error:
            if file.beside:
                raise PictureGone from error
            log.exception("outgoing file is missing", action="file_missing", ref=file.ref)
            raise Refused(0, f"{type(error).__name__}: {error}") from error
        made = await self._upload(file, content)
        if made is not None:
            self._done[key] = (monotonic(), made)
            while len(self._done) > _MOST:
                del self._done[next(iter(self._done))]
        return made

    def expired(self, file: OutgoingFile, refusal: Refused) -> bool:
        """Forget an upload that a sending was refused for; tell whether it is worth uploading once more."""
        return refusal.code == MEDIA_EXPIRED and self._done.pop((file.ref, file.name), None) is not None

    async def _upload(self, file: OutgoingFile, content: bytes) -> Ready | None:
        if file.mime in PICTURES and len(content) <= IMAGE_BYTES:
            ending = ".png" if file.mime == "image/png" else ".jpg"
            data = await self._post("/v2.0/oa/upload/image", file, content, ending)
            if data is None or "attachment_id" not in data:
                return None
            element = {"media_type": "image", "attachment_id": str(data["attachment_id"])}
            return {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
        if file.mime in DOCUMENTS and len(content) <= FILE_BYTES:
            data = await self._post("/v2.0/oa/upload/file", file, content, DOCUMENTS[file.mime])
            return {"type": "file", "payload": {"token": str(data["token"])}} if data and "token" in data else None
        return None

    async def _post(self, path: str, file: OutgoingFile, content: bytes, ending: str) -> Ready | None:
        name = file.name if file.name.lower().endswith(ending) else f"{PurePosixPath(file.name).stem}{ending}"
        try:
            return await self._with_token(lambda token: self._client.upload(path, token, content, name, file.mime))
        except Unanswered as error:
            # nobody sees an upload whose answer was lost: trying again is safe
            raise NeverLeft(str(error)) from error
        except Refused as refusal:
            if refusal.code not in _TAKEN:
                raise
            log.warning("upload refused", action="upload_refused", channel="zalo_oa", error=str(refusal))
            return None
