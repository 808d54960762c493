"""The files store: bytes by the digest of their content, so that the same file is kept once."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

_REF = re.compile(r"[0-9a-f]{64}")


class Files(Protocol):
    """A place for files. References are digests; names are never part of a path."""

    async def save(self, content: bytes) -> str:
        """Keep these bytes and return their reference, once they will outlast a crash; raises `OSError`."""
        ...

    async def read(self, ref: str) -> bytes:
        """Return the bytes of a reference; raises `FileNotFoundError`, and `OSError` where the place does not answer."""
        ...

    async def delete(self, ref: str) -> None:
        """Keep the bytes of a reference no longer, whether they were kept or not; raises `OSError`."""
        ...


def files_at(url: str) -> Files:
    """Return the store at FILES_URL: `file:FOLDER`, or `s3://bucket/prefix` with the usual AWS_… environment."""
    if url.startswith("s3://"):
        # the client costs start-up time that a folder need not pay
        from storage.bucket import Bucket

        return Bucket.at(url)
    return Folder(Path(url.removeprefix("file:")))


def place_of(ref: str) -> str:
    """Return where below its store a reference lies; raises `FileNotFoundError` for what is no reference."""
    if _REF.fullmatch(ref) is None:
        raise FileNotFoundError(ref)
    return f"{ref[:2]}/{ref}"


class Folder:
    """Keeps files below one folder of this computer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def save(self, content: bytes) -> str:
        """Keep these bytes and return their reference, once they are on the disk."""
        return await asyncio.to_thread(self._save, content)

    async def read(self, ref: str) -> bytes:
        """Return the bytes of a reference."""
        return await asyncio.to_thread(self._path(ref).read_bytes)

    async def delete(self, ref: str) -> None:
        """Keep the bytes of a reference no longer, whether they were kept or not."""
        await asyncio.to_thread(self._path(ref).unlink, missing_ok=True)

    def _path(self, ref: str) -> Path:
        return self._folder / place_of(ref)

    def _save(self, content: bytes) -> str:
        ref = sha256(content).hexdigest()
        path = self._path(ref)
        if path.exists():
            return ref
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            unfinished = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
        _keep_entry(path.parent)
        return ref


def _keep_entry(folder: Path) -> None:
    """Put a folder's new entry on the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
