import io
import json
import logging

import pytest
import structlog

from config import logs

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"
PASSWORD = 'p"ss\\wörd'


@pytest.fixture
def written():
    """A stream to log to; the logging set-up of the test run comes back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail_with(text: str) -> None:
    inner = {"url": text}
    raise RuntimeError(inner)


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_no_secret_gets_out_of_any_corner_of_a_line(written, log_format):
    logs.configure("debug", log_format, [TOKEN, PASSWORD, "sampleToken"], written)
    log = structlog.get_logger("bot.sender")
    log.info("sent with %s", TOKEN, url=f"https://api.telegram.org/bot{TOKEN}/sendMessage", nested={"a": [PASSWORD]})
    log.warning("own server", url="http://127.0.0.1:9000/botsampleToken/getMe")
    logging.getLogger("asyncpg").error("lost postgresql://dondoc:%s@db/x", "another-password")
    logging.getLogger("x").error("%s", PASSWORD)
    try:
        fail_with(f"https://api.telegram.org/file/bot{TOKEN}/photo.jpg {PASSWORD}")
    except RuntimeError:
        log.exception("unexpected", password=PASSWORD)
        logging.getLogger("bot").exception("from the standard library")
    text = written.getvalue()
    assert text.count("RuntimeError") >= 2
    assert text.count("fail_with") >= 2
    for secret in (TOKEN, "AAFake", "sampleToken", "another-password", "wörd"):
        assert secret not in text
    assert f"/bot{logs.HIDDEN}/sendMessage" in text


def test_tokens_nobody_told_of_are_hidden_too():
    redact = logs.Redactor()
    assert redact(f"token {TOKEN}.") == "token ***."
    assert redact(f"GET /bot{TOKEN}/getUpdates?timeout=50") == "GET /bot***/getUpdates?timeout=50"
    assert redact(f"GET /bot{TOKEN.replace(':', '%3A')}/getMe") == "GET /bot***/getMe"
    assert redact("POST https://me:pass@proxy:3128/x") == "POST https://me:***@proxy:3128/x"
    assert redact("GET /d/AbCdEfGhIjKlMnOpQr-_x 200") == "GET /d/*** 200"


def test_ordinary_lines_stay_as_they_are():
    redact = logs.Redactor(["", "abc"])
    for line in ("718/TB-SCT 3.5 abc", "bot/app.py:12", "28/4/2023 07:25:00", "http://127.0.0.1:8080/u/help", "12:30"):
        assert redact(line) == line


def test_json_lines_keep_vietnamese_letters_and_say_when_where_and_what(written):
    logs.configure("info", "json", [], written)
    with structlog.contextvars.bound_contextvars(incident="k3f9"):
        structlog.get_logger("handlers.dispatch").info("đã ghi", task="718/TB-SCT 3.5")
    logging.getLogger("aiohttp.server").warning("chậm %d ms", 1200)
    first, second = written.getvalue().splitlines()
    assert "đã ghi" in first
    line = json.loads(first)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "đã ghi",
        "incident": "k3f9",
        "level": "info",
        "logger": "handlers.dispatch",
        "task": "718/TB-SCT 3.5",
    }
    assert json.loads(second)["event"] == "chậm 1200 ms"


def test_the_level_holds_and_the_http_client_is_silent(written):
    logs.configure("info", "console", [], written)
    structlog.get_logger("bot").debug("quiet")
    logging.getLogger("httpx").info("HTTP Request: POST …")
    logging.getLogger("apscheduler.executors.default").info("Running job")
    structlog.get_logger("bot").info("heard")
    assert len(written.getvalue().splitlines()) == 1
    assert "heard" in written.getvalue()


def test_local_variables_stay_out_of_tracebacks(written):
    logs.configure("info", "console", [], written)
    try:
        personal = "0912 345 678"
        fail_with("x" if personal else "")
    except RuntimeError:
        structlog.get_logger("bot").exception("unexpected")
    assert "fail_with" in written.getvalue()
    assert "0912" not in written.getvalue().replace('personal = "0912 345 678"', "")
