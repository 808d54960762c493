from __future__ import annotations

import asyncio
import io
import logging
import socket
import time

import aiohttp
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.fakes.telegram import FakeTelegram
from bot.telegram_request import AiohttpRequest, NotConnected, _refuse_flood, redacted, retry_after_seconds

TOKEN = "123456:AAVerySecretTokenIndeed-_"


@pytest.fixture
async def fake():
    async with FakeTelegram(TOKEN) as fake:
        fake.private(fake.user(7, "An"))
        yield fake


def a_bot(fake, **request):
    ours = AiohttpRequest(**request)
    return ExtBot(
        TOKEN,
        base_url=fake.base_url,
        base_file_url=fake.base_file_url,
        request=ours,
        get_updates_request=AiohttpRequest(),
    )


@pytest.fixture
async def bot(fake):
    async with a_bot(fake) as bot:
        yield bot


async def test_text_buttons_and_vietnamese_arrive_whole(fake, bot):
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Đã xong", callback_data="done:1")]])
    sent = await bot.send_message(7, "<b>Việc 3.5</b> — 😀", parse_mode="HTML", reply_markup=keys)
    assert sent.text == "Việc 3.5 — 😀"
    shown = fake.person(7).chat.last
    assert shown.buttons == [["Đã xong"]]
    assert (await sent.edit_text("Đã ghi")).text == "Đã ghi"
    assert shown.text == "Đã ghi"


async def test_files_keep_their_names_and_types(fake, bot):
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Xem", callback_data="1")]])
    content = b"\x00\r\n--x" * 400_000
    sent = await bot.send_document(
        7, content, filename='tiến "độ".xlsx', caption="Bảng <i>tiến độ</i>", parse_mode="HTML", reply_markup=keys
    )
    assert sent.document.mime_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert sent.document.file_name == "tiến %22độ%22.xlsx"
    assert sent.caption == "Bảng tiến độ"
    assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == content
    photo = await bot.send_photo(7, io.BytesIO(b"\x89PNG\r\n\x1a\n..."), filename="biểu.png")
    assert photo.photo[-1].file_size == 11
    assert [button.text for button in sent.reply_markup.inline_keyboard[0]] == ["Xem"]


async def test_a_long_poll_outlasts_the_usual_read_timeout(fake):
    async with a_bot(fake, read_timeout=0.2) as bot:
        poll = asyncio.ensure_future(bot.get_updates(timeout=2))
        await asyncio.sleep(0.5)
        await fake.user(7).sends("chào")
        assert (await poll)[0].message.text == "chào"


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after"])
async def test_no_answer_in_time_leaves_it_open(fake, bot, kind):
    fake.fail("sendMessage", kind)
    began = time.monotonic()
    with pytest.raises(TimedOut) as caught:
        await bot.send_message(7, "x", read_timeout=0.2)
    assert 0.2 <= time.monotonic() - began < 2
    assert isinstance(caught.value.__cause__, aiohttp.SocketTimeoutError)
    assert TOKEN not in repr(caught.value.__cause__) + str(caught.value)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_cut_connection_leaves_it_open(fake, bot, kind):
    fake.fail("sendMessage", kind)
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(7, "x")
    assert type(caught.value) is NetworkError
    assert isinstance(caught.value.__cause__, aiohttp.ClientError)


async def test_a_stopped_server_was_never_reached_and_later_is(fake, bot):
    await bot.send_message(7, "một")
    await fake.stop()
    await asyncio.sleep(0.05)
    with pytest.raises(NotConnected) as caught:
        await bot.send_message(7, "hai")
    assert isinstance(caught.value.__cause__, aiohttp.ClientConnectorError)
    await fake.start()
    await bot.send_message(7, "ba")
    assert fake.person(7).chat.texts == ["một", "ba"]


async def test_an_idle_connection_closed_by_the_server_was_no_sending(fake, bot):
    await bot.send_message(7, "một")
    await fake.stop()
    # not a turn of the loop in between: the client still holds the connection for good
    with pytest.raises(NotConnected):
        await bot.send_message(7, "hai")


async def test_a_full_pool_is_no_sending(fake):
    async with a_bot(fake, pool_size=1, pool_timeout=0.1, connect_timeout=0.1) as bot:
        fake.fail("sendMessage", "timeout_before")
        first = asyncio.ensure_future(bot.send_message(7, "một", read_timeout=0.4))
        await asyncio.sleep(0.05)
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(7, "hai")
        # aiohttp puts the whole URL into this one
        assert isinstance(caught.value.__cause__, aiohttp.ConnectionTimeoutError)
        shown = f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__cause__.__context__!r}"
        assert TOKEN not in shown
        assert "SecretToken" not in shown
        with pytest.raises(TimedOut):
            await first


async def test_a_stuck_upload_ends_after_the_write_timeout():
    accepted: list[asyncio.StreamWriter] = []

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.append(writer)
        await asyncio.sleep(30)

    server = await asyncio.start_server(deaf, "127.0.0.1", 0, limit=1024)
    port = server.sockets[0].getsockname()[1]
    timeouts = {"connect_timeout": 0.1, "pool_timeout": 0.1, "read_timeout": 0.1, "media_write_timeout": 0.2}
    bot = ExtBot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=AiohttpRequest(**timeouts))
    await bot.request.initialize()
    began = time.monotonic()
    with pytest.raises(TimedOut) as caught:
        await bot.send_document(7, b"x" * 30_000_000, filename="a.bin")
    assert time.monotonic() - began < 3
    assert not isinstance(caught.value.__cause__, aiohttp.ConnectionTimeoutError)
    await bot.request.shutdown()
    for writer in accepted:
        writer.transport.abort()
    server.close()


async def test_flood_control_tells_the_seconds_without_a_warning(fake, bot, monkeypatch):
    fake.fail("sendMessage", "429", times=2, retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(7, "x")
    assert retry_after_seconds(caught.value) == 7.0
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(7, "x")
    assert retry_after_seconds(caught.value) == 7.0


@pytest.mark.parametrize(
    ("said", "header", "seconds"),
    [
        ("7", None, 7.0),
        ("0.2", None, 1.0),
        ("-3", None, 0.0),
        ("null", "9", 9.0),
        ('"soon"', None, 5.0),
        ("NaN", None, 5.0),
        ("Infinity", "9", 5.0),
        ("1" * 400, None, 5.0),
        ("1e12", None, 604_800.0),
        ("null", "9" * 400, 5.0),
    ],
)
def test_a_pause_nobody_can_keep_is_one_that_can_be_kept(said: str, header: str | None, seconds: float) -> None:
    with pytest.raises(RetryAfter) as caught:
        _refuse_flood(f'{{"parameters": {{"retry_after": {said}}}}}'.encode(), header)
    assert retry_after_seconds(caught.value) == seconds


async def test_too_large_is_said_of_the_request(fake, bot):
    fake.fail("sendDocument", "413")
    with pytest.raises(BadRequest, match="Too Large"):
        await bot.send_document(7, b"x", filename="a.bin")


async def test_nothing_written_ever_names_the_token(fake, caplog):
    caplog.set_level(logging.DEBUG, logger="aiohttp")
    caplog.set_level(logging.DEBUG, logger="bot")
    caplog.set_level(logging.DEBUG, logger="telegram.request")
    for base in (
        f"http://127.0.0.1:{closed_port()}/bot",
        "http://no-such-host.invalid/bot",
        "http://[bad/bot",
        "ftp://x/bot",
    ):
        bot = ExtBot(TOKEN, base_url=base, request=AiohttpRequest(connect_timeout=2))
        await bot.request.initialize()
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(7, "x")
        error: BaseException | None = caught.value
        assert isinstance(error, NotConnected), base
        while error is not None:
            assert "SecretToken" not in f"{error} {error!r}", base
            error = error.__cause__ or error.__context__
        await bot.request.shutdown()
    assert "SecretToken" not in caplog.text


def closed_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def test_an_http_proxy_carries_the_calls(fake):
    asked: list[str] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        asked.append(head.partition("\r\n")[0])
        body = await reader.readexactly(int(head.lower().partition("content-length: ")[2].split("\r")[0]))
        upstream_reader, upstream = await asyncio.open_connection("127.0.0.1", int(fake.url.rsplit(":", 1)[1]))
        line, _, rest = head.partition("\r\n")
        path = line.split(" ")[1].removeprefix(fake.url)
        upstream.write(f"POST {path} HTTP/1.1\r\nConnection: close\r\n{rest}".encode() + body)
        writer.write(await upstream_reader.read())
        upstream.close()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    request = AiohttpRequest(proxy=f"http://127.0.0.1:{port}")
    bot = ExtBot(TOKEN, base_url=fake.base_url, request=request)
    await request.initialize()
    await bot.send_message(7, "qua proxy")
    await request.shutdown()
    server.close()
    assert fake.person(7).chat.texts == ["qua proxy"]
    assert asked[0].startswith(f"POST {fake.base_url}")


async def test_a_closed_proxy_was_never_reached_and_hides_its_password(fake):
    request = AiohttpRequest(proxy=f"http://user:matkhau@127.0.0.1:{closed_port()}")
    bot = ExtBot(TOKEN, base_url=fake.base_url, request=request)
    await request.initialize()
    with pytest.raises(NotConnected) as caught:
        await bot.send_message(7, "x")
    await request.shutdown()
    assert "matkhau" not in f"{caught.value} {caught.value.__cause__!r}"


@pytest.mark.parametrize(("proxy", "words"), [("socks5://127.0.0.1:1", "aiohttp-socks"), ("1.2.3.4:80", "http://")])
def test_a_proxy_we_cannot_use_is_named_at_once(proxy, words):
    with pytest.raises(ValueError, match=words):
        AiohttpRequest(proxy=proxy)


async def test_not_initialised_is_no_sending():
    with pytest.raises(NotConnected):
        await AiohttpRequest().do_request("http://127.0.0.1:1", "POST")


def test_redaction():
    assert redacted("https://u:p@proxy/bot123456:AA-b_c/getMe?x") == "https://***@proxy/bot***/getMe?x"
    assert redacted("lúc 07:25, 12:00") == "lúc 07:25, 12:00"
