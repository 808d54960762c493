"""The files store: bytes by the digest of their content, so that the same file is kept once."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Protocol

_REF = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What was kept: the reference to read it by, and its size in bytes."""

    ref: str
    size: int


class TooLong(Exception):
    """More bytes came than the `limit`; nothing of them was kept."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class Files(Protocol):
    """A place for files. References are digests; names are never part of a path."""

    async def save(self, content: bytes) -> str:
        """Keep these bytes and return their reference, once they will outlast a crash; raises `OSError`."""
        ...

    async def take(self, chunks: AsyncIterable[bytes], limit: int) -> KeptFile:
        """Keep what comes, holding little of it in memory at a time; raises `TooLong` past `limit` bytes, `OSError`."""
        ...

    async def read(self, ref: str) -> bytes:
        """Return the bytes of a reference; raises `FileNotFoundError`, and `OSError` where the place does not answer."""
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


async def spool(chunks: AsyncIterable[bytes], into: IO[bytes], limit: int) -> KeptFile:
    """Write what comes into an open file and return its digest and size; raises `TooLong`."""
    digest, size = sha256(), 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLong(limit)
        digest.update(chunk)
        await asyncio.to_thread(into.write, chunk)
    return KeptFile(digest.hexdigest(), size)


class Folder:
    """Keeps files below one folder of this computer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def save(self, content: bytes) -> str:
        """Keep these bytes and return their reference, once they are on the disk."""
        return await asyncio.to_thread(self._save, content)

    async def take(self, chunks: AsyncIterable[bytes], limit: int) -> KeptFile:
        """Keep what comes, written to the disk as it comes."""
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        with _unfinished(self._folder) as file:
            kept = await spool(chunks, file, limit)
            await asyncio.to_thread(self._settle, file, kept.ref)
        return kept

    async def read(self, ref: str) -> bytes:
        """Return the bytes of a reference."""
        return await asyncio.to_thread(self._path(ref).read_bytes)

    def _path(self, ref: str) -> Path:
        return self._folder / place_of(ref)

    def _save(self, content: bytes) -> str:
        ref = sha256(content).hexdigest()
        path = self._path(ref)
        if path.exists():
            return ref
        path.parent.mkdir(parents=True, exist_ok=True)
        with _unfinished(path.parent) as file:
            file.write(content)
            self._settle(file, ref)
        return ref

    def _settle(self, file: IO[bytes], ref: str) -> None:
        """Give a whole file its place, once its bytes are on the disk."""
        path = self._path(ref)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.flush()
        os.fsync(file.fileno())
        Path(file.name).replace(path)
        _keep_entry(path.parent)


@contextmanager
def _unfinished(folder: Path) -> Iterator[IO[bytes]]:
    """Open a file that is gone again unless everything went well."""
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            yield file
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _keep_entry(folder: Path) -> None:
    """Put a folder's new entry on the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
