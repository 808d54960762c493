"""A notice under follow-up is corrected, sent again and replaced by chat; nothing goes without a person's word."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from core.documents import read_document
from core.errors import ChangedMeanwhile
from core.messages import Incoming
from handlers.importing import import_notice, keep_draft, known_agency
from storage.database import Database
from storage.schema import audit_entries, drafts, notices
from tests.handlers.notice_office import DATA, Office
from tests.handlers.test_notices import TEXT, due_dates, has

LETTER = (DATA / "752-dinh-chinh.txt").read_text(encoding="utf-8")
OTHER_DATE = TEXT.replace("trước ngày 30/4/2023", "trước ngày 15/5/2023")
WITHOUT = TEXT[: TEXT.index("3.7.")] + TEXT[TEXT.index("3.8.") :]


@pytest.fixture
async def office(database: Database) -> Office:
    """Where 718 is under follow-up."""
    office = await Office.open(database)
    async with database.work(office.clock.now()) as work:
        document = read_document(TEXT.splitlines(), await known_agency(work, office.agency))
        await import_notice(work, office.agency, document, by=None, approve=True, accept_basis="ý kiến Giám đốc 05/4")
    for who in ("th", "cvp", "gd", "tp-qltm", "tp-qlnl", "tp-qlcn", "tp-khtcth"):
        await office.hears(who)
    return office


async def pasted(office: Office, text: str, who: str = "th") -> list[str]:
    heard: list[str] = []
    for start in range(0, len(text), 4096):
        heard = await office.says(who, text[start : start + 4096])
    return heard


async def test_nothing_changes_before_the_chief_approves(office: Office) -> None:
    has(
        await pasted(office, OTHER_DATE),
        "718/TB-SCT gửi lại, khác bản đang theo dõi Giữ nguyên 9 mục. Đổi 1 mục: 3.5 trước 30/4 → trước 15/5",
        "Kết quả đã ghi được giữ. Sẽ báo: QLTM. 1 Xem đối chiếu 2 Sửa 3 Trình Chánh VP",
    )
    assert (await due_dates(office))["3.5"] == "2023-04-29"
    has(await office.says("th", "/approve 718-2023"), "chưa được phân quyền")
    await office.says("th", "trinh")
    has(
        await office.hears("cvp"),
        "chờ đồng chí duyệt",
        "3.5 trước 30/4 → trước 15/5",
        "1 Duyệt 2 Xem đối chiếu 3 Trả lại",
    )
    assert await office.hears("tp-qltm") == []
    has(await office.says("cvp", "1"), "Đã ghi các thay đổi của TB 718.", "Đang gửi tin cho trưởng 1 đơn vị")
    assert await office.hears("tp-qltm") == ["718/TB-SCT gửi lại, khác bản đang theo dõi\n3.5 trước 30/4 → trước 15/5"]
    assert await office.hears("tp-qlnl") == []
    dues = await due_dates(office)
    assert (dues["3.5"], dues["3.7"]) == ("2023-05-14", "2023-06-30")
    has(await pasted(office, OTHER_DATE), "TB 718/TB-SCT đã được đưa vào theo dõi")


@pytest.mark.parametrize("kept", [True, False])
async def test_what_a_leader_added_under_its_number_is_no_part_of_its_text(office: Office, kept: bool) -> None:
    await office.says("gd", "việc mới theo TB 718/TB-SCT ngày 04/4/2023: QLNL: rà soát điện mặt trời trước 15/5")
    has(await office.says("gd", "giao"), "V1")
    if not kept:  # followed by an earlier release, which did not keep how the text was read
        async with office.database.work(office.clock.now()) as work:
            await work.connection.execute(update(notices).values(as_read=None))
    else:
        has(await pasted(office, TEXT, "cvp"), "TB 718/TB-SCT đã được đưa vào theo dõi")
    told = "".join(await pasted(office, OTHER_DATE, "cvp"))
    assert "Bỏ" not in told
    assert "V1" not in told
    await office.presses("cvp", "Duyệt")
    assert "V1" in "".join(await office.says("tp-qlnl", "viec"))


async def test_the_notice_comes_after_what_was_given_under_its_number(database: Database) -> None:
    office = await Office.open(database)
    await office.says("gd", "việc mới theo TB 718/TB-SCT ngày 04/4/2023: QLNL: rà soát điện mặt trời trước 15/5")
    await office.says("gd", "giao")
    assert "Bỏ" not in "".join(await pasted(office, TEXT, "cvp"))
    async with database.work(office.clock.now()) as work:
        document = read_document(TEXT.splitlines(), await known_agency(work, office.agency))
        await import_notice(work, office.agency, document, by=None, approve=True, accept_basis="ý kiến Giám đốc 05/4")
    async with database.read(office.clock.now()) as work:
        (row,) = (await work.connection.execute(select(notices.c.kind, notices.c.number))).all()
        codes = [task.code for task in await work.notices.tasks((await work.notices.find(office.agency, "718"))[0].id)]
    assert tuple(row) == ("notice", "718/TB-SCT")
    assert len(codes) == 11
    assert {"3.5", "V1"} < set(codes)
    assert "V1" in "".join(await office.says("tp-qlnl", "viec"))


async def test_what_has_work_on_it_is_kept_or_let_go_by_a_word(office: Office) -> None:
    await office.says("tp-qltm", "3.7 dang lam, 50%")
    has(await pasted(office, WITHOUT, "cvp"), "Bỏ 1 mục: 3.7 Kiện toàn Ban biên tập")
    has(await office.presses("cvp", "Duyệt"), "Duyệt 718/TB-SCT gửi lại, khác bản đang theo dõi?")
    has(
        await office.presses("cvp", "Duyệt"),
        "QLTM: Đang thực hiện. Bản 718 không còn mục này. Giữ hay bỏ? 1 Giữ 3.7 2 Bỏ 3.7",
    )
    has(await office.says("tp-qltm", "viec"), "3.7")
    has(await office.presses("cvp", "Giữ 3.7"), "3.7 vẫn theo dõi.", "Giữ nguyên 10 mục.")
    has(await office.says("cvp", "/approve 718-2023"), "Đã ghi các thay đổi của TB 718.")
    has(await office.says("tp-qltm", "viec"), "3.7")


async def test_what_is_let_go_stays_on_file(office: Office) -> None:
    await office.says("tp-qltm", "3.7 dang lam, 50%")
    await pasted(office, WITHOUT, "cvp")
    await office.says("cvp", "/approve 718-2023")
    has(await office.presses("cvp", "Bỏ 3.7"), "thôi theo dõi 3.7, kết quả đã ghi vẫn lưu.")
    has(await office.presses("cvp", "Duyệt"), "Đã ghi các thay đổi của TB 718.")
    has(await office.hears("tp-qltm"), "Bỏ: 3.7 Kiện toàn Ban biên tập")
    heard = await office.says("tp-qltm", "viec")
    assert "3.7" not in " ".join(heard)
    async with office.database.read(office.clock.now()) as work:
        notice = (await work.notices.find(office.agency, "718"))[0]
        part = next(
            one for one in await work.parts.of_notice(notice.id) if (one.code, one.unit_code) == ("3.7", "QLTM")
        )
        assert [one.percent for _, _, one in await work.versions.of_part(part.id)] == [None, 50, 50]


async def test_two_clerks_at_once_leave_one_draft(office: Office) -> None:
    async with office.database.work(office.clock.now()) as work:
        agency = await known_agency(work, office.agency)
        document = read_document(OTHER_DATE.splitlines(), agency)
        first = (await keep_draft(work, office.agency, document, agency, by=None)).draft
        second = await keep_draft(work, office.agency, document, agency, by=None)
        assert second.replaced is not None
        assert second.replaced.id == first.id
        with pytest.raises(ChangedMeanwhile):
            await work.drafts.save(first, first.notice, "followed")


async def test_an_approval_brought_twice_acts_once(office: Office) -> None:
    await pasted(office, OTHER_DATE, "cvp")
    event = Incoming("plain", "the-same", "cvp", "cvp", "/approve 718-2023", "button")
    await office.dispatcher.receive(event)
    await office.dispatcher.receive(event)
    async with office.database.read(office.clock.now()) as work:
        rows = (await work.connection.execute(select(audit_entries.c.act).where(audit_entries.c.act == "amend"))).all()
        kept = (await work.connection.execute(select(drafts.c.status).order_by(drafts.c.id))).scalars().all()
    assert len(rows) == 1
    assert kept == ["followed", "followed"]


async def test_two_amendments_at_once_change_only_their_own(office: Office) -> None:
    await pasted(office, OTHER_DATE)
    has(await pasted(office, LETTER), "752/SCT-VP đính chính TB 718")
    has(await office.says("cvp", "/approve 718-2023"), "Đã ghi các thay đổi của TB 718.")
    has(await office.says("cvp", "/approve 752-2023"), "Đã đính chính theo CV 752.")
    assert (await due_dates(office))["3.5"] == "2023-05-14"
    has(await office.says("gd", "xem 3.4"), "TTKC&XTTM triển khai thực hiện")


async def test_a_correction_that_cannot_be_placed_is_made_by_hand(office: Office) -> None:
    has(
        await pasted(office, LETTER.replace('"TTKC&XTM", nay', '"Ban quản lý chợ", nay')),
        'Chưa tìm thấy trong thông báo: "3.4 Ban quản lý chợ".',
    )
    has(await office.says("th", "sua 3.4 han 15/6"), "Đã ghi 3.4")
    has(await office.says("th", "/notice"), "752/SCT-VP đính chính TB 718")


async def test_a_correction_of_what_nobody_follows_is_not_taken(office: Office) -> None:
    has(await pasted(office, LETTER.replace("718/TB-SCT", "719/TB-SCT")), "719/TB-SCT")
    async with office.database.read(office.clock.now()) as work:
        assert await work.drafts.open(office.agency) == []


async def test_an_act_before_the_replacement_is_not_undone_after_it(office: Office) -> None:
    await office.says("tp-qltm", "3.7 dang lam, 50%")
    await pasted(office, (DATA / "760-thay-the.txt").read_text(encoding="utf-8"), "cvp")
    await office.says("cvp", "/approve 760-2023")
    heard = await office.says("tp-qltm", "hoan tac")
    assert "Đã hoàn tác" not in " ".join(heard)
    has(await office.says("tp-qltm", "718/3.7 xong"), "Đã ghi 3.7 hoàn thành")
