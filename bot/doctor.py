"""What an operator wants to know at a glance: is all well, and what to do where it is not. Nothing is changed."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from telegram.error import Forbidden, InvalidToken, TelegramError

from bot.telegram_connection import Connection
from bot.telegram_request import redacted
from bot.telegram_webhook import PATH
from config.logs import Redactor
from config.settings import TELEGRAM_API, Settings, SettingsProblem, describe
from core.deadlines import local
from core.people import GETS_DIGEST
from storage.clock import Anchor
from storage.database import Database
from storage.migrate import is_current
from storage.work import Work

_PATIENCE = 5.0
_STUCK = timedelta(minutes=5)
_RECENT = timedelta(minutes=10)
_LEAST_FREE = 100_000_000
_ANNOUNCED = 2026
"""The last year whose days off the Government had announced when this was written."""
_NAMED = 5
_UNUSED = ("zalo_", "sentry_")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. A `fix` beside `ok` is advice: nothing is broken, but somebody should look."""

    name: str
    ok: bool
    detail: str
    fix: str | None = None


Checks = list[Check]


async def examine(settings: Settings) -> Checks:
    """Look at everything, each for a few seconds at most; never raises, and no finding holds a secret."""
    found = [
        _settings(settings),
        *await _guarded("database", lambda: _remembered(settings)),
        *await _guarded("files", lambda: asyncio.to_thread(_files, settings)),
        *await _guarded("telegram", lambda: _telegram(settings)),
    ]
    hide = Redactor(settings.secrets())
    return [replace(check, detail=hide(check.detail), fix=check.fix and hide(check.fix)) for check in found]


def wrong_settings(problem: SettingsProblem) -> Checks:
    """Return the one finding there is while the settings themselves are wrong."""
    return [Check("settings", False, "\n".join(problem.problems), "Sửa trong .env rồi chạy lại.")]


async def _guarded(name: str, look: Callable[[], Awaitable[Checks]]) -> Checks:
    try:
        async with asyncio.timeout(2 * _PATIENCE):
            return await look()
    except Exception as error:  # noqa: BLE001 -- whatever keeps us from looking is a finding too
        return [Check(name, False, f"không kiểm tra được ({type(error).__name__})", "Chạy lại với LOG_LEVEL=debug.")]


def _settings(settings: Settings) -> Check:
    lines = []
    for name, default, _, secret in describe():
        given = name.lower() in settings.model_fields_set
        if given:
            lines.append(f"{name}: {'đã đặt' if secret else getattr(settings, name.lower())}")
        else:
            lines.append(f"{name}: {f'{default} (mặc định)' if default else 'chưa đặt'}")
    unused = [name.upper() for name in Settings.model_fields if name in settings.model_fields_set]
    unused = [name for name in unused if name.lower().startswith(_UNUSED)]
    fix = f"Bản này chưa dùng {', '.join(unused)}." if unused else None
    return Check("settings", True, "\n".join(lines), fix)


async def _remembered(settings: Settings) -> Checks:
    file = settings.sqlite_file
    if file is not None and not file.exists():
        return [Check("database", False, f"chưa có {file}", "Chạy: dondoc migrate")]
    place = str(file) if file is not None else urlsplit(settings.database_url).hostname or "localhost"
    database = Database(settings.database_url)
    try:
        try:
            async with asyncio.timeout(_PATIENCE):
                current = await is_current(database)
        except Exception as error:  # noqa: BLE001 -- drivers raise their own kinds; each of them means the same here
            how = "Xem DATABASE_URL, máy chủ có chạy không." if settings.on_postgres else "Xem tệp có ghi được không."
            return [Check("database", False, f"không mở được {place} ({type(error).__name__})", how)]
        kind = "PostgreSQL" if settings.on_postgres else "SQLite"
        found = [Check("database", True, f"{kind}, {place}")]
        if not current:
            return [*found, Check("schema", False, "chưa đúng phiên bản", "Chạy: dondoc migrate")]
        async with database.read(datetime.now(UTC)) as work:
            anchor = await work.clock.anchor()
        now = anchor.at(datetime.now(UTC)) if anchor is not None else datetime.now(UTC)
        async with database.read(now) as work:
            found += [
                Check("schema", True, "đúng phiên bản"),
                _clock(settings, anchor, now),
                await _calendar(work),
                await _outbox(work),
                await _people(work),
            ]
        return found
    finally:
        await database.close()


def _clock(settings: Settings, anchor: Anchor | None, now: datetime) -> Check:
    if anchor is None and settings.clock_start is None:
        return Check("clock", True, f"giờ thật, {local(now):%H:%M %d/%m/%Y}")
    pretended = now if anchor is not None else settings.clock_start or now
    detail = f"GIỜ GIẢ ĐỊNH {local(pretended):%H:%M %d/%m/%Y}, không phải giờ thật"
    on_real_people = settings.telegram_bot_token is not None and settings.telegram_api_url == TELEGRAM_API
    return Check("clock", not on_real_people, detail, "Chạy thật: bỏ CLOCK_START, khởi động lại.")


async def _calendar(work: Work) -> Check:
    year = local(work.now).year
    by_hand = any(entry.day.year == year for entry in await work.clock.calendar())
    if year <= _ANNOUNCED or by_hand:
        return Check("calendar", True, f"ngày nghỉ năm {year}: chính thức")
    fix = "Khi có thông báo nghỉ lễ: cập nhật bản mới."
    return Check("calendar", True, f"ngày nghỉ năm {year}: dự kiến", fix)


async def _outbox(work: Work) -> Check:
    oldest = await work.outbox.oldest_unsent()
    waited = work.real - oldest if oldest is not None else timedelta()
    if waited <= timedelta():
        return Check("outbox", True, "không có tin chờ gửi")
    minutes = int(waited.total_seconds()) // 60
    detail = f"tin lâu nhất chờ {minutes} phút" if minutes else "tin đang được gửi"
    fix = "Xem dondoc run (hoặc worker) có chạy không."
    return Check("outbox", waited < _STUCK, detail, None if waited < _STUCK else fix)


async def _people(work: Work) -> Check:
    heads: dict[int, str] = {}
    for agency in await work.people.agencies():
        heads |= {office.person_id: office.key for office in await work.people.offices(agency.id, roles=GETS_DIGEST)}
    if not heads:
        return Check("people", True, "danh sách chưa có ai", "Chạy: dondoc roster import TỆP")
    missing = [key for person, key in heads.items() if not await work.accounts.reach(person)]
    if not missing:
        return Check("people", True, f"{len(heads)}/{len(heads)} trưởng đơn vị đã liên kết")
    named = " ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
    detail = f"{len(missing)}/{len(heads)} trưởng đơn vị chưa liên kết, chưa nhận được tin"
    return Check("people", True, detail, f"Chạy: dondoc invite {named}")


def _files(settings: Settings) -> Checks:
    if not settings.files_url.startswith("file:"):
        return [Check("files", False, "bản này chỉ giữ tệp trong thư mục", "Đặt FILES_URL=file:THƯ-MỤC.")]
    folder = Path(settings.files_url.removeprefix("file:"))
    there = next((place for place in (folder, *folder.absolute().parents) if place.exists()), folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return [Check("files", False, f"không ghi được vào {folder}", "Cấp quyền ghi, hoặc đổi FILES_URL.")]
    free = shutil.disk_usage(there).free
    detail = f"{folder}, đĩa còn {free // 1_000_000} MB"
    return [Check("files", free >= _LEAST_FREE, detail, None if free >= _LEAST_FREE else "Dọn bớt đĩa.")]


async def _telegram(settings: Settings) -> Checks:
    if settings.telegram_bot_token is None:
        return [Check("telegram", False, "chưa có bot nào", "Lấy token ở @BotFather, đặt TELEGRAM_BOT_TOKEN.")]
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    token = settings.telegram_bot_token.get_secret_value()
    async with Connection(token, api_url=settings.telegram_api_url, proxy=proxy) as connection:
        try:
            async with asyncio.timeout(_PATIENCE):
                name = await connection.identify()
                info = await connection.call("getWebhookInfo")
        except (InvalidToken, Forbidden):
            return [Check("telegram", False, "Telegram không nhận token", "Lấy token mới ở @BotFather.")]
        except (TelegramError, TimeoutError):
            server = urlsplit(settings.telegram_api_url).hostname
            fix = "Xem đường ra Internet, TELEGRAM_PROXY."
            return [Check("telegram", False, f"không tới được {server}", fix)]
    return [Check("telegram", True, f"@{name}"), _webhook(settings, info)]


def _webhook(settings: Settings, info: dict[str, Any]) -> Check:
    url, pending = str(info.get("url", "")), int(info.get("pending_update_count", 0))
    waiting = f"{pending} tin chờ nhận"
    if settings.public_url is None:
        if url:
            fix = "dondoc run sẽ gỡ; hoặc đặt PUBLIC_URL."
            return Check("webhook", False, f"webhook còn đặt ở {redacted(url)}, {waiting}", fix)
        return Check("webhook", True, f"hỏi tin (polling), {waiting}")
    wanted = settings.public_url + PATH
    if url != wanted:
        fix = f"Chạy dondoc run (hoặc web); tự đặt {wanted}"
        return Check("webhook", False, f"webhook đặt ở {redacted(url)}" if url else "chưa đặt webhook", fix)
    detail = f"webhook {url}, {waiting}"
    failed = datetime.fromtimestamp(info.get("last_error_date", 0), UTC)
    if info.get("last_error_message"):
        detail += f"; lỗi lúc {local(failed):%H:%M %d/%m/%Y}: {redacted(str(info['last_error_message']))}"
    # the last error stays on show after it is mended: it counts while updates wait behind it
    failing = pending > 0 and datetime.now(UTC) - failed < _RECENT
    return Check("webhook", not failing, detail, "Xem PUBLIC_URL, chứng chỉ, máy chủ web." if failing else None)
