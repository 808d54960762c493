"""`dondoc run`, `dondoc web` and `dondoc worker`."""

from __future__ import annotations

import gc
from argparse import Namespace
from functools import partial

from bot.cli import session
from bot.cli.parser import Commands, add_command


def add(commands: Commands) -> None:
    """Register the commands."""
    add_command(
        commands,
        "run",
        "chạy thật, một tiến trình: vừa nhận vừa gửi, vừa nhắc",
        partial(_serve, web=True, worker=True),
        "dondoc migrate && dondoc run",
        "LOG_FORMAT=json dondoc run",
    )
    add_command(
        commands,
        "web",
        "chỉ nửa nhận tin và phục vụ trang; chạy bao nhiêu tiến trình cũng được trên một PostgreSQL",
        partial(_serve, web=True, worker=False),
        "HOST=0.0.0.0 PORT=8080 dondoc web",
    )
    add_command(
        commands,
        "worker",
        "chỉ nửa gửi tin, đọc tệp và nhắc việc; chạy bao nhiêu tiến trình cũng được trên một PostgreSQL",
        partial(_serve, web=False, worker=True),
        "dondoc worker",
    )


async def _serve(_: Namespace, *, web: bool, worker: bool) -> int:
    from bot.app import App

    stop = session.stop_asked()
    given = session.settings(serving=True)
    async with session.opened(given) as database, App(given, database, web=web, worker=worker) as app:
        # what there is by now stays: looked through for garbage again and again it would hold messages up
        gc.collect()
        gc.freeze()
        await app.loops.until_stopped(stop)
    return 0
