"""Files are kept by what is in them: once, whole, and nowhere but in their folder."""

from __future__ import annotations

import asyncio
import os
from hashlib import sha256
from pathlib import Path

import pytest

from storage.files import Folder


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


async def test_bytes_come_back_by_their_digest(tmp_path: Path) -> None:
    files = Folder(tmp_path / "files")
    content = "Kế hoạch số 45\0".encode() * 1000
    ref = await files.save(content)
    assert ref == sha256(content).hexdigest()
    assert await files.read(ref) == content
    assert await files.read(await files.save(b"")) == b""


async def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    files = Folder(tmp_path)
    refs = await asyncio.gather(*(files.save(b"TTr 45") for _ in range(8)), files.save(b"TTr 46"))
    assert len(set(refs)) == 2
    assert [path.name for path in kept(tmp_path)] == sorted(set(refs))


@pytest.mark.parametrize(
    "ref",
    ["../secret", "/etc/passwd", "", "x" * 64, "A" * 64, "a" * 63, "a" * 65, f"{'a' * 64}\n", f"../../{'a' * 64}"],
)
async def test_only_a_digest_is_a_reference(tmp_path: Path, ref: str) -> None:
    (tmp_path / "secret").write_bytes(b"a key")
    with pytest.raises(FileNotFoundError):
        await Folder(tmp_path / "files").read(ref)


async def test_a_reference_to_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await Folder(tmp_path).read("a" * 64)


async def test_what_could_not_be_written_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    files = Folder(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            await files.save(b"TTr 45")
    assert kept(tmp_path) == []
    assert await files.read(await files.save(b"TTr 45")) == b"TTr 45"


async def test_what_is_let_go_of_is_gone(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    ref = await folder.save(b"anh")
    await folder.delete(ref)
    await folder.delete(ref)
    with pytest.raises(FileNotFoundError):
        await folder.read(ref)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
