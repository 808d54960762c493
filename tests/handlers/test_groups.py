"""Groups: linked by the office chief, silent about everybody's business, posted in only what was seen and approved."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.messages import Incoming, Message, Receipt
from core.workdays import WorkCalendar
from handlers.reminders import PostAsked, tick
from storage.database import Database
from storage.outbox import Composed
from tests.handlers.test_permissions import AT_LARGE, ON_PARTS
from tests.handlers.two_agencies import FOREIGN, OWN, PROVINCE, ROLES, SECRET, Rehearsal, Town

GROUP = "-100718"
NOT_LINKED = "Nhóm này chưa liên kết. Chánh Văn phòng cơ quan gõ trong nhóm: lien ket nhom"
FIGURES = "TB 718: hoàn thành 0/6, chưa xong 6"
WORD = (
    "Giao ban thứ Hai 29/5. Đề nghị các phòng, đơn vị cho tình hình trước 16:00 thứ Sáu 26/5. "
    "Trợ lý đã gửi riêng từng đơn vị."
)


@pytest.fixture
async def town(sqlite_database: Database) -> Town:
    return await Town.build(sqlite_database)


async def group_hears(town: Town, since: int = 0, chat: str = GROUP) -> list[str]:
    rows = await town.rows("outbox", "id, content", f"chat = '{chat}' AND id > {since} ORDER BY id")
    return [Message.from_json(_json(row.content)).plain() for row in rows]


def _json(content: Any) -> Any:
    return json.loads(content) if isinstance(content, str) else content


async def says_in_group(town: Town, who: str, said: str, chat: str = GROUP) -> tuple[list[str], str]:
    """Let somebody say this in a group; return what the group and what the person reads of it."""
    since = await town.last("outbox")
    own = await town.says(who, said, chat=chat, private=False)
    return await group_hears(town, since, chat), own


async def presses_in_group(town: Town, who: str, command: str) -> Receipt:
    pressed = town.event(who, command, kind="button", chat=GROUP, private=False, callback="c")
    return await town.dispatcher.receive(pressed)


async def linked(town: Town, agency: str = OWN, chat: str = GROUP) -> None:
    group, _ = await says_in_group(town, f"{agency}:cvp", "lien ket nhom", chat)
    assert group == ["Đã liên kết nhóm. Gõ lệnh ở đây như khi nhắn riêng; trả lời gửi riêng từng đồng chí."]


async def test_in_a_group_not_linked_the_bot_says_how_to_link_and_nothing_else(town: Town) -> None:
    before = await town.everything()
    for said in ("qua han", "xong 3.7", "/task SNN/718/3.9", "1", "dang len nhom", "bo lien ket nhom"):
        group, own = await says_in_group(town, f"{OWN}:tp-qltm", said)
        assert (group, own) == ([NOT_LINKED], ""), said
    assert await town.everything() == before
    receipt = await presses_in_group(town, f"{OWN}:tp-qltm", "/done 718-2023/3.7")
    assert (receipt.answer, receipt.alert) == (NOT_LINKED, True)
    assert await town.everything() == before


async def test_only_the_office_chief_links_and_undoes_it(town: Town) -> None:
    for role in ("gd", "th", "tp-qltm", "qt"):
        group, own = await says_in_group(town, f"{OWN}:{role}", "lien ket nhom")
        assert group == []
        assert "chưa được phân quyền" in own
    assert "gõ trong nhóm của cơ quan" in await town.says(f"{OWN}:cvp", "lien ket nhom")
    await linked(town)
    group, _ = await says_in_group(town, f"{OWN}:cvp", "lien ket nhom")
    assert group == ["Nhóm này đã liên kết."]
    await town.says(f"{OWN}:cvp", "hoan tac")
    assert (await says_in_group(town, f"{OWN}:gd", "qua han"))[0] == [NOT_LINKED]
    await linked(town)
    assert (await says_in_group(town, f"{OWN}:cvp", "bo lien ket nhom"))[0] == ["Đã bỏ liên kết nhóm."]
    assert (await says_in_group(town, f"{OWN}:gd", "qua han"))[0] == [NOT_LINKED]
    acts = [row.act for row in await town.rows("audit_entries", "act", "act IN ('link', 'unlink', 'undo')")]
    assert acts == ["link", "undo", "link", "unlink"]


async def test_another_agencys_group_looks_like_nobodys(town: Town) -> None:
    await linked(town, FOREIGN)
    for who in (f"{OWN}:gd", f"{OWN}:tp-qltm", f"{PROVINCE}:gd"):
        assert await says_in_group(town, who, "qua han") == ([NOT_LINKED], "")
    group, own = await says_in_group(town, f"{OWN}:cvp", "lien ket nhom")
    assert group == []
    assert own == "Nhóm này không liên kết được. Chưa ghi gì."
    assert "chưa liên kết nhóm nào" in await town.says(f"{OWN}:gd", "dang len nhom")


async def test_two_chiefs_at_once_link_a_group_to_one_agency(town: Town) -> None:
    events = [town.event(f"{agency}:cvp", "lien ket nhom", chat=GROUP, private=False) for agency in (OWN, FOREIGN)]
    await asyncio.gather(*map(town.dispatcher.receive, events))
    assert len(await town.rows("chat_groups", "id", "ended_at IS NULL")) == 1
    heard = [one for one in await town.rows("outbox", "content") if "không liên kết được" in str(one.content)]
    assert len(heard) == 1


async def test_a_group_reads_short_neutral_sentences_and_each_the_rest_in_private(town: Town) -> None:
    await linked(town)
    town.clock.at = town.clock.at.replace(month=7)
    group, own = await says_in_group(town, f"{OWN}:gd", "qua han")
    assert group == ["Đã gửi riêng đồng chí Giám đốc."]
    assert "Quá hạn đến" in own
    group, own = await says_in_group(town, f"{OWN}:tp-qltm", "xong 3.7")
    assert group == ["Đã ghi nhận 3.7, phòng QLTM."]
    assert "Đã ghi 3.7 hoàn thành" in own
    group, own = await says_in_group(town, f"{OWN}:cvp", "xong 3.8")
    assert group == ["Đã ghi nhận 3.8, VP."]
    group, own = await says_in_group(town, f"{OWN}:gd", "/progress 3.6 40")
    assert group == ["Đã ghi nhận 3.6."]
    group, own = await says_in_group(town, f"{OWN}:tp-qltm", "xong 3.6")
    assert group == []
    assert "3.6 giao QLNL" in own


async def test_who_presses_anothers_button_reads_so_alone_and_nothing_is_done(town: Town) -> None:
    await linked(town)
    before, since = await town.everything(), await town.last("outbox")
    receipt = await presses_in_group(town, f"{OWN}:tp-qlcn", "/done 718-2023/3.6")
    assert (receipt.answer, receipt.alert) == ("Nút này của QLNL, chưa ghi gì.", True)
    stranger = Incoming("plain", "e-x", "nobody", GROUP, "/done 718-2023/3.6", "button", False, callback="c")
    receipt = await town.dispatcher.receive(stranger)
    assert (receipt.answer, receipt.alert) == ("Nút này không dành cho đồng chí, chưa ghi gì.", True)
    assert await town.everything() == before
    assert await group_hears(town, since) == []
    receipt = await presses_in_group(town, f"{OWN}:tp-qlnl", "/done 718-2023/3.6")
    assert not receipt.alert
    assert (await town.state("3.6", "QLNL"))[0] == "done"


async def test_figures_are_shown_first_and_posted_to_the_letter(town: Town) -> None:
    await linked(town)
    await linked(town, chat="-100719")
    since = await town.last("outbox")
    shown = await town.says(f"{OWN}:gd", "dang len nhom")
    assert f"Sẽ đăng lên 2 nhóm của cơ quan, đúng từng chữ:\n{FIGURES}" in shown
    assert await group_hears(town, since) == []
    # what was seen is what is posted, whatever has happened since
    await town.says(f"{OWN}:tp-qltm", "xong 3.7")
    assert "Đã đăng lên 2 nhóm." in await town.says(f"{OWN}:gd", "đăng")
    assert await group_hears(town, since) == [FIGURES]
    assert await group_hears(town, since, "-100719") == [FIGURES]
    assert "Không còn nội dung nào chờ đăng" in await town.says(f"{OWN}:gd", "/publish send")
    assert await group_hears(town, since) == [FIGURES]
    (entry,) = await town.rows("audit_entries", "detail, undoable", "act = 'publish'")
    assert "hoàn thành 0/6" in str(_json(entry.detail)["text"])
    assert not entry.undoable
    assert "hoàn thành 1/6, chưa xong 5" in await town.says(f"{OWN}:cvp", "dang len nhom 718")
    assert "Đã thôi" in await town.says(f"{OWN}:cvp", "thoi")
    assert len(await group_hears(town, since)) == 1


async def test_a_leaders_own_words_are_shown_again_and_say_nothing_of_delays(town: Town) -> None:
    await linked(town)
    since = await town.last("outbox")
    await town.says(f"{OWN}:gd", "dang len nhom")
    assert "Đề nghị gõ nội dung cần đăng." in await town.says(f"{OWN}:gd", "sua")
    for said in ("Phòng QLNL quá hạn mục 3.6", "QLNL chậm 12 ngày", "Đề nghị @binh báo cáo", "Đã đôn đốc lần thứ 3"):
        assert "Chưa đăng gì" in await town.says(f"{OWN}:gd", said), said
    own = "Đề nghị các phòng gửi số liệu chậm nhất 30/4"
    assert f"đúng từng chữ:\n{own}" in await town.says(f"{OWN}:gd", own)
    assert await group_hears(town, since) == []
    assert "Đã đăng lên 1 nhóm." in await town.says(f"{OWN}:gd", "dang")
    assert await group_hears(town, since) == [own]


async def test_what_was_shown_long_ago_is_posted_no_more(town: Town) -> None:
    await linked(town)
    since = await town.last("outbox")
    await town.says(f"{OWN}:gd", "dang len nhom")
    town.clock.at = town.clock.at.replace(hour=9)
    assert "Không còn nội dung" in await town.says(f"{OWN}:gd", "/publish send")
    assert await group_hears(town, since) == []


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(f"2023-{moment}+07:00")


async def ticks(town: Town, moment: str) -> list[Any]:
    """Let the clock tick then, and return who is asked to approve the word before the meeting."""
    town.clock.at = _at(moment)
    async with town.database.work(town.clock.at) as work:
        await tick(work, WorkCalendar(), told=False)
    return await town.rows("outbox", "person_id, status", "\"key\" LIKE 'post-asked:%'")


async def asked_text(town: Town) -> str | Message:
    """Return what the question to the office chief says as it leaves now."""
    compose = PostAsked(town.catalogue, WorkCalendar())
    async with town.database.work(town.clock.at) as work:
        rows = await town.rows("outbox", "id", "\"key\" LIKE 'post-asked:%'")
        fence = 1
        await work.connection.exec_driver_sql(
            "INSERT OR REPLACE INTO leases (name, holder, until, fence) VALUES ('s', 'x', '2030-01-01', 1)"
        )
        (row,) = await work.outbox.take([row.id for row in rows], fence, "s")
        said = await compose(work, row)
        await work.connection.exec_driver_sql("UPDATE outbox SET status = 'queued' WHERE status = 'sending'")
    return said.content if isinstance(said, Composed) else str(said)


async def test_before_the_meeting_the_chief_is_asked_once_and_the_group_reads_what_was_seen(town: Town) -> None:
    assert await ticks(town, "05-24T07:31") == []
    await linked(town)
    assert await ticks(town, "05-23T07:31") == []
    assert await ticks(town, "05-24T07:05") == []
    for moment in ("05-24T07:31", "05-24T08:00", "05-25T07:31"):
        assert len(await ticks(town, moment)) == 1, moment
    message = await asked_text(town)
    assert isinstance(message, Message)
    assert WORD in message.plain()
    assert [button.command for button in message.buttons] == ["/publish review 29/5/2023"]
    since = await town.last("outbox")
    assert await group_hears(town, since) == []
    assert "chưa được phân quyền" in await town.says(f"{OWN}:gd", "/publish review 29/5/2023")
    assert "Đã đăng lên 1 nhóm." in await town.says(f"{OWN}:cvp", "/publish review 29/5/2023")
    assert await group_hears(town, since) == [WORD]
    assert "Tin giao ban 29/5/2023 đã đăng lên nhóm." in await town.says(f"{OWN}:cvp", "/publish review 29/5/2023")
    assert await group_hears(town, since) == [WORD]
    assert len(await town.rows("audit_entries", "id", "act = 'publish'")) == 1


async def test_the_word_before_the_meeting_is_seen_by_whoever_types_for_it(town: Town) -> None:
    await linked(town)
    since = await town.last("outbox")
    assert "Chưa đến kỳ chuẩn bị giao ban" in await town.says(f"{OWN}:cvp", "dang len nhom giao ban")
    town.clock.at = _at("05-25T10:00")
    # another meeting's day shows the text instead of posting it
    assert WORD in await town.says(f"{OWN}:cvp", "/publish review 26/6/2023")
    assert await group_hears(town, since) == []
    assert "Đã đăng lên 1 nhóm." in await town.says(f"{OWN}:cvp", "dong y")
    assert await group_hears(town, since) == [WORD]
    await ticks(town, "05-26T07:31")
    assert await town.rows("outbox", "id", "\"key\" LIKE 'post-asked:%'") == []


async def test_pressed_twice_at_once_the_word_is_posted_once(town: Town) -> None:
    await linked(town)
    town.clock.at = _at("05-25T10:00")
    since = await town.last("outbox")
    pressed = [town.event(f"{OWN}:cvp", "/publish review 29/5/2023", kind="button") for _ in range(2)]
    answers = await asyncio.gather(*map(town.dispatcher.receive, pressed))
    assert sorted(str(one.answer) for one in answers) == [
        "Tin giao ban 29/5/2023 đã đăng lên nhóm.", "Đã đăng lên 1 nhóm.",
    ]  # fmt: skip
    assert await group_hears(town, since) == [WORD]


async def test_a_question_that_leaves_too_late_is_not_asked(town: Town) -> None:
    await linked(town)
    assert len(await ticks(town, "05-24T07:31")) == 1
    town.clock.at = _at("05-26T16:00")
    assert await asked_text(town) == "void"


async def test_a_group_keeps_its_link_when_it_moves_and_loses_it_when_the_bot_is_thrown_out(town: Town) -> None:
    await linked(town)
    moved = Incoming("plain", "e-moved", "", GROUP, kind="moved", private=False, moved_to="-100900")
    await town.dispatcher.receive(moved)
    assert (await says_in_group(town, f"{OWN}:gd", "viec", "-100900"))[0] == ["Đã gửi riêng đồng chí Giám đốc."]
    assert (await says_in_group(town, f"{OWN}:gd", "viec"))[0] == [NOT_LINKED]
    since = await town.last("outbox")
    await town.dispatcher.receive(Incoming("plain", "e-out", "x", "-100900", kind="blocked", private=False))
    assert (await says_in_group(town, f"{OWN}:gd", "viec", "-100900"))[0] == [NOT_LINKED]
    (told,) = await town.rows("outbox", "intent, person_id", f"id > {since} AND intent IS NOT NULL")
    (chief,) = await town.rows("people", "id", f"\"key\" = 'cvp' AND agency_id = {town.agencies[OWN]}")
    assert (_json(told.intent)["kind"], told.person_id) == ("group_lost", chief.id)


async def test_nothing_a_group_reads_is_another_agencys(town: Town) -> None:
    await linked(town)
    await linked(town, FOREIGN, "-200")
    await town.says(f"{OWN}:gd", "dang len nhom")
    await town.says(f"{OWN}:gd", "dang")
    heard = await group_hears(town)
    assert FIGURES in heard
    assert not any(SECRET in one for one in heard)
    assert FIGURES not in await group_hears(town, chat="-200")


IN_PUBLIC = re.compile(
    r"Đã gửi riêng đồng chí [^.0-9]+\.|Đã ghi nhận (?:3\.[1-9](?:, )?)+(?:, (?:phòng QLTM|VP))?\."
    r"|Nhóm này đã liên kết\.|Đã bỏ liên kết nhóm\."
)
"""All that a group reads as an answer: no unit but the speaker's own, no day, no count, nobody's tag."""


@pytest.fixture(scope="module")
async def meeting(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A linked group at a time when much is late; whatever is said in it is taken back."""
    path = tmp_path_factory.mktemp("group") / "town.db"
    shutil.copy(sqlite_template, path)
    url = f"sqlite+aiosqlite:///{path}"
    database = Database(url)
    await linked(await Town.build(database))
    await database.close()
    rehearsal = Rehearsal(url)
    town = Town(rehearsal)
    town.clock.at = town.clock.at.replace(month=7)
    yield town
    await rehearsal.close()


@pytest.mark.parametrize("role", ROLES)
async def test_whatever_is_typed_in_a_group_it_reads_no_more_than_that_it_was_heard(meeting: Town, role: str) -> None:
    who, heard = f"{OWN}:{ROLES[role]}", 0
    assert isinstance(meeting.database, Rehearsal)
    for typed in dict.fromkeys(said for said, _ in (*ON_PARTS.values(), *AT_LARGE.values())):
        for code in dict.fromkeys(("3.7", "3.6", f"{FOREIGN}/718/3.9") if "{code}" in typed else ("",)):
            said = typed.format(code=code)
            await meeting.dispatcher.receive(meeting.event(who, said, chat=GROUP, private=False))
            seen = meeting.database.seen
            assert seen.incidents == []
            public = [one.message for one in seen.told if one.chat == GROUP]
            assert len(public) <= 1, said
            for message in public:
                assert IN_PUBLIC.fullmatch(message.plain()), (said, message.plain())
                assert not message.buttons
                assert not message.files
            assert SECRET not in seen.all, said
            heard += len(public)
    assert heard
