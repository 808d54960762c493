"""Whatever is typed, sent or forged: one answer, no incident, no change that was not asked for, nothing that acts elsewhere."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.lanes import Lanes
from bot.telegram_render import render
from bot.webchat_view import View
from core.messages import IncomingFile, Kind, Message
from core.speech import understand_all
from core.workdays import WorkCalendar
from handlers.door import storable
from handlers.handed_files import LOOKING
from storage.database import Database
from storage.webchat import Line
from tests.handlers.two_agencies import OWN, Rehearsal, Seen, Town

HEAD, CLERK, CHIEF, LEADER, STRANGER = f"{OWN}:tp-qltm", f"{OWN}:th", f"{OWN}:cvp", f"{OWN}:gd", "nobody-knows"

ACTS = frozenset(
    {
        "done",
        "present",
        "reported",
        "progress",
        "blocked",
        "acknowledge",
        "assign",
        "undo",
        "document",
        "approve",
        "drop",
    }
)
"""What a text must mean before a part may change."""

FRAGMENTS = [
    "xong 3.5", "/done", "3.7", "ok", "xong", "45 27/4", "/undo", "quá hạn", "718", "/task 3.6", "vuong", "SNN/718/3.9",
    "\x00", "\ud83d", "\udc00", "\u202e", "\u200b\u200d", "\ufeff", "\x1b[2J", "\r\n", "\u2028", "🇻🇳👍🏽", "ﷺ", "e\u0301\u0301",
    "<b>", "<a href='tg://user?id=1'>x</a>", "<script>alert(1)</script>", "&lt;", "</b></i>", '"\'`', "{ $code }", "{0}",
    "%s", "%_", "\\", "'; DROP TABLE people; --", "\\u0000", "$1", ":bind", "* _ [x](http://y)", "${jndi:ldap://x}",
    "/", "//", "/@", "/done@other_bot 3.5", "@dondoc_bot", "#", "²", "٣", "９９", "1" * 5000, "-1", "0", "1", "9" * 20,
    "trang 9999999", "trang ²", "/due ²", "/due 99999999999999999999", "/notice items 800-2023 ²", "ngày 99/99/9999",
    "1/1/1", "31/12/9999", "/language \x00", "/invite %", "/invite '", "/start", "/start " + "A" * 64, "?", "\n", "\t", " ",
]  # fmt: skip

anything = st.one_of(
    st.text(st.characters(), max_size=200),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map(" ".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(st.characters(), max_size=8)), max_size=8).map("".join),
)


@pytest.fixture(scope="module")
async def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    path = tmp_path_factory.mktemp("hostile") / "town.db"
    shutil.copy(sqlite_template, path)
    url = f"sqlite+aiosqlite:///{path}"
    database = Database(url)
    await Town.build(database)
    await database.close()
    rehearsal = Rehearsal(url)
    yield Town(rehearsal)
    await rehearsal.close()


async def meets(town: Town, who: str, said: str, **more: Any) -> Seen:
    assert isinstance(town.database, Rehearsal)
    await town.dispatcher.receive(town.event(who, said, **more))
    return town.database.seen


def answered_once(seen: Seen, who: str) -> None:
    assert seen.incidents == []
    replies = [one for one in seen.told if one.chat == who and one.urgency == 0]
    assert replies or seen.jobs == [LOOKING]
    assert all(one.message.plain().strip() for one in replies)


def asks_for_an_act(town: Town, said: str) -> bool:
    told = understand_all(storable(said), today=town.clock.now().date(), bot_name="dondoc_bot")
    return any(one.intent in ACTS or (one.intent == "text" and one.refs) for one in told)


hostile = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # every try is a transaction: shrinking would take minutes
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@pytest.mark.parametrize("who", [HEAD, CLERK, CHIEF, LEADER, STRANGER])
@given(said=anything)
@hostile
async def test_any_text_is_answered_and_does_only_what_it_says(town: Town, who: str, said: str) -> None:
    seen = await meets(town, who, said)
    answered_once(seen, who)
    assert not seen.changed or asks_for_an_act(town, said)
    for one in seen.told:
        is_inert(one.message)


@pytest.mark.parametrize("said", FRAGMENTS)
@pytest.mark.parametrize("kind", ["text", "button", "file", "photo", "voice", "other"])
async def test_any_fragment_in_any_kind_of_message_is_answered(town: Town, said: str, kind: Kind) -> None:
    file = IncomingFile("ref\x00\udc00", f"{said}.docx", 10, f"text/{said}")
    for who in (HEAD, CLERK, STRANGER):
        files = (file,) if kind in {"file", "photo"} else ()
        seen = await meets(town, who, said, kind=kind, files=files, callback=said, language=said, replied_to=said)
        answered_once(seen, who)


async def test_postgresql_keeps_whatever_sqlite_keeps(postgres_url: str) -> None:
    """It alone refuses zero bytes, halves of characters and texts longer than their columns."""
    database = Database(postgres_url)
    town = await Town.build(database)
    odd = "\x00\udc00😀" * 100
    for said in (*FRAGMENTS, odd, "a" * 100_000):
        file = IncomingFile("ref\x00\udc00", f"{said}.docx", 10, f"text/{said}")
        for who in (HEAD, CLERK, odd):
            more: dict[str, Any] = {"callback": said, "language": said, "replied_to": said, "album": said}
            await town.dispatcher.receive(town.event(who, said, **more))
            await town.dispatcher.receive(town.event(who, said, kind="file", files=(file,), **more))
            await town.dispatcher.receive(town.event(who, "/progress 3.7 " + said))
    await town.dispatcher.receive(town.event(STRANGER, "", kind="moved", moved_to=odd))
    await town.dispatcher.reject("plain", odd, odd)
    assert await town.rows("incidents", "error") == []
    assert len(await town.rows("rejected_updates")) == 1
    await database.close()


@pytest.mark.parametrize("kind", ["blocked", "unblocked", "moved"])
async def test_what_is_no_message_is_not_answered(town: Town, kind: Kind) -> None:
    for who in (HEAD, STRANGER, "\x00\udc00" * 50):
        seen = await meets(town, who, "", kind=kind, moved_to="\x00-100\udc00" * 30)
        assert (seen.told, seen.incidents) == ([], [])


async def test_identifiers_of_any_length_and_letters_are_taken(town: Town) -> None:
    odd = "\x00\udc00😀" * 100
    for who in (HEAD, odd):
        event = town.event(who, "xin chào", language=odd, replied_to=odd, callback=odd, album=odd)
        await town.dispatcher.receive(event)
        assert isinstance(town.database, Rehearsal)
        assert town.database.seen.incidents == []
        assert town.database.seen.told


@pytest.mark.parametrize("who", [HEAD, CLERK, LEADER, STRANGER])
@pytest.mark.parametrize(
    "said",
    [
        "a" * 100_000, "3.5 " * 25_000, "xong 3.5, " * 10_000, "/" * 100_000, "\n" * 100_000, "😀" * 100_000,
        "3.5 vuong " + "x" * 100_000, "(" * 100_000, "1" * 100_000, "xong " + "3." * 50_000, "/invite " + "a" * 100_000,
        "/assign 3.6 " + "a " * 50_000, "/notice " + "1. a\n" * 20_000, "e\u0301" * 50_000, "\u0301" * 100_000,
        "/summary " + "9" * 100_000, "/task " + "3.5 " * 25_000, "/due " + "9 " * 50_000,
    ],
    ids=lambda said: said[:12].encode("ascii", "backslashreplace").decode(),
)  # fmt: skip
async def test_a_hundred_kilobytes_neither_stop_the_line_nor_come_back(town: Town, who: str, said: str) -> None:
    began = time.process_time()
    seen = await meets(town, who, said)
    assert time.process_time() - began < 3
    assert seen.incidents == []
    assert sum(len(one.message.plain()) for one in seen.told) < 10_000
    assert len(seen.told) <= 4


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs

    handle_startendtag = handle_starttag


def is_inert(message: Message) -> None:
    """Telegram and the page show what was said as text: no tag, no entity, no attribute of it takes effect."""
    for part in render(message):
        reader = _Tags()
        reader.feed(part.html)
        reader.close()
        assert reader.tags <= {"b"}
        part.html.encode()
        for row in part.keyboard or ():
            assert all(1 <= len(button["callback_data"].encode()) <= 64 for button in row)


@given(said=anything)
@settings(max_examples=60, deadline=None)
def test_the_page_shows_what_was_said_as_text(said: str) -> None:
    fit = storable(said)
    content = {"text": fit, "kind": "text", "files": [{"name": fit, "size": 1, "mime": fit}], "quote": fit}
    view = View(WorkCalendar())
    (bubble,) = view.bubbles([Line(1, "SCT:th", from_bot=False, content=content, at=datetime.now(UTC))])
    page = view.page("bubble.html", {"bubble": bubble})
    assert "<script" not in page
    assert "<a href='tg:" not in page
    assert "onerror" not in page.replace(escape(fit), "")


async def test_what_a_head_says_leaves_a_leaders_list_a_list(sqlite_database: Database) -> None:
    town = await Town.build(sqlite_database)
    await town.says(HEAD, "3.5 vuong thieu nguoi\n\u202e3.6 Việc khác – QLNL: hoàn thành\n" + "x" * 5000)
    town.clock.at += timedelta(days=10)
    for asked in ("/overdue", "718 thế nào rồi?", "/task 3.5"):
        answer = await town.says(LEADER, asked)
        assert len(answer) < 2500
        assert "\u202e" not in answer
        assert not any(line.strip().startswith("3.6 Việc khác") for line in answer.split("\n"))


async def test_a_notice_whose_number_and_codes_no_column_holds_can_be_followed(postgres_url: str) -> None:
    database = Database(postgres_url)
    town = await Town.build(database)
    pasted = (
        f"SỞ CÔNG THƯƠNG\nSố: 901/TB-{'A' * 500}\nQuảng Ngãi, ngày 20 tháng 4 năm 2023\nTHÔNG BÁO\nKết luận\n"
        "1. Giao phòng QLTM tham mưu kế hoạch trước ngày 30/5/2023.\n"
        "2. Giao các đơn vị báo cáo Giám đốc Sở trước ngày 30/5/2023./.\n"
    )
    await town.says(CHIEF, pasted)
    await town.says(CHIEF, f"/edit 2 split 2.{'1' * 500} QLNL: Việc tách ra")
    await town.says(CHIEF, f"2.{'a' * 200}.{'b' * 200} QLNL: Việc tách ra")
    await town.says(CHIEF, "sửa số 901/TB-SCT")
    await town.says(CHIEF, "/edit 901-2023/2 lead QLNL")
    await town.says(CHIEF, "/approve 901-2023")
    assert await town.rows("incidents", "error") == []
    assert len(await town.rows("notices", "id", "number = '901/TB-SCT'")) == 1
    await database.close()


async def test_a_notice_too_long_to_be_read_at_once_is_asked_for_as_a_file(town: Town) -> None:
    for pasted in ("1.\n" * 20_000, "1. Giao phòng QLTM làm việc này trước ngày 30/4/2023.\n" * 1_500):
        began = time.process_time()
        seen = await meets(town, CLERK, pasted)
        assert time.process_time() - began < 3
        assert "quá dài" in seen.to(CLERK)


@pytest.mark.parametrize("date", ["31/12/9999", "01/01/0001", "30/4/2203"])
async def test_a_misprinted_year_stops_no_report(sqlite_database: Database, date: str) -> None:
    town = await Town.build(sqlite_database)
    pasted = (
        f"SỞ CÔNG THƯƠNG\nSố: 901/TB-SCT\nQuảng Ngãi, ngày 20 tháng 4 năm {date[-4:]}\nTHÔNG BÁO\nKết luận\n"
        f"1. Giao phòng QLTM tham mưu kế hoạch trước ngày {date}.\n"
        f"2. Giao phòng QLNL báo cáo Giám đốc Sở, thời hạn {date}./.\n"
    )
    await town.says(CHIEF, pasted)
    await town.says(CHIEF, "sửa ngày 20/4/2023")
    assert "Đã đưa TB 901" in await town.says(CHIEF, "/approve 901-2023")
    for who, said in (
        (LEADER, "/overdue"),
        (LEADER, "/due 366"),
        (LEADER, "/summary"),
        (HEAD, "/tasks"),
        (HEAD, "/task 1"),
    ):
        assert "Có lỗi" not in await town.says(who, said)


async def test_numbering_one_draft_drops_no_other(sqlite_database: Database) -> None:
    town = await Town.build(sqlite_database)
    body = "THÔNG BÁO\nKết luận\n1. Giao phòng QLTM làm kế hoạch.\n2. Giao phòng QLNL báo cáo./.\n"
    await town.says(CLERK, f"SỞ CÔNG THƯƠNG\nSố: 55/TB-SCT\n{body}")
    await town.says(CLERK, f"SỞ CÔNG THƯƠNG\n{body}")
    await town.says(CLERK, "sửa số 66/TB-SCT")
    rows = await town.rows("drafts", "number", f"status = 'preparing' AND agency_id = {town.agencies[OWN]}")
    assert {row.number for row in rows} == {"55/TB-SCT", "66/TB-SCT", "800/TB-SCT"}


# what is forged, forwarded or somebody else's


async def test_a_forged_button_does_no_more_than_its_presser_may(sqlite_database: Database) -> None:
    town = await Town.build(sqlite_database)
    before = await town.everything()
    for who, pressed in (
        (f"{OWN}:tp-qlnl", "/done 718-2023/3.7"), (f"{OWN}:tp-qlnl", "/done 718-2023/3.7 QLTM"), (HEAD, "/confirm 3.7 QLTM"),
        (HEAD, "/return 3.7 QLTM thiếu"), (HEAD, "/drop 718-2023/3.7 trùng"), (HEAD, "/assign 718-2023/3.7 QLNL"),
        (CLERK, "/agree 718-2023/3.7 QLTM"), (HEAD, "/approve 800-2023"), (HEAD, "/remind send"), (HEAD, "/confirming on"),
        ("SNN:tp-qltm", "/done SCT/718-2023/3.7"), (STRANGER, "/done 718-2023/3.7"), (HEAD, "/record 3.6 QLNL 1 27/4 now"),
    ):  # fmt: skip
        await town.says(who, pressed, kind="button", callback="forged")
        assert await town.everything() == before, (who, pressed)
    assert await town.rows("incidents", "error") == []


async def test_a_number_forged_as_a_button_chooses_nothing_of_anothers(sqlite_database: Database) -> None:
    town = await Town.build(sqlite_database)
    assert "1 3.5" in await town.says(HEAD, "xong")
    before = await town.everything()
    await town.says(f"{OWN}:tp-qlcn", "1", kind="button", callback="x")
    await town.says(f"{OWN}:tp-qlcn", "1")
    assert await town.everything() == before


async def test_an_invite_code_is_good_for_one_stranger_only(sqlite_database: Database) -> None:
    town = await Town.build(sqlite_database)
    made = await town.says(CLERK, "/invite tp-qlnl")
    code = re.search(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4})+\b", made)
    assert code is not None, made
    await town.says("one", f"/start {code[0]}")
    await town.says("one", "1")
    linked = await town.rows("accounts", "external_id", "person_id IS NOT NULL AND external_id = 'one'")
    await town.says("two", f"/start {code[0]}")
    await town.says("two", "1")
    assert await town.rows("accounts", "external_id", "person_id IS NOT NULL AND external_id = 'two'") == []
    assert len(linked) == 1


FORWARDED = [
    "xong 3.7",
    "/done 3.7",
    "ok",
    "trình 3.7",
    "hoàn tác",
    "thôi theo dõi 3.7 vì trùng",
    "xong 3.7\nxong 3.6",
    "1",
]


@pytest.mark.parametrize("said", FORWARDED)
async def test_a_forwarded_message_is_nobodys_command(town: Town, said: str) -> None:
    for who in (HEAD, LEADER, CHIEF):
        seen = await meets(town, who, said, forwarded=True)
        answered_once(seen, who)
        assert seen.changed == 0
        assert seen.entries == 0
        assert "tin chuyển tiếp" in seen.to(who)


async def test_the_caption_of_a_forwarded_file_commands_nothing_and_the_file_is_taken(town: Town) -> None:
    file = IncomingFile("ref", "to-trinh.pdf", 10, "application/pdf")
    told = await meets(town, HEAD, "xong 3.7", kind="file", files=(file,))
    assert (told.changed, told.jobs) == (0, ["look_at_files"]), "a result is looked at before it is recorded"
    seen = await meets(town, HEAD, "xong 3.7", kind="file", files=(file,), forwarded=True)
    assert (seen.changed, seen.jobs) == (0, ["look_at_files"])


async def test_of_a_forwarded_file_the_words_beside_it_are_left(sqlite_database: Database) -> None:
    town = await Town.build(sqlite_database)
    file = IncomingFile("ref", "to-trinh.pdf", 10, "application/pdf")
    for forwarded in (False, True):
        event = town.event(HEAD, "xong 3.7", kind="file", files=(file,), forwarded=forwarded)
        await town.dispatcher.receive(event)
    looked_at = [str(row.data) for row in await town.rows("jobs", "data")]
    assert ["xong 3.7" in data for data in looked_at] == [True, False]


async def test_a_forwarded_notice_is_still_read(town: Town) -> None:
    pasted = "Số: 901/TB-SCT\n" + "1. Giao phòng QLTM tham mưu kế hoạch trước ngày 30/5/2023.\n" * 20
    seen = await meets(town, CLERK, pasted, forwarded=True)
    assert "tin chuyển tiếp" not in seen.to(CLERK)
    assert seen.incidents == []


async def test_one_who_floods_keeps_nobody_waiting(database: Database) -> None:
    """Forty messages of one person, and one of another's among them: each is answered once, the other's not last."""
    town = await Town.build(database)
    answered: list[str] = []

    async def said(who: str, words: str) -> None:
        await town.dispatcher.receive(town.event(who, words))
        answered.append(who)

    lanes = Lanes(4)
    for number in range(40):
        lanes.put(HEAD, partial(said, HEAD, f"/progress 3.7 {number}"))
    other = f"{OWN}:tp-qlnl"
    lanes.put(other, partial(said, other, "xong 3.6"))
    async with asyncio.timeout(60):
        while len(answered) < 41:
            await asyncio.sleep(0.01)
    await lanes.stop(5)
    assert answered.index(other) < 40
    assert len(answered) == 41
    assert (await town.state("3.6", "QLNL"))[0] == "done"
    assert await town.state("3.7") == ("in_progress", 41)
    assert await town.rows("incidents", "error") == []


HOSTILE: tuple[tuple[str, dict[str, Any]], ...] = (
    *((f"/{act} 718-2023/{code} {unit}", {"kind": "button", "callback": "forged"}) for act in ("done", "confirm", "drop", "agree",
      "record", "assign") for code, unit in (("3.7", "QLTM"), ("3.6", "QLNL"))),
    *((f"/{act} SNN/718/3.9", {}) for act in ("task", "files", "done", "record", "drop")),
    *((f"/{act} {code}", {}) for act in ("d", "u", "files", "start") for code in ("eyJyIjoiYWJjIn0.c2ln", "SCT-7K2M-9Q4D")),
    *((str(number), {"kind": kind}) for number in range(3) for kind in ("text", "button")),
    ("xong 3.7 " + "x" * 100_000, {}), ("3.7 " * 25_000, {}), ("<b>/done 3.7</b><script>alert(1)</script>", {}),
    ("<a href='tg://user?id=1'>xong 3.7</a>", {}), ("/remind send", {"kind": "button"}), ("/publish send", {"kind": "button"}),
    ("xong 3.7", {"forwarded": True}), ("/drop 3.7 trùng", {"forwarded": True}),
    ("xong 3.7", {"forwarded": True, "kind": "file", "files": (IncomingFile("ref", "a.pdf", 10, "application/pdf"),)}),
    ("/undo", {}), ("hoan tac", {"kind": "button"}),
)  # fmt: skip
"""Forged buttons, others' codes and tokens, numbers that answer nothing, giant texts, markup, captions of what is forwarded."""


async def test_a_hostile_user_sees_and_changes_nothing_while_others_are_answered(database: Database) -> None:
    town = await Town.build(database)
    bad, others = f"{OWN}:cv-qltm", (f"{OWN}:tp-qlnl", f"{OWN}:gd", "SNN:tp-qltm", f"{OWN}:th")
    await town.says(f"{OWN}:tp-qlnl", "3.6 vuong bi mat cua phong, 20/5")
    before = await town.everything()
    done: list[str] = []

    async def said(who: str, words: str, more: dict[str, Any]) -> None:
        await town.dispatcher.receive(town.event(who, words, **more))
        done.append(who)

    lanes = Lanes(4)
    for words, more in HOSTILE:
        lanes.put(bad, partial(said, bad, words, more))
        lanes.put(STRANGER, partial(said, STRANGER, words, more))
    for who in others:
        lanes.put(who, partial(said, who, "/overdue", {}))
    async with asyncio.timeout(120):
        while len(done) < 2 * len(HOSTILE) + len(others):
            await asyncio.sleep(0.01)
    await lanes.stop(5)
    last = max(done.index(who) for who in others)
    assert last < len(HOSTILE) / 2, "everybody else is answered long before the flood has run"
    assert await town.everything() == before
    assert await town.rows("incidents", "error") == []
    heard = [str(row.content) for row in await town.rows("outbox", "content", f"chat IN ('{bad}', '{STRANGER}')")]
    assert len(heard) >= 2 * len(HOSTILE) - 4
    for one in heard:
        assert "bi mat cua phong" not in one
        assert "Ngoại vụ" not in one
        assert len(one) < 10_000
    assert await town.rows("accounts", "id", "external_id = 'nobody-knows' AND person_id IS NOT NULL") == []
