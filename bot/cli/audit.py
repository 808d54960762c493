"""`dondoc audit …`: the proof that what was done is as it was written down, and a copy of it to read elsewhere."""

from __future__ import annotations

import csv
import json
import sys
from argparse import Namespace
from typing import Any

from bot.cli import session
from bot.cli.failures import CommandFailed
from bot.cli.parser import Commands, add_command, add_group
from core.deadlines import HANOI
from storage.seals import Recorded, Verdict

_BREACHES = {
    "missing": "thiếu dòng trước dòng số {entry}",
    "changed": "dòng số {entry} đã bị sửa",
    "words": "nội dung của dòng số {entry} đã bị sửa",
    "end": "thiếu các dòng cuối, sau dòng niêm phong thứ {length}",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add(commands: Commands) -> None:
    """Register the commands."""
    group = add_group(commands, "audit", "nhật ký thao tác: kiểm tra và xuất")
    verify = add_command(
        group,
        "verify",
        "kiểm tra nhật ký không bị sửa, xóa; kết thúc bằng 1 và nói dòng nào nếu có",
        _verify,
        "dondoc audit verify",
    )
    verify.add_argument("--agency", metavar="MÃ", help="chỉ cơ quan này (mặc định: tất cả)")
    export = add_command(
        group,
        "export",
        "in toàn bộ nhật ký của một cơ quan, mỗi thao tác một dòng",
        _export,
        "dondoc audit export > nhat-ky.csv",
        "dondoc audit export --format json --agency SCT",
    )
    export.add_argument("--agency", metavar="MÃ", help="cơ quan, khi có nhiều cơ quan")
    export.add_argument("--format", choices=("csv", "json"), default="csv", help="csv (mặc định) hoặc json")


async def _verify(arguments: Namespace) -> int:
    given = session.settings()
    async with session.opened(given) as database, database.read(await session.business_now(database, given)) as work:
        if arguments.agency:
            agencies = [await session.one_agency(work, arguments.agency)]
        else:
            agencies = await work.people.agencies()
        verdicts = [(agency.code, await work.seals.verify(agency.id)) for agency in agencies]
    broken = [f"{code}: {_why(verdict)}" for code, verdict in verdicts if verdict.breach]
    if broken:
        raise CommandFailed("; ".join(broken))
    for code, verdict in verdicts:
        print(f"{code}: {verdict.length} dòng, còn nguyên; dấu cuối {verdict.seal.hex()}")
    return 0


def _why(verdict: Verdict) -> str:
    return _BREACHES[verdict.breach or "end"].format(entry=verdict.entry, length=verdict.length)


async def _export(arguments: Namespace) -> int:
    given = session.settings()
    async with session.opened(given) as database, database.read(await session.business_now(database, given)) as work:
        agency = await session.one_agency(work, arguments.agency)
        writer: Any = None
        async for one in work.seals.everything(agency.id):
            row = _row(one)
            if arguments.format == "json":
                print(json.dumps(row, ensure_ascii=False))
                continue
            if writer is None:
                writer = csv.DictWriter(sys.stdout, row)
                writer.writeheader()
            writer.writerow({name: _cell(value) for name, value in row.items()})
    return 0


def _row(one: Recorded) -> dict[str, Any]:
    act = one.sealed
    return {
        "id": act.id,
        "at": act.at.astimezone(HANOI).isoformat(),
        "person": one.key,
        "title": one.title,
        "channel": act.channel,
        "act": act.act,
        "subject": act.subject,
        "said": act.said,
        "detail": act.detail,
        "undone_by": one.undone_by,
        "sealed_no": act.number,
        "seal": act.seal.hex() if act.seal else None,
    }


def _cell(value: Any) -> Any:
    """Return a value no spreadsheet takes for a formula."""
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value
