"""A directive read from a scan shows the line in doubt as it stands in the picture, while it is being prepared."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import App
from core.documents import read_document
from core.reading.model import ReadTask
from documents.pages import Pages, Spot
from handlers.importing import keep_draft, known_agency
from handlers.notice_pictures import lines_to_see
from storage.database import Database
from storage.files import Folder
from tests.bot.test_app import settings
from tests.handlers.notice_office import DATA, Office

TEXT = (DATA / "notice-718.txt").read_text().splitlines()
LINE = "của Giám đốc Sở: Giao phòng QLUTM tham mưu"
SCAN = DATA / "notice-718-scan.pdf"

PAGES = Pages(
    ("3.5. Triển khai Quyết định số 665/QĐ-SCT ngày 29/3/2023", LINE, "3.6. Rà soát danh mục trước ngày 31/6/2023 của phòng"),
    (Spot(0, (0, 0, 9, 9), 90), Spot(0, (0, 10, 9, 19), 60), Spot(0, (0, 20, 9, 29), 96)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("task", "line"),
    [
        (ReadTask("3.5", f"{PAGES.lines[0][5:]} {LINE}"), LINE),
        (ReadTask("3.6", PAGES.lines[2][5:]), None),
        (
            ReadTask("3.6", PAGES.lines[2][5:], warnings=("bad_date",), deadline_text="trước ngày 31/6/2023"),
            PAGES.lines[2],
        ),
        (ReadTask("3.7", "Việc khác không có trong ảnh này", warnings=("bad_date",)), None),
    ],
    ids=["letters in doubt", "well read", "a date in doubt", "elsewhere"],
)
def test_the_line_to_see_is_the_one_in_doubt(task, line):
    found = lines_to_see(PAGES, [task], {"QLTM"})
    assert [text for text, _ in found.values()] == ([line] if line else [])
    assert lines_to_see(Pages(PAGES.lines), [task], {"QLTM"}) == {}


@pytest.fixture
async def office(sqlite_database: Database) -> Office:
    return await Office.open(sqlite_database)


async def test_the_card_carries_the_picture_of_its_line_until_the_draft_is_settled(
    office: Office, sqlite_url: str, tmp_path: Path
) -> None:
    kept = await Folder(tmp_path / "files").save(SCAN.read_bytes())
    async with office.database.work(office.clock.now()) as work:
        agency = await known_agency(work, office.agency)
        found = {"3.5": (LINE, Spot(0, (200, 300, 1400, 340), 61, "QLUTM"))}
        await keep_draft(
            work, office.agency, read_document(TEXT, agency), agency, by=office.people["th"], file_ref=kept, lines=found
        )
    assert "đề nghị xem lại: 3.5" in "\n".join(await office.says("th", "/notice"))
    heard = await office.says("th", "/notice items 718-2023 7")
    assert f"Đề nghị so với ảnh chụp dòng: “{LINE}”" in heard[0]
    (picture,) = (await office.messages("th"))[-1].files
    assert (picture.name, picture.mime) == ("dong-muc-3.5.png", "image/png")
    await office.says("th", "/notice items 718-2023 6")
    assert (await office.messages("th"))[-1].files == ()

    app = App(settings(sqlite_url, tmp_path), office.database)
    assert (await app.read_file(picture.ref)).startswith(b"\x89PNG")
    async with office.database.work(office.clock.now()) as work:
        (draft,) = await work.drafts.open(office.agency)
        await work.drafts.save(draft, draft.notice, "dropped")
    with pytest.raises(FileNotFoundError):
        await app.read_file(picture.ref)
