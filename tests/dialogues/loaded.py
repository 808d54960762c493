"""What is under follow-up when a dialogue begins: by its name nothing, notice 718, two notices or a very long one."""

from __future__ import annotations

from datetime import date, datetime

from core.drafts import DraftNotice, DraftTask
from core.tasks import Kind
from storage.database import Database
from tests.furnished import furnish
from tests.office import draft_718, follow, settle_in

MANY = 110


def third_quarter() -> DraftNotice:
    """A later notice that uses codes of 718 again."""
    rows = (
        DraftTask("3.2", "Tổ chức hội chợ", "Hội chợ quý III", lead=("QLTM",), due=date(2023, 9, 29)),
        DraftTask("3.5", "Kiểm tra cửa hàng xăng dầu", "Kiểm tra xăng dầu", lead=("QLTM",), due=date(2023, 8, 31)),
    )
    return DraftNotice("1105/TB-SCT", date(2023, 7, 4), "Sở Công Thương", "Kết luận quý III", tasks=rows)


def long_one() -> DraftNotice:
    """More directives than any message holds, all of one unit."""
    rows = tuple(
        DraftTask(f"1.{number}", f"Việc thứ {number}", f"Việc thứ {number}", Kind.TRACKED, lead=("QLTM",),
                  due=date(2023, 6, 1 + number % 30))
        for number in range(1, MANY + 1)
    )  # fmt: skip
    return DraftNotice("500/TB-SCT", date(2023, 3, 1), "Sở Công Thương", "Kết luận", tasks=rows)


async def load(database: Database, name: str, moment: datetime) -> None:
    """Import the roster and follow the notices that dialogues of this name begin with."""
    notices: list[DraftNotice] = []
    if name.startswith("loaded-many"):
        notices = [long_one()]
    elif name.startswith("loaded-two"):
        notices = [draft_718(), third_quarter()]
    elif name.startswith("loaded"):
        notices = [draft_718()]

    async def settle() -> None:
        async with database.work(moment) as work:
            agency_id = await settle_in(work)
            for notice in notices:
                await follow(work, agency_id, notice)

    numbers = ", ".join(notice.number for notice in notices)
    await furnish(database, f"a dialogue of {numbers} at {moment}", settle)
