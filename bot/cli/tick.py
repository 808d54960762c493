"""`dondoc tick`: plans what is due at one moment, once."""

from __future__ import annotations

import json
from argparse import Namespace

from bot.cli import session
from bot.cli.parser import Commands, add_command
from core.workdays import WorkCalendar
from handlers.reminders import tick


def add(commands: Commands) -> None:
    """Register the command."""
    parser = add_command(
        commands,
        "tick",
        "xếp hàng những tin nhắc đến lúc gửi, in mỗi tin một dòng JSON; chạy lại bao nhiêu lần cũng được",
        _tick,
        "dondoc tick",
        "dondoc tick --now 2023-04-28T07:30:00+07:00",
    )
    parser.add_argument("--now", type=session.moment, metavar="ISO", help="thời điểm nghiệp vụ (mặc định: bây giờ)")


async def _tick(arguments: Namespace) -> int:
    given = session.settings()
    async with session.opened(given) as database:
        now = arguments.now or await session.business_now(database, given)
        async with database.work(now) as work:
            planned = await tick(work, WorkCalendar(await work.clock.calendar()))
        async with database.work(now) as work:
            await work.seals.seal()
    for row in planned:
        told = {
            "person": row.person,
            "kind": row.kind,
            "date": row.date.isoformat(),
            "tasks": list(row.tasks),
            "queued": row.queued,
        }
        print(json.dumps(told, ensure_ascii=False))
    return 0
