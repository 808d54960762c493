"""A morning list is changed in its place, once for several answers, and only where that is the message they got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update

from bot.composing import compose_all
from bot.plain import PlainChannel
from bot.telegram import TelegramChannel
from bot.webchat import WebChat
from bot.zalo_bot import ZaloBotChannel
from bot.zalo_oa import ZaloOaChannel
from core import tasks
from core.deadlines import HANOI, Deadline
from core.messages import Message
from core.tasks import Progress
from handlers.catalogue import Catalogue
from handlers.intents import Intents
from handlers.reminders import TICKED, Composer, Ticked, tick_off
from handlers.reminders.ticking import CHANGEABLE
from storage.database import Database
from storage.outbox import Result
from storage.schema import accounts, memberships, outbox
from tests.handlers.test_reminders import CALENDAR, LEASE, leave, ticked
from tests.office import open_office

DAY = datetime(2023, 6, 27, 7, 30, tzinfo=HANOI)


async def told(
    database: Database, channel: str = "telegram", pages: Sequence[str | None] = ("77",), also: Sequence[str] = ()
) -> None:
    """Let the head of QLTM, and of the units `also` named, have read that morning's list, which stands where `pages` say."""
    agency = await open_office(database)
    async with database.work(DAY) as work:
        known = {person.key: person.id for person in await work.people.everyone(agency)}
        await work.accounts.add_linked(channel, "tp-qltm", "chat", known["tp-qltm"])
        for unit in await work.people.units(agency):
            if unit.code in also:
                head = {"person_id": known["tp-qltm"], "unit_id": unit.id, "role": "head"}
                await work.connection.execute(insert(memberships).values(head))
    await ticked(database, DAY)
    assert len(await leave(database, DAY, channel)) == 1
    async with database.work(DAY) as work:
        (row,) = (await work.connection.execute(select(outbox.c.id).where(outbox.c.status == "sending"))).scalars()
        for number, page in enumerate(pages, 1):
            status = "sent" if number == len(pages) else "sending"
            for _ in range(2):  # what is not known to be written is written again
                await work.outbox.finish([Result(row, status, page, parts_sent=number)], 1)


async def changed(
    database: Database, code: str, new: Progress | None = None, *, moment: datetime = DAY, unit: str = "QLTM"
) -> int:
    """Write something down for a unit's part as dispatch does; return how many changes of messages it queues."""
    async with database.work(moment) as work:
        notice = (await work.notices.find(1, "718"))[0]
        part = next(one for one in await work.parts.of_notice(notice.id) if (one.code, one.unit_code) == (code, unit))
        await work.parts.save(part, new or tasks.block(part.progress, "x", None), None)
        rows = await tick_off(work)
        await work.outbox.say(rows)
        return len(rows)


async def left(
    database: Database, moment: datetime = DAY, channel: str = "telegram"
) -> tuple[list[Message], list[str]]:
    """Let the changes leave; return them, and what became of the rows of changes."""
    catalogue = Catalogue()
    async with database.work(moment) as work:
        claimed = await work.outbox.claim(channel, 50, 1, (), LEASE)
        taken = await work.outbox.take([row.id for row in claimed if row.waiting], 1, LEASE)
        writes = Intents({TICKED: Ticked(catalogue, CALENDAR)}, otherwise=Composer(catalogue, CALENDAR))
        batch = await compose_all(work, taken, writes, channel, 1, ())
        rows = select(outbox.c.status).where(outbox.c.key.like("edit:%")).order_by(outbox.c.id)
        return [row.content for row in batch.ready if row.content], list(
            (await work.connection.execute(rows)).scalars()
        )


async def test_several_answers_leave_as_one_change_of_the_message_that_was_sent(database: Database) -> None:
    await told(database)
    assert await changed(database, "3.4") == 1
    assert await changed(database, "3.7", Progress(tasks.State.DONE, completed_on=DAY.date())) == 1
    messages, statuses = await left(database)  # one a chat at a time
    if statuses == ["superseded", "queued"]:
        messages, statuses = await left(database)
    assert statuses == ["superseded", "sending"]
    (message,) = messages
    assert message.edits == ("77",)
    assert "✓ 3.7 Ban biên tập Sàn TMĐT – Đã hoàn thành" in message.lines
    assert "→ 3.4 02 CTMTQG – Đang vướng" in message.lines
    assert not any("3.7" in button.command for button in message.buttons)
    assert Message.from_json(message.to_json()) == message


async def test_the_same_directive_of_two_units_is_ticked_off_for_each(sqlite_database: Database) -> None:
    await told(sqlite_database, also=("TTKC",))
    ticked_off = []
    for unit in ("TTKC", "QLTM"):
        await changed(sqlite_database, "3.4", unit=unit)
        ((message,), _) = await left(sqlite_database)
        async with sqlite_database.work(DAY) as work:
            await work.connection.execute(update(outbox).where(outbox.c.status == "sending").values(status="sent"))
        ticked_off.append([line.startswith("→") for line in message.lines if "02 CTMTQG" in line])
    assert ticked_off == [[False, True], [True, True]]


async def test_a_list_of_several_pages_is_changed_page_by_page(database: Database) -> None:
    await told(database, pages=("75", "76", "77"))
    await changed(database, "3.7", Progress(tasks.State.DONE, completed_on=DAY.date()))
    ((message,), _) = await left(database)
    assert message.edits == ("75", "76", "77")
    assert "✓ 3.7 Ban biên tập Sàn TMĐT – Đã hoàn thành" in message.lines
    assert Message.from_json(message.to_json()) == message


async def test_a_list_one_page_of_which_stands_nowhere_known_is_left_alone(database: Database) -> None:
    await told(database, pages=(None, "76", "77"))
    await changed(database, "3.7")
    assert await left(database) == ([], ["void"])


async def test_a_deadline_that_moved_is_written_anew_and_what_is_only_received_is_not_ticked(
    database: Database,
) -> None:
    await told(database)
    await changed(database, "3.4", Progress(tasks.State.ACKNOWLEDGED, Deadline(date(2023, 7, 15))))
    ((message,), _) = await left(database)
    assert "3.4 02 CTMTQG – 15/7" in message.lines


async def test_a_part_the_list_does_not_name_changes_nothing(database: Database) -> None:
    await told(database)
    assert await changed(database, "3.1") == 0


async def test_where_nothing_can_be_changed_nothing_is_queued(database: Database) -> None:
    await told(database, "plain")
    assert await changed(database, "3.4") == 0


async def test_an_account_that_is_gone_and_another_day_leave_the_list_alone(database: Database) -> None:
    await told(database)
    await changed(database, "3.4")
    assert await changed(database, "3.7", moment=DAY + timedelta(days=1)) == 0
    async with database.work(DAY) as work:
        await work.connection.execute(update(accounts).values(status="blocked"))
    assert await left(database) == ([], ["void"])


async def test_a_list_on_its_way_is_changed_once_it_has_arrived(database: Database) -> None:
    await told(database)
    async with database.work(DAY) as work:
        await work.connection.execute(update(outbox).values(status="sending"))
    assert await changed(database, "3.4") == 1
    assert await left(database) == ([], ["queued"])


def test_the_channels_that_change_messages_are_those_that_say_so() -> None:
    wires = (TelegramChannel, ZaloBotChannel, ZaloOaChannel, WebChat, PlainChannel)
    assert [wire.name for wire in wires if wire.can.edit] == list(CHANGEABLE)
