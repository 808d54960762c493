"""Dialogues 1 to 3: from the file to the first list, by everybody who takes part."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from core.documents import read_document
from core.messages import IncomingFile
from core.reading.reader import read_notice
from core.tasks import Kind
from documents.ocr import tesseract
from handlers.catalogue import Catalogue
from handlers.importing import ImportResult, import_notice, known_agency
from handlers.reading_job import ReadNoticeJob
from storage.database import Database
from storage.schema import audit_entries, jobs, questions, tasks
from tests.handlers.notice_office import DATA, EVERYONE, Office

TEXT = (DATA / "notice-718.txt").read_text(encoding="utf-8")
DOCX = (DATA / "notice-718.docx").read_bytes()
FILE = IncomingFile("ref-1", "notice-718.docx", len(DOCX))


@pytest.fixture
async def office(sqlite_database: Database) -> Office:
    return await Office.open(sqlite_database)


async def prepared(office: Office, *, settled: bool = True) -> None:
    """Let the clerk bring the notice in, and settle 3.2."""
    await office.says("th", TEXT[:4000])
    await office.says("th", TEXT[4000:])
    if settled:
        await office.says("th", "sua 3.2 tong hop KHTCTH")


async def submitted(office: Office) -> None:
    await prepared(office)
    await office.says("th", "trinh")
    office.seen["cvp"] = 0


def has(heard: list[str], *wanted: str) -> bool:
    whole = re.sub(r"\s+", " ", " ".join(heard))
    missing = [one for one in wanted if one not in whole]
    assert not missing, f"{missing} not in:\n" + "\n".join(heard)
    return True


async def status(office: Office) -> str | None:
    async with office.database.read(office.clock.now()) as work:
        drafts = await work.drafts.open(office.agency)
        return drafts[0].status if drafts else None


async def due_dates(office: Office) -> dict[str, str]:
    async with office.database.read(office.clock.now()) as work:
        notice = (await work.notices.find(office.agency, "718"))[0]
        parts = await work.parts.of_notice(notice.id)
        return {part.code: f"{part.progress.due.on}" for part in parts if part.progress.due is not None}


async def test_a_file_is_taken_at_once_and_its_ten_directives_follow(office: Office) -> None:
    heard = await office.says("th", "thong bao", kind="file", files=(FILE,))
    assert heard == ["Trợ lý đã nhận tệp notice-718.docx, đang đọc."]
    await office.reads_files(DOCX)
    summary, listed = await office.hears("th")
    has(
        [summary],
        "Thông báo 718/TB-SCT ngày 04/4/2023 10 nhiệm vụ, 6 đơn vị Cần xin ý kiến: đơn vị 1 mục, hạn 8 mục",
        "8 mục không ghi thời hạn",
        "3.2 hạn, đơn vị theo văn bản khác (QĐ 220, QĐ 175)",
        "3.1 việc chung, không rõ sản phẩm",
        'Nơi nhận có "BQL các dự án cấp điện nông thôn", danh sách đơn vị chưa có',
        "1 Xem từng mục 2 Sửa 3 Trình Chánh VP",
    )
    codes = re.findall(r"^(3\.\d(?:\.\d)?) ", listed, flags=re.MULTILINE)
    assert codes == ["3.1", "3.2", "3.2.1", "3.2.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"]
    has([listed], "QLTM – trước 30/4", "đề xuất 30/6 *", "KHTCTH; phối hợp QLCN, QLTM, QLNL")
    async with office.database.read(office.clock.now()) as work:
        assert (await work.drafts.open(office.agency))[0].notice.file_ref == f"kept-{len(DOCX)}"


async def test_the_jobs_that_cannot_read_say_why(office: Office) -> None:
    await office.says("th", "", kind="file", files=(FILE,))
    await office.reads_files(b"%PDF-1.7 not ours")
    has(await office.hears("th"), 'Tệp "notice-718.docx" bị hỏng')
    await office.says("th", "", kind="file", files=(IncomingFile("file-2", "thông báo.docx.exe"),))
    await office.reads_files(b"MZ" + bytes(100))
    has(await office.hears("th"), '"thông báo.docx.exe" là chương trình')
    await office.says("th", "", kind="file", files=(FILE,))
    await office.reads_files("Giấy mời họp lúc 8 giờ ngày mai.".encode())
    has(await office.hears("th"), "chưa thấy mục nào được đánh số")


async def test_a_stamped_notice_is_refused_and_not_kept(office: Office) -> None:
    await office.says("th", "", kind="file", files=(FILE,))
    await office.reads_files("Số: 12/TB-SCT\nTỐI MẬT\nTHÔNG BÁO\n1. Giao phòng QLTM báo cáo.".encode())
    has(await office.hears("th"), "có dấu TỐI MẬT", "không lưu gì")
    async with office.database.read(office.clock.now()) as work:
        assert not await work.drafts.open(office.agency)


async def test_a_photo_from_the_office_is_read_as_a_notice_and_a_heads_is_not(office: Office) -> None:
    photo = IncomingFile("photo-1", "photo-1.jpg", 1000, "image/jpeg")
    has(await office.says("th", "", kind="photo", files=(photo,)), "đang đọc như một thông báo")
    assert [job["ref"] for job in await queued(office)] == ["photo-1"]
    has(await office.says("tp-qltm", "", kind="photo", files=(photo,)), "chưa đọc được ảnh, chưa ghi gì")
    assert len(await queued(office)) == 1


async def test_the_photos_of_an_album_are_one_notice(office: Office) -> None:
    photos = [IncomingFile(f"photo-{number}", f"{number}.jpg", 1000, "image/jpeg") for number in range(4)]
    for number, photo in enumerate(photos[:3]):
        heard = await office.says("th", "", kind="photo", files=(photo,), album="a1")
        assert len(heard) == (number == 0)
    assert [(job["ref"], job["more"]) for job in await queued(office)] == [("photo-0", ["photo-1", "photo-2"])]
    async with office.database.work(office.clock.now()) as work:
        await work.connection.execute(update(jobs).values(attempts=1))
    await office.says("th", "", kind="photo", files=(photos[3],), album="a1")
    assert [job["more"] for job in await queued(office)][1:] == [["photo-1", "photo-2", "photo-3"]]
    await office.says("tp-qltm", "", kind="photo", files=photos[:1], album="b1")
    await office.says("tp-qltm", "", kind="photo", files=photos[1:2], album="b1")
    assert len(await queued(office)) == 2


async def test_an_album_is_fetched_photo_by_photo_and_kept_as_one_file(office: Office) -> None:
    got: list[bytes] = []

    async def fetch(channel: str, ref: str, limit: int) -> bytes:
        return b"\xff\xd8\xff" + ref.encode()

    async def save(content: bytes) -> str:
        raise AssertionError("nothing is kept of what cannot be read")

    job = ReadNoticeJob(fetch, save, office.catalogue)
    content = await job._content({"channel": "plain", "ref": "a", "more": ["b", "c"], "name": "ảnh"})
    got += [member for _, member in sorted(unzipped(content).items())]
    assert got == [b"\xff\xd8\xffa", b"\xff\xd8\xffb", b"\xff\xd8\xffc"]
    agency = {"code": "SCT", "name": "Sở", "aliases": [], "units": []}
    data = {"channel": "plain", "ref": "a", "more": ["b"], "name": "ảnh", "agency": agency}
    assert await job.prepare(data) == {"fault": "broken" if tesseract() else "no_ocr"}


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def queued(office: Office) -> list[dict[str, Any]]:
    async with office.database.read(office.clock.now()) as work:
        return list((await work.connection.execute(select(jobs.c.data).order_by(jobs.c.id))).scalars())


async def test_a_file_that_is_too_big_is_not_fetched(office: Office) -> None:
    async def fetch(channel: str, ref: str, limit: int) -> bytes:
        raise AssertionError("fetched")

    async def save(content: bytes) -> str:
        raise AssertionError("saved")

    job = ReadNoticeJob(fetch, save, office.catalogue, limit=100)
    assert await job.prepare({"channel": "plain", "ref": "r", "name": "x.docx", "size": 101}) == {"fault": "too_big"}


async def test_a_file_that_never_comes_through_is_said_to_be_unavailable(office: Office) -> None:
    await office.says("th", "", kind="file", files=(FILE,))
    async with office.database.work(office.clock.now()) as work:
        data = (await work.connection.execute(select(jobs.c.data))).scalar_one()
        job = ReadNoticeJob(_unused, _unused, office.catalogue)
        await job.give_up(work, data, OSError("reset"))
    has(await office.hears("th"), 'Chưa tải được tệp "notice-718.docx"')


async def _unused(*_arguments: object) -> Any:
    raise AssertionError


async def test_a_notice_can_be_pasted_in_the_pieces_a_messenger_makes(office: Office) -> None:
    heard = await office.says("th", TEXT[:4096])
    has(heard, "Đã nhận phần 1", "dán tiếp phần sau", "1 Đọc thông báo")
    heard = await office.says("th", TEXT[4096:])
    has(heard, "Thông báo 718/TB-SCT ngày 04/4/2023", "10 nhiệm vụ, 6 đơn vị", "10 mục đọc được")
    async with office.database.read(office.clock.now()) as work:
        draft = (await work.drafts.open(office.agency))[0].notice
    whole = read_notice(TEXT.splitlines(), None)
    assert [task.text for task in draft.tasks] == [task.text for task in whole.tasks]


async def test_what_was_pasted_is_read_when_the_person_says_so(office: Office) -> None:
    body = TEXT[TEXT.index("3.3.") : TEXT.index("3.6.")]
    has(await office.says("th", body), "Đã nhận phần 1")
    has(await office.says("th", "viec"), "không trực tiếp phụ trách")
    has(await office.says("th", "du"), "Thông báo chưa rõ số, ngày", "3 nhiệm vụ", "Gõ: sua so 718/TB-SCT")


async def test_a_number_and_a_date_that_could_not_be_read_are_typed(office: Office) -> None:
    await office.says("th", "/notice " + TEXT[TEXT.index("3.3.") : TEXT.index("3.6.")])
    await office.presses("th", "Đọc thông báo")
    has(await office.says("cvp", "dua vao theo doi"), "Chưa đưa vào theo dõi được", "Chưa đọc được số")
    has(await office.says("th", "sua so 718/TB-SCT"), "Đã ghi số 718/TB-SCT, chưa rõ ngày")
    has(await office.says("th", "sua ngay 04/4/2023"), "Đã ghi số 718/TB-SCT.")
    has(await office.says("cvp", "dua vao theo doi"), "Đã đưa TB 718 vào theo dõi")


async def test_a_long_text_without_directives_is_no_notice(office: Office) -> None:
    has(await office.says("th", "Kính gửi các đồng chí, đề nghị xem nội dung. " * 8), "Đã nhận phần 1")
    has(await office.says("th", "du"), "chưa thấy chỉ đạo nào được đánh số")
    assert await status(office) is None


async def test_two_papers_without_a_number_are_prepared_side_by_side(office: Office) -> None:
    other = "/notice 1. Giao phòng QLNL kiểm tra an toàn đập.\n2. Giao phòng QLCN rà soát cụm công nghiệp."
    for body in (TEXT[TEXT.index("3.3.") : TEXT.index("3.6.")], other, other):
        await office.says("th", body)
        await office.says("th", "du")
    async with office.database.read(office.clock.now()) as work:
        prepared = [len(draft.notice.tasks) for draft in await work.drafts.open(office.agency)]
    assert prepared == [2, 3]


async def test_a_head_pastes_no_notice(office: Office) -> None:
    heard = await office.says("tp-qltm", TEXT[:3000])
    assert not any("Đã nhận phần" in one for one in heard)
    assert await status(office) is None


async def test_a_directive_is_shown_whole_with_its_neighbours(office: Office) -> None:
    await prepared(office, settled=False)
    has(await office.presses("th", "Xem từng mục"), "3.1", "(1/10)", "1 Tiếp 2 Sửa 3.1", "Việc chung, thường xuyên.")
    has(await office.presses("th", "Tiếp"), "3.2", "(2/10)", "1 Trước 2 Tiếp", "QĐ 220, QĐ 175")
    has(
        await office.says("th", "/notice items 718-2023 7"),
        "3.5", "(7/10)", "trình UBND tỉnh phê duyệt trước ngày 30/4/2023", "Chủ trì: QLTM", "Hạn: trước 30/4",
        'Thông báo ghi: "trước ngày 30/4/2023"', "Sản phẩm: kế hoạch",
    )  # fmt: skip
    has(await office.says("th", "/notice items 718-2023 99"), "3.8", "(10/10)")


async def test_a_directive_without_unit_is_settled_by_one_digit_and_a_unit(office: Office) -> None:
    await prepared(office, settled=False)
    has(
        await office.says("th", "sua 3.2"),
        '3.2 "Đơn vị chủ trì, đơn vị phối hợp đã giao tại Quyết định số 175/QĐ-SCT". Chọn:',
        "1 Gửi bảng nội dung để tách việc 2 Cử một phòng tổng hợp tiến độ 3 Không theo dõi mục này",
    )
    heard = await office.says("th", "2 khtcth")
    has(heard, "Đã ghi 3.2: phòng KHTCTH tổng hợp tiến độ; đơn vị chủ trì vẫn theo QĐ 175.", "Các mục đã có đơn vị")


async def test_the_unit_is_asked_for_where_only_the_digit_came(office: Office) -> None:
    await prepared(office, settled=False)
    await office.says("th", "sua 3.2")
    has(await office.says("th", "2"), "Cử phòng nào tổng hợp tiến độ 3.2?", "1 QLCN", "4 KHTCTH")
    has(await office.says("th", "4"), "Đã ghi 3.2: phòng KHTCTH tổng hợp tiến độ")


async def test_a_directive_is_left_alone_with_a_reason(office: Office) -> None:
    await prepared(office)
    await office.says("th", "sua 3.2")
    has(await office.says("th", "sua 3.2 khong theo doi"), "không theo dõi. Lý do: theo dõi tại QĐ 220, QĐ 175.")
    has(await office.says("th", "sua 3.6 khong theo doi"), "vì lý do gì?")
    has(await office.says("th", "da giao o van ban khac"), "Đã ghi 3.6: không theo dõi. Lý do: da giao o van ban khac.")
    has(await office.says("th", "sua 3.6 theo doi lai"), "Đã ghi 3.6: theo dõi đến khi xong.")


async def test_a_directive_is_split_line_by_line(office: Office) -> None:
    await prepared(office, settled=False)
    await office.says("th", "sua 3.2")
    has(await office.says("th", "1"), "3.2.3 QLNL: Kế hoạch …")
    heard = await office.says("th", "3.2.3 QLNL: Kế hoạch phát triển điện lực\nQLCN: Đề án cụm công nghiệp")
    has(heard, "Đã thêm 3.2.3", "phòng QLNL chủ trì", "Đã thêm 3.2.4", "phòng QLCN chủ trì")
    has(await office.says("th", "xong"), "Đã ghi 3.2: không theo dõi. Lý do: đã tách thành các việc riêng.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("sua 3.4 don vi QLNL", "Đã ghi 3.4: phòng QLNL chủ trì."),
        ("sua 3.3 phoi hop QLCN, QLNL", "Đã ghi 3.3: phối hợp phòng QLCN, phòng QLNL."),
        ("sua 3.3 khong phoi hop", "Đã ghi 3.3: không có đơn vị phối hợp."),
        ("SỬA MỤC 3,3 PHỐI HỢP QLCN", "Đã ghi 3.3: phối hợp phòng QLCN."),
        ("sua 3.4 thuc hien TTKC&XTTM", "Đã ghi 3.4: TTKC thực hiện."),
        ("sua 3.6 han 15/6/2023", "Đã ghi 3.6: hạn đề xuất 15/6 *. Ngày này là đề xuất"),
        ("sua 3.6 han 15/6 theo y kien GD", "Đã ghi 3.6: hạn đề xuất 15/6 *. Ngày này là đề xuất"),
        ("sua 3.5 han truoc 29/4", "Đã ghi 3.5: hạn trước 29/4."),
        ("sua 3.6 khong dat han", "Đã ghi 3.6: không đặt hạn."),
        ("sua 3.6 thuong xuyen", "Đã ghi 3.6: việc chung, thường xuyên."),
        ("sua 3.7 san pham Quyết định kiện toàn", "Đã ghi 3.7: sản phẩm Quyết định kiện toàn."),
        ("sua 3.7 ten Ban biên tập Sàn", "Đã ghi 3.7: tên gọi Ban biên tập Sàn."),
        ("sua 3.4 don vi QLXD", 'Không có đơn vị "QLXD". Chưa ghi gì. Các đơn vị: QLCN, QLTM'),
        ("sua 3.9 don vi QLTM", "TB 718 có mục 3.1 đến 3.8, không có 3.9. Chưa ghi gì."),
        ("sua 3.6", "Gõ điều cần sửa, ví dụ: han 15/6 don vi QLTM"),
        ("sua", "Gõ mục cần sửa"),
    ],
)
async def test_what_the_clerk_changes_is_repeated(office: Office, typed: str, answer: str) -> None:
    await prepared(office)
    has(await office.says("th", typed), answer)


async def test_the_office_chiefs_date_counts_only_on_a_basis(office: Office) -> None:
    await submitted(office)
    has(await office.says("cvp", "sua 3.6 han 15/6"), "Ngày này mới là đề xuất", "sua 3.6 han theo y kien GD")
    has(await office.says("cvp", "sua 3.6 han theo y kien GD"), "hạn 15/6 *", "hạn theo ý kiến Giám đốc 04/4")
    has(await office.says("cvp", "sua han theo y kien gd 03/4"), "Đã ghi hạn theo ý kiến Giám đốc 03/4: 3.2.1, 3.2.2")
    assert await status(office) == "answered"


async def test_the_clerk_cannot_change_what_the_chief_has(office: Office) -> None:
    await submitted(office)
    has(await office.says("th", "sua 3.6 han 15/6"), "TB 718 đã trình Chánh Văn phòng, chưa sửa gì.")
    has(await office.says("th", "/notice submit 718-2023"), "TB 718 đã trình Chánh Văn phòng, đang chờ duyệt.")


async def test_the_chief_gives_a_draft_back_and_says_what_is_missing(office: Office) -> None:
    await submitted(office)
    has(await office.presses("cvp", "Trả lại"), "Trả lại TB 718: cần sửa gì?", "0 Không ghi lý do")
    has(await office.says("cvp", "3.4 phai giao QLNL"), "Đã trả lại bản soạn TB 718 cho chuyên viên.")
    has(await office.hears("th"), 'Chánh Văn phòng trả lại bản soạn TB 718: "3.4 phai giao QLNL"')
    assert await status(office) == "preparing"


async def test_the_draft_goes_to_the_chief_and_nobody_else(office: Office) -> None:
    await prepared(office)
    heard = await office.presses("th", "Trình Chánh VP")
    assert heard == ["Đã chuyển Chánh Văn phòng duyệt.\nChưa gửi tin cho đơn vị nào."]
    has(
        await office.hears("cvp"),
        "TB 718 chờ đồng chí duyệt. 8 mục chưa có hạn.",
        "Đề xuất 30/6 cho 3.2.1, 3.2.2, 3.3, 3.4, 3.6, 3.7, 3.8. Thường xuyên: 3.1.",
        "1 Xin ý kiến Giám đốc 2 Chưa đặt hạn, đưa vào theo dõi 3 Xem từng mục 4 Trả lại",
    )
    assert await office.hears("gd") == []
    assert await office.hears("tp-qltm") == []


async def test_the_director_gives_the_dates_and_the_heads_their_lists(office: Office) -> None:
    await submitted(office)
    office.clock.at = office.clock.at.replace(day=5)
    has(await office.says("cvp", "xin y kien gd"), "Đã báo cáo Giám đốc 7 mục chưa có hạn.")
    has(
        await office.hears("gd"),
        "Báo cáo đồng chí: kết luận 718 có 7 mục chưa ghi thời hạn. Văn phòng đề xuất 30/6/2023 (hết quý II).",
        "1 Đồng ý 2 Xem từng mục 3 Không đặt hạn",
    )
    has(await office.presses("gd", "Xem từng mục"), "(1/10)", "1 Tiếp 2 Đồng ý 3 Không đặt hạn")
    heard = await office.says("gd", "dong y, rieng 3.7 trong thang 5")
    assert heard == ["Đã ghi theo ý kiến đồng chí:\n3.7 hạn 31/5\n6 mục còn lại hạn 30/6"]
    has(await office.hears("cvp"), "Giám đốc Sở đã cho ý kiến về hạn TB 718: 3.7 hạn 31/5", "1 Đưa vào theo dõi")
    heard = await office.says("cvp", "dua vao theo doi")
    has(
        heard,
        "Đã đưa TB 718 vào theo dõi. Đang gửi tin cho trưởng 6 đơn vị, kết quả báo sau ít phút.",
        "Văn phòng Sở – Thông báo 718/TB-SCT Chủ trì, tham mưu: 3.8",
        "Phối hợp: 3.7 (QLTM chủ trì)",
    )
    has(await office.hears("th"), "Chánh Văn phòng đã duyệt TB 718")
    first = (await office.hears("tp-qltm"))[-1].split("\n")
    assert first[0] == "Phòng QLTM – Thông báo 718/TB-SCT"
    assert first[1] == "Chủ trì, tham mưu:"
    assert [line.split()[0] for line in first[2:6]] == ["3.5", "3.7", "3.2.2", "3.4"]
    assert [line.rpartition(" – ")[2] for line in first[2:6]] == ["trước 30/4", "31/5 *", "30/6 *", "30/6 *"]
    assert first[6:] == [
        "  (TTKC thực hiện)",
        "Phối hợp: 3.3 (KHTCTH chủ trì)",
        "Việc chung: 3.1",
        "* hạn theo ý kiến Giám đốc 05/4",
        "1 Đã tiếp nhận",
        "2 Có ý kiến",
    ]
    has(await office.hears("tp-khtcth"), "3.2 ", "không thời hạn")
    dues = await due_dates(office)
    assert (dues["3.5"], dues["3.7"], dues["3.3"]) == ("2023-04-29", "2023-05-31", "2023-06-30")
    assert "3.1" not in dues
    assert "3.2" not in dues
    has(await office.says("tp-qltm", "1"), "đã tiếp nhận", "Chưa ghi hoàn thành mục nào")


async def asked(office: Office) -> None:
    await submitted(office)
    await office.presses("cvp", "Xin ý kiến Giám đốc")


@pytest.mark.parametrize("typed", ["ok", "dong y", "Đồng ý.", "1"])
async def test_the_director_agrees_in_a_word(office: Office, typed: str) -> None:
    await asked(office)
    await office.hears("gd")
    has(await office.says("gd", typed), "Đã ghi theo ý kiến đồng chí: 7 mục hạn 30/6")
    assert await status(office) == "answered"


@pytest.mark.parametrize("typed", ["khong dat han", "Không đặt hạn", "khong", "3"])
async def test_the_director_sets_no_dates(office: Office, typed: str) -> None:
    await asked(office)
    await office.hears("gd")
    has(await office.says("gd", typed), "7 mục không đặt hạn, hỏi trước mỗi kỳ giao ban")
    has(await office.says("cvp", "dua vao theo doi"), "8 mục chưa đặt hạn")
    assert set(await due_dates(office)) == {"3.5"}


async def test_what_the_director_leaves_open_is_asked_again(office: Office) -> None:
    await asked(office)
    has(await office.says("gd", "3.7 den 31/5"), "3.7 hạn 31/5", "Còn 6 mục, đồng chí cho ý kiến:", "1 Đồng ý")
    assert await status(office) == "asked"
    has(await office.says("gd", "con lai dong y"), "6 mục hạn 30/6")
    assert await status(office) == "answered"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("dong y rieng 3.7 giao them QLNL", "Trợ lý chưa hiểu hết, chưa ghi gì."),
        ("dong y, rieng 3.1 trong thang 5", "3.1 là việc chung, không đặt hạn. Chưa ghi gì."),
        ("dong y, rieng 3.9 trong thang 5", "không có 3.9. Chưa ghi gì."),
        ("dong y, rieng 3.7 han 01/3/2023", "Ngày 01/3/2023 đã qua, chưa ghi gì."),
    ],
)
async def test_an_answer_that_cannot_be_taken_records_nothing(office: Office, typed: str, answer: str) -> None:
    await asked(office)
    has(await office.says("gd", typed), answer)
    assert await status(office) == "asked"


async def test_a_leaders_other_question_is_not_taken_for_an_answer(office: Office) -> None:
    await asked(office)
    heard = await office.says("gd", "qua han")
    assert not any("ý kiến đồng chí" in one for one in heard)
    assert await status(office) == "asked"


async def test_a_late_answer_dates_what_is_already_followed(office: Office) -> None:
    await asked(office)
    await office.says("cvp", "dua vao theo doi")
    assert set(await due_dates(office)) == {"3.5"}
    await office.hears("tp-qltm")
    has(await office.says("gd", "dong y, rieng 3.7 trong thang 5"), "3.7 hạn 31/5", "6 mục còn lại hạn 30/6")
    dues = await due_dates(office)
    assert (dues["3.7"], dues["3.6"], dues["3.5"]) == ("2023-05-31", "2023-06-30", "2023-04-29")
    has(await office.hears("tp-qltm"), "Giám đốc Sở cho ý kiến về hạn (TB 718):", "3.7 hạn 31/5 *")
    has(await office.says("gd", "/notice agree 718-2023"), "Không còn mục nào chờ đồng chí cho ý kiến về hạn")


async def test_nothing_is_followed_while_a_directive_has_no_unit(office: Office) -> None:
    await prepared(office, settled=False)
    await office.presses("th", "Trình Chánh VP")
    has(await office.hears("cvp"), "Chưa có đơn vị: 3.2.")
    heard = await office.presses("cvp", "Chưa đặt hạn, đưa vào theo dõi")
    has(heard, "TB 718 chưa đưa vào theo dõi được: 3.2 chưa có đơn vị.", "sua 3.2 khong theo doi", "1 Sửa 3.2")
    assert await status(office) == "submitted"
    await office.says("cvp", "sua 3.2 khong theo doi ly do da co QD 175")
    has(await office.says("cvp", "dua vao theo doi"), "Đã đưa TB 718 vào theo dõi.")
    assert set(await due_dates(office)) == {"3.5"}


async def test_the_chief_prepares_and_approves_by_himself(office: Office) -> None:
    for part in (TEXT[:4000], TEXT[4000:]):
        heard = await office.says("cvp", part)
    has(heard, "3 Duyệt")
    await office.says("cvp", "sua 3.2 tong hop KHTCTH")
    has(await office.presses("cvp", "Duyệt"), "Duyệt TB 718?", "1 Xin ý kiến Giám đốc 2 Chưa đặt hạn, đưa vào theo dõi")
    has(await office.says("cvp", "2"), "Đã đưa TB 718 vào theo dõi.")


async def test_a_notice_already_followed_is_not_begun_again(office: Office) -> None:
    await submitted(office)
    await office.says("cvp", "dua vao theo doi")
    has(await office.says("cvp", "/approve 718-2023"), "đã được đưa vào theo dõi. Chưa ghi gì thêm.")
    await office.says("th", TEXT[:4000])
    has(await office.says("th", TEXT[4000:]), "TB 718/TB-SCT đã được đưa vào theo dõi.")
    has(await office.says("cvp", "dua vao theo doi"), "Chưa có thông báo nào đang soạn")


async def test_a_notice_read_again_takes_the_place_of_the_one_being_prepared(office: Office) -> None:
    await submitted(office)
    await office.says("th", "", kind="file", files=(FILE,))
    await office.hears("cvp")
    await office.reads_files(DOCX)
    has(await office.hears("th"), "Bản này thay bản đang soạn trước đó.")
    has(await office.hears("cvp"), "Chuyên viên đã gửi lại TB 718.")
    async with office.database.read(office.clock.now()) as work:
        assert [draft.status for draft in await work.drafts.open(office.agency)] == ["preparing"]


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        ("th", "dua vao theo doi"),
        ("th", "/notice return 718-2023 sai"),
        ("th", "/consult 718-2023"),
        ("th", "/notice agree 718-2023"),
        ("cvp", "/notice agree 718-2023"),
        ("gd", "/notice submit 718-2023"),
        ("gd", "sua 3.2 khong theo doi"),
        ("tp-qltm", "/notice items 718-2023"),
        ("tp-qltm", "/approve 718-2023"),
    ],
)
async def test_each_office_does_its_own(office: Office, who: str, typed: str) -> None:
    await submitted(office)
    has(await office.says(who, typed), "Đồng chí chưa được phân quyền dùng")
    assert await status(office) == "submitted"


async def test_a_chief_nobody_linked_is_to_be_told_in_person(sqlite_database: Database) -> None:
    office = await Office.open(sqlite_database, linked=("th",))
    await prepared(office)
    has(await office.presses("th", "Trình Chánh VP"), "Chánh Văn phòng chưa liên kết tài khoản", "Chưa gửi tin")


async def test_a_director_nobody_linked_is_asked_in_person(sqlite_database: Database) -> None:
    office = await Office.open(sqlite_database, linked=("th", "cvp"))
    await submitted(office)
    has(await office.says("cvp", "xin y kien gd"), "Giám đốc chưa liên kết tài khoản, chưa gửi được")
    assert await status(office) == "submitted"


async def test_english_is_spoken_to_who_wants_it(office: Office) -> None:
    async with office.database.work(office.clock.now()) as work:
        for key in EVERYONE:
            await work.accounts.set_language(office.people[key], "en")
    await submitted(office)
    has(await office.hears("cvp"), "Notice 718 waits for your approval.", "Ask the Director")
    has(
        await office.says("cvp", "dua vao theo doi"),
        "Notice 718 is under follow-up.",
        "the heads of 6 units",
        "Leading, advising:",
    )


async def imported(office: Office, *, approve: bool, basis: str | None = None) -> ImportResult:
    async with office.database.work(office.clock.now()) as work:
        notice = read_document(TEXT.splitlines(), await known_agency(work, office.agency))
        return await import_notice(work, office.agency, notice, by=None, approve=approve, accept_basis=basis)


async def test_an_import_approves_as_the_chief_would_without_dates_nobody_gave(office: Office) -> None:
    result = await imported(office, approve=True)
    assert (result.notice, result.tasks, result.open_questions, result.removed) == ("718/TB-SCT", 10, ("3.2",), ())
    async with office.database.read(office.clock.now()) as work:
        notice = (await work.notices.find(office.agency, "718"))[0]
        parts = await work.parts.of_notice(notice.id)
        tasks = await work.notices.tasks(notice.id)
    assert result.parts == len(parts)
    assert [part for part in parts if part.code == "3.2"] == []
    assert {task.code: task.kind for task in tasks}["3.2"] is Kind.TRACKED
    assert set(await due_dates(office)) == {"3.5"}
    has(await office.hears("tp-qltm"), "Phòng QLTM – Thông báo 718/TB-SCT", "3.7", "không thời hạn")
    assert await status(office) is None


async def test_an_import_accepts_suggested_dates_on_a_basis(office: Office) -> None:
    await imported(office, approve=True, basis="ý kiến Giám đốc 05/4")
    dues = await due_dates(office)
    assert (dues["3.7"], "3.2" in dues, "3.1" in dues) == ("2023-06-30", False, False)
    has(await office.hears("tp-qltm"), "30/6 *", "* hạn theo ý kiến Giám đốc 05/4")


async def test_an_import_that_is_not_approved_is_a_draft(office: Office) -> None:
    result = await imported(office, approve=False)
    assert (result.parts, await status(office)) == (0, "preparing")
    assert await office.hears("tp-qltm") == []


async def test_every_button_is_a_command_that_fits_a_button(office: Office) -> None:
    await asked(office)
    for who in ("th", "cvp", "gd"):
        for message in await office.messages(who):
            assert all(len(button.command.encode()) <= 64 and button.command[0] == "/" for button in message.buttons)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_heading_is_said_in_every_case(language: str) -> None:
    say: Callable[..., str] = Catalogue().text
    for known, wanted in (("both", "718"), ("number", "718"), ("date", "04/4"), ("none", "")):
        assert wanted in say(language, "notice-draft-title", number="718/TB-SCT", date="04/4/2023", known=known)


async def test_directives_are_put_together_and_taken_back(office: Office) -> None:
    await prepared(office)
    has(await office.says("th", "gop 3.2.1 va 3.2.2"), "Đã gộp 3.2.2 vào 3.2.1.", "QLCN, QLTM")
    async with office.database.read(office.clock.now()) as work:
        assert len((await work.drafts.open(office.agency))[0].notice.tasks) == 9
    has(await office.says("th", "hoan tac"), "Đã hoàn tác.", "718/TB-SCT 3.2.1 trở lại như trước khi sửa.")
    async with office.database.read(office.clock.now()) as work:
        assert len((await work.drafts.open(office.agency))[0].notice.tasks) == 10
    has(await office.says("th", "gộp 3.2.1"), "gop 3.2.1 va 3.2.2")


async def test_only_the_last_edit_is_taken_back_and_only_while_it_stands(office: Office) -> None:
    await prepared(office)
    await office.says("th", "sua 3.6 don vi QLCN")
    await office.says("cvp", "sua 3.6 don vi QLTM")
    has(await office.says("th", "hoan tac"), "718/TB-SCT 3.6")
    async with office.database.read(office.clock.now()) as work:
        task = (await work.drafts.open(office.agency))[0].notice.task("3.6")
        assert task is not None
        assert task.lead == ("QLTM",)


async def test_after_the_item_is_named_its_change_needs_no_code(office: Office) -> None:
    await prepared(office)
    await office.says("th", "sua 3.6")
    has(await office.says("th", "han 15/6"), "Đã ghi 3.6: hạn đề xuất 15/6 *.")
    await office.says("th", "sua 3.6")
    has(await office.says("th", "khong theo doi ly do da giao"), "Đã ghi 3.6: không theo dõi. Lý do: da giao.")
    heard = await office.says("th", "han 20/6")
    assert "Đã ghi" not in " ".join(heard)
    has(await office.says("th", "tiếp"), "3.7", "(9/10)")


async def test_the_next_and_the_one_before_are_asked_for_in_a_word(office: Office) -> None:
    await prepared(office)
    await office.presses("th", "Xem từng mục")
    has(await office.says("th", "tiếp"), "(2/10)")
    has(await office.says("th", "tiep"), "(3/10)")
    has(await office.says("th", "truoc"), "(2/10)")


async def test_a_table_takes_a_directive_apart_at_once(office: Office) -> None:
    await prepared(office, settled=False)
    await office.says("th", "tách 3.2")
    heard = await office.says(
        "th",
        "STT\tNội dung\tĐơn vị\tThời hạn\n1\tKế hoạch phát triển điện lực\tQLNL\t15/5/2023\n"
        "2\tĐề án cụm công nghiệp\tphòng QLCN\ttháng 6/2023",
    )
    has(heard, "Đã tách 3.2 thành 2 việc:", "3.2.3 KH phát triển điện lực – QLNL – 15/5", "3.2.4", "QLCN – 30/6")
    has(heard, "Các mục đã có đơn vị")
    has(await office.says("th", "hoan tac"), "718/TB-SCT 3.2 trở lại như trước khi sửa.")


async def test_nothing_split_off_is_no_end_of_splitting(office: Office) -> None:
    await prepared(office)
    await office.says("th", "tách 3.6")
    has(await office.says("th", "xong"), "3.6.1 QLNL: Kế hoạch …")


async def test_a_file_takes_a_directive_apart_where_a_table_was_asked_for(office: Office) -> None:
    await prepared(office, settled=False)
    await office.says("th", "tách 3.2")
    await office.says("th", "", kind="file", files=(IncomingFile("ref-2", "bang.txt", 100),))
    await office.reads_files(
        "1. Kế hoạch phát triển điện lực: giao phòng QLNL tham mưu trước ngày 15/5/2023.\n"
        "2. Xây dựng đề án cụm công nghiệp: giao phòng QLCN chủ trì.".encode()
    )
    has(await office.hears("th"), "Đã tách 3.2 thành 2 việc:", "3.2.3", "QLNL – trước 15/5", "rồi gõ: trinh")


async def test_sixty_directives_are_listed_page_by_page(office: Office) -> None:
    body = "\n".join(f"{n}. Giao phòng QLTM tham mưu nội dung công việc số {n} của tháng." for n in range(1, 61))
    await office.says(
        "th", f"/notice Số: 900/TB-SCT\nQuảng Ngãi, ngày 04 tháng 4 năm 2023\nTHÔNG BÁO\nKết luận\n{body}"
    )
    _, summary, listed = await office.presses("th", "Đọc thông báo")
    assert len(summary.splitlines()) < 12
    has([listed], "60 mục đọc được", "12 ", "Trang 1/5")
    assert "\n13 " not in listed
    has(await office.says("th", "xem tiếp"), "13 ", "Trang 2/5")


STAMPED = TEXT.replace("THÔNG BÁO", "MẬT\n\nTHÔNG BÁO", 1)


async def test_nothing_of_a_stamped_paste_stays(office: Office) -> None:
    half = TEXT.index("3.2.")
    has(await office.says("th", STAMPED[:half]), "Văn bản có dấu MẬT", "không lưu gì")
    has(await office.says("th", "du"), "Trợ lý chưa hiểu")
    async with office.database.read(office.clock.now()) as work:
        kept = (
            await work.connection.execute(select(audit_entries.c.act, audit_entries.c.subject, audit_entries.c.said))
        ).all()
        asked = (await work.connection.execute(select(questions.c.kind))).all()
    assert kept[1:] == [("refused", "MẬT", None)]
    assert asked == []
    assert await status(office) is None


async def test_a_restricted_notice_is_marked_so(office: Office) -> None:
    text = TEXT.replace("THÔNG BÁO", "HẠN CHẾ\n\nTHÔNG BÁO", 1)
    await office.says("th", text[:4000])
    has(await office.says("th", text[4000:]), "Văn bản hạn chế")
    await office.says("th", "sua 3.2 tong hop KHTCTH")
    await office.says("cvp", "dua vao theo doi")
    async with office.database.read(office.clock.now()) as work:
        marked = (await work.connection.execute(select(tasks.c.restricted))).scalars().all()
    assert marked == [True] * 10
