"""Files from strangers, read in a process of their own: bounded in time and memory, without network or secrets."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import structlog

from core.documents import Document
from core.errors import ConfidentialNotice
from core.reading.model import KnownAgency
from documents import understanding
from documents.errors import NeedsRecognising, Trouble, UnreadableFile
from documents.pages import Pages, Spot
from documents.sniff import Sort, sort_of

log = structlog.get_logger()

Told = Callable[[int, int], None]

PATIENCE = 45.0
"""Seconds a file may take that needs no recognising."""
PATIENCE_PER_PAGE = 25.0
_COMMAND: tuple[str, ...] = ("-P", "-m", "documents.confined")
_MAX_OUTPUT = 12_000_000
_TROUBLES = frozenset(get_args(Trouble))
_ROOT = str(Path(__file__).resolve().parents[1])
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TMPDIR", "LANG", "LC_ALL")
_LOOK = 0.2


async def read_apart(data: bytes, name: str, *, told: Told | None = None, patience: float = PATIENCE) -> Pages:
    """What a file says, pictures of text among them; raises UnreadableFile, whatever the file does to its reader.

    Pictures are recognised one file at a time on this machine; the others wait.
    """
    return _pages(await _read({"do": "read"}, data, name, told, patience), name)


async def first_page_apart(data: bytes, name: str, *, patience: float = PATIENCE) -> Pages:
    """What stands on the first page of a file, as `documents.first_page` tells it; raises as `document_apart` does."""
    return _pages(await _read({"do": "first"}, data, name, None, patience), name)


def _pages(answer: dict[str, Any], name: str) -> Pages:
    try:
        return Pages.from_json(answer)
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableFile("broken", name) from error


async def _read(order: dict[str, Any], data: bytes, name: str, told: Told | None, patience: float) -> dict[str, Any]:
    # that a picture is one its first bytes tell: a process that only says so would cost as much as reading it
    pages = 1 if order["do"] == "first" and sort_of(data) is Sort.PICTURE else 0
    if not pages:
        try:
            return await _asked({**order, "recognise": False}, data, name, patience, None)
        except NeedsRecognising as scan:
            pages = scan.pages
    async with _turn():
        longer = patience + PATIENCE_PER_PAGE * pages
        return await _asked({**order, "recognise": True}, data, name, longer, told)


async def document_apart(
    data: bytes, name: str, agency: KnownAgency | None, *, told: Told | None = None, patience: float = PATIENCE
) -> tuple[Pages, Document]:
    """What a file says, and the document its lines are to this agency; raises as `read_apart` does, and
    `ConfidentialNotice` for one stamped secret.
    """
    order = {"do": "read", "agency": asdict(agency) if agency is not None else None}
    answer = await _read(order, data, name, told, patience)
    try:
        return _pages(answer, name), understanding.from_json(answer["document"])
    except (ValueError, KeyError) as error:
        raise UnreadableFile("broken", name) from error


async def cutout(data: bytes, name: str, spot: Spot, *, patience: float = PATIENCE) -> bytes:
    """A PNG of the line at this spot of a recognised file, as `documents.ocr.cutout` makes it; raises UnreadableFile."""
    made = await _asked({"do": "cut", "spot": spot.to_json()}, data, name, patience, None)
    return bytes.fromhex(made["png"])


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    """Wait until nobody else on this machine is recognising pictures."""
    path = Path(tempfile.gettempdir()) / f"dondoc-recognising-{os.getuid()}.lock"
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield  # without a place for a lock the load is bounded by the number of workers alone
        return
    try:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(_LOOK)
        yield
    finally:
        os.close(lock)


async def _asked(order: dict[str, Any], data: bytes, name: str, patience: float, told: Told | None) -> dict[str, Any]:
    """Let a new process do this and return its answer."""
    given = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *_COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=folder,
            env={**given, "PYTHONPATH": _ROOT, "PYTHONIOENCODING": "utf-8", "HOME": folder, "TMPDIR": folder}
            | {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"},
            limit=_MAX_OUTPUT,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(patience):
                answer = await _answered(process, {**order, "name": name, "size": len(data)}, data, told)
        except TimeoutError:
            log.info("a file was too slow to read", action="reading_slow", size=len(data))
            raise UnreadableFile("slow", name) from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if answer is None:
        # killed for its memory, or crashed: the file is to blame, and nothing of it is kept
        log.info("the reader of a file ended", action="reading_crashed", code=process.returncode, size=len(data))
        raise UnreadableFile("broken", name)
    if "trouble" in answer:
        kind = answer["trouble"]
        if kind == "recognise":
            raise NeedsRecognising(int(answer["pages"]), name)
        if kind == "stamped":
            raise ConfidentialNotice(str(answer["level"]))
        raise UnreadableFile(kind if kind in _TROUBLES else "broken", name)
    return answer


async def _answered(
    process: asyncio.subprocess.Process, order: dict[str, Any], data: bytes, told: Told | None
) -> dict[str, Any] | None:
    writer, reader = process.stdin, process.stdout
    if writer is None or reader is None:
        raise AssertionError
    with suppress(BrokenPipeError, ConnectionResetError):
        writer.write(json.dumps(order).encode() + b"\n")
        writer.write(data)
        await writer.drain()
    writer.close()
    while True:
        try:
            line = await reader.readline()
        except ValueError:
            return {"trouble": "too_big"}
        if not line:
            return None
        try:
            said = json.loads(line)
        except ValueError:
            return None
        if not isinstance(said, dict) or "page" not in said:
            return said if isinstance(said, dict) else None
        if told is not None:
            told(int(said["page"]), int(said["of"]))
