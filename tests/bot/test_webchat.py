import asyncio
import io
import re
from datetime import timedelta

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channel import Permanent, Sent
from bot.fetching import FileGone, FileTooBig
from bot.webchat import introduce
from core.messages import Button, IncomingFile, Message, OutgoingFile
from core.submissions import Evidence, Submission
from tests.bot.webchat_office import CLERK, HEAD, NOTICE, START, Office, open_office
from tests.office import follow

HTMX = {"HX-Request": "true"}
NASTY = "<script>alert(1)</script>"


@pytest.fixture
async def office(sqlite_database) -> Office:
    return await open_office(sqlite_database)


class Browser:
    """One browser: its cookies, and the token of the page it has open."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.token = ""
        self.count = 0

    async def opens(self, path: str) -> str:
        async with self.client.get(path) as response:
            assert response.status == 200
            page = await response.text()
        self.token = re.search(r'name="token" value="(\w+)"', page)[1]
        return page

    async def posts(self, path, headers=HTMX, files=(), **fields) -> tuple[int, str]:
        self.count += 1
        values = {"token": self.token, "nonce": f"nonce-number-{self.count:08}", **fields}
        form = FormData(quote_fields=False, default_to_multipart=bool(files))
        for name, value in values.items():
            if value is not None:
                form.add_field(name, value)
        for name, data in files:
            form.add_field("file", io.BytesIO(data), filename=name, content_type="text/html")
        async with self.client.post(path, data=form, headers=headers, allow_redirects=False) as response:
            return response.status, await response.text()


@pytest.fixture
async def browser(office):
    async with TestClient(TestServer(office.app)) as client:
        browser = Browser(client)
        await browser.opens(f"/chat/{HEAD}")
        yield browser


async def test_everybody_of_the_roster_is_introduced_once(office):
    assert await introduce(office.database, START) == 0
    async with office.database.read(START) as work:
        people = await work.webchat.people()
        reached = await work.accounts.reach(people[0].id)
    assert [person.chat for person in people][:3] == ["SCT:gd", "SCT:pgd-1", "SCT:pgd-2"]
    assert [person.oversees for person in people][1:3] == [("QLCN", "QLNL"), ("QLTM", "TTKC")]
    assert [(way.channel, way.chat) for way in reached] == [("webchat", "SCT:gd")]


async def test_the_page_shows_who_one_can_be_and_what_time_it_is(browser):
    page = await browser.opens(f"/chat/{HEAD}")
    assert page.count("<li>") == 11
    assert re.search(r'aria-current="page">\s*<span class="who">Trưởng phòng QLTM</span>', page)
    assert "phụ trách QLCN, QLNL" in page
    assert [*re.findall(r'data-clock="\w+">([^<]*)', page)] == ["Thứ Sáu 28/4", "/2023", "07:25", "07:30 Thứ Sáu 28/4"]


async def test_the_first_page_is_the_clerks_with_the_sample_notice(office, browser):
    page = await browser.opens("/")
    assert "Gửi notice-718.docx" in page
    assert "Gửi notice-718.docx" not in await browser.opens(f"/chat/{HEAD}")
    assert await browser.posts(f"/chat/{CLERK}/say", sample="0", text="") == (204, "")
    (heard,) = office.bot.heard
    assert heard.kind == "file"
    assert office.files[heard.files[0].ref] == (NOTICE / "notice-718.docx").read_bytes()
    assert await browser.posts(f"/chat/{HEAD}/say", sample="0", text="") == (422, "Tin chưa có nội dung.")


async def test_what_is_typed_is_handed_over_and_the_answer_appears(office, browser):
    assert await browser.posts(f"/chat/{HEAD}/say", text=" 3.5 trinh\r\ngd roi ") == (204, "")
    (heard,) = office.bot.heard
    assert (heard.channel, heard.sender, heard.chat, heard.kind) == ("webchat", HEAD, HEAD, "text")
    assert heard.text == "3.5 trinh\ngd roi"
    assert [from_bot for from_bot, _ in await office.transcript(HEAD)] == [False, True]
    page = await browser.opens(f"/chat/{HEAD}")
    assert '<p class="lines">Nghe: 3.5 trinh\ngd roi</p>' in page
    assert "Thứ Sáu 28/4</span>" in page


async def test_a_submission_repeated_acts_once_even_at_the_same_moment(office, browser):
    office.bot.pause = 0.05
    once = {"text": "xong 3.5", "nonce": "the-same-nonce-twice"}
    results = await asyncio.gather(*(browser.posts(f"/chat/{HEAD}/say", **once) for _ in range(3)))
    assert {status for status, _ in results} == {204}
    assert len(office.bot.heard) == 1
    assert len(await office.transcript(HEAD)) == 2


async def test_what_was_not_taken_may_be_sent_again_and_is_shown_once(office, browser):
    again = {"text": "lỗi", "nonce": "not-taken-at-first"}
    status, told = await browser.posts(f"/chat/{HEAD}/say", **again)
    assert (status, told) == (503, "Hệ thống đang bận, chưa nhận được tin. Đồng chí bấm gửi lại.")
    office.bot.seen.add(f"{await person_id(office, HEAD)}:not-taken-at-first")
    assert (await browser.posts(f"/chat/{HEAD}/say", **again))[0] == 204
    assert [content["text"] for from_bot, content in await office.transcript(HEAD) if not from_bot] == ["lỗi"]


async def person_id(office: Office, chat: str) -> int:
    async with office.database.read(START) as work:
        return next(person.id for person in await work.webchat.people() if person.chat == chat)


async def test_a_button_is_its_command_and_shows_its_label(office, browser):
    await browser.posts(f"/chat/{HEAD}/say", text="chọn")
    page = await browser.opens(f"/chat/{HEAD}")
    value = re.search(r'name="button" value="(\d+\.0)">3.5 KH Đề án TMĐT<', page)[1]
    assert await browser.posts(f"/chat/{HEAD}/press", button=value) == (204, "")
    assert (office.bot.heard[-1].kind, office.bot.heard[-1].text) == ("button", "xong 3.5")
    assert 'class="mine pressed"' in await browser.opens(f"/chat/{HEAD}")
    for gone in ("999.0", value.replace(".0", ".7"), "x", value.replace(".0", ".-1")):
        assert (await browser.posts(f"/chat/{HEAD}/press", button=gone))[0] == 422
    assert (await browser.posts(f"/chat/{CLERK}/press", button=value))[0] == 422
    assert len(office.bot.heard) == 2


async def test_two_buttons_of_one_page_are_two_presses_and_one_button_twice_is_one(office, browser):
    row = await office.says(HEAD, "Chọn", buttons=(Button("A", "a"), Button("B", "b")))
    page = {"nonce": "nonce-of-one-page"}
    for place in (0, 1, 0):
        await browser.posts(f"/chat/{HEAD}/press", button=f"{row}.{place}", **page)
    assert [heard.text for heard in office.bot.heard] == ["a", "b"]
    assert len({heard.event_id for heard in office.bot.heard}) == 2


async def test_as_zalo_choices_are_numbered_and_the_look_stays_with_the_conversation(office, browser):
    await browser.posts(f"/chat/{HEAD}/say", text="chọn")
    await office.says(HEAD, "Hạn 30/4", buttons=(Button("Xem 3.5", "xem 3.5"),), menu=True)
    for path in (f"/chat/{HEAD}?look=zalo", f"/chat/{HEAD}"):
        page = await browser.opens(path)
        assert '<p class="lines">1 3.5 KH Đề án TMĐT\n0 Chưa xong mục nào</p>' in page
        assert 'name="button"' not in page
        assert "Xem 3.5" not in page
    assert "Xem như Zalo" in await browser.opens(f"/chat/{CLERK}")
    assert 'name="button"' in await browser.opens(f"/chat/{HEAD}?look=")


async def test_a_reply_says_to_which_message_and_quotes_it(office, browser):
    row = await office.says(HEAD, "Hạn trước 30/4", title="3.5 KH Đề án TMĐT")
    await browser.posts(f"/chat/{HEAD}/say", text="xong", replied_to=row)
    assert office.bot.heard[0].replied_to == row
    assert '<p class="quote">3.5 KH Đề án TMĐT</p>' in await browser.opens(f"/chat/{HEAD}")
    other = await office.says(CLERK, "Của người khác")
    await browser.posts(f"/chat/{HEAD}/say", text="xong", replied_to=other)
    assert office.bot.heard[1].replied_to is None


async def test_files_are_kept_shown_and_given_back_without_being_run(office, browser):
    files = [("C:\\tmp\\bao cao.html", b"<script>alert(1)</script>"), ("anh.png", b"\x89PNG")]
    assert (await browser.posts(f"/chat/{HEAD}/say", text="3.6", files=files))[0] == 204
    (heard,) = office.bot.heard
    assert heard.files == (
        IncomingFile("0/bao cao.html", "bao cao.html", 25, "text/html"),
        IncomingFile("1/anh.png", "anh.png", 4, "image/png"),
    )
    page = await browser.opens(f"/chat/{HEAD}")
    links = re.findall(r'class="chip[^"]*" href="([^"]+)"', page)
    async with browser.client.get(links[0]) as response:
        assert await response.read() == b"<script>alert(1)</script>"
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    async with browser.client.get(links[1]) as response:
        assert response.headers["Content-Type"] == "image/png"
    for stranger in (links[0].replace(HEAD, CLERK), links[0][:-1] + "7"):
        async with browser.client.get(stranger) as response:
            assert response.status == 404


@pytest.mark.parametrize(
    ("name", "kind", "count"), [("anh.jpg", "photo", 1), ("tin.ogg", "voice", 0), ("bang.xlsx", "file", 1)]
)
async def test_pictures_and_voice_are_known_by_their_names(office, browser, name, kind, count):
    await browser.posts(f"/chat/{HEAD}/say", text="", files=[(name, b"x")])
    assert (office.bot.heard[0].kind, len(office.bot.heard[0].files)) == (kind, count)


async def test_a_file_over_20_mb_is_refused_with_a_sentence_and_one_of_20_is_not(office, browser):
    size = 20 * 1024 * 1024
    status, told = await browser.posts(f"/chat/{HEAD}/say", text="", files=[("to.pdf", b"x" * (size + 1))])
    assert (status, told) == (413, "Tệp lớn hơn 20 MB nên chưa gửi. Đồng chí gửi tệp nhỏ hơn.")
    status, told = await browser.posts(f"/chat/{HEAD}/say", text="", files=[("to.pdf", b"x" * (3 * size))])
    assert (status, told) == (413, "Tệp lớn hơn 20 MB nên chưa gửi. Đồng chí gửi tệp nhỏ hơn.")
    assert not office.files
    assert (await browser.posts(f"/chat/{HEAD}/say", text="", files=[("vua.pdf", b"x" * size)]))[0] == 204
    assert await office.chat.fetch("0/vua.pdf", size) == b"x" * size


async def test_too_many_files_too_long_a_text_and_nothing_at_all_are_refused(office, browser):
    assert (await browser.posts(f"/chat/{HEAD}/say", text="", files=[("a.txt", b"x")] * 11))[0] == 413
    assert (await browser.posts(f"/chat/{HEAD}/say", text="x" * 20_001))[0] == 413
    assert await browser.posts(f"/chat/{HEAD}/say", text=" \n ") == (422, "Tin chưa có nội dung.")
    assert not office.bot.heard


async def test_what_people_type_is_never_markup(office, browser):
    await browser.posts(f"/chat/{HEAD}/say", text=NASTY, files=[('"><img src=x onerror=alert(1)>.txt', b"x")])
    await office.says(HEAD, NASTY, title=NASTY, buttons=(Button(NASTY, NASTY),))
    for page in (await browser.opens(f"/chat/{HEAD}"), await news(browser, HEAD, "message")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def news(browser: Browser, chat: str, event: str, after: int = 0) -> str:
    """Return the first event of this kind that the page is told."""
    async with browser.client.get(f"/chat/{chat}/news?after={after}") as response:
        assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        lines: list[str] = []
        async with asyncio.timeout(5):
            async for raw in response.content:
                line = raw.decode().rstrip("\n")
                if line:
                    lines.append(line)
                elif lines and (event == "state") == ("event: state" in lines) and lines[-1].startswith("data:"):
                    return "\n".join(lines)
                else:
                    lines = []
    raise AssertionError("the stream ended")


async def test_news_come_in_order_once_and_from_where_one_was(office, browser):
    first = int(await office.says(HEAD, "Tin thứ nhất"))
    await office.says(CLERK, "Tin của người khác")
    waiting = asyncio.create_task(news(browser, HEAD, "message", first))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    second = await office.says(HEAD, "Tin thứ hai", "\rvà dòng sau")
    told = await waiting
    assert f"id: {second}\n" in told
    assert "Tin thứ hai\ndata: \ndata: và dòng sau" in told
    assert "Thứ Sáu" not in told
    assert "Thứ Sáu" in await news(browser, HEAD, "message", 0)


async def test_unread_messages_are_counted_until_they_are_seen(office, browser):
    await office.says(CLERK, "một")
    await office.says(CLERK, "hai")
    assert '"unread": {"SCT:th": 2}' in await news(browser, HEAD, "state")
    await browser.opens(f"/chat/{CLERK}")
    assert '"unread": {}' in await news(browser, HEAD, "state")


async def test_an_open_page_does_not_keep_the_server_from_stopping(office):
    async with TestClient(TestServer(office.app)) as client:
        response = await client.get(f"/chat/{HEAD}/news")
        await response.content.readline()
        stopped = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - stopped < 2


async def test_the_clock_goes_forward_and_ticks_once(office, browser):
    assert await browser.posts("/clock", step="minutes", nonce="five-minutes-once") == (204, "")
    assert await browser.posts("/clock", step="minutes", nonce="five-minutes-once") == (204, "")
    assert office.clock.moment == START + timedelta(minutes=5)
    assert len(office.ticks) == 1
    await browser.posts("/clock", step="morning")
    assert office.clock.moment.isoformat() == "2023-05-04T07:30:00+07:00"
    await browser.posts("/clock", moment="2023-05-05T16:00")
    assert office.clock.moment.isoformat() == "2023-05-05T16:00:00+07:00"
    assert office.ticks[-1] == office.clock.moment
    assert '"day": "Thứ Sáu 5/5", "year": "/2023", "hour": "16:00"' in await news(browser, HEAD, "state")


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2023-04-28T07:25", "Đồng hồ chỉ đi tới. Bây giờ là Thứ Sáu 28/4/2023 07:25."),
        ("2023-04-27T09:00", "Đồng hồ chỉ đi tới. Bây giờ là Thứ Sáu 28/4/2023 07:25."),
        ("2033-04-28T07:25", "Mỗi lần chỉ đi tới nhiều nhất một năm."),
        ("", "Đồng chí chọn đủ ngày và giờ."),
        ("mai", "Đồng chí chọn đủ ngày và giờ."),
    ],
)
async def test_the_clock_refuses_with_a_sentence(office, browser, moment, told):
    assert await browser.posts("/clock", step="moment", moment=moment) == (422, told)
    assert office.clock.moment == START
    assert not office.ticks


async def test_a_clock_that_went_by_meanwhile_is_a_refusal_too(office, browser, monkeypatch):
    monkeypatch.setattr(office.chat._moving, "_wanted", lambda _form: START - timedelta(seconds=1))
    told = "Đồng hồ chỉ đi tới. Bây giờ là Thứ Sáu 28/4/2023 07:25."
    assert await browser.posts("/clock", step="minutes") == (422, told)


@pytest.mark.parametrize("path", [f"/chat/{HEAD}/say", f"/chat/{HEAD}/press", "/clock"])
async def test_a_change_needs_the_pages_token_and_this_browsers_cookie(office, browser, path):
    fields = {"text": "xong 3.5", "step": "minutes"}
    assert (await browser.posts(path, **fields, token=None))[0] == 403
    assert (await browser.posts(path, **fields, token="0" * 64))[0] == 403
    assert (await browser.posts(path, **fields, nonce="short"))[0] in {400, 422}
    browser.client.session.cookie_jar.clear()
    assert await browser.posts(path, **fields) == (403, "Trang đã cũ. Đồng chí tải lại trang rồi làm lại.")
    assert not office.bot.heard
    assert office.clock.moment == START


async def test_the_token_is_asked_for_before_a_file_is_read(office, browser):
    assert (await browser.posts(f"/chat/{HEAD}/say", token="x", text="", files=[("a.txt", b"x")]))[0] == 403
    assert not office.files


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_form_of_another_site_is_refused(office, browser, headers):
    assert (await browser.posts(f"/chat/{HEAD}/say", text="xong", headers=headers))[0] == 403
    assert not office.bot.heard


async def test_only_this_computers_names_open_the_page(browser):
    port = browser.client.port
    for host, status in [
        (f"127.0.0.1:{port}", 200),
        (f"localhost:{port}", 200),
        (f"[::1]:{port}", 200),
        (f"rebound.example:{port}", 403),
        (f"127.0.0.1.example:{port}", 403),
        (f"localhost:{port + 1}", 403),
        ("localhost", 403),
        ("[::1", 403),
    ]:
        for path in (f"/chat/{HEAD}", "/pages/chat.css"):
            async with browser.client.get(path, headers={"Host": host}) as response:
                # a Host that is no address may be turned away before it reaches us
                assert response.status == status or (host == "[::1" and response.status == 400), host


async def test_every_answer_forbids_foreign_and_inline_code(browser):
    for path in (f"/chat/{HEAD}", "/chat/SCT:nobody", "/pages/chat.js", "/pages/none.js", "/"):
        async with browser.client.get(path, allow_redirects=False) as response:
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self'; ")
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
    page = await browser.opens(f"/chat/{HEAD}")
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", page)
    assert '"includeIndicatorStyles":false,"allowEval":false' in page


async def test_the_cookie_stays_with_this_site_and_out_of_scripts(browser):
    browser.client.session.cookie_jar.clear()
    async with browser.client.get(f"/chat/{HEAD}") as response:
        cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


async def test_without_scripts_a_form_leads_back_to_the_page(browser):
    assert (await browser.posts(f"/chat/{HEAD}/say", text="viec", headers={}))[0] == 303
    assert (await browser.posts("/clock", step="minutes", headers={}))[0] == 303


async def test_strangers_and_pages_that_are_not_ours_are_not_found(browser):
    for path in ("/chat/SCT:nobody", "/chat/SCT:nobody/news", "/pages/..%2Fchat.html", "/pages/chat.html"):
        async with browser.client.get(path) as response:
            assert response.status == 404, path
    assert (await browser.posts("/chat/SCT:nobody/say", text="xong"))[0] == 404


async def test_long_messages_come_in_pages_with_the_buttons_last(office, browser):
    message = Message(tuple(f"{n} nhiệm vụ" for n in range(900)), "Đang mở", (Button("Tiếp", "viec trang 2"),))
    assert office.chat.parts(message) == 3
    for part in range(3):
        assert isinstance(await office.chat.send(HEAD, message, resend=part == 1, part=part), Sent)
    assert isinstance(await office.chat.send(HEAD, message, resend=False, part=3), Permanent)
    shown = [content["message"] for _, content in await office.transcript(HEAD)]
    assert ["title" in page for page in shown] == [True, False, False]
    assert ["buttons" in page for page in shown] == [False, False, True]
    assert [line for page in shown for line in page["lines"]] == list(message.lines)
    page = await browser.opens(f"/chat/{HEAD}")
    assert "<span>gửi lại, trang 2/3</span>" in page


async def test_no_page_is_longer_than_one_may_be_with_its_title(office, browser):
    title = "Tổng hợp"
    full = ("x" * 999,) * 3 + ("x" * (office.chat.can.max_text - 3000 - len(title) - 1),)
    longer = (*full[:3], full[3] + "x")
    assert office.chat.parts(Message(full, title)) == 1
    assert office.chat.parts(Message(longer, title)) == 2


async def test_the_bots_files_are_shown_with_their_size(office, browser):
    office.files["r1"] = b"x" * 2_621_440
    file = OutgoingFile("r1", "bang.xlsx", "application/vnd.ms-excel")
    await office.chat.send(HEAD, Message(("Bảng tiến độ",), files=(file,)), resend=False, part=0)
    page = await browser.opens(f"/chat/{HEAD}")
    assert '<span class="name">bang.xlsx</span> <span class="size">2,5 MB</span>' in page
    lost = Message(("Bảng",), files=(OutgoingFile("none", "x.xlsx", "x"),))
    assert isinstance(await office.chat.send(HEAD, lost, resend=False, part=0), Permanent)
    beside = Message(("Mục 3.5 đọc chưa rõ",), files=(OutgoingFile("none", "x.png", "image/png", beside=True),))
    assert isinstance(await office.chat.send(HEAD, beside, resend=False, part=0), Sent)
    assert "Mục 3.5 đọc chưa rõ" in await browser.opens(f"/chat/{HEAD}")


async def test_a_file_is_fetched_whole_or_not_at_all(office):
    office.files["r1"] = b"12345"
    assert await office.chat.fetch("r1", 5) == b"12345"
    with pytest.raises(FileTooBig):
        await office.chat.fetch("r1", 4)
    with pytest.raises(FileGone):
        await office.chat.fetch("r2", 5)


async def test_an_empty_roster_says_what_to_do(sqlite_database):
    async with TestClient(TestServer(Office(sqlite_database).app)) as client, client.get("/") as response:
        assert await response.text() == "Chưa có ai trong danh sách. Nhập danh sách đơn vị, cán bộ trước."
        assert isinstance(client.server.app, web.Application)


async def test_an_upload_that_is_refused_is_gone_unless_it_is_a_result_by_now(office, browser):
    await browser.posts(f"/chat/{HEAD}/say", text="", files=[("mat.jpg", b"mat"), ("ket qua.jpg", b"ket qua")])
    secret, result = (file.ref for file in office.bot.heard[0].files)
    async with office.database.work(office.clock.now()) as work:
        await follow(work, (await work.people.agencies())[0].id)
        part = (await work.connection.exec_driver_sql("SELECT min(id) FROM assignments")).scalar()
        handed_in = await work.submissions.add(part, Submission(None, None, work.now), None)
        await work.submissions.add_files(handed_in, [Evidence(result, "ket qua.jpg", "image/jpeg", 7)])
    for ref in (secret, result):
        await office.chat.discard(ref)
    assert list(office.files) == [result]
    assert "mat.jpg" in await browser.opens(f"/chat/{HEAD}")
    with pytest.raises(FileGone):
        await office.chat.fetch(secret, 100)
