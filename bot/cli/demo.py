"""`dondoc demo`: the real bot on this computer, talked to in the browser."""

from __future__ import annotations

import errno
import os
from argparse import Namespace
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import session
from bot.cli.parser import Commands, add_command
from config import logs
from core.deadlines import local

if TYPE_CHECKING:
    from bot.demo import Demonstration

_PORT = 8080
_NOW = "2023-04-28T07:25:00+07:00"
_LEVELS = ("debug", "info", "warning")


def add(commands: Commands) -> None:
    """Register the command."""
    parser = add_command(
        commands,
        "demo",
        "chạy thử trên máy này, nói chuyện trong trình duyệt; không cần tài khoản, không cần máy chủ",
        _demo,
        "dondoc demo",
        "dondoc demo --port 9000 --now 2023-07-05T07:00:00+07:00 --data ban-thu --loaded",
    )
    parser.add_argument("--port", type=_port, metavar="N", help="cổng (mặc định 8080, bận thì chọn cổng khác)")
    parser.add_argument(
        "--now", type=session.moment, default=session.moment(_NOW), metavar="ISO", help=f"giờ bắt đầu (mặc định {_NOW})"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="thư mục giữ dữ liệu; không ghi thì xóa khi dừng")
    parser.add_argument("--loaded", action="store_true", help="thông báo 718 đã được đưa vào theo dõi")


def _port(said: str) -> int:
    number = int(said)
    if not 0 <= number < 65536:
        raise ValueError(said)
    return number


async def _demo(arguments: Namespace) -> int:
    level = os.environ.get("LOG_LEVEL", "").lower()
    logs.configure(level if level in _LEVELS else "error", "console")
    stop = session.stop_asked()
    async with AsyncExitStack() as stack:
        demo = await _started(arguments, stack)
        print(f"Đôn Đốc, bản chạy thử: {demo.address}")
        print(f"Giờ trong bản thử: {local(arguments.now):%H:%M %d/%m/%Y}. Dừng: Ctrl-C.", flush=True)
        await stop.wait()
    return 0


async def _started(arguments: Namespace, stack: AsyncExitStack) -> Demonstration:
    from bot.demo import Demo, Demonstration

    async def start(port: int) -> Demonstration:
        made = Demonstration(Demo(port, arguments.now, arguments.data, arguments.loaded))
        return await stack.enter_async_context(made)

    if arguments.port is not None:
        return await start(arguments.port)
    try:
        return await start(_PORT)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return await start(0)
