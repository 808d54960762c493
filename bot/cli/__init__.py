"""The command line: `dondoc …`, the same as `python -m bot …`."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import sys
from collections.abc import Sequence

from bot.cli import audit, calendar, database, demo, doctor, invite, notice, roster, serve, tick, zalo
from bot.cli.failures import WrongUsage, reason
from bot.cli.parser import Parser

log = logging.getLogger(__name__)

_GROUPS = (demo, serve, database, roster, invite, notice, tick, calendar, audit, doctor, zalo)


def build() -> Parser:
    """Return the whole grammar."""
    parser = Parser(prog="dondoc", description="Đôn Đốc: theo dõi, đôn đốc thực hiện thông báo kết luận.")
    commands = parser.add_subparsers(title="lệnh", metavar="LỆNH", required=True)
    for group in _GROUPS:
        group.add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed and said why in one line, 2 wrong usage."""
    _speak_utf8()
    try:
        arguments = build().parse_args(argv)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    try:
        code = asyncio.run(arguments.call(arguments))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # whoever read our output has gone; leave nothing for the interpreter to flush into the void
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 -- the outermost boundary: nobody is shown a traceback
        return _failed(error)
    return int(code)


def _failed(error: Exception) -> int:
    log.debug("command failed", exc_info=error)
    said = reason(error)
    if said is None:
        said = f"lỗi ngoài dự kiến ({type(error).__name__}); đặt LOG_LEVEL=debug rồi chạy lại để xem chi tiết"
    print(f"dondoc: {' '.join(said.split())}", file=sys.stderr)
    return 2 if isinstance(error, WrongUsage) else 1


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
