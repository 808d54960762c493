"""The upload page on a phone: chosen files are shown, sent with their progress, and what is wrong is said at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from storage.database import Database
from tests.bot.upload_office import HEAD, JPEG, PDF, Office, docx, upload_office, workbook

pytestmark = pytest.mark.browser


@pytest.fixture
async def office(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with upload_office(sqlite_database, tmp_path) as made:
        yield made


@pytest.fixture
async def address(office: Office) -> str:
    return office.origin


@pytest.fixture
def width() -> int:
    return 360


def file(name: str, mime: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": mime, "buffer": content}


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def test_two_files_and_the_number_close_the_directive(page: Page, office: Office) -> None:
    await page.goto(await office.address())
    await expect(page.get_by_role("heading", name="Nộp kết quả mục 3.5")).to_be_visible()
    assert await fits(page)
    await page.get_by_label("Chọn tệp hoặc chụp ảnh").set_input_files(
        [file("Kế hoạch.pdf", "application/pdf", PDF), file("anh.jpg", "image/jpeg", JPEG)]
    )
    await expect(page.locator(".files li")).to_have_count(2)
    await page.get_by_label("Số", exact=True).fill("45/TTr-SCT")
    await page.get_by_label("Ngày", exact=True).fill("27/4")
    assert await fits(page)
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi 3.5 hoàn thành")
    assert await office.kept() == [("Kế hoạch.pdf", "application/pdf"), ("anh.jpg", "image/jpeg")]
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in await office.heard(HEAD)
    await expect(page.locator(".kept li")).to_have_text(["Kế hoạch.pdf", "anh.jpg"])
    await expect(page.get_by_role("link", name="Gửi thêm")).to_have_count(0)


async def test_what_is_refused_is_said_beside_the_form_and_can_be_mended(page: Page, office: Office) -> None:
    await page.goto(await office.address())
    pick = page.get_by_label("Chọn tệp hoặc chụp ảnh")
    await pick.set_input_files([file("thu.pdf", "application/pdf", b"MZ a program")])
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.get_by_role("alert")).to_contain_text("chương trình")
    assert await fits(page)
    await pick.set_input_files([file("Kế hoạch.pdf", "application/pdf", PDF)])
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.get_by_role("status")).to_contain_text("Chưa tính hoàn thành")
    await page.get_by_role("link", name="Gửi thêm").click()
    await expect(page.locator(".kept li")).to_have_text(["Kế hoạch.pdf"])


async def test_word_excel_and_a_photo_go_with_their_progress_shown(page: Page, office: Office) -> None:
    word, excel = docx(), workbook()
    await page.goto(await office.address())
    pick = page.get_by_label("Chọn tệp hoặc chụp ảnh")
    accepted = (await pick.get_attribute("accept") or "").split(",")
    assert {".pdf", ".doc", ".docx", ".xls", ".xlsx", "image/jpeg", "image/png"} <= set(accepted)
    await pick.set_input_files(
        [file("Biểu.xlsx", "", excel), file("Kế hoạch.docx", "", word), file("anh.jpg", "image/jpeg", JPEG)]
    )
    # held back so that what is shown meanwhile can be seen
    under_way = asyncio.Event()

    async def slowly(route: Route) -> None:
        await under_way.wait()
        await route.continue_()

    await page.route("**/u/*", slowly)
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await expect(page.get_by_role("button", name="Đang gửi…")).to_be_disabled()
    assert await fits(page)
    under_way.set()
    await expect(page.get_by_role("status")).to_contain_text("Đã nhận kết quả mục 3.5, 3 tệp")
    assert [name for name, _ in await office.kept()] == ["Biểu.xlsx", "Kế hoạch.docx", "anh.jpg"]


async def test_nothing_on_the_page_speaks_the_browsers_language(page: Page, office: Office) -> None:
    await page.goto(await office.address())
    pick = page.get_by_label("Chọn tệp hoặc chụp ảnh")
    assert await pick.evaluate("(input) => getComputedStyle(input).opacity") == "0"
    box, label = await pick.bounding_box(), await page.locator(".pick").bounding_box()
    assert box is not None
    assert label is not None
    assert label["height"] >= 44
    assert box["width"] > label["width"] - 8
    assert await page.locator("html").get_attribute("lang") == "vi"


async def test_a_file_too_large_is_refused_before_it_is_sent(page: Page, office: Office, tmp_path: Path) -> None:
    await page.goto(await office.address())
    big = tmp_path / "to.pdf"
    big.write_bytes(b"%PDF-1.7" + bytes(20 * 1024 * 1024))
    await page.get_by_label("Chọn tệp hoặc chụp ảnh").set_input_files([big])
    await expect(page.get_by_role("alert")).to_contain_text('"to.pdf" lớn hơn 20 MB. Đồng chí chọn tệp nhỏ hơn.')
    await page.get_by_role("button", name="Gửi").click()
    assert await office.kept() == []


async def test_an_address_that_is_gone_says_how_to_get_another(page: Page, office: Office) -> None:
    first = await office.address()
    await office.address()
    await page.goto(first)
    await expect(page.get_by_role("status")).to_contain_text("Địa chỉ này không còn dùng được")
    assert await fits(page)


async def test_a_file_is_read_by_its_link_and_one_taken_back_is_gone(page: Page, office: Office) -> None:
    await office.post(await office.address(), ("Kế hoạch.pdf", PDF))
    link = await office.link("gd")
    await page.goto(await office.address())
    async with page.expect_download() as coming:
        await page.evaluate("(path) => { location.href = path; }", link)
    got = await coming.value
    assert got.suggested_filename == "Kế hoạch.pdf"
    assert Path(await got.path()).read_bytes() == PDF
    await office.says(HEAD, "hoan tac")
    await page.goto(link)
    await expect(page.get_by_role("status")).to_contain_text("Liên kết không còn dùng được")
    assert await fits(page)


async def test_too_many_files_are_not_even_sent(page: Page, office: Office) -> None:
    await page.goto(await office.address())
    many = [file(f"{number}.pdf", "application/pdf", PDF) for number in range(11)]
    await page.get_by_label("Chọn tệp hoặc chụp ảnh").set_input_files(many)  # type: ignore[arg-type]
    await expect(page.get_by_role("alert")).to_contain_text("nhiều nhất 10 tệp")
    await page.get_by_role("button", name="Gửi").click()
    assert await office.kept() == []


async def test_without_the_script_the_form_sends_all_the_same(page: Page, office: Office) -> None:
    await page.route("**/upload.js", lambda route: route.fulfill(body=""))
    await page.goto(await office.address())
    await page.get_by_label("Chọn tệp hoặc chụp ảnh").set_input_files([file("a.pdf", "application/pdf", PDF)])  # type: ignore[list-item]
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã nhận kết quả mục 3.5, 1 tệp")
