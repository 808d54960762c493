import re
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from core.messages import Button
from tests.bot.webchat_office import CLERK, HEAD, NOTICE, Office

pytestmark = pytest.mark.browser

NASTY = "<script>document.title='hỏng'</script><img src=x onerror=\"document.title='hỏng'\">"


async def opens(page: Page, chat: str = HEAD) -> None:
    await page.goto(f"/chat/{chat}")


async def says(page: Page, text: str) -> None:
    await page.get_by_label("Tin nhắn").fill(text)
    await page.keyboard.press("Enter")


def bubble(page: Page, text: str):
    return page.get_by_role("log").locator("article").filter(has_text=text)


async def test_enter_sends_and_shift_enter_makes_a_line(page, office):
    await opens(page)
    await page.get_by_label("Tin nhắn").focus()
    await page.keyboard.type("3.5 trinh gd roi")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("cho so")
    await page.keyboard.press("Enter")
    await expect(bubble(page, "Nghe: 3.5 trinh gd roi")).to_be_in_viewport()
    await expect(page.get_by_label("Tin nhắn")).to_have_value("")
    assert [heard.text for heard in office.bot.heard] == ["3.5 trinh gd roi\ncho so"]
    await page.keyboard.press("Enter")
    await says(page, "viec")
    await expect(bubble(page, "Nghe: viec")).to_have_count(1)
    assert len(office.bot.heard) == 2


async def test_a_button_pressed_twice_in_a_blink_acts_once_and_later_again(page, office):
    await office.says(HEAD, "Mục nào?", buttons=(Button("3.5", "xong 3.5"), Button("3.7", "xong 3.7")))
    await opens(page)
    await page.get_by_role("button", name="3.5").dblclick()
    await page.get_by_role("button", name="3.7").click()
    await expect(bubble(page, "Nghe: xong 3.7")).to_have_count(1)
    assert [heard.text for heard in office.bot.heard] == ["xong 3.5", "xong 3.7"]
    await expect(page.locator("article.pressed")).to_have_count(2)
    await page.wait_for_timeout(1600)
    await page.get_by_role("button", name="3.5").click()
    await expect(bubble(page, "Nghe: xong 3.5")).to_have_count(2)


async def test_buttons_that_came_by_themselves_work_and_queue_in_order(page, office):
    office.bot.pause = 0.1
    await opens(page)
    await office.says(HEAD, "Mục nào?", buttons=tuple(Button(f"Nút {n}", f"lenh {n}") for n in range(4)))
    for number in range(4):
        await page.get_by_role("button", name=f"Nút {number}").click()
    await expect(bubble(page, "Nghe: lenh 3")).to_have_count(1)
    assert [heard.text for heard in office.bot.heard] == [f"lenh {n}" for n in range(4)]


async def test_as_zalo_one_answers_with_a_number(page, office):
    await opens(page)
    await page.get_by_role("link", name="Xem như Zalo").click()
    await says(page, "chọn")
    await expect(bubble(page, "1 3.5 KH Đề án TMĐT")).to_contain_text("0 Chưa xong mục nào")
    await expect(page.get_by_role("button", name="3.5 KH Đề án TMĐT")).to_have_count(0)
    await page.get_by_role("link", name="Xem có nút").click()
    await expect(page.get_by_role("button", name="3.5 KH Đề án TMĐT")).to_be_visible()


async def test_a_message_is_answered_by_its_own_reply_control(page, office):
    row = await office.says(HEAD, "Hạn trước 30/4", title="3.5 KH Đề án TMĐT")
    await opens(page)
    await page.get_by_role("button", name="Trả lời tin lúc 07:25").click()
    await expect(page.get_by_label("Tin nhắn")).to_be_focused()
    await says(page, "xong")
    await expect(page.locator(".mine .quote")).to_have_text("3.5 KH Đề án TMĐT")
    await expect(page.get_by_role("button", name="Thôi trả lời tin này")).to_be_hidden()
    await says(page, "viec")
    await expect(bubble(page, "Nghe: viec")).to_have_count(1)
    assert [heard.replied_to for heard in office.bot.heard] == [row, None]


async def test_the_clerk_sends_the_sample_notice_with_a_click(page, office):
    await page.goto("/")
    await page.get_by_role("button", name="Gửi notice-718.docx").click()
    await expect(bubble(page, "Nghe: [notice-718.docx]")).to_be_visible()
    await expect(page.get_by_role("button", name="Gửi notice-718.docx")).to_be_hidden()
    assert office.files["0/notice-718.docx"] == (NOTICE / "notice-718.docx").read_bytes()


async def test_the_clerk_drags_the_sample_notice_in(page, office):
    await page.goto("/")
    await page.get_by_role("button", name="Gửi notice-718.docx").drag_to(page.locator(".composer"))
    await expect(bubble(page, "Nghe: [notice-718.docx]")).to_have_count(1)
    assert len(office.bot.heard) == 1


async def test_a_chosen_file_waits_for_its_words(page, office, tmp_path):
    path = tmp_path / 'tờ trình "45" & phụ lục.txt'
    path.write_text("nội dung", encoding="utf-8")
    await opens(page)
    await page.get_by_label("Chọn tệp, ảnh").set_input_files(path)
    await expect(page.locator("#staged")).to_contain_text("tờ trình")
    assert not office.bot.heard
    await says(page, "3.5")
    await expect(page.get_by_role("link", name="tờ trình")).to_contain_text("1 KB")
    await expect(page.locator("#staged")).to_be_hidden()
    (heard,) = office.bot.heard
    assert (heard.text, heard.files[0].name) == ("3.5", 'tờ trình "45" & phụ lục.txt')
    assert office.files[heard.files[0].ref].decode() == "nội dung"


DROP = """([target, name, size]) => {
  const data = new DataTransfer();
  data.items.add(new File(["x".repeat(size)], name));
  for (const kind of ["dragover", "drop"])
    document.querySelector(target).dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


async def test_a_file_dropped_on_the_conversation_is_sent_with_enter(page, office):
    await opens(page)
    await page.evaluate(DROP, [".with", "anh.png", 4])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="anh.png")).to_be_visible()
    assert office.bot.heard[0].kind == "photo"
    await page.evaluate(DROP, [".people", "khac.png", 4])
    await expect(page.locator("#staged")).to_be_hidden()


async def test_a_file_too_large_is_refused_before_it_is_sent(page, office):
    await opens(page)
    await page.evaluate(DROP, [".log, .empty", "to.pdf", 20 * 1024 * 1024 + 1])
    await expect(page.get_by_role("alert").last).to_have_text(re.compile("Tệp lớn hơn 20 MB"))
    await expect(page.locator("#staged")).to_be_hidden()


async def test_what_people_type_runs_nowhere(page, office, tmp_path):
    path = tmp_path / "<img src=x onerror=document.title=1>.txt"
    path.write_text("x")
    await opens(page)
    await page.get_by_label("Chọn tệp, ảnh").set_input_files(path)
    await says(page, NASTY)
    await expect(bubble(page, f"Nghe: {NASTY}")).to_have_count(1)
    await office.says(HEAD, NASTY, title=NASTY, buttons=(Button(NASTY, NASTY),))
    await expect(page.get_by_role("button", name=NASTY)).to_be_visible()
    await page.locator("article .reply").last.click()
    assert await page.locator("main img, main script").count() == 0
    assert await page.title() == "Trưởng phòng QLTM – Nhắc việc SCT"


async def test_others_unread_messages_show_beside_their_names(page, office):
    await opens(page)
    await office.says(CLERK, "một")
    await office.says(CLERK, "hai")
    await expect(page.get_by_label("2 tin chưa đọc")).to_be_visible()
    await page.get_by_role("link", name="Chuyên viên tổng hợp").click()
    await expect(bubble(page, "hai")).to_be_visible()
    await expect(page.locator("[data-unread='SCT:th']")).to_be_empty()


async def test_the_clock_is_moved_forward_only(page, office):
    await opens(page)
    await page.get_by_role("button", name="+5 phút").click()
    await expect(page.locator("#now")).to_have_text("Thứ Sáu 28/4/2023 07:30")
    await page.get_by_role("button", name="Tới 07:30 Thứ Năm 4/5").click()
    await expect(page.locator("#now")).to_have_text("Thứ Năm 4/5/2023 07:30")
    moment = page.get_by_label("Tới lúc khác")
    await moment.fill("2023-05-04T07:00")
    await moment.press("Enter")
    await expect(page.get_by_role("alert").first).to_have_text("Đồng hồ chỉ đi tới. Bây giờ là Thứ Năm 4/5/2023 07:30.")
    await moment.fill("2023-05-05T16:00")
    await page.get_by_role("button", name="Chuyển").click()
    await expect(page.locator("#now")).to_have_text("Thứ Sáu 5/5/2023 16:00")
    assert len(office.ticks) == 3


async def test_a_refusal_is_said_and_the_words_are_kept(page, office):
    await opens(page)
    await says(page, "lỗi")
    await expect(page.get_by_role("alert").last).to_have_text(re.compile("chưa nhận được tin"))
    await expect(page.get_by_label("Tin nhắn")).to_have_value("lỗi")


async def test_everything_is_reached_with_the_keyboard(page, office):
    await office.says(HEAD, "Mục nào?", buttons=(Button("3.5", "xong 3.5"),))
    await opens(page)
    skip = page.get_by_role("link", name="Tới ô nhập tin")
    await skip.focus()
    await expect(skip).to_be_in_viewport()
    reached = set()
    for _ in range(40):
        await page.keyboard.press("Tab")
        reached.add(
            await page.evaluate(
                "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()"
            )
        )
        if await page.evaluate("document.activeElement.id") == "text":
            break
    assert {"+5 phút", "Xem như Zalo", "Trả lời tin lúc 07:25", "3.5", "Cuộc trò chuyện"} <= reached
    await page.get_by_role("button", name="3.5", exact=True).focus()
    await page.keyboard.press("Space")
    await expect(bubble(page, "Nghe: xong 3.5")).to_have_count(1)


@pytest.mark.parametrize("width", [360])
async def test_on_a_phone_the_conversation_fills_the_screen(page, office, width):
    line = "Chưa xong 6: trong hạn 4, quá hạn 2, xong."
    assert len(line) == 42
    await office.says(
        HEAD, line, "x" * 200, title="TB 718", buttons=(Button("Nhắc hai đơn vị", "nhac"), Button("Xem", "x"))
    )
    await opens(page)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    phone = await page.locator("main").bounding_box()
    assert (phone["x"], phone["width"]) == (0, 360)
    assert phone["y"] + phone["height"] == 740
    for control in await page.locator("main button:visible, main a:visible, summary:visible").all():
        if "reply" not in (await control.get_attribute("class") or ""):
            assert (await control.bounding_box())["height"] >= 44
    await expect(page.get_by_role("link", name="Giám đốc Sở", exact=False).first).to_be_hidden()
    await page.locator(".people summary").click()
    await page.get_by_role("link", name="Phó Giám đốc Sở phụ trách QLTM, TTKC").click()
    await expect(page).to_have_title(re.compile("Phó Giám đốc Sở"))
    await page.locator(".clock summary").click()
    await page.get_by_role("button", name="+5 phút").click()
    await expect(page.locator("#now")).to_contain_text("07:30")


async def test_a_page_left_and_come_back_to_misses_nothing(page, office, address):
    await opens(page)
    await says(page, "một")
    await expect(bubble(page, "Nghe: một")).to_have_count(1)
    await page.context.set_offline(True)
    await office.says(HEAD, "khi mất mạng")
    await page.context.set_offline(False)
    await expect(bubble(page, "khi mất mạng")).to_have_count(1)
    await expect(bubble(page, "Nghe: một")).to_have_count(1)
    ids = await page.locator("article").evaluate_all("all => all.map((each) => each.dataset.id)")
    assert len(ids) == len(set(ids)) == 3


async def test_a_wide_screen_shows_people_clock_and_phone_at_once(page, office: Office):
    await opens(page)
    await expect(page.get_by_role("navigation", name="Nói chuyện với tư cách")).to_be_visible()
    await expect(page.get_by_role("button", name="+5 phút")).to_be_visible()
    phone = await page.locator("main").bounding_box()
    assert phone["width"] == 390
    assert await page.evaluate("document.documentElement.scrollHeight") <= 740


async def test_a_page_of_another_demonstration_is_opened_anew(page, office):
    await opens(page)
    await page.locator("#log").evaluate(
        "(log) => { log.dataset.epoch = 'another'; document.body.dataset.old = 'yes'; }"
    )
    office.clock.moment += timedelta(minutes=1)
    await office.says(HEAD, "tin mới")
    await expect(page.locator("body:not([data-old])")).to_have_count(1)
    await expect(bubble(page, "tin mới")).to_have_count(1)
