"""`dondoc notice read` and `dondoc notice import`."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.cli import session
from bot.cli.failures import CommandFailed, WrongUsage, reason
from bot.cli.notice_text import changed, told
from bot.cli.parser import Commands, add_actor, add_command, add_group
from core.comparing import difference
from core.documents import Document
from core.reading.model import KnownAgency
from core.roster import known_agency
from core.text import fold
from handlers.importing import ImportResult, draft_for, import_notice
from handlers.importing import known_agency as kept_agency
from storage.database import Database
from storage.work import Work

_LOOKING = 5.0
_FILES = "tệp Word, PDF, bản quét, ảnh, Excel hoặc .txt; - là đầu vào chuẩn"
_YES = {"c", "co", "y", "yes", "dong y", "duyet"}


def add(commands: Commands) -> None:
    """Register the commands."""
    group = add_group(commands, "notice", "thông báo kết luận")
    parser = add_command(
        group,
        "read",
        "đọc một thông báo và in những gì đọc được; không ghi gì",
        _read,
        "dondoc notice read 718.docx",
        "dondoc notice read ban-quet.pdf",
        "dondoc notice read 718.txt --json --roster roster.yaml",
        "dondoc notice read - < 718.txt",
    )
    parser.add_argument("file", metavar="FILE", help=_FILES)
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    parser.add_argument("--roster", metavar="FILE", help="danh sách để gọi tên đơn vị; không cần cơ sở dữ liệu")
    parser = add_command(
        group,
        "import",
        "đọc một thông báo rồi đưa vào theo dõi; hỏi trước, trừ khi có --yes",
        _import,
        "dondoc notice import 718.docx",
        "dondoc notice import 718.docx --yes --json",
        "dondoc notice import 718.docx --yes --accept-suggested 'ý kiến Giám đốc 05/4'",
    )
    parser.add_argument("file", metavar="FILE", help=_FILES)
    parser.add_argument("--yes", action="store_true", help="duyệt luôn như Chánh Văn phòng")
    parser.add_argument(
        "--accept-suggested", dest="basis", metavar="BASIS", help="nhận các thời hạn gợi ý, theo căn cứ này"
    )
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    parser.add_argument("--agency", metavar="CODE", help="mã cơ quan, khi có nhiều cơ quan")
    add_actor(parser)


async def _read(arguments: Namespace) -> int:
    from core.reading.printed import as_json
    from documents.roster_file import read_roster

    lines = await _lines(arguments.file)
    if arguments.roster:
        agencies = [known_agency(read_roster(*session.content(arguments.roster)))]
    else:
        agencies = await _agencies_there_are()
    notice = _understood(lines, agencies)[0].notice
    print(json.dumps(as_json(notice), ensure_ascii=False) if arguments.json else told(notice))
    return 0


async def _import(arguments: Namespace) -> int:
    asks = not arguments.yes
    if asks and (arguments.file == session.STDIN or not sys.stdin.isatty()):
        raise WrongUsage("không có ai để hỏi; thêm --yes để duyệt luôn (--yes không bỏ mục nào)")
    lines = await _lines(arguments.file)
    given = session.settings()
    async with session.opened(given) as database:
        now = await session.business_now(database, given)
        async with database.read(now) as work:
            by = await session.acting(work, arguments.by)
            ids, agencies = await _kept_agencies(work, arguments.agency)
        document, agency = _understood(lines, agencies)
        if agency is None:
            raise CommandFailed(f"chưa rõ văn bản của cơ quan nào; thêm --agency: {', '.join(ids)}")
        dropping = await _decided(database, ids[agency.code], document, agency, now) if asks else None
        async with database.work(now) as work:
            result = await import_notice(
                work, ids[agency.code], document, by=by, approve=True, accept_basis=arguments.basis, dropping=dropping
            )
    if arguments.json:
        print(json.dumps(_as_json(result), ensure_ascii=False))
    else:
        print(f"Đã đưa {result.notice} vào theo dõi: {result.tasks} chỉ đạo, {result.parts} phần việc.")
        if result.removed:
            print(f"Đã bỏ: {', '.join(result.removed)}.")
        if result.open_questions:
            print(f"Chưa rõ đơn vị: {', '.join(result.open_questions)}.")
    return 0


async def _lines(file: str) -> Sequence[str]:
    """Return what a file says, telling on a terminal which page of a scan is being looked at."""
    from documents.apart import read_apart

    watched = sys.stderr.isatty()

    def tell(page: int, of: int) -> None:
        print(f"\rĐang đọc trang {page}/{of} ", end="\n" if page == of else "", file=sys.stderr, flush=True)

    return (await read_apart(*session.content(file), told=tell if watched else None)).lines


def _as_json(result: ImportResult) -> dict[str, object]:
    return {
        "notice": result.notice,
        "tasks": result.tasks,
        "parts": result.parts,
        "open_questions": list(result.open_questions),
        "removed": list(result.removed),
    }


async def _decided(
    database: Database, agency_id: int, document: Document, agency: KnownAgency, now: datetime
) -> Mapping[str, bool]:
    """Ask whether what was read comes into force, and of each directive left out whether it is let go."""
    async with database.read(now) as work:
        draft = await draft_for(work, agency_id, document, agency)
    if draft.amends is None:
        print(told(document.notice), end="\n\n", file=sys.stderr)
    else:
        print(changed(draft, draft.amends), end="\n\n", file=sys.stderr)
    dropping = {task.code: _agreed(f"Bỏ mục {task.code} {task.title}?") for task in difference(draft).missing}
    if not _agreed("Đưa vào theo dõi?"):
        raise CommandFailed("chưa đưa vào theo dõi, không ghi gì")
    return dropping


def _agreed(question: str) -> bool:
    print(f"{question} [c/K] ", end="", file=sys.stderr, flush=True)
    return fold(sys.stdin.readline()).strip() in _YES


async def _agencies_there_are() -> list[KnownAgency]:
    """Return the agencies of the database there is; none, without a word, where there is none to read."""
    try:
        given = session.settings()
        if given.sqlite_file is not None and not given.sqlite_file.exists():
            return []
        async with (
            asyncio.timeout(_LOOKING),
            session.opened(given) as database,
            database.read(datetime.now(UTC)) as work,
        ):
            return (await _kept_agencies(work, None))[1]
    except Exception as error:
        if reason(error) is None:
            raise
        return []


async def _kept_agencies(work: Work, code: str | None) -> tuple[dict[str, int], list[KnownAgency]]:
    found = [agency for agency in await work.people.agencies() if code in (None, agency.code)]
    if code is not None and not found:
        raise CommandFailed(f"chưa có cơ quan {code}")
    return {agency.code: agency.id for agency in found}, [await kept_agency(work, agency.id) for agency in found]


def _understood(lines: Sequence[str], agencies: list[KnownAgency]) -> tuple[Document, KnownAgency | None]:
    """Return the document and its agency: the only one there is, or the one whose code ends the document's number."""
    from core.documents import read_document

    if len(agencies) <= 1:
        agency = agencies[0] if agencies else None
        return read_document(lines, agency), agency
    document = read_document(lines, None)
    letters = re.split(r"[/-]", fold(document.notice.number or ""))
    agency = next((agency for agency in agencies if fold(agency.code) in letters), None)
    return (read_document(lines, agency) if agency else document), agency
