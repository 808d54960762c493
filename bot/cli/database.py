"""`dondoc migrate`."""

from __future__ import annotations

from argparse import Namespace

from bot.cli import session
from bot.cli.parser import Commands, add_command
from storage.migrate import is_current, migrate


def add(commands: Commands) -> None:
    """Register the command."""
    add_command(
        commands,
        "migrate",
        "đưa cơ sở dữ liệu lên phiên bản mới nhất",
        _migrate,
        "dondoc migrate",
        "DATABASE_URL=postgresql://dondoc@localhost/dondoc dondoc migrate",
    )


async def _migrate(_: Namespace) -> int:
    async with session.opened(session.settings(), any_schema=True) as database:
        if await is_current(database):
            print("Cơ sở dữ liệu đã ở phiên bản mới nhất.")
            return 0
        await migrate(database)
    print("Đã đưa cơ sở dữ liệu lên phiên bản mới nhất.")
    return 0
