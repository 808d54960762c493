"""`dondoc invite`: one-time codes, links and QR pictures."""

from __future__ import annotations

import asyncio
import io
import json
import re
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.cli import session
from bot.cli.failures import WrongUsage
from bot.cli.parser import Commands, add_actor, add_command
from config.settings import Settings
from core.codes import LIFETIME, link
from core.deadlines import local
from storage.invites import Code
from storage.people import Person

BotName = Callable[[Settings], Awaitable[str | None]]

_ASKING = 5.0
_QR_SCALE = 8


def add(commands: Commands) -> None:
    """Register the command."""
    parser = add_command(
        commands,
        "invite",
        "tạo mã mời dùng một lần để cán bộ liên kết tài khoản; mã cũ chưa dùng hết hiệu lực",
        _invite,
        "dondoc invite tp-qltm",
        "dondoc invite --all --qr ma-moi",
        "dondoc invite SCT/tp-qltm SCT/th --json",
    )
    parser.add_argument(
        "people", metavar="PERSON", nargs="*", help="khóa trong danh sách, như tp-qltm hoặc SCT/tp-qltm"
    )
    parser.add_argument("--all", action="store_true", help="mọi cán bộ trong danh sách")
    parser.add_argument("--days", type=_days, default=LIFETIME.days, metavar="N", help="số ngày hiệu lực (mặc định 7)")
    parser.add_argument("--json", action="store_true", help="in một danh sách JSON")
    parser.add_argument("--qr", type=Path, metavar="DIR", help="ghi ảnh QR của từng người vào thư mục này")
    add_actor(parser)


def _days(said: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]?", said):
        raise ValueError(said)
    return int(said)


async def telegram_name(settings: Settings) -> str | None:
    """Return the Telegram bot's user name; `None` where there is no bot or Telegram does not answer in time."""
    if settings.telegram_bot_token is None:
        return None
    from telegram.error import TelegramError

    from bot.telegram_connection import Connection

    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    try:
        async with asyncio.timeout(_ASKING):
            token = settings.telegram_bot_token.get_secret_value()
            async with Connection(token, api_url=settings.telegram_api_url, proxy=proxy) as connection:
                return await connection.identify()
    except (TelegramError, TimeoutError, OSError, ValueError):
        print("dondoc: chưa hỏi được tên bot từ Telegram nên mã không kèm liên kết", file=sys.stderr)
        return None


async def _invite(arguments: Namespace, bot_name: BotName = telegram_name) -> int:
    if not arguments.people and not arguments.all:
        raise WrongUsage("cần ghi PERSON hoặc --all. Xem: dondoc invite --help")
    given = session.settings()
    async with session.opened(given) as database:
        bot = await bot_name(given)
        lifetime = timedelta(days=arguments.days)
        async with database.work(await session.business_now(database, given)) as work:
            by = await session.acting(work, arguments.by)
            people = await work.people.everyone() if arguments.all else []
            people += [await session.one_person(work, name) for name in arguments.people]
            shared = len(await work.people.agencies()) > 1
            made: list[tuple[Person, Code]] = []
            for person in dict.fromkeys(people):
                made.append((person, await work.invites.create(person.id, by, lifetime=lifetime)))
                await work.audit.add(person.agency_id, by, "cli", "invite", person.key)
    rows = [_row(person, code, bot, shared=shared) for person, code in made]
    if arguments.qr is not None:
        for row in rows:
            _draw(arguments.qr, row)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        _tell(made, rows)
    return 0


def _row(person: Person, code: Code, bot: str | None, *, shared: bool) -> dict[str, str | None]:
    return {
        "person": f"{person.agency_code}/{person.key}" if shared else person.key,
        "code": code.text,
        "link": link(bot, code.text) if bot else None,
        "expires_at": local(code.expires_at).isoformat(timespec="seconds"),
    }


def _draw(folder: Path, row: dict[str, str | None]) -> None:
    import segno

    picture = io.BytesIO()
    segno.make_qr(row["link"] or str(row["code"])).save(picture, kind="png", scale=_QR_SCALE)
    name = re.sub(r"[^\w.-]+", "-", row["person"] or "").strip(".-") or "ma"
    path = folder / f"{name}.png"
    session.keep(path, picture.getvalue(), private=True)
    row["qr"] = str(path)


def _tell(made: list[tuple[Person, Code]], rows: list[dict[str, str | None]]) -> None:
    for (person, code), row in zip(made, rows, strict=True):
        print(f"{row['person']} ({person.title}): {code.text}, đến {local(code.expires_at):%H:%M %d/%m/%Y}")
        for extra in ("link", "qr"):
            if row.get(extra):
                print(f"  {row[extra]}")
    if not rows:
        print("Danh sách chưa có cán bộ nào.")
