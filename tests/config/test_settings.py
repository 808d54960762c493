import re
import stat
from pathlib import Path

import pytest

from config import keys, settings
from config.settings import Settings, SettingsProblem

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"
KEY = "0123456789abcdef0123456789abcdef"
DOCS = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def load(monkeypatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return settings.load(env_file=None)


def problems(monkeypatch, **environment: str) -> list[str]:
    with pytest.raises(SettingsProblem) as caught:
        load(monkeypatch, **environment)
    return caught.value.problems


def test_nothing_needs_to_be_set():
    plain = settings.load(env_file=None)
    assert plain.database_url == "sqlite+aiosqlite:///data/dondoc.db"
    assert plain.sqlite_file == Path("data/dondoc.db")
    assert plain.files_url == "file:data/files"
    assert plain.telegram_api_url == "https://api.telegram.org"
    assert plain.public_url is None
    assert plain.secrets() == frozenset()


def test_everything_wrong_is_told_at_once_and_no_value_is_repeated(monkeypatch):
    told = problems(
        monkeypatch,
        DATABASE_URL="mysql://root:hunter2@db/x",
        FILES_URL="ftp://files",
        SECRET_KEY="tooshort",
        PUBLIC_URL="http://dondoc.example.vn",
        PORT="eighty",
        TELEGRAM_BOT_TOKEN="not-a-token",
        TELEGRAM_PROXY="socks5://user:hunter3@proxy:1080",
        TELEGRAM_WEBHOOK_SECRET="có dấu",
        ZALO_BOT_WEBHOOK_SECRET="short",
        ZALO_OA_REFRESH_TOKEN="refresh-me",
        LOG_LEVEL="loud",
        LOG_FORMAT="xml",
        CLOCK_START="2023-04-28T07:25:00",
    )
    assert {line.split()[0] for line in told} == {
        "DATABASE_URL",
        "FILES_URL",
        "SECRET_KEY",
        "PUBLIC_URL",
        "PORT",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_PROXY",
        "TELEGRAM_WEBHOOK_SECRET",
        "ZALO_BOT_WEBHOOK_SECRET",
        "ZALO_OA_APP_ID",
        "ZALO_OA_APP_SECRET",
        "ZALO_OA_SECRET_KEY",
        "LOG_LEVEL",
        "LOG_FORMAT",
        "CLOCK_START",
    }
    assert all(line.endswith(".") for line in told)
    assert len(told) == len(set(told))
    text = "\n".join(told)
    for value in ("hunter2", "hunter3", "tooshort", "not-a-token", "có dấu", "refresh-me", "loud", "eighty"):
        assert value not in text


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///data/x.db", "sqlite+aiosqlite:///data/x.db"),
        ("sqlite+aiosqlite:////var/lib/x.db", "sqlite+aiosqlite:////var/lib/x.db"),
        ("postgres://u:p%40w@db:5433/dondoc", "postgresql+asyncpg://u:p%40w@db:5433/dondoc"),
        ("postgresql://db/dondoc?sslmode=require", "postgresql+asyncpg://db/dondoc?ssl=require"),
        ("postgresql+asyncpg://u@db/dondoc", "postgresql+asyncpg://u@db/dondoc"),
    ],
)
def test_a_database_address_gets_its_asynchronous_driver(monkeypatch, given, used):
    assert load(monkeypatch, DATABASE_URL=given, SECRET_KEY=KEY).database_url == used


@pytest.mark.parametrize("given", ["data/x.db", "postgresql://", "postgresql://db", "mysql://db/x"])
def test_an_address_that_leads_to_no_database_is_refused(monkeypatch, given):
    assert [line.split()[0] for line in problems(monkeypatch, DATABASE_URL=given, SECRET_KEY=KEY)] == ["DATABASE_URL"]


def test_an_absolute_database_file_is_found_where_it_lies(monkeypatch):
    assert load(monkeypatch, DATABASE_URL="sqlite:////var/lib/x.db").sqlite_file == Path("/var/lib/x.db")


@pytest.mark.parametrize("database", ["postgresql://u@db/dondoc", "sqlite://", "sqlite:///:memory:"])
def test_without_a_place_to_keep_one_the_secret_key_must_be_given(monkeypatch, database):
    assert [line.split()[0] for line in problems(monkeypatch, DATABASE_URL=database)] == ["SECRET_KEY"]
    assert load(monkeypatch, DATABASE_URL=database, SECRET_KEY=KEY).sqlite_file is None


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://dondoc.example.vn/", "https://dondoc.example.vn"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/bot/", "http://localhost:8080/bot"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_public_addresses(monkeypatch, given, used):
    assert load(monkeypatch, PUBLIC_URL=given).public_url == used


@pytest.mark.parametrize(
    "given", ["http://10.0.0.5", "dondoc.example.vn", "https://", "https://a.vn/?x=1", "ftp://a.vn", "http://["]
)
def test_addresses_that_would_not_do_in_public(monkeypatch, given):
    assert len(problems(monkeypatch, PUBLIC_URL=given)) == 1


def test_a_token_is_strict_for_telegram_itself_and_free_for_a_server_of_ones_own(monkeypatch):
    assert len(problems(monkeypatch, TELEGRAM_BOT_TOKEN="sampleToken")) == 1
    local = load(monkeypatch, TELEGRAM_API_URL="http://127.0.0.1:9000/")
    assert local.telegram_api_url == "http://127.0.0.1:9000"
    assert local.telegram_bot_token
    assert local.telegram_bot_token.get_secret_value() == "sampleToken"


def test_what_pasting_leaves_around_a_value_is_taken_off(monkeypatch):
    pasted = load(monkeypatch, TELEGRAM_BOT_TOKEN=f" {TOKEN}\n", LOG_LEVEL=" DEBUG ", PORT=" 9000 ")
    assert pasted.telegram_bot_token
    assert pasted.telegram_bot_token.get_secret_value() == TOKEN
    assert (pasted.log_level, pasted.port) == ("debug", 9000)


def test_empty_means_unset(monkeypatch):
    assert load(monkeypatch, TELEGRAM_BOT_TOKEN="", PUBLIC_URL="", PORT="").port == 8080


def test_the_env_file_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    env_file = tmp_path / ".env"
    env_file.write_text("HOST=0.0.0.0\nPORT=9000\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9001")
    both = settings.load(env_file)
    assert (both.host, both.port) == ("0.0.0.0", 9001)
    assert settings.load(env_file, port=9002).port == 9002


def test_an_env_file_in_another_encoding_is_a_problem_not_a_crash(tmp_path):
    env_file = tmp_path / ".env"
    env_file.write_bytes("HOST=một".encode("utf-16"))
    with pytest.raises(SettingsProblem, match="UTF-8"):
        settings.load(env_file)


def test_no_secret_shows_when_settings_are_printed(monkeypatch):
    full = load(
        monkeypatch,
        DATABASE_URL="postgresql://u:p%40ssw0rd@db/dondoc",
        SECRET_KEY=KEY,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_PROXY="http://me:proxypass@proxy:3128",
        ZALO_BOT_TOKEN="987:zalozalozalo",
        SENTRY_DSN="https://sentrykey@sentry.example/1",
    )
    hidden = full.secrets()
    assert {TOKEN, KEY, "p%40ssw0rd", "p@ssw0rd", "proxypass", "987:zalozalozalo"} <= hidden
    shown = f"{full!r} {full}"
    assert [secret for secret in hidden if secret in shown] == []


def test_a_key_is_made_once_and_kept_for_its_owner_only(monkeypatch, tmp_path):
    first = load(monkeypatch, DATABASE_URL=f"sqlite:///{tmp_path}/deep/dondoc.db")
    key = keys.signing_key(first)
    kept = tmp_path / "deep" / "secret.key"
    assert len(key) == 64
    assert keys.signing_key(first) == key
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret.key"]
    given = load(monkeypatch, SECRET_KEY=KEY)
    assert keys.signing_key(given) == KEY.encode()


def test_webhook_secrets_are_the_given_ones_or_follow_from_the_key(monkeypatch):
    derived = load(monkeypatch, SECRET_KEY=KEY)
    telegram, zalo = (keys.webhook_secret(derived, channel) for channel in ("telegram", "zalo-bot"))
    assert telegram != zalo
    assert re.fullmatch(r"[A-Za-z0-9_-]{8,256}", telegram)
    assert telegram == keys.webhook_secret(load(monkeypatch), "telegram")
    assert KEY not in telegram
    assert keys.webhook_secret(load(monkeypatch, TELEGRAM_WEBHOOK_SECRET="ours_-1"), "telegram") == "ours_-1"


def test_every_setting_is_described_and_secrets_are_known_as_such():
    described = settings.describe()
    assert all(line.description for line in described)
    assert {line.name for line in described if line.secret} == {
        "DATABASE_URL",
        "SECRET_KEY",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_PROXY",
        "TELEGRAM_WEBHOOK_SECRET",
        "ZALO_BOT_TOKEN",
        "ZALO_BOT_WEBHOOK_SECRET",
        "ZALO_OA_APP_SECRET",
        "ZALO_OA_SECRET_KEY",
        "ZALO_OA_REFRESH_TOKEN",
        "SENTRY_DSN",
    }


def test_the_operations_page_and_the_example_show_the_settings_as_they_are():
    rows = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {description} |"
        for name, default, description, _ in settings.describe()
    ]
    table = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert table[: len(rows)] == rows
    example = (DOCS.parents[1] / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"^# ?([A-Z_]+)=", example, re.MULTILINE) == [line.name for line in settings.describe()]
