"""What others' reminders get wrong, each as a test we pass: the delivery defects found head to head in the field.

What people ask of reminders stands beside it, in `test_peer_demands.py`.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from bot.channel import Permanent, RetryAt, Uncertain
from bot.clock import Clock, Metronome
from bot.pacing import Pacer
from config.settings import Settings
from core.drafts import DraftTask
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.reminders import Composer, tick
from storage.database import Database
from storage.outbox import Outgoing, Urgency
from storage.work import Work
from tests.bot.scripted import (
    NOW,
    ScriptedChannel,
    change,
    kill,
    make_person,
    make_sender,
    rows,
    running,
    say,
    settle_down,
    statuses,
    until,
)  # fmt: skip
from tests.handlers.test_reminders import at, leave, linked, ticked
from tests.handlers.two_agencies import OWN, Town
from tests.office import MORNING, draft_718, follow, open_office

HALF_PAST = MORNING.replace(minute=30)


async def test_rows_that_cannot_leave_starve_nobody(database: Database) -> None:
    """Fifty rows of somebody who takes none, before one of another's: filtered after a limit they would hide it."""
    channel = ScriptedChannel(by_text={str(n): [RetryAt(3600, whole_channel=False, reason="later")] for n in range(60)})
    for number in range(60):
        await say(database, "a" if number % 2 else f"a{number}", str(number))
    await say(database, "b", "b's reminder")
    async with running(make_sender(database, channel)):
        await until(lambda: "b's reminder" in channel.texts)
    assert (await statuses(database))[-1] == "sent"


async def test_a_network_that_fails_marks_nothing_as_sent(sqlite_database: Database) -> None:
    """A send that failed is not a send: it is tried again, and only an answer makes it sent."""
    channel = ScriptedChannel(fates=[RetryAt(0.05, whole_channel=True, reason="not connected")] * 2)
    await say(sqlite_database, "a", "x")
    async with running(make_sender(sqlite_database, channel)):
        await until(lambda: len(channel.calls) == 1)
        assert (await rows(sqlite_database))[0].status in {"sending", "queued"}
        await settle_down(sqlite_database)
    assert channel.texts == ["x"] * 3
    assert not any(call.resend for call in channel.calls), "nothing had left"


async def test_a_reminder_is_one_row_before_and_after_a_restart(database: Database) -> None:
    """No second truth beside the row: neither two copies while the process lives, nor another set after a restart."""
    await open_office(database)
    async with database.work(MORNING) as work:
        (head,) = await work.people.named("tp-qltm")
        await work.accounts.add_linked("telegram", "t", "t", head.id)
    channel = ScriptedChannel()
    for holder in ("one", "two"):
        async with database.work(HALF_PAST) as work:
            await tick(work, WorkCalendar())
        composer = Composer(Catalogue(), WorkCalendar())
        async with running(make_sender(database, channel, holder, compose=_at(composer))):
            await settle_down(database)
    assert [call.part for call in channel.calls] == [0, 1, 2], "three pages of one message"


def _at(composer: Composer):
    async def compose(work: Work, row: object):
        return await composer(Work(work.connection, HALF_PAST, work.real), row)  # type: ignore[arg-type]

    return compose


async def test_down_at_the_hour_and_the_first_who_fails_stops_nobody(sqlite_database: Database) -> None:
    """Two minutes' downtime at the hour loses nothing, and one refusal is not the end of the rest."""
    channel = ScriptedChannel(fates=[Permanent("blocked", "no"), ValueError("poison")])
    for number in range(6):
        await say(sqlite_database, f"c{number}", str(number), urgency=Urgency.DIGEST)
    await change(sqlite_database, not_before=NOW - timedelta(minutes=2))
    async with running(make_sender(sqlite_database, channel, window=1)):
        await settle_down(sqlite_database)
    assert sorted(channel.texts) == [str(number) for number in range(6)]
    assert (await statuses(sqlite_database)).count("sent") == 4


async def test_a_night_nobody_ticked_is_told_on_the_next_working_day(sqlite_database: Database) -> None:
    """A run that missed its day tells that day's steps in its next message, and says so."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl")
    assert not any(row.queued for row in await ticked(sqlite_database, at(6, 26)))
    (planned,) = [row for row in await ticked(sqlite_database, at(6, 28)) if row.queued]  # 27/6 was three days before
    assert (planned.person, planned.tasks) == ("tp-qlnl", ("718/TB-SCT 3.6",))
    (message,) = await leave(sqlite_database, at(6, 28))
    assert message.lines[0] == "Tin này gộp cả phần nhắc các ngày 27/6 chưa gửi được."


async def test_a_message_needs_nobody_to_open_anything() -> None:
    """Sent by the program's own clock, not when somebody's client next connects."""
    ticked = asyncio.Event()

    async def tick_once() -> None:
        ticked.set()

    async with Metronome(Clock(), tick_once, every=30.0):
        async with asyncio.timeout(5):
            await ticked.wait()


async def test_twenty_overdue_directives_are_one_message_that_hides_none(sqlite_database: Database) -> None:
    """One message, not twenty; and what it does not list it counts and says where to read, instead of being cut."""
    agency = await open_office(sqlite_database, loaded=False)
    await linked(sqlite_database, "tp-qltm")
    late = tuple(
        DraftTask(f"3.{n}", "Việc rất dài " * 20, f"Việc {n}", lead=("QLTM",), due=date(2023, 4, 24))
        for n in range(1, 21)
    )
    async with sqlite_database.work(MORNING) as work:
        await follow(work, agency, replace(draft_718(), tasks=late))
    (planned,) = await ticked(sqlite_database, HALF_PAST)
    assert len(planned.tasks) == 20
    (message,) = await leave(sqlite_database, HALF_PAST)
    listed = re.findall(r"^3\.\d+ Việc \d+ – .*quá \d+ ngày", message.plain(), re.MULTILINE)
    (more,) = re.findall(r"Và (\d+) mục nữa, xem: viec", message.plain())
    assert len(listed) + int(more) == 20


async def test_on_the_first_of_the_month_last_months_delays_are_still_there(sqlite_database: Database) -> None:
    """No list begins anew with a month: what was late on the thirty-first is late on the first."""
    town = await Town.build(sqlite_database)
    town.clock.at = datetime.fromisoformat("2023-05-31T09:00:00+07:00")
    before = await town.says(f"{OWN}:gd", "qua han")
    town.clock.at = datetime.fromisoformat("2023-06-01T09:00:00+07:00")
    after = await town.says(f"{OWN}:gd", "qua han")
    for code in ("3.5 ", "3.6 "):
        assert code in before
        assert code in after


async def test_whoever_says_start_gets_no_account_and_hears_nothing_of_the_agency(sqlite_database: Database) -> None:
    """An account is given by the office with a code; a greeting from outside makes none and is told nothing."""
    town = await Town.build(sqlite_database)
    before = len(await town.rows("accounts"))
    answer = await town.says("anybody", "/start", language="vi")
    assert "chưa được liên kết" in answer
    assert "718" not in answer
    assert "Công Thương" not in answer
    assert "chưa được liên kết" in await town.says("anybody", "/overdue", language="vi")
    assert len(await town.rows("accounts")) == before


def test_no_token_stands_in_what_is_published_or_in_what_settings_say_of_themselves() -> None:
    """Nothing like a live bot token is in the pages one reads first, and a setting that holds one never prints it."""
    token = "123456789:" + "AbCdEfGhIjKlMnOpQrStUvWxYz012345678"
    like_one = re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b")
    assert like_one.search(token)
    root = Path(__file__).parents[2]
    pages = [*root.glob("*.md"), *root.glob(".env*"), *(root / "docs").rglob("*.md"), *(root / "config").rglob("*.py")]
    assert len(pages) > 10
    assert [page.name for page in pages if like_one.search(page.read_text(encoding="utf-8"))] == []
    settings = Settings(telegram_bot_token=token, _env_file=None)  # type: ignore[call-arg,arg-type]
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == token
    assert token not in f"{settings!r}{settings}{settings.model_dump_json()}"


async def test_a_late_tick_is_done_and_not_skipped() -> None:
    """APScheduler's own default drops what is a second late; ours does it, once."""
    metronome = Metronome(Clock(), asyncio.Event().wait, every=20.0)  # type: ignore[arg-type]
    defaults = metronome._scheduler._job_defaults
    assert (defaults["misfire_grace_time"], defaults["coalesce"], defaults["max_instances"]) == (None, True, 1)
    assert IntervalTrigger(seconds=20) is not None


async def test_a_restart_while_a_reminder_is_on_its_way_loses_and_hides_nothing(database: Database) -> None:
    """Killed between sending and hearing back: sent once more, marked, and the row says that it was in doubt."""
    hang = asyncio.Event()
    channel = ScriptedChannel(fates=[lambda _call: hang.wait()])
    await say(database, "a", "x", urgency=Urgency.DIGEST)
    sender = make_sender(database, channel, "one", lease_length=timedelta(seconds=0.5))
    task = asyncio.create_task(sender.run())
    await until(lambda: channel.calls)
    await kill(task, sender)
    async with running(make_sender(database, channel, "two", lease_length=timedelta(seconds=0.5))):
        await settle_down(database)
    assert [call.resend for call in channel.calls] == [False, True]
    (row,) = await rows(database)
    assert (row.status, row.uncertain) == ("sent", 1), "and the row says so"


async def test_a_flood_order_holds_for_all_and_for_the_next_process(sqlite_database: Database) -> None:
    """retry_after is obeyed by the whole channel, whoever sends next."""
    channel = ScriptedChannel(fates=[RetryAt(30.0, whole_channel=True, reason="429")])
    await say(sqlite_database, "a", "a")
    await say(sqlite_database, "b", "b")
    async with running(make_sender(sqlite_database, channel, "one", window=1)) as _:
        await until(lambda: channel.calls)
        await asyncio.sleep(0.5)
        sender_one_calls = len(channel.calls)
    async with running(make_sender(sqlite_database, channel, "two", window=1)):
        await asyncio.sleep(1.0)
    assert sender_one_calls == len(channel.calls) == 1


async def test_thirty_five_directives_are_not_thirty_five_messages(sqlite_database: Database) -> None:
    """Whatever is due to one person on one day is one row by its key; the second is refused."""
    person, _ = await make_person(sqlite_database, ("telegram", "t"))
    async with sqlite_database.work(NOW) as work:
        row = Outgoing("telegram", None, Urgency.DIGEST, intent={"kind": "digest"}, person_id=person, key="digest:1:x")
        assert [await work.outbox.say_once(row) for _ in range(35)] == [True] + [False] * 34


@pytest.mark.parametrize("lost", [1, 2])
async def test_a_lost_answer_never_makes_three_copies(
    sqlite_database: Database, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that never came is asked about once, never answered by copy after copy."""
    for module in ("bot.settling", "bot.flights"):
        monkeypatch.setattr(f"{module}.ASK_AGAIN", timedelta(milliseconds=30))
    channel = ScriptedChannel(fates=[Uncertain("timeout")] * lost)
    await say(sqlite_database, "a", "x")
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    assert [call.resend for call in channel.calls] == [False, True]
    assert channel.knocks >= 1, "something harmless asked first"


def test_a_group_takes_twenty_a_minute_and_the_channel_thirty_a_second() -> None:
    """The platform's own limits are kept before it has to say so."""
    pacer, now, left = Pacer(29.6, 1.0, 20 / 60), 0.0, []
    while now < 60.0:
        now += pacer.wait("-100", now)
        pacer.take("-100", now)
        left.append(now)
    assert sum(at < 60.0 for at in left) == 20


async def test_a_message_for_whoever_left_or_lost_the_account_goes_nowhere_and_others_keep_theirs(
    database: Database,
) -> None:
    """Rights are looked at when it leaves; and the remedy does not cut off those who should get it."""
    from sqlalchemy import insert, update

    from storage.schema import accounts, people

    person, (account, _) = await make_person(database, ("telegram", "t"), ("zalo_bot", "z"))
    async with database.work(NOW) as work:
        agency = (await work.people.agencies())[0].id
        found = await work.connection.execute(
            insert(people).values(agency_id=agency, key="left", title="Đã nghỉ", ended_at=NOW).returning(people.c.id)
        )
        gone = found.scalar_one()
        await work.connection.execute(
            insert(accounts).values(channel="telegram", external_id="g", chat="g", person_id=gone, linked_at=NOW)
        )
        gone_account = (await work.connection.execute(accounts.select().where(accounts.c.chat == "g"))).one().id
    await say(database, "g", "for who left", person_id=gone, account_id=gone_account)
    await say(database, "t", "for who stays", person_id=person, account_id=account)
    channel, other = ScriptedChannel(), ScriptedChannel("zalo_bot")
    async with running(make_sender(database, channel), make_sender(database, other)):
        await settle_down(database)
        async with database.work(NOW) as work:
            await work.connection.execute(update(accounts).where(accounts.c.id == account).values(status="revoked"))
        await say(database, "t", "after the account was taken", person_id=person, account_id=account)
        await settle_down(database)
    assert channel.texts == ["for who stays"]
    assert other.texts == ["after the account was taken"]
    assert [(row.status, row.channel) for row in await rows(database)] == [
        ("void", "telegram"), ("sent", "telegram"), ("sent", "zalo_bot"),
    ]  # fmt: skip
