"""The files we send: kept ones, and pictures that are drawn at the moment they are read."""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from documents.apart import cutout
from documents.errors import UnreadableFile
from documents.pages import CUT, cut_of
from documents.qr import QR, picture
from storage.database import Database
from storage.files import Files


class SentFiles:
    """Returns the bytes behind a reference in one of our messages."""

    def __init__(self, database: Database, clock: Clock, files: Files) -> None:
        self._database = database
        self._clock = clock
        self._files = files

    async def read(self, ref: str) -> bytes:
        """Return the bytes of a file, a QR picture or a line of a scan; raises `FileNotFoundError`.

        A line of a scan is given out only while its notice is being prepared.
        """
        if ref.startswith(QR):
            return await asyncio.to_thread(picture, ref.removeprefix(QR))
        if ref.startswith(CUT):
            return await self._cut(ref)
        return await self._files.read(ref)

    async def _cut(self, ref: str) -> bytes:
        try:
            file_ref, spot = cut_of(ref)
            async with self._database.read(self._clock.now()) as work:
                if not await work.drafts.is_open(file_ref):
                    raise FileNotFoundError(ref)
            return await cutout(await self._files.read(file_ref), file_ref, spot)
        except (UnreadableFile, ValueError) as error:
            raise FileNotFoundError(ref) from error
