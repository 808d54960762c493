"""The upload page hands in for one directive, for whom it was made, once, and lets nothing else in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.signing import Signer
from bot.zalo_bot_render import render as as_zalo
from core.messages import Incoming, Message
from documents.ocr import tesseract
from storage.database import Database
from storage.schema import outbox
from storage.uploads import LIFETIME
from tests.bot.upload_office import HEAD, JPEG, OTHER, PDF, SECRET, Office, docx, stamped_docx, upload_office
from tests.documents.made import page, pdf
from tests.documents.photos import Paper, as_jpeg, as_pdf, photographed

recognising = pytest.mark.skipif(tesseract() is None, reason="no tesseract with Vietnamese")


@pytest.fixture
async def office(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with upload_office(sqlite_database, tmp_path) as made:
        yield made


@pytest.fixture
async def both(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with upload_office(database, tmp_path) as made:
        yield made


async def test_files_and_a_number_close_the_directive_once(both: Office) -> None:
    path = await both.address()
    status, shown = await both.get(path)
    assert status == 200
    assert "Nộp kết quả mục 3.5" in shown
    assert "trước 30/4" in shown
    sent = [
        both.post(path, ("ke-hoach.pdf", PDF), ("anh.jpg", JPEG), number="45/TTr-SCT", dated="27/4") for _ in range(3)
    ]
    answers = await asyncio.gather(*sent)
    assert [status for status, _ in answers] == [200, 200, 200]
    assert any("Đã ghi 3.5 hoàn thành" in page for _, page in answers)
    assert await both.kept() == [("ke-hoach.pdf", "application/pdf"), ("anh.jpg", "image/jpeg")]
    assert (await both.heard(HEAD)).count("hoàn thành ngày 27/4/2023") == 1
    # the directive is closed, and with it the address
    assert (await both.get(path))[0] == 404


async def test_a_late_copy_of_the_form_hears_what_was_recorded(both: Office) -> None:
    path = await both.address()
    sent = (("ke-hoach.pdf", PDF),)
    await both.post(path, *sent, number="45/TTr-SCT", dated="27/4")
    status, page = await both.post(path, *sent, number="45/TTr-SCT", dated="27/4")
    assert status == 200
    assert "Mục 3.5 đã ghi hoàn thành ngày 27/4/2023, 45/TTr-SCT, đã lưu 1 tệp." in page
    assert "chưa ghi gì thêm" not in page
    assert "<form" not in page
    status, page = await both.post(path, ("khac.pdf", PDF), nonce="m" * 24)
    assert status == 409
    assert "đã ghi hoàn thành ngày 27/4/2023" in page
    assert "Lần gửi này chưa ghi gì thêm" in page
    assert [name for name, _ in await both.kept()] == ["ke-hoach.pdf"]


@recognising
@pytest.mark.parametrize("kind", ["jpg", "pdf", "docx"])
async def test_a_secret_is_refused_and_nothing_of_the_form_is_kept(office: Office, kind: str) -> None:
    paper = Paper(stamp="TỐI MẬT", stamp_turned=6.0, seal=True).drawn()
    secret = {"jpg": lambda: as_jpeg(photographed(paper)), "pdf": lambda: as_pdf(paper), "docx": stamped_docx}[kind]()
    status, page = await office.post(
        await office.address(), ("ke-hoach.pdf", PDF), (f"mat.{kind}", secret), number="45/TTr-SCT", dated="27/4"
    )
    assert status == 415
    assert "Tệp có dấu TỐI MẬT. Trợ lý không lưu tệp nào của lần gửi này và chưa ghi gì." in page
    assert "Kết quả mục 3.5 báo trực tiếp Văn phòng" in page
    assert "45/TTr-SCT" not in page.replace('placeholder="45/TTr-SCT"', "")
    assert await office.kept() == []
    assert [one for one in office.folder.rglob("*") if one.is_file()] == []
    async with office.database.read(office.clock.now()) as work:
        rows = await work.connection.exec_driver_sql("SELECT subject FROM audit_entries WHERE act = 'refused'")
        assert [row[0] for row in rows] == ["TỐI MẬT"]


async def test_where_no_stamp_can_be_looked_for_the_sender_looks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await office.address()
    assert "Tệp không có dấu MẬT" not in (await office.get(path))[1]
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("bot.upload_page.tesseract", lambda: None)
    assert "Tệp không có dấu MẬT" in (await office.get(path))[1]
    sent = ("anh.jpg", as_jpeg(Paper().drawn()))
    status, page = await office.post(path, sent, number="45/TTr-SCT", dated="27/4")
    assert status == 422
    assert "không soát được dấu MẬT" in page
    assert await office.kept() == []
    assert (await office.post(path, ("ke-hoach.docx", docx())))[0] == 200
    assert (await office.post(path, sent, nonce="m" * 24, unstamped="on"))[0] == 200
    assert [name for name, _ in await office.kept()] == ["ke-hoach.docx", "anh.jpg"]


async def test_files_alone_leave_it_open_and_the_number_is_asked_for_in_the_chat(office: Office) -> None:
    path = await office.address()
    status, page = await office.post(path, ("ke hoach.docx", docx()))
    assert status == 200, page
    assert "Đã nhận kết quả mục 3.5, 1 tệp" in await office.heard(HEAD)
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in await office.says(HEAD, "45 27/4")
    assert [name for name, _ in await office.kept()] == ["ke hoach.docx"]


async def test_an_undo_takes_the_files_back(office: Office) -> None:
    await office.post(await office.address(), ("ke-hoach.pdf", PDF))
    await office.says(HEAD, "hoan tac")
    assert await office.kept() == []
    assert "Mục 3.5 chưa có tệp nào" in await office.says(HEAD, "tep 3.5")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("thu.exe.pdf", b"MZ\x90 a program", "chương trình"),
        ("trang.pdf", b"<html><script>alert(1)</script>", "chỉ nhận PDF, Word, Excel"),
        ("mau.docx", docx(macros=True), "macro"),
        ("anh.jpg", b"", "tệp rỗng"),
        ("khoa.pdf", pdf([page("Kế hoạch")], sealed=True), "tệp đặt mật khẩu, Trợ lý không mở được"),
        ("hong.docx", b"PK\x03\x04 not a package", "tệp hỏng"),
    ],
)
async def test_what_is_refused_takes_the_whole_form_along(
    office: Office, name: str, content: bytes, words: str
) -> None:
    path = await office.address()
    status, page = await office.post(path, ("ke-hoach.pdf", PDF), (name, content), number="45/TTr-SCT", dated="27/4")
    assert status == 415
    assert words in page
    assert 'value="45/TTr-SCT"' in page
    assert await office.kept() == []
    assert "hoàn thành ngày" not in await office.heard(HEAD)


async def test_all_that_is_refused_is_said_at_once(office: Office) -> None:
    path = await office.address()
    status, page = await office.post(path, ("a.pdf", b"MZ a program"), ("b.pdf", PDF), ("c.jpg", b""))
    assert status == 415
    assert "đây là chương trình" in page
    assert "tệp rỗng" in page
    assert "b.pdf" not in page


async def test_the_answer_shows_what_is_kept_and_leads_on_only_while_the_directive_is_open(office: Office) -> None:
    path = await office.address()
    _, page = await office.post(path, ("ke-hoach.pdf", PDF))
    assert "<li>ke-hoach.pdf</li>" in page
    assert "Gửi thêm" in page
    _, page = await office.post(path, ("anh.jpg", JPEG), nonce="m" * 24, number="45/TTr-SCT", dated="27/4")
    assert "Đã ghi 3.5 hoàn thành" in page
    assert "<li>ke-hoach.pdf</li><li>anh.jpg</li>" in page
    assert "Gửi thêm" not in page


async def test_a_link_to_a_file_is_good_for_its_reader_while_they_may_read_and_the_result_stands(both: Office) -> None:
    await both.post(await both.address(), ("ke-hoach.pdf", PDF))
    own, other = await both.link(HEAD), await both.link("gd")
    assert [(await both.get(path))[0] for path in (own, other)] == [200, 200]
    assert (await both.get(await both.link("somebody else")))[0] == 404
    async with both.database.work(both.clock.now()) as work:
        await work.connection.exec_driver_sql("UPDATE accounts SET status = 'revoked' WHERE external_id = 'gd'")
    assert [(await both.get(path))[0] for path in (own, other)] == [200, 404]
    await both.says(HEAD, "hoan tac")
    assert (await both.get(own))[0] == 404


async def test_what_came_by_one_wire_is_read_on_another_byte_for_byte(both: Office) -> None:
    await both.post(await both.address(), ("Kế hoạch.pdf", PDF))
    async with both.database.work(both.clock.now()) as work:
        (row,) = await work.connection.exec_driver_sql("SELECT id FROM people WHERE key = 'gd'")
        await work.accounts.add_linked("zalo_bot", "z-gd", "z-gd", row.id)
    await both.dispatcher.receive(Incoming("zalo_bot", "e1", "z-gd", "z-gd", "tep 3.5"))
    async with both.database.read(both.clock.now()) as work:
        rows = await work.connection.execute(select(outbox.c.content).where(outbox.c.chat == "z-gd"))
        message = Message.from_json(rows.scalar_one())
    make = both.links.to("zalo_bot")
    (part,) = as_zalo(message, lambda ref, name, mime: make(ref, name, mime, "z-gd"))
    assert "Kế hoạch.pdf" in part.text
    (path,) = re.findall(r"https://so\.example(/d/[\w-]+)", part.text)
    async with both.http.get(path) as response:
        assert (response.status, await response.read()) == (200, PDF)


async def test_a_file_over_the_limit_is_refused_whatever_the_browser_let_through(office: Office) -> None:
    status, page = await office.post(await office.address(), ("to.pdf", b"%PDF-1.7" + bytes(20 * 1024 * 1024)))
    assert status == 413
    assert "Tệp lớn hơn 20 MB nên chưa gửi." in page
    assert await office.kept() == []


async def test_an_ending_says_what_the_file_is(office: Office) -> None:
    await office.post(await office.address(), ("anh.png.html", JPEG), ("<b>.pdf", PDF))
    assert await office.kept() == [("anh.png.jpg", "image/jpeg"), ("<b>.pdf", "application/pdf")]
    status, page = await office.get(await office.address())
    assert status == 200
    assert "&lt;b&gt;.pdf" in page


async def test_what_is_typed_into_the_form_is_no_command(office: Office) -> None:
    path = await office.address()
    for number, dated in (
        ("45; xong 3.7", "27/4"),
        ("/undo", "27/4"),
        ("45", "hom qua xong 3.7"),
        ("45", ""),
        ("", "27/4"),
    ):
        status, page = await office.post(path, ("a.pdf", PDF), number=number, dated=dated)
        assert status == 422, (number, dated, page)
    assert (await office.post(path))[0] == 422
    assert await office.kept() == []


async def test_an_address_is_good_for_a_day(office: Office) -> None:
    path = await office.address()
    async with office.database.work(office.clock.now()) as work:
        await work.connection.exec_driver_sql("UPDATE upload_links SET expires_at = made_at")
    assert (await office.get(path))[0] == 404
    assert LIFETIME.days == 1


async def test_a_new_address_revokes_the_one_before(office: Office) -> None:
    first, second = await office.address(), await office.address()
    assert first != second
    assert (await office.get(first))[0] == 404
    assert (await office.post(first, ("a.pdf", PDF)))[0] == 404
    assert (await office.get(second))[0] == 200


async def test_an_address_is_worth_nothing_once_the_person_has_left(office: Office) -> None:
    path = await office.address()
    async with office.database.work(office.clock.now()) as work:
        await work.connection.exec_driver_sql(
            f"UPDATE people SET ended_at = '2023-04-01 00:00:00' WHERE key = '{HEAD}'"
        )
    assert (await office.get(path))[0] == 404
    assert (await office.post(path, ("a.pdf", PDF)))[0] == 404
    assert await office.kept() == []


@pytest.mark.parametrize("token", ["", "x", "1", "A" * 5000, "%00", "..%2F..%2Fetc"])
async def test_a_made_up_address_tells_nothing(office: Office, token: str) -> None:
    status, page = await office.get(f"/u/{token}")
    assert status == 404
    assert "3.5" not in page


async def test_a_token_made_for_something_else_opens_nothing(office: Office) -> None:
    await office.address()
    forged = Signer(SECRET, b"links:/d/").token(b"1")
    assert (await office.get(f"/u/{forged}"))[0] == 404


async def test_another_site_cannot_send_the_form(office: Office) -> None:
    path = await office.address()
    async with office.http.post(path, data={"nonce": "n" * 24, "number": "45/TTr-SCT", "dated": "27/4"},
                                headers={"Sec-Fetch-Site": "cross-site"}) as response:  # fmt: skip
        assert response.status == 403
    assert "hoàn thành" not in await office.heard(HEAD)


async def test_files_are_read_by_those_who_may_see_them(office: Office) -> None:
    await office.post(await office.address(), ("ke-hoach.pdf", PDF))
    assert "ke-hoach.pdf" in await office.says("gd", "tep 3.5")
    assert "ke-hoach.pdf" not in await office.says(OTHER, "tep 3.5")


async def test_an_address_is_worth_nothing_once_the_account_is_revoked(office: Office) -> None:
    path = await office.address()
    async with office.database.work(office.clock.now()) as work:
        await work.connection.exec_driver_sql(f"UPDATE accounts SET status = 'revoked' WHERE external_id = '{HEAD}'")
    assert (await office.get(path))[0] == 404
    assert (await office.post(path, ("a.pdf", PDF)))[0] == 404
    assert await office.kept() == []


async def test_an_address_is_worth_nothing_once_its_account_is_somebody_elses(office: Office) -> None:
    path = await office.address()
    async with office.database.work(office.clock.now()) as work:
        other = f"(SELECT id FROM people WHERE key = '{OTHER}')"
        await work.connection.exec_driver_sql(f"UPDATE accounts SET person_id = {other} WHERE external_id = '{HEAD}'")
    assert (await office.get(path))[0] == 404
    assert (await office.post(path, ("a.pdf", PDF), number="45/TTr-SCT", dated="27/4"))[0] == 404
    assert await office.kept() == []


async def test_an_address_names_its_directive_and_no_field_of_the_form_another(office: Office) -> None:
    path = await office.address(code="3.5")
    await office.post(path, ("a.pdf", PDF), code="3.7", part="2", unit="QLNL")
    assert await office.kept("3.7") == []
    assert [name for name, _ in await office.kept("3.5")] == ["a.pdf"]


async def test_whoever_was_handed_the_directive_hands_in_by_the_address_until_it_is_taken_back(office: Office) -> None:
    officer = "pp-qltm"
    async with office.database.work(office.clock.now()) as work:
        who = f"(SELECT id FROM people WHERE key = '{officer}')"
        await work.connection.exec_driver_sql(f"UPDATE memberships SET role = 'officer' WHERE person_id = {who}")
    await office.says(HEAD, f"giao 3.5 cho {officer}")
    path = await office.address(officer)
    assert (await office.post(path, ("a.pdf", PDF)))[0] == 200
    assert [name for name, _ in await office.kept()] == ["a.pdf"]
    await office.says(HEAD, "giao 3.5 cho toi")
    assert (await office.get(path))[0] == 404
