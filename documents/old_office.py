"""Old Office files, read by a program made for them where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Literal

from documents.errors import UnreadableFile

_OFFICE = ("soffice", "libreoffice")
_QUICK, _PATIENT = 20, 60
_MOST_OUTPUT = 16_000_000


def antiword() -> str | None:
    """The path of antiword, which reads .doc, None where there is none."""
    return shutil.which("antiword")


def libreoffice() -> str | None:
    """The path of LibreOffice, which reads them all, None where there is none."""
    return next(filter(None, map(shutil.which, _OFFICE)), None)


def doc_lines(data: bytes, name: str) -> list[str] | None:
    """The text of a .doc by antiword, each paragraph on one line; None where there is no antiword or it cannot."""
    program = antiword()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        path = Path(folder) / "a.doc"
        path.write_bytes(data)
        # -w 0: no lines of its own making; -m: the letters we read
        done = _run([program, "-w", "0", "-m", "UTF-8.txt", str(path)], _QUICK, folder, name)
    text = done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
    return (
        [line.replace("|", "  ") if line.count("|") < 2 else line for line in text.splitlines()]
        if text.strip()
        else None
    )


def converted(data: bytes, name: str, suffix: str, to: Literal["docx", "xlsx"]) -> bytes:
    """The file as LibreOffice saves it anew; raises UnreadableFile (no_doc where there is no LibreOffice)."""
    program = libreoffice()
    if program is None:
        raise UnreadableFile("no_doc", name)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        command = [
            program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", to, "--outdir", f"{folder}/out", str(path),
        ]  # fmt: skip
        _run(command, _PATIENT, folder, name)
        made = Path(folder) / "out" / f"a.{to}"
        if not made.is_file() or made.stat().st_size > _MOST_OUTPUT:
            raise UnreadableFile("broken", name)
        return made.read_bytes()


def _run(command: list[str], patience: float, folder: str, name: str) -> subprocess.CompletedProcess[bytes]:
    try:
        # programs found on the way, with words of ours alone
        return subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=patience, check=False, env={**os.environ, "HOME": folder}
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("slow", name) from error
    except OSError as error:
        raise UnreadableFile("no_doc", name) from error
