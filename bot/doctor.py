"""What an operator wants to know at a glance: is all well, and what to do where it is not. Nothing is changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bot.doctor_files import files
from bot.doctor_readers import readers
from bot.doctor_wires import CONFIGURED, Check, on_real_people, telegram, zalo_bot, zalo_oa
from config.logs import Redactor
from config.settings import Settings, SettingsProblem, describe
from core.deadlines import local
from core.people import GETS_DIGEST, Role
from storage.clock import Anchor
from storage.database import Database
from storage.marks import TICK, out_of_reach
from storage.migrate import is_current
from storage.work import Work

_PATIENCE = 5.0
_STUCK = timedelta(minutes=5)
_DAY = timedelta(days=1)
_MANY = 10
_ANNOUNCED = 2026
"""The last year whose days off the Government had announced when this was written."""
_NAMED = 5
_UNUSED = ("sentry_dsn",)


Checks = list[Check]


async def examine(settings: Settings) -> Checks:
    """Look at everything, each for a few seconds at most; never raises, and no finding holds a secret."""
    found = [
        _settings(settings),
        *await _guarded("database", lambda: _remembered(settings)),
        *await _guarded("files", lambda: files(settings)),
        *await _guarded("readers", lambda: asyncio.to_thread(readers)),
        *await _guarded("telegram", lambda: telegram(settings)),
        *await _guarded("zalo_bot", lambda: zalo_bot(settings)),
        *await _guarded("zalo_oa", lambda: zalo_oa(settings)),
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
    unused = [name.upper() for name in _UNUSED if name in settings.model_fields_set]
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
                await _deliveries(work),
                await _ticks(work),
                await _senders(settings, work),
                await _people(work),
                await _keeper(work),
            ]
        return found
    finally:
        await database.close()


def _clock(settings: Settings, anchor: Anchor | None, now: datetime) -> Check:
    if anchor is None and settings.clock_start is None:
        return Check("clock", True, f"giờ thật, {local(now):%H:%M %d/%m/%Y}")
    pretended = now if anchor is not None else settings.clock_start or now
    detail = f"GIỜ GIẢ ĐỊNH {local(pretended):%H:%M %d/%m/%Y}, không phải giờ thật"
    return Check("clock", not on_real_people(settings), detail, "Chạy thật: bỏ CLOCK_START, khởi động lại.")


async def _calendar(work: Work) -> Check:
    year = local(work.now).year
    by_hand = any(entry.day.year == year for entry in await work.clock.calendar())
    if year <= _ANNOUNCED or by_hand:
        return Check("calendar", True, f"ngày nghỉ năm {year}: chính thức")
    fix = "Khi có thông báo nghỉ lễ: dondoc calendar off/work NGÀY."
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


async def _deliveries(work: Work) -> Check:
    """Tell what was lost in the last day, and which messenger is out of reach."""
    found = await work.deliveries.health(_DAY)
    away = []
    for health in found:
        mark = await work.marks.get(out_of_reach(health.channel))
        if mark is not None:
            away.append(f"{health.channel} không gửi được từ {local(mark.at):%H:%M %d/%m}")
    counts = (sum(getattr(one, name) for one in found) for name in ("failed", "uncertain", "unreachable"))
    failed, uncertain, unreachable = counts
    detail = (
        f"24 giờ qua: {failed} tin bị từ chối, {uncertain} tin không rõ tới nơi, {unreachable} tin không có nơi nhận"
    )
    fix = "Văn phòng gõ: chua nhan, để biết ai cần gọi điện." if failed + uncertain + unreachable else None
    if away:
        return Check("deliveries", False, f"{'; '.join(away)}; {detail}", "Xem đường tới máy chủ của kênh, hoặc token.")
    return Check("deliveries", uncertain < _MANY, detail, fix)


async def _ticks(work: Work) -> Check:
    mark = await work.marks.get(TICK)
    if mark is None:
        return Check("ticks", True, "chưa chạy lần nào")
    still = work.real - mark.at
    detail = f"nhịp nhắc việc sau cùng lúc {local(mark.at):%H:%M:%S %d/%m/%Y}"
    fix = "Xem dondoc run (hoặc worker) có chạy không."
    return Check("ticks", still < _STUCK, detail, None if still < _STUCK else fix)


async def _senders(settings: Settings, work: Work) -> Check:
    """Tell for which messengers somebody sends now, of however many processes, and for which nobody does."""
    configured = {name for name, given in CONFIGURED.items() if getattr(settings, given) is not None}
    sending = {name.split(":")[1] for name in await work.leases.held("sender:")}
    waiting = {health.channel for health in await work.deliveries.health(_DAY) if health.waiting and health.channel}
    orphaned = sorted(waiting - sending - configured)
    if orphaned:
        fix = "Đặt lại token của kênh, hoặc mời người nhận liên kết kênh khác."
        return Check("senders", False, f"có tin chờ kênh không còn cấu hình: {', '.join(orphaned)}", fix)
    silent = sorted(configured - sending)
    said = [f"đang gửi: {', '.join(sorted(sending))}"] if sending else []
    said += [f"chưa có tiến trình gửi: {', '.join(silent)}"] if silent else []
    # workers that send by one messenger and not by another have not the same settings
    odd = bool(silent and sending)
    advice = "Các worker phải cùng cấu hình; xem nhật ký của worker." if odd else None
    return Check("senders", not odd, "; ".join(said) or "chưa có kênh nào", advice)


async def _keeper(work: Work) -> Check:
    """Tell whether alarms reach anybody."""
    for agency in await work.people.agencies():
        for role in (Role.ADMIN, Role.CLERK):
            for office in await work.people.offices(agency.id, roles={role}):
                if await work.accounts.reach(office.person_id):
                    return Check("alarms", True, f"cảnh báo gửi tới {office.key}")
    return Check("alarms", True, "cảnh báo chỉ ghi vào nhật ký; muốn nhận qua chat: mời người có vai trò admin")


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
