"""The doctor says what is wrong and how to mend it, and tells no secret."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from bot import doctor, doctor_files, doctor_wires
from bot.app import App
from bot.cli import build, main
from bot.cli.doctor import _NAMES
from bot.doctor import examine
from bot.doctor_readers import readers
from bot.doctor_wires import Check, on_real_people
from bot.fakes.telegram import FakeTelegram
from bot.fakes.zalo_bot import FakeZaloBot
from config.settings import Settings, load
from core.messages import Message
from documents.roster_file import read_roster
from handlers.roster import import_roster
from storage.database import Database
from storage.outbox import Outgoing, Urgency

ROSTER = Path(__file__).parents[1] / "data" / "notice-718" / "roster.yaml"
KEY = "0123456789abcdef-the-key"
WEBHOOK = "https://dondoc.example.vn/webhooks/telegram"


@pytest.fixture(autouse=True)
def every_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doctor_readers.tesseract", lambda: "/usr/bin/tesseract")
    monkeypatch.setattr("bot.doctor_readers.antiword", lambda: "/usr/bin/antiword")


@pytest.fixture(autouse=True)
def bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


def given(url: str, telegram: FakeTelegram | None = None, **settings: object) -> Settings:
    bot = {"telegram_bot_token": telegram.token, "telegram_api_url": telegram.url} if telegram else {}
    return load(None, **{"database_url": url, "secret_key": KEY, **bot, **settings})


async def found(settings: Settings) -> dict[str, Check]:
    return {check.name: check for check in await examine(settings)}


async def settle_in(database: Database, *linked: str) -> None:
    """Bring the roster in and link these people."""
    now = datetime.now(UTC)
    async with database.work(now) as work:
        await import_roster(work, read_roster(ROSTER.read_bytes(), "roster.yaml"))
        for place, key in enumerate(linked):
            person = (await work.people.named(key))[0]
            await work.accounts.add_linked("telegram", str(place), str(place), person.id)


async def test_when_all_is_well_it_says_so(database: Database, database_url: str, telegram: FakeTelegram) -> None:
    await settle_in(database, "cvp", "tp-qlcn", "tp-qltm", "tp-qlnl", "tp-khtcth", "gd-ttkc")
    checks = await examine(given(database_url, telegram))
    assert [check.name for check in checks if not check.ok or check.fix] == []
    assert {check.name for check in checks} == {
        "settings",
        "database",
        "schema",
        "clock",
        "calendar",
        "outbox",
        "deliveries",
        "ticks",
        "senders",
        "alarms",
        "people",
        "files",
        "readers",
        "telegram",
        "webhook",
    }
    assert "@dondoc_bot" in str(checks)


async def test_every_setting_is_listed_and_no_secret_is_told(sqlite_url: str, telegram: FakeTelegram) -> None:
    checks = await examine(
        given(sqlite_url, telegram, telegram_proxy="http://user:hunter2@127.0.0.1:1", sentry_dsn="https://key@sentry/1")
    )
    text = str(checks)
    for name in Settings.model_fields:
        assert f"{name.upper()}: " in checks[0].detail
    for secret in (KEY, telegram.token, "hunter2", "key@sentry"):
        assert secret not in text
    assert "TELEGRAM_BOT_TOKEN: đã đặt" in checks[0].detail
    assert "ZALO_BOT_TOKEN: chưa đặt" in checks[0].detail
    assert "PORT: 8080 (mặc định)" in checks[0].detail
    assert checks[0].fix == "Bản này chưa dùng SENTRY_DSN."


async def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    check = (await found(given("sqlite:///none/none.db")))["database"]
    assert (check.ok, check.fix) == (False, "Chạy: dondoc migrate")
    assert not (tmp_path / "none").exists()


async def test_an_old_schema_names_the_command(tmp_path: Path) -> None:
    (tmp_path / "old.db").touch()
    checks = await found(given("sqlite:///old.db"))
    assert checks["database"].ok
    assert (checks["schema"].ok, checks["schema"].fix) == (False, "Chạy: dondoc migrate")


@pytest.mark.parametrize("url", ["postgresql://dondoc:hidden@127.0.0.1:1/dondoc", "sqlite:///broken.db"])
async def test_a_database_that_does_not_open(tmp_path: Path, url: str) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database at all" * 100)
    checks = await found(given(url))
    assert not checks["database"].ok
    assert "hidden" not in str(checks)
    assert {"files", "telegram"} <= set(checks)


async def test_files_must_have_a_place(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b", "ENDPOINT_URL": "http://127.0.0.1:9"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    (tmp_path / "taken").touch()
    assert not (await found(given(sqlite_url, files_url="file:taken")))["files"].ok
    assert not (await found(given(sqlite_url, files_url="s3://bucket/files")))["files"].ok
    assert (await found(given(sqlite_url, files_url="file:new/files")))["files"].ok
    assert not (tmp_path / "new").exists()


async def test_a_pretended_time_is_loud_and_wrong_with_the_real_bot(
    sqlite_database: Database, sqlite_url: str, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = given(sqlite_url, telegram)
    assert (await found(real))["clock"].detail.startswith("giờ thật")
    start = datetime(2031, 4, 28, 0, 25, tzinfo=UTC)
    async with sqlite_database.work(start) as work:
        await work.clock.set_anchor(start.isoformat(), start)
    checks = await found(real)
    assert "GIỜ GIẢ ĐỊNH 07:25 28/04/2031" in checks["clock"].detail
    assert (checks["clock"].ok, checks["clock"].fix is None) == (True, False)
    assert (checks["calendar"].ok, checks["calendar"].detail) == (True, "ngày nghỉ năm 2031: dự kiến")
    monkeypatch.setattr("bot.doctor.on_real_people", lambda _settings: True)
    assert not (await found(real))["clock"].ok


@pytest.mark.parametrize(
    ("given", "reaches"),
    [
        ({}, False),
        ({"telegram_bot_token": "1:a"}, True),
        ({"telegram_bot_token": "1:a", "telegram_api_url": "http://127.0.0.1:8081"}, False),
        ({"zalo_bot_token": "1:a", "telegram_api_url": "http://127.0.0.1:8081"}, True),
    ],
)
def test_a_stand_in_reaches_nobody(given: dict[str, str], reaches: bool) -> None:
    assert on_real_people(load(None, **given)) is reaches


async def test_an_unset_anchor_does_not_come_into_being(sqlite_database: Database, sqlite_url: str) -> None:
    check = (await found(given(sqlite_url, clock_start="2023-04-28T07:25:00+07:00")))["clock"]
    assert "GIỜ GIẢ ĐỊNH 07:25 28/04/2023" in check.detail
    async with sqlite_database.read(datetime.now(UTC)) as work:
        assert await work.clock.anchor() is None


@pytest.mark.parametrize(("minutes", "well"), [(0, True), (4, True), (6, False)])
async def test_a_message_that_does_not_leave(
    sqlite_database: Database, sqlite_url: str, minutes: int, well: bool
) -> None:
    now = datetime.now(UTC)
    async with sqlite_database.work(now, real=now - timedelta(minutes=minutes, seconds=1)) as work:
        await work.outbox.say([Outgoing("telegram", "1", Urgency.REPLY, Message.of("chào"))])
    check = (await found(given(sqlite_url)))["outbox"]
    assert (check.ok, check.fix is None) == (well, well)


async def test_of_two_workers_it_is_told_by_which_messengers_somebody_sends(
    postgres_url: str, telegram: FakeTelegram, tmp_path: Path
) -> None:
    wires = given(postgres_url, telegram, files_url=f"file:{tmp_path / 'files'}")
    assert (await found(wires))["senders"].detail == "chưa có tiến trình gửi: telegram"
    one, two = Database(postgres_url), Database(postgres_url)
    async with App(wires, one, web=False), App(wires, two, web=False):
        checks = await examine(wires)
        (senders,) = [check for check in checks if check.name == "senders"]
        assert (senders.ok, senders.detail, senders.fix) == (True, "đang gửi: telegram", None)
        assert [check.name for check in checks if not check.ok] == []
        more = given(postgres_url, telegram, zalo_bot_token="718:another", zalo_bot_api_url=telegram.url)
        odd = (await found(more))["senders"]
        assert not odd.ok
        assert odd.detail == "đang gửi: telegram; chưa có tiến trình gửi: zalo_bot"
    await one.close()
    await two.close()
    assert (await found(wires))["senders"].detail == "chưa có tiến trình gửi: telegram"


async def test_messages_for_a_messenger_that_was_taken_out_are_told(
    sqlite_database: Database, sqlite_url: str, telegram: FakeTelegram
) -> None:
    async with sqlite_database.work(datetime.now(UTC)) as work:
        await work.outbox.say([Outgoing("zalo_bot", "z", Urgency.NOTICE, Message(("x",)))])
    check = (await found(given(sqlite_url, telegram)))["senders"]
    assert (check.ok, check.detail) == (False, "có tin chờ kênh không còn cấu hình: zalo_bot")


def test_every_finding_has_a_name_people_read() -> None:
    sources = [(Path(module.__file__ or "")).read_text("utf-8") for module in (doctor, doctor_files, doctor_wires)]
    names = {name for source in sources for name in re.findall(r'Check\(\s*"(\w+)"', source)}
    assert {"senders", "zalo_oa_charges"} <= names
    assert names <= set(_NAMES)


async def test_heads_who_are_not_linked_are_counted(sqlite_database: Database, sqlite_url: str) -> None:
    assert "roster import" in ((await found(given(sqlite_url)))["people"].fix or "")
    await settle_in(sqlite_database, "tp-qltm", "gd")
    check = (await found(given(sqlite_url)))["people"]
    assert check.ok
    assert check.detail.startswith("5/6 ")
    assert check.fix == "Chạy: dondoc invite cvp tp-qlcn tp-qlnl tp-khtcth gd-ttkc"


async def test_without_a_bot_nobody_is_reached(sqlite_url: str) -> None:
    check = (await found(given(sqlite_url)))["telegram"]
    assert not check.ok
    assert "@BotFather" in (check.fix or "")


async def test_a_token_telegram_does_not_take(sqlite_url: str, telegram: FakeTelegram) -> None:
    check = (await found(given(sqlite_url, telegram, telegram_bot_token="1234567:AAwrong")))["telegram"]
    assert (check.ok, check.detail) == (False, "Telegram không nhận token")


async def test_telegram_out_of_reach(sqlite_url: str) -> None:
    there = {"telegram_bot_token": "1234567:AAFake", "telegram_api_url": "http://127.0.0.1:1"}
    check = (await found(given(sqlite_url, **there)))["telegram"]
    assert (check.ok, check.detail) == (False, "không tới được 127.0.0.1")


async def test_a_webhook_that_keeps_polling_from_hearing(sqlite_url: str, telegram: FakeTelegram) -> None:
    polls = given(sqlite_url, telegram)
    assert (await found(polls))["webhook"].detail == "hỏi tin (polling), 0 tin chờ nhận"
    telegram._server.webhook.url = f"https://elsewhere.example.vn/{telegram.token}"
    check = (await found(polls))["webhook"]
    assert not check.ok
    assert "elsewhere.example.vn" in check.detail
    assert telegram.token not in check.detail


async def test_a_webhook_must_be_ours_and_must_work(sqlite_url: str, telegram: FakeTelegram) -> None:
    ours = given(sqlite_url, telegram, public_url="https://dondoc.example.vn")
    check = (await found(ours))["webhook"]
    assert (check.ok, check.detail) == (False, "chưa đặt webhook")
    webhook = telegram._server.webhook
    webhook.url = WEBHOOK
    assert (await found(ours))["webhook"].detail == f"webhook {WEBHOOK}, 0 tin chờ nhận"
    for age, well in ((60, False), (3600, True)):
        webhook._error = (int(datetime.now(UTC).timestamp()) - age, "Wrong response from the webhook: 502 Bad Gateway")
        telegram.inject({"message": {}})
        check = (await found(ours))["webhook"]
        assert "502 Bad Gateway" in check.detail
        assert check.ok is well


async def test_the_zalo_bot_is_asked_too(sqlite_database: Database, sqlite_url: str) -> None:
    async with sqlite_database.work(datetime.now(UTC)) as work:
        await work.quota.add("zalo_bot", 2400)
        for number in range(51):
            await work.accounts.meet("zalo_bot", str(number), str(number), None)
    async with FakeZaloBot() as zalo:
        checks = await found(given(sqlite_url, zalo_bot_token=zalo.token, zalo_bot_api_url=zalo.url))
    assert checks["zalo_bot"].ok
    assert checks["zalo_bot_webhook"].fix == "Nên đặt PUBLIC_URL để nhận qua webhook."
    assert (checks["zalo_bot_quota"].ok, "2400/3000" in checks["zalo_bot_quota"].detail) == (False, True)
    assert "mỗi tin nhiều nhất một lần" in checks["zalo_bot_webhook"].detail
    assert (checks["zalo_bot_people"].ok, "hiện có 51" in checks["zalo_bot_people"].detail) == (False, True)
    assert "telegram" not in checks
    assert zalo.token not in str(checks)


@pytest.mark.parametrize(
    ("status", "hours", "well"), [("ok", 20, True), ("uncertain", 1, True), ("ok", -1, False), ("lost", 1, False)]
)
async def test_the_tokens_of_an_official_account(
    sqlite_database: Database, sqlite_url: str, status: str, hours: int, well: bool
) -> None:
    account = {"zalo_oa_app_id": "718", "zalo_oa_app_secret": "app-secret", "zalo_oa_secret_key": "oa-secret"}
    bare = await found(given(sqlite_url, **account))
    assert not bare["zalo_oa"].ok
    assert not bare["zalo_oa_webhook"].ok
    account |= {"zalo_oa_refresh_token": "refresh-one", "public_url": "https://dondoc.example.vn"}
    assert (await found(given(sqlite_url, **account)))["zalo_oa"].fix == "Chạy dondoc run (hoặc worker)."
    until = datetime.now(UTC) + timedelta(hours=hours)
    async with sqlite_database.work(datetime.now(UTC)) as work:
        token = await work.tokens.locked("zalo_oa:718")
        kept = {"access_token": "access-two", "refresh_token": "refresh-two", "expires_at": until, "status": status}
        await work.tokens.save(replace(token, **kept, notes={"oa_id": "4001", "oa_type": 4}))
        await work.quota.add("zalo_oa_charged", 3)
        await work.quota.add("zalo_oa_template", 2)
    checks = await found(given(sqlite_url, **account))
    assert checks["zalo_oa"].ok is well
    assert checks["zalo_oa_account"].detail == "tài khoản 4001, cơ quan nhà nước"
    assert checks["zalo_oa_charges"].detail == "tháng này có phí: 3 tin sau 48 giờ, 2 tin mẫu (ZBS)"
    assert not (await found(given(sqlite_url, **account, zalo_oa_id="4002")))["zalo_oa_account"].ok
    assert ("dondoc zalo authorize" in (checks["zalo_oa"].fix or "")) == (status in {"lost", "uncertain"})
    assert checks["zalo_oa_webhook"].ok
    assert "đã có khóa ký" in checks["zalo_oa_webhook"].detail
    for secret in ("app-secret", "oa-secret", "access-two", "refresh-one", "refresh-two"):
        assert secret not in str(checks)


@pytest.fixture
def quiet_logs() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("quiet_logs")
async def test_the_command_ends_with_0_only_if_all_is_well(
    sqlite_url: str, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)

    async def doctor(*argv: str) -> int:
        arguments = build().parse_args(["doctor", *argv])
        return int(await arguments.call(arguments))

    assert await doctor("--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"ok", "checks"}
    assert told["ok"] is False
    assert all(set(check) == {"name", "ok", "detail", "fix"} for check in told["checks"])
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", telegram.token)
    monkeypatch.setenv("TELEGRAM_API_URL", telegram.url)
    assert await doctor() == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "✓ Telegram: @dondoc_bot\n" in out
    assert "! Người: danh sách chưa có ai\n  → Chạy: dondoc roster import TỆP\n" in out
    assert out.endswith("Chạy được, có 1 điểm nên xem.\n")


@pytest.mark.usefixtures("quiet_logs")
def test_wrong_settings_are_a_finding_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "many")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "not-a-token")
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (check,) = told["checks"]
    assert (told["ok"], check["name"], check["ok"]) == (False, "settings", False)
    assert "PORT" in check["detail"]
    assert "TELEGRAM_BOT_TOKEN" in check["detail"]
    assert "not-a-token" not in check["detail"]


def test_it_says_which_files_can_be_read_and_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    (well,) = readers()
    assert (well.ok, well.fix) == (True, None)
    assert "bản quét" in well.detail
    for name in ("tesseract", "antiword", "libreoffice"):
        monkeypatch.setattr(f"bot.doctor_readers.{name}", lambda: None)
    (bare,) = readers()
    assert bare.ok
    assert bare.detail.endswith(
        "chưa đọc được: bản quét, ảnh (dấu MẬT trên ảnh không soát được, người gửi phải tự xác nhận), .doc"
    )
    assert bare.fix == "Cài thêm: apt-get install tesseract-ocr tesseract-ocr-vie; apt-get install antiword"
    monkeypatch.setattr("bot.doctor_readers.libreoffice", lambda: "/usr/bin/soffice")
    assert ".doc (LibreOffice)" in readers()[0].detail
