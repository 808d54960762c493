"""Outside the push window a template goes instead, once, where one is configured and nothing else is left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import update

from bot.channel import Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.fakes.zalo_oa_people import Person
from bot.fakes.zalo_oa_server import TEMPLATE, V3
from bot.fakes.zalo_oa_state import ApprovedTemplate
from bot.zalo_oa_charges import charges
from bot.zalo_oa_template import MOST, excerpt
from core.messages import Button, Message, OutgoingFile
from storage.database import Database
from storage.schema import accounts
from tests.bot.scripted import make_person
from tests.bot.zalo_oa_office import Office, an_office

ZBS = "718001"
HELLO = Message.of("# Việc quá hạn\n3.5 quá 2 ngày", Button("Xong", "/done 3.5"))
LONG = Message(tuple(f"3.{n} đôn đốc thực hiện chỉ đạo" for n in range(200)), "Việc quá hạn")


@pytest.fixture
async def office(sqlite_database: Database) -> AsyncIterator[Office]:
    async with an_office(sqlite_database, zbs=ZBS) as made:
        made.fake.world.templates[ZBS] = ApprovedTemplate()
        yield made


async def _silent(office: Office, days: float = 8) -> Person:
    person = await office.person()
    await office.keeper.access()
    office.clock.passes(days=days)
    return person


async def _send(office: Office, person: Person, message: Message = HELLO, *, resend: bool = False) -> list[Outcome]:
    channel = office.channel
    return [await channel.send(person.id, message, resend=resend, part=part) for part in range(channel.parts(message))]


async def test_outside_the_window_the_template_goes_once(office: Office) -> None:
    person = await _silent(office)
    with structlog.testing.capture_logs() as logs:
        (outcome,) = await _send(office, person)
    (message,) = person.messages
    assert outcome == Sent(message.id)
    assert (message.path, message.text) == (TEMPLATE, "Việc quá hạn\n3.5 quá 2 ngày\n1 Xong")
    assert office.fake.answers(V3) == []
    assert [line["quota_type"] for line in logs if line.get("action") == "charged"] == ["template"]
    async with office.database.read(office.clock()) as work:
        assert await charges(work.quota) == {"window": 0, "template": 1}


async def test_inside_the_window_no_template_is_used(office: Office) -> None:
    person = await _silent(office, 6)
    await _send(office, person)
    assert person.messages[0].path == V3
    assert office.fake.answers(TEMPLATE) == []


async def test_without_a_template_it_is_the_window(sqlite_database: Database) -> None:
    async with an_office(sqlite_database) as office:
        (outcome,) = await _send(office, await _silent(office))
        assert isinstance(outcome, Permanent)
        assert outcome.kind == "window"
        assert office.fake.answers(TEMPLATE) == []


async def test_pages_of_a_long_message_are_one_template_of_whole_lines(office: Office) -> None:
    person = await _silent(office)
    outcomes = await _send(office, person, LONG, resend=True)
    assert len(outcomes) > 2
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    (message,) = person.messages
    first, *lines, last = message.text.split("\n")
    assert (first, lines[0], last) == ("(gửi lại)", "Việc quá hạn", "…")
    assert set(lines[1:]) <= set(LONG.lines)
    assert MOST - 40 < len(message.text) <= MOST


def test_one_long_line_is_cut_between_words() -> None:
    said = excerpt(Message(("đôn đốc " * 100,)), resend=False)
    assert len(said) <= MOST
    assert said.endswith(("đốc\n…", "đôn\n…"))


async def test_a_file_alone_is_not_templated(office: Office) -> None:
    person = await _silent(office)
    (outcome,) = await _send(office, person, Message((), files=(OutgoingFile("pdf", "a.pdf", "application/pdf"),)))
    assert isinstance(outcome, Permanent)
    assert outcome.kind == "window"
    assert person.messages == []


@pytest.mark.parametrize(("last", "kind"), [("telegram", Permanent), ("zalo_oa", Sent)])
async def test_a_free_account_that_is_left_comes_first(office: Office, last: str, kind: type[Outcome]) -> None:
    ways = [("zalo_oa", "4001"), ("telegram", "7")]
    await make_person(office.database, *(ways if last == "telegram" else reversed(ways)))
    seen = office.clock() - timedelta(days=8)
    async with office.database.work(office.clock()) as work:
        await work.connection.execute(update(accounts).where(accounts.c.channel == "zalo_oa").values(last_seen_at=seen))
    person = office.fake.person("4001")
    person.was_silent(8 * 86400)
    (outcome,) = await _send(office, person)
    assert isinstance(outcome, kind)
    assert len(person.messages) == (last == "zalo_oa")


@pytest.mark.parametrize("wrong", [ApprovedTemplate(by_user=False), ApprovedTemplate(frozenset({"ten"})), None])
async def test_a_template_that_will_not_do_is_an_alarm_and_stops_nothing_else(
    office: Office, wrong: ApprovedTemplate | None
) -> None:
    office.fake.world.templates = {ZBS: wrong} if wrong is not None else {}
    person = await _silent(office)
    with structlog.testing.capture_logs() as logs:
        (outcome,) = await _send(office, person)
    assert isinstance(outcome, Permanent)
    assert outcome.kind == "bad_request"
    assert [line["log_level"] for line in logs if line.get("action") == "alarm"] == ["critical"]
    assert office.fake.answers(TEMPLATE) == [-249 if wrong is not None and not wrong.by_user else -201]
    await office.heard(person.id)
    person.was_silent(0)
    assert isinstance((await _send(office, person))[0], Sent)


@pytest.mark.parametrize(
    ("kind", "ends"),
    [("error:-32", RetryAt), ("error:-133", RetryAt), ("error:-213", Permanent), ("http:502", Uncertain)],
)
async def test_other_errors_mean_what_they_always_mean(office: Office, kind: str, ends: type[Outcome]) -> None:
    person = await _silent(office)
    office.fake.fail(TEMPLATE, kind)
    with structlog.testing.capture_logs() as logs:
        (outcome,) = await _send(office, person)
    assert isinstance(outcome, ends)
    assert [line for line in logs if line.get("action") == "alarm"] == []
    assert person.messages == []


async def test_an_expired_token_is_replaced(office: Office) -> None:
    person = await _silent(office)
    office.fake.fail(TEMPLATE, "error:-220")
    assert isinstance((await _send(office, person))[0], Sent)
    assert len(person.messages) == 1
