"""One event, one effect, one answer: twice, eight times at once, with handlers that fail and a database that does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from core.messages import Incoming, IncomingFile
from core.workdays import WorkCalendar
from handlers.context import Context
from handlers.dispatch import Dispatcher, Unavailable
from handlers.handed_files import LOOKING
from handlers.looking_job import LookAtFilesJob
from handlers.routing import COMMANDS, Handler
from storage.database import Database
from tests.bot.upload_office import docx
from tests.handlers.reading import read_waiting
from tests.handlers.two_agencies import OWN, Town

HEAD, SECOND, CHIEF, CLERK, LEADER = (f"{OWN}:{key}" for key in ("tp-qltm", "pp-qltm", "cvp", "th", "gd"))


@pytest.fixture
async def town(sqlite_database: Database) -> Town:
    return await Town.build(sqlite_database)


@pytest.fixture
async def either(database: Database) -> Town:
    """The same on SQLite and on PostgreSQL."""
    return await Town.build(database)


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(name: str, handler: Handler) -> None:
        monkeypatch.setitem(COMMANDS, name, replace(COMMANDS[name], run=handler))

    return put


async def counts(town: Town) -> dict[str, int]:
    tables = ("assignment_versions", "audit_entries", "questions", "submissions", "drafts", "jobs", "inbox", "outbox")
    return {table: (await town.rows(table, "count(*) AS n"))[0].n for table in tables}


# exactly once


async def test_an_event_acts_once_however_often_it_comes(either: Town) -> None:
    event = either.event(HEAD, "/progress 3.7 60")
    first = await either.dispatcher.receive(event)
    again = await either.dispatcher.receive(event)
    at_once = await asyncio.gather(*(either.dispatcher.receive(event) for _ in range(8)))
    assert (first.duplicate, again.duplicate, {one.duplicate for one in at_once}) == (False, True, {True})
    assert (again.answer, again.channels) == (None, frozenset())
    assert await either.state("3.7") == ("in_progress", 2)
    assert len(await either.rows("outbox")) == 1


async def test_eight_copies_at_once_are_one_event(either: Town) -> None:
    event = either.event(HEAD, "/done 3.7")
    receipts = await asyncio.gather(*(either.dispatcher.receive(event) for _ in range(8)))
    assert sorted(one.duplicate for one in receipts) == [False, *[True] * 7]
    assert await either.state("3.7") == ("done", 2)
    assert len(await either.rows("outbox")) == 1
    assert await either.rows("incidents") == []


async def test_eight_copies_of_a_mistake_are_answered_once(either: Town) -> None:
    event = either.event(HEAD, "/done 9.9")
    receipts = await asyncio.gather(*(either.dispatcher.receive(event) for _ in range(8)))
    assert sorted(one.duplicate for one in receipts) == [False, *[True] * 7]
    assert len(await either.rows("outbox")) == 1


async def test_eight_first_words_of_a_stranger_are_all_answered(either: Town) -> None:
    events = [either.event("stranger", f"/start SCT 2345 678{n}") for n in range(2, 10)]
    await asyncio.gather(*map(either.dispatcher.receive, events))
    assert len(await either.rows("outbox")) == 8
    (account,) = await either.rows("accounts", "wrong_codes", "external_id = 'stranger'")
    assert account.wrong_codes == 5
    assert await either.rows("incidents") == []


async def test_one_persons_words_act_in_turn(either: Town) -> None:
    events = [either.event(HEAD, f"/progress 3.7 {percent}") for percent in range(10, 90, 10)]
    await asyncio.gather(*map(either.dispatcher.receive, events))
    assert await either.state("3.7") == ("in_progress", 9)
    assert len(await either.rows("outbox")) == 8
    assert await either.rows("incidents") == []


async def test_the_same_id_by_another_channel_is_another_event(town: Town) -> None:
    event = town.event(HEAD, "/help")
    await town.dispatcher.receive(event)
    receipt = await town.dispatcher.receive(replace(event, channel="webchat"))
    assert not receipt.duplicate


async def test_senders_are_woken_after_the_commit_and_not_by_copies(town: Town) -> None:
    woken: list[tuple[str, int]] = []
    dispatcher = Dispatcher(
        town.database, town.clock, town.catalogue, wake=lambda channel: woken.append((channel, len(woken)))
    )
    event = town.event(HEAD, "/done 3.7")
    await dispatcher.receive(event)
    await dispatcher.receive(event)
    assert woken == [("plain", 0)]
    file = IncomingFile("ref", "718.docx", 10)
    await dispatcher.receive(town.event(CLERK, "", kind="file", files=(file,)))
    assert [name for name, _ in woken[1:]] == ["jobs", "plain"]


# races between people


async def race(town: Town, *said: tuple[str, str]) -> list[str]:
    """Let several speak at once; return what each was answered."""
    since = await town.last("outbox")
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, words)) for who, words in said))
    answers = []
    for who, _ in said:
        rows = await town.rows("outbox", "content", f"chat = '{who}' AND id > {since} AND \"class\" = 0")
        answers.append("\n".join(str(row.content) for row in rows))
    assert all(answers)
    assert await town.rows("incidents", "error") == []
    return answers


@pytest.mark.parametrize("_attempt", range(3))
async def test_head_and_deputy_close_the_same_part_once(either: Town, _attempt: int) -> None:
    answers = await race(either, (HEAD, "/done 3.7"), (SECOND, "/done 3.7"))
    assert await either.state("3.7") == ("done", 2)
    assert sum("hoàn thành ngày 28/4/2023, đúng hạn" in answer for answer in answers) == 1
    (other,) = (answer for answer in answers if "đúng hạn" not in answer)
    assert "đã ghi hoàn thành" in other or "vừa có người khác ghi" in other


async def test_what_two_heads_say_of_one_part_is_kept_or_refused_never_lost(either: Town) -> None:
    said = [(who, f"/progress 3.7 {percent}") for percent, who in enumerate([HEAD, SECOND, LEADER, CHIEF] * 3, 11)]
    answers = await race(either, *said)
    taken = sum("%" in answer for answer in answers)
    refused = sum("vừa có người khác ghi" in answer for answer in answers)
    assert taken + refused >= len(said)
    _, version = await either.state("3.7")
    kept = await either.rows("assignment_versions", "version", "assignment_id = (SELECT id FROM assignments WHERE "
                             f"code = '3.7' AND agency_id = {either.agencies[OWN]})")  # fmt: skip
    assert sorted(row.version for row in kept) == list(range(1, version + 1))


async def test_a_notice_is_approved_once(either: Town) -> None:
    async with either.database.work(either.clock.now()) as work:
        (draft,) = await work.drafts.open(either.agencies[OWN])
        await work.drafts.save(draft, draft.notice, "submitted")
    answers = await race(either, (CHIEF, "/approve 800-2023"), (CHIEF, "/approve 800-2023"))
    assert sum("Đã đưa TB 800 vào theo dõi" in answer for answer in answers) >= 1
    followed = await either.rows("notices", "id", f"number LIKE '800/%' AND agency_id = {either.agencies[OWN]}")
    assert len(followed) == 1
    assert len(await either.rows("outbox", "id", f"chat = '{HEAD}'")) == 1


async def test_two_clerks_submit_edit_and_paste_at_once(either: Town) -> None:
    other = f"{OWN}:th-2"
    await race(either, (CLERK, "/notice submit 800-2023"), (other, "/edit 800-2023/3.7 lead QLCN"))
    pasted = (
        "SỞ CÔNG THƯƠNG\nSố: 901/TB-SCT\nQuảng Ngãi, ngày 20 tháng 4 năm 2023\nTHÔNG BÁO\nKết luận\n"
        "1. Giao phòng QLTM tham mưu kế hoạch trước ngày 30/5/2023.\n"
        "2. Giao phòng QLNL báo cáo Giám đốc Sở trước ngày 30/5/2023./.\n"
    )
    await race(either, (CLERK, pasted), (other, pasted), (CHIEF, pasted))
    await read_waiting(either.database, either.clock.now(), either.catalogue)
    where = "number = '901/TB-SCT' AND status NOT IN ('dropped', 'followed')"
    assert len(await either.rows("drafts", "id", where)) == 1


async def test_the_leader_agrees_while_the_clerk_edits(either: Town) -> None:
    async with either.database.work(either.clock.now()) as work:
        (draft,) = await work.drafts.open(either.agencies[OWN])
        notice = draft.notice
        task = replace(notice.tasks[4], due=None, suggested=either.clock.now().date() + timedelta(days=30))
        await work.drafts.save(draft, notice.with_task(task), "submitted")
    assert "Đã gửi" in await either.says(CHIEF, "/consult 800-2023") or True
    await race(either, (LEADER, "/notice agree 800-2023"), (CHIEF, "/edit 800-2023/3.6 lead QLCN"))
    (row,) = await either.rows("drafts", "version, status", f"agency_id = {either.agencies[OWN]}")
    assert row.status in {"asked", "answered"}
    assert row.version >= 4


# what fails


async def test_an_unexpected_failure_leaves_a_number_and_nothing_else(either: Town, instead: Any) -> None:
    done = COMMANDS["done"].run
    calls = 0

    async def failing(context: Context) -> Any:
        nonlocal calls
        calls += 1
        await done(context)
        raise LookupError("a programming error")

    instead("done", failing)
    before = await either.everything()
    event = either.event(HEAD, "/done 3.7")
    with capture_logs() as logs:
        receipt = await either.dispatcher.receive(event)
    (incident,) = await either.rows("incidents", "number, error, event_id")
    assert (incident.error, incident.event_id) == ("LookupError('a programming error')", event.event_id)
    assert receipt.answer is not None
    assert incident.number in receipt.answer
    assert [(line["number"], line["log_level"]) for line in logs] == [(incident.number, "error")]
    (row,) = await either.rows("outbox", "chat, status, person_id")
    assert (row.chat, row.status) == (HEAD, "queued")
    assert await either.everything() == before
    assert (await either.dispatcher.receive(event)).duplicate
    assert calls == 1


async def test_what_was_said_is_neither_in_an_incident_nor_in_the_log(either: Town, instead: Any) -> None:
    async def failing(context: Context) -> Any:
        secret = {"words": "SCT 7K2M 9Q4D"}
        await context.work.connection.execute(text("SELECT CAST(:words AS integer), no_such_column"), secret)

    instead("done", failing)
    with capture_logs() as logs:
        await either.dispatcher.receive(either.event(HEAD, "/done 3.7"))
    (incident,) = await either.rows("incidents", "error")
    assert "no_such_column" in incident.error
    assert "7K2M" not in incident.error
    assert "7K2M" not in "".join(str(line["exc_info"]) for line in logs)


async def test_a_mistake_leaves_the_event_and_its_answer_only(either: Town) -> None:
    before = await counts(either)
    await either.dispatcher.receive(either.event(HEAD, "/done 3.6"))
    after = await counts(either)
    assert {table: after[table] - before[table] for table in after} == {
        **dict.fromkeys(after, 0), "inbox": 1, "outbox": 1,
    }  # fmt: skip
    (row,) = await either.rows("outbox", "person_id, account_id, entry_id")
    assert row.person_id is not None
    assert row.account_id is not None
    assert row.entry_id is None


async def test_a_database_that_is_down_is_no_incident(sqlite_url: str, town: Town) -> None:
    gone = Database("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    missing = Database(sqlite_url.replace("dondoc.db", "no-such-folder/dondoc.db"))
    for database in (gone, missing):
        dispatcher = Dispatcher(database, town.clock, town.catalogue)
        with pytest.raises(Unavailable):
            await dispatcher.receive(town.event(HEAD, "/done 3.7"))
        with pytest.raises(Unavailable):
            await dispatcher.reject("plain", "{}", "unreadable")
        await database.close()


async def test_a_server_that_takes_nobody_more_is_down(postgres_url: str) -> None:
    town = await Town.build(Database(postgres_url))
    await town.database.close()
    address, _, name = postgres_url.rpartition("/")
    admin = Database(f"{address}/postgres")
    async with admin.engine.connect() as connection:
        connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("CREATE ROLE crowd LOGIN CONNECTION LIMIT 0"))
        try:
            crowded = Database(postgres_url.replace("postgres@", "crowd@"))
            with pytest.raises(Unavailable):
                await Dispatcher(crowded, town.clock, town.catalogue).receive(town.event(HEAD, "/done 3.7"))
            await crowded.close()
        finally:
            await connection.execute(text("DROP ROLE crowd"))
    await admin.close()
    assert name


class _Lost(Exception):
    sqlstate = "40001"


@pytest.mark.parametrize(("lost", "succeeds"), [(1, True), (3, True), (4, False)])
async def test_a_lost_race_is_run_again(either: Town, instead: Any, lost: int, succeeds: bool) -> None:
    done = COMMANDS["done"].run
    calls = 0

    async def racing(context: Context) -> Any:
        nonlocal calls
        calls += 1
        answer = await done(context)
        if calls <= lost:
            raise DBAPIError("UPDATE", None, _Lost())
        return answer

    instead("done", racing)
    event = either.event(HEAD, "/done 3.7")
    if succeeds:
        assert not (await either.dispatcher.receive(event)).duplicate
        assert await either.state("3.7") == ("done", 2)
    else:
        with pytest.raises(Unavailable):
            await either.dispatcher.receive(event)
        assert await either.state("3.7") == ("assigned", 1)
        # the wire brings it again
        assert not (await either.dispatcher.receive(event)).duplicate
        assert await either.state("3.7") == ("done", 2)
    assert await either.rows("incidents") == []


async def test_a_real_deadlock_is_run_again(postgres_url: str, instead: Any) -> None:
    database = Database(postgres_url)
    town = await Town.build(database)
    done = COMMANDS["done"].run
    held = {HEAD: asyncio.Event(), CHIEF: asyncio.Event()}
    order = {HEAD: ("3.7", "3.8"), CHIEF: ("3.8", "3.7")}
    lock = text("SELECT id FROM assignments WHERE code = :code ORDER BY id FOR UPDATE")

    async def crossing(context: Context) -> Any:
        who = context.incoming.sender
        first, second = order[who]
        await context.work.connection.execute(text("SET LOCAL deadlock_timeout = '100ms'"))
        await context.work.connection.execute(lock, {"code": first})
        held[who].set()
        await held[CHIEF if who == HEAD else HEAD].wait()
        await context.work.connection.execute(lock, {"code": second})
        return await done(context)

    instead("done", crossing)
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, f"/done {order[who][0]}")) for who in (HEAD, CHIEF)))
    assert await town.state("3.7") == ("done", 2)
    assert await town.state("3.8", "VP") == ("done", 2)
    assert await town.rows("incidents") == []
    await database.close()


# several acts in one message


async def test_a_wrong_act_takes_no_right_one_with_it(either: Town) -> None:
    (answer,) = await either.messages(HEAD, "3.7 dung tien do, 3.6 vuong thieu nguoi, 3.3 trinh gd")
    words = "\n".join(answer.lines)
    assert "Đã ghi tiến độ 3.7" in words
    assert "3.6 giao QLNL, không phải QLTM" in words
    assert "Đã ghi 3.3: phòng trình" in words
    states = [(await either.state("3.7"))[0], (await either.state("3.6", "QLNL"))[0], (await either.state("3.3"))[0]]
    assert states == ["in_progress", "assigned", "presented"]
    rows = await either.rows("audit_entries", "act, subject", "undoable")
    assert [(row.act, row.subject) for row in rows] == [("progress", "718-2023/3.7"), ("present", "718-2023/3.3")]


async def test_nothing_is_left_of_an_act_that_turned_out_wrong(either: Town, instead: Any) -> None:
    present = COMMANDS["present"].run

    async def wrong_at_last(context: Context) -> Any:
        await context.tell(1, "linked-already", title="x")
        await present(context)
        return await COMMANDS["undo"].run(replace_person(context))

    def replace_person(context: Context) -> Context:
        context.actor = replace(context.actor, person_id=10**6)
        return context

    instead("present", wrong_at_last)
    await either.dispatcher.receive(either.event(HEAD, "3.7 dung tien do, 3.3 trinh gd, 3.5 vuong thieu nguoi"))
    assert (await either.state("3.3"))[0] == "assigned"
    assert [(await either.state(code))[0] for code in ("3.7", "3.5")] == ["in_progress", "blocked"]
    assert {row.chat for row in await either.rows("outbox", "chat")} == {HEAD}
    assert len(await either.rows("audit_entries", "id", "undoable")) == 2


async def test_only_wrong_acts_leave_nothing(either: Town) -> None:
    before = await either.everything()
    answer = await either.says(HEAD, "3.6 dung tien do, 9.9 vuong thieu nguoi")
    assert "3.6 giao QLNL" in answer
    assert "không có 9.9" in answer
    assert await either.everything() == before


async def test_an_unexpected_failure_in_one_act_takes_the_message_back(either: Town, instead: Any) -> None:
    async def failing(context: Context) -> Any:
        raise LookupError

    instead("present", failing)
    before = await either.everything()
    assert "Có lỗi ngoài dự kiến" in await either.says(HEAD, "3.7 dung tien do, 3.3 trinh gd")
    assert await either.everything() == before


async def test_documents_asked_for_together_are_given_in_the_order_asked(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.execute(text(
            f"UPDATE tasks SET needs_document = true WHERE code = '3.7' AND agency_id = {town.agencies[OWN]}"
        ))  # fmt: skip
    first, second = await town.messages(HEAD, "3.7 xong roi nhe, 3.5 cung xong luon")
    assert "Mục 3.7 có sản phẩm" in first.plain()
    assert "Mục 3.5 có sản phẩm" in second.plain()
    answer = await town.says(HEAD, "45 27/4")
    assert "Đã ghi 3.7 hoàn thành" in answer
    assert "Mục 3.5 có sản phẩm" in answer
    assert "Đã ghi 3.5 hoàn thành" in await town.says(HEAD, "46 27/4")
    rows = await town.rows("assignments", "code, document", "document IS NOT NULL ORDER BY code")
    assert [(row.code, row.document.partition("/")[0]) for row in rows] == [("3.5", "46"), ("3.7", "45")]


# groups, albums, strangers


async def link(town: Town, chat: str = "-100") -> None:
    await town.dispatcher.receive(town.event(f"{OWN}:cvp", "/link", chat=chat, private=False))
    assert [row.chat for row in await town.rows("chat_groups", "chat")] == [chat]


async def test_a_group_hears_nothing_of_a_mistake_or_a_list(town: Town) -> None:
    await link(town)
    for said in ("/done 3.6", "/overdue", "/tasks", "3.7 vuong thieu nguoi, 3.6 dung tien do", "/invite tp-qltm"):
        since = await town.last("outbox")
        await town.dispatcher.receive(town.event(HEAD, said, chat="-100", private=False))
        rows = await town.rows("outbox", "chat, content", f"id > {since}")
        heard = "".join(str(row.content) for row in rows if row.chat == "-100")
        assert {row.chat for row in rows} <= {HEAD, "-100"}
        for secret in ("quá hạn", "thieu nguoi", "QLNL", "Đề án", "phân quyền"):
            assert secret not in heard


async def test_a_file_sent_in_a_group_is_answered_in_private(town: Town) -> None:
    await link(town)
    file = IncomingFile("ref", "718.docx", 10)
    await town.dispatcher.receive(town.event(CLERK, "", kind="file", files=(file,), chat="-100", private=False))
    (job,) = await town.rows("jobs", "data")
    assert f'"chat":"{CLERK}"' in str(job.data)
    assert "718.docx" not in str(await town.rows("outbox", "content", "chat = '-100'"))


async def test_a_group_of_strangers_is_left_alone(town: Town) -> None:
    before = len(await town.rows("accounts"))
    for number in range(20):
        await town.dispatcher.receive(town.event(f"stranger-{number}", "/done 3.7", chat="-100", private=False))
    assert await town.rows("outbox") == []
    assert len(await town.rows("accounts")) == before


async def test_passers_by_leave_no_account_behind(either: Town) -> None:
    before = len(await either.rows("accounts"))
    for number in range(20):
        assert "chưa được liên kết" in await either.says(f"stranger-{number}", "xin chào", language="vi")
        await either.dispatcher.receive(either.event(f"stranger-{number}", "", kind="blocked"))
    assert len(await either.rows("accounts")) == before
    assert "not linked" in await either.says("foreigner", "hello", language="en-GB")


async def looked_at(town: Town, count: int) -> None:
    """Do the one job that looks at these files."""

    async def fetch(_channel: str, _ref: str, _limit: int) -> bytes:
        return docx()

    job = LookAtFilesJob(fetch, town.catalogue, WorkCalendar())
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql("UPDATE jobs SET run_at = created_at")
        (one,) = [one for one in await work.jobs.hold("tests", timedelta(minutes=1), 9) if one.kind == LOOKING]
        prepared = await job.prepare(one.data)
        assert len(prepared["good"]) == count
        await job.commit(work, one.data, prepared)
        await work.jobs.end(one)


async def test_an_album_is_answered_once(town: Town) -> None:
    photo = IncomingFile("ref", "a.jpg", 10, "image/jpeg")

    def part(said: str, album: str) -> Incoming:
        return town.event(HEAD, said, kind="photo", files=(photo,), album=album)

    for words in (["xong 3.7", "", ""], ["", "", ""]):
        album = f"album {len(words[0])}"
        since = await town.last("outbox")
        for said in words:
            await town.dispatcher.receive(part(said, album))
        await looked_at(town, 3)
        assert len(await town.rows("outbox", "id", f"id > {since}")) == 1
    assert (await town.state("3.7"))[0] == "done"


async def test_words_in_a_group_do_not_unblock_a_private_chat(town: Town) -> None:
    await town.dispatcher.receive(town.event(HEAD, "", kind="blocked"))
    await town.dispatcher.receive(town.event(HEAD, "/help", chat="-100", private=False))
    (row,) = await town.rows("accounts", "status", f"external_id = '{HEAD}'")
    assert row.status == "blocked"
    await town.dispatcher.receive(town.event(HEAD, "/help"))
    (row,) = await town.rows("accounts", "status", f"external_id = '{HEAD}'")
    assert row.status == "active"


# questions left open


async def test_an_old_question_swallows_no_later_sentence(town: Town) -> None:
    assert "lý do" in (await town.says(CLERK, "/edit 800-2023/3.7 untracked")).casefold()
    for said in ("quá hạn", "/overdue", "sắp đến hạn", "trợ giúp", "mời tp-qltm", "3.6 xong rồi", "cài đặt"):
        answer = await town.says(CLERK, said)
        assert "không theo dõi" not in answer.casefold(), said
    town.clock.at += timedelta(minutes=31)
    assert "không theo dõi" not in (await town.says(CLERK, "việc của đơn vị khác")).casefold()


async def test_a_reason_given_in_time_is_taken_on_one_line(town: Town) -> None:
    await town.says(CLERK, "/edit 800-2023/3.7 untracked")
    answer = await town.says(CLERK, "việc của\n\u202eđơn vị khác\n3.9 cũng vậy " + "x" * 1000)
    assert "không theo dõi" in answer.casefold()
    assert "\u202e" not in answer
    assert "việc của đơn vị khác 3.9 cũng vậy" in answer


async def test_a_document_is_taken_for_its_question_for_a_day(town: Town) -> None:
    await town.says(HEAD, "/done 3.5")
    town.clock.at += timedelta(hours=25)
    assert "là kết quả của mục nào" in await town.says(HEAD, "45 27/4")
    assert (await town.state("3.5"))[0] == "assigned"


# codes


async def test_a_code_lies_nowhere_once_it_has_left(either: Town) -> None:
    (message,) = await either.messages(CLERK, "mời tp-qltm")
    code = message.lines[0]
    assert len(code.split()) == 3
    assert code not in str([tuple(row) for row in await either.rows("audit_entries")])
    assert code in str(await either.rows("outbox", "content", "content IS NOT NULL"))
    async with either.database.work(either.clock.now()) as work:
        await work.outbox.forget_codes()
    assert code not in str(await either.rows("outbox", "content", "content IS NOT NULL"))
    assert code.split()[1] not in str([tuple(row) for row in await either.rows("outbox")])
    assert "Đồng chí là Trưởng phòng QLTM" in await either.says("newcomer", code)
    assert "Đã liên kết" in await either.says("newcomer", "đúng")
    assert code.split()[1] not in str([tuple(row) for row in await either.rows("audit_entries")])


async def test_a_code_that_waits_to_be_sent_is_kept(town: Town) -> None:
    await town.dispatcher.receive(town.event(CLERK, "mời tp-qltm"))
    async with town.database.work(town.clock.now()) as work:
        assert await work.outbox.forget_codes() == 0


async def test_whoever_had_the_office_hears_of_another_account(town: Town) -> None:
    (message,) = await town.messages(CLERK, "/invite tp-qltm")
    await town.says("newcomer", message.lines[0])
    since = await town.last("outbox")
    await town.says("newcomer", "/agree")
    (told,) = await town.rows("outbox", "chat, content", f"id > {since} AND chat <> 'newcomer'")
    assert told.chat == HEAD
    assert "Một tài khoản khác vừa được liên kết" in str(told.content)


async def test_guessing_ends_after_five_and_costs_others_nothing(town: Town) -> None:
    (message,) = await town.messages(CLERK, "/invite tp-qlnl")
    for number in range(5):
        assert "Mã không đúng" in await town.says("guesser", f"/start SCT2345678{number + 2}")
    assert "Sai mã nhiều lần" in await town.says("guesser", message.lines[0])
    assert "Đồng chí là Trưởng phòng QLNL" in await town.says("newcomer", message.lines[0])


async def test_the_accounts_of_those_who_only_guessed_are_dropped_after_a_week(either: Town) -> None:
    await either.says("guesser", "/start SCT23456782")
    before = len(await either.rows("accounts"))
    async with either.database.work(either.clock.now()) as work:
        assert await work.accounts.forget_strangers() == 0
        await work.connection.execute(text("UPDATE accounts SET wrong_since = '2020-01-01 00:00:00'"))
        assert await work.accounts.forget_strangers() == 1
    assert len(await either.rows("accounts")) == before - 1


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("mời trưởng phòng QLTM", "Trưởng phòng QLTM"),
        ("mời phó phòng QLTM", "Phó Trưởng phòng QLTM"),
        ("mời phó trưởng phòng QLTM", "Phó Trưởng phòng QLTM"),
        ("/invite QLTM head", "Trưởng phòng QLTM"),
        ("/invite QLTM deputy_head", "Phó Trưởng phòng QLTM"),
        ("/invite QLTM officer", "Chuyên viên QLTM"),
        ("/invite QLTM", "Trưởng phòng QLTM"),
        ("mời phòng QLTM", "Trưởng phòng QLTM"),
        ("/invite cv-qltm", "Chuyên viên QLTM"),
        ("mời giám đốc sở", "Giám đốc Sở"),
    ],
)
async def test_a_code_is_made_for_the_person_named(town: Town, said: str, title: str) -> None:
    (message,) = await town.messages(CLERK, said)
    assert message.title == f"Mã mời: {title}"


@pytest.mark.parametrize("said", ["mời phó phòng QLNL", "/invite QLCN officer", "mời chuyên viên QLNL"])
async def test_for_an_office_nobody_holds_no_code_is_made_for_somebody_else(town: Town, said: str) -> None:
    (message,) = await town.messages(CLERK, said)
    assert "Danh sách cán bộ không có" in message.plain()
    assert "Mã mời" not in message.plain()
