"""`dondoc roster import` and `dondoc roster export`."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from bot.cli import session
from bot.cli.failures import CommandFailed, WrongUsage
from bot.cli.parser import Commands, add_actor, add_command, add_group
from handlers.roster import RosterChange, export_roster, import_roster

_WORDS = {"agency": "cơ quan", "unit": "đơn vị", "person": "cán bộ", "order of units": "thứ tự đơn vị"}


def add(commands: Commands) -> None:
    """Register the commands."""
    group = add_group(commands, "roster", "danh sách đơn vị, cán bộ")
    parser = add_command(
        group,
        "import",
        "nhập danh sách đơn vị, cán bộ và in phần khác; nhập lại không đổi gì, không xóa lịch sử của ai",
        _import,
        "dondoc roster import roster.yaml --dry-run",
        "dondoc roster import danh-sach.xlsx",
    )
    parser.add_argument("file", metavar="FILE", help="tệp .yaml hoặc .xlsx; - là đầu vào chuẩn")
    parser.add_argument("--dry-run", action="store_true", help="chỉ in phần khác, không ghi")
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON: added, changed, ended")
    add_actor(parser)
    parser = add_command(
        group,
        "export",
        "xuất danh sách đơn vị, cán bộ hiện có",
        _export,
        "dondoc roster export roster.yaml",
        "dondoc roster export danh-sach.xlsx --agency SCT",
    )
    parser.add_argument("file", metavar="FILE", help="tệp .yaml hoặc .xlsx; - in YAML ra màn hình")
    parser.add_argument("--agency", metavar="CODE", help="mã cơ quan, khi có nhiều cơ quan")


async def _import(arguments: Namespace) -> int:
    from documents.roster_file import read_roster

    roster = read_roster(*session.content(arguments.file))
    given = session.settings()
    async with session.opened(given) as database:
        now = await session.business_now(database, given)
        async with database.work(now) as work:
            by = await session.acting(work, arguments.by)
            change = await import_roster(work, roster, dry_run=arguments.dry_run, by=by)
    if arguments.json:
        told = {"added": change.added, "changed": change.changed, "ended": change.ended}
        print(json.dumps(told, ensure_ascii=False))
    else:
        _tell(change, dry_run=arguments.dry_run)
    return 0


def _tell(change: RosterChange, *, dry_run: bool) -> None:
    for mark, things in (("+", change.added), ("~", change.changed), ("-", change.ended)):
        for thing in things:
            details = ", ".join(change.details.get(thing, ()))
            print(f"{mark} {_vietnamese(thing)}" + (f": {details}" if details else ""))
    if change.is_empty:
        print("Không có gì thay đổi.")
        return
    done = "Sẽ" if dry_run else "Đã"
    print(f"{done} thêm {len(change.added)}, đổi {len(change.changed)}, kết thúc {len(change.ended)}.")


def _vietnamese(thing: str) -> str:
    kind, _, name = thing.partition(" ")
    return _WORDS.get(thing) or f"{_WORDS.get(kind, kind)} {name}"


async def _export(arguments: Namespace) -> int:
    from documents.roster_file import write_roster

    if arguments.file != session.STDIN and not arguments.file.lower().endswith((".yaml", ".yml", ".xlsx")):
        raise WrongUsage(f"tên tệp phải là .yaml hoặc .xlsx: {arguments.file}")
    given = session.settings()
    async with session.opened(given) as database:
        now = await session.business_now(database, given)
        async with database.read(now) as work:
            agency = await session.one_agency(work, arguments.agency)
            roster = await export_roster(work, agency.code)
    if roster is None:
        raise CommandFailed(f"chưa có cơ quan {agency.code}")
    if arguments.file == session.STDIN:
        sys.stdout.write(write_roster(roster, "roster.yaml").decode())
        return 0
    session.keep(Path(arguments.file), write_roster(roster, arguments.file))
    print(f"Đã xuất {len(roster.units)} đơn vị, {len(roster.people)} cán bộ vào {arguments.file}.")
    return 0
