"""The office of notice 718 for tests: its roster in the database, its notice under follow-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from core.deadlines import HANOI
from core.drafts import DraftNotice, DraftTask, accept_dates
from core.tasks import Kind
from documents.roster_file import read_roster
from handlers.roster import import_roster
from storage.database import Database
from storage.work import Work
from tests.furnished import furnish

DATA = Path(__file__).parent / "data" / "notice-718"
ROSTER = DATA / "roster.yaml"
MORNING = datetime(2023, 4, 28, 7, 25, tzinfo=HANOI)


def draft_718(*, accepted: bool = True) -> DraftNotice:
    """A small hand-made 718 with the codes and units of the real one."""
    end = date(2023, 6, 30)
    rows = [
        DraftTask("3.1", "Tiếp tục triển khai", "Triển khai TB 423", Kind.STANDING, all_units=True),
        DraftTask("3.2", "Tham mưu 09 nội dung", "09 nội dung QĐ 220", lead=("KHTCTH",), by_superior=True),
        DraftTask("3.2.1", "KH Chiến lược", "KH Dệt may", lead=("QLCN",), suggested=end, product="KH", needs_document=True),
        DraftTask("3.2.2", "KH Đề án", "KH mạng phân phối", lead=("QLTM",), suggested=end, product="KH", needs_document=True),
        DraftTask("3.3", "Quy hoạch", "Quy hoạch tỉnh", lead=("KHTCTH",), cooperating=("QLCN", "QLTM", "QLNL"), suggested=end),
        DraftTask("3.4", "02 CTMTQG", "02 CTMTQG", lead=("QLTM",), implementing=("TTKC",), suggested=end),
        DraftTask("3.5", "KH Đề án TMĐT trình UBND tỉnh", "KH Đề án TMĐT", lead=("QLTM",), due=date(2023, 4, 29),
                  deadline_text="trước ngày 30/4/2023", product="kế hoạch trình UBND tỉnh", needs_document=True),
        DraftTask("3.6", "Thủy điện", "Vướng mắc thủy điện", lead=("QLNL",), suggested=end, product="báo cáo UBND tỉnh", needs_document=True),
        DraftTask("3.7", "Ban biên tập", "Ban biên tập Sàn TMĐT", lead=("QLTM",), cooperating=("VP",), suggested=end),
        DraftTask("3.8", "Vị trí việc làm", "Vị trí việc làm", lead=("VP",), suggested=end),
    ]  # fmt: skip
    notice = DraftNotice("718/TB-SCT", date(2023, 4, 4), "Sở Công Thương", "Kết luận", tasks=tuple(rows))
    return accept_dates(notice, "ý kiến Giám đốc 05/4") if accepted else notice


async def settle_in(work: Work) -> int:
    """Import the roster and return the agency's id."""
    await import_roster(work, read_roster(ROSTER.read_bytes(), ROSTER.name))
    return (await work.people.agencies())[0].id


async def follow(work: Work, agency_id: int, notice: DraftNotice | None = None) -> int:
    """Put the notice under follow-up and return its id."""
    units = {u.code: u.id for u in await work.people.units(agency_id) if u.kind != "agency"}
    return await work.follow_up.follow(agency_id, notice or draft_718(), units, by=None, entry_id=None)


async def open_office(database: Database, moment: datetime = MORNING, *, loaded: bool = True) -> int:
    """Set the office up in a transaction of its own and return the agency's id."""

    async def settle() -> None:
        async with database.work(moment) as work:
            agency_id = await settle_in(work)
            if loaded:
                await follow(work, agency_id)

    await furnish(database, f"718 at {moment} {loaded}", settle)
    async with database.read(moment) as work:
        return (await work.people.agencies())[0].id


def next_year(notice: DraftNotice) -> DraftNotice:
    """The same number and codes, a year later."""
    return replace(notice, issued_on=date(2024, 4, 4))
