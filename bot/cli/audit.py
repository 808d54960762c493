"""`dondoc audit …`: the proof that what was done is as it was written down, and a copy of it to read elsewhere."""

from __future__ import annotations

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

from bot.cli import session
from bot.cli.failures import CommandFailed
from bot.cli.parser import Commands, add_command, add_group
from core.deadlines import HANOI
from storage.seals import Recorded, Verdict
from storage.work import Work

_BREACHES = {
    "missing": "thiếu dòng trước dòng số {entry}",
    "changed": "dòng số {entry} đã bị sửa",
    "words": "nội dung của dòng số {entry} đã bị sửa",
    "end": "thiếu các dòng cuối, sau dòng niêm phong thứ {length}",
}
_AT_ONCE = 500
"""Acts whose changes are looked up together."""
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
        write = _as_json if arguments.format == "json" else _Table()
        some: list[Recorded] = []
        async for one in work.seals.everything(agency.id):
            some.append(one)
            if len(some) == _AT_ONCE:
                await _print(work, some, write)
                some.clear()
        await _print(work, some, write)
    return 0


async def _print(work: Work, some: Sequence[Recorded], write: Callable[[dict[str, Any]], None]) -> None:
    changes = await work.changes.of_entries([one.sealed.id for one in some])
    for one in some:
        write(_row(one, changes.get(one.sealed.id, [])))


def _as_json(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False))


class _Table:
    """Prints rows as CSV under one line of names."""

    def __init__(self) -> None:
        self._writer: Any = None

    def __call__(self, row: dict[str, Any]) -> None:
        if self._writer is None:
            self._writer = csv.DictWriter(sys.stdout, row)
            self._writer.writeheader()
        self._writer.writerow({name: _cell(value) for name, value in row.items()})


def _row(one: Recorded, changes: list[dict[str, Any]]) -> dict[str, Any]:
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
        "changes": changes,
        "undone_by": one.undone_by,
        "sealed_no": act.number,
        "seal": act.seal.hex() if act.seal else None,
    }


def _cell(value: Any) -> Any:
    """Return a value no spreadsheet takes for a formula."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value
