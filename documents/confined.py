"""The process in which one file is read: `python -m documents.confined`, an order and the file in, an answer out.

It is started by `documents.apart`. Before it looks at the file it gives up what it does not need.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any

_MEMORY = 1_500_000_000
_ADDRESSES = 6_000_000_000
"""LibreOffice and its like reserve much more than they use."""
_LARGEST_FILE = 200_000_000
_MOST_FILES = 256
_PROCESSOR = 1200
_DIE_WITH_PARENT, _NO_NEW_RIGHTS = 1, 38
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


def main() -> None:
    """Do what standard input asks for and answer on standard output, in lines of JSON."""
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(int(order["size"]))
    _confine()
    answer = sys.stdout.buffer

    def say(said: dict[str, Any]) -> None:
        answer.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        answer.flush()

    say(_done(order, data, lambda page, of: say({"page": page, "of": of})))


def _done(order: dict[str, Any], data: bytes, told: Any) -> dict[str, Any]:
    from core.errors import ConfidentialNotice
    from documents.errors import NeedsRecognising, UnreadableFile

    name = str(order["name"])
    try:
        if order["do"] == "cut":
            from documents.ocr import cutout
            from documents.pages import Spot

            return {"png": cutout(data, name, Spot.from_json(order["spot"])).hex()}
        from documents.first_page import first_page, refuse_stamped

        recognise = bool(order["recognise"])
        if order["do"] == "first":
            return first_page(data, name, recognise=recognise).to_json()
        from documents.notice_file import read_file

        if "agency" not in order:
            return read_file(data, name, recognise=recognise, told=told).to_json()
        if recognise:
            refuse_stamped(data, name)
        pages = read_file(data, name, recognise=recognise, told=told)
        if not recognise:
            refuse_stamped(data, name)
        from documents.understanding import (
            understood,  # half of what a scan's first look costs, and it has no lines yet
        )

        return {**pages.to_json(), "document": understood(pages.lines, order["agency"], name)}
    except NeedsRecognising as scan:
        return {"trouble": "recognise", "pages": scan.pages}
    except UnreadableFile as unreadable:
        return {"trouble": unreadable.kind}
    except ConfidentialNotice as stamped:
        return {"trouble": "stamped", "level": stamped.level}
    except MemoryError:
        return {"trouble": "swollen"}
    except (RecursionError, ValueError):
        return {"trouble": "broken"}


def _confine() -> None:
    """Bound memory, time and files, die with the parent, and leave the network where the system lets us."""
    for limit, most in (
        (resource.RLIMIT_DATA, _MEMORY),
        (resource.RLIMIT_AS, _ADDRESSES),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_NOFILE, _MOST_FILES),
        (resource.RLIMIT_CPU, _PROCESSOR),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))
    parent = os.getppid()
    try:
        system = ctypes.CDLL(None, use_errno=True)
        system.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        system.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
        # root may leave the network at once, anybody else with a name space of their own; some systems allow neither
        if system.unshare(_NEW_NETWORK):
            system.unshare(_NEW_USER | _NEW_NETWORK)
    except (OSError, AttributeError):
        return  # no Linux: the limits above hold all the same
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main()
