"""The files store: bytes by the digest of their content, so that the same file is kept once."""

from __future__ import annotations

import asyncio
import os
import re
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

_REF = re.compile(r"[0-9a-f]{64}")


class Files:
    """Keeps files below one folder. References are digests; names are never part of a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def save(self, content: bytes) -> str:
        """Keep these bytes and return their reference, once they are on the disk."""
        return await asyncio.to_thread(self._save, content)

    async def read(self, ref: str) -> bytes:
        """Return the bytes of a reference; raises `FileNotFoundError`."""
        return await asyncio.to_thread(self._path(ref).read_bytes)

    def _path(self, ref: str) -> Path:
        if _REF.fullmatch(ref) is None:
            raise FileNotFoundError(ref)
        return self._folder / ref[:2] / ref

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
        return ref
