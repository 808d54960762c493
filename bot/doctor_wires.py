"""What can be said of each messenger without sending anything: does it take us, does it reach us, what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from telegram.error import Forbidden, InvalidToken, TelegramError

from bot import zalo_bot_webhook, zalo_oa_webhook
from bot.telegram_connection import Connection
from bot.telegram_request import redacted
from bot.telegram_webhook import PATH
from bot.zalo_bot import NAME as ZALO_BOT
from bot.zalo_bot_check import check
from bot.zalo_bot_client import ZaloBotClient
from bot.zalo_oa import NAME as ZALO_OA
from bot.zalo_oa_charges import charges
from bot.zalo_oa_oauth import OWNER, REPAIR, Application
from config.settings import Settings
from core.deadlines import local
from storage.database import Database
from storage.tokens import Token
from storage.work import Work

T = TypeVar("T")

_PATIENCE = 5.0
_GOVERNMENT = "4"
_RECENT = timedelta(minutes=10)
_ADDRESSES = {
    "telegram_bot_token": "telegram_api_url",
    "zalo_bot_token": "zalo_bot_api_url",
    "zalo_oa_app_id": "zalo_oa_api_url",
}
"""What configures each messenger, and where it then answers."""
CONFIGURED = {"telegram": "telegram_bot_token", ZALO_BOT: "zalo_bot_token", ZALO_OA: "zalo_oa_app_id"}
"""What configures each messenger, by the name its messages are queued under."""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. A `fix` beside `ok` is advice: nothing is broken, but somebody should look."""

    name: str
    ok: bool
    detail: str
    fix: str | None = None


def on_real_people(settings: Settings) -> bool:
    """Tell whether what is sent reaches people, and not a stand-in of a messenger."""
    fields = Settings.model_fields
    used = [address for given, address in _ADDRESSES.items() if getattr(settings, given) is not None]
    return any(getattr(settings, address) == fields[address].default for address in used)


async def telegram(settings: Settings) -> list[Check]:
    """Ask Telegram who we are and where it posts; somebody must be configured to reach people at all."""
    if settings.telegram_bot_token is None:
        if any(getattr(settings, given) is not None for given in _ADDRESSES):
            return []
        return [Check("telegram", False, "chưa có kênh nào", "Lấy token ở @BotFather, đặt TELEGRAM_BOT_TOKEN.")]
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


async def zalo_bot(settings: Settings) -> list[Check]:
    """Ask the Zalo Bot Platform the same, and count what is left of the month."""
    if settings.zalo_bot_token is None:
        return []
    used = await _recalled(settings, lambda work: work.quota.used(ZALO_BOT))
    people = await _recalled(settings, lambda work: work.accounts.count(ZALO_BOT))
    url = settings.public_url + zalo_bot_webhook.PATH if settings.public_url else None
    token = settings.zalo_bot_token.get_secret_value()
    async with ZaloBotClient(token, api_url=settings.zalo_bot_api_url, timeout=_PATIENCE, connect=_PATIENCE) as client:
        found = await check(client, webhook_url=url, used=used or 0, people=people)
    names = ["zalo_bot", "zalo_bot_webhook", "zalo_bot_quota", "zalo_bot_people"]
    if len(found) < len(names):
        names.remove("zalo_bot_webhook")
    return [Check(name, finding.ok, finding.detail, finding.fix) for name, finding in zip(names, found, strict=True)]


async def zalo_oa(settings: Settings) -> list[Check]:
    """Tell how the Official Account's tokens stand; Zalo is not asked, for asking may use a token up."""
    if settings.zalo_oa_app_id is None or settings.zalo_oa_app_secret is None:
        return []
    name = Application(settings.zalo_oa_app_id, settings.zalo_oa_app_secret.get_secret_value()).token_name
    token = await _recalled(settings, lambda work: work.tokens.get(name))
    charged = await _recalled(settings, lambda work: charges(work.quota))
    return [_tokens(settings, token), _account(settings, token), _events(settings), _charged(charged or {})]


def _tokens(settings: Settings, token: Token | None) -> Check:
    if token is None or token.refresh_token is None:
        if settings.zalo_oa_refresh_token is None:
            return Check("zalo_oa", False, "chưa có token", f"Cần {REPAIR}.")
        return Check("zalo_oa", True, "chưa đổi token lần đầu", "Chạy dondoc run (hoặc worker).")
    if token.status == "lost":
        return Check("zalo_oa", False, "token không còn dùng được", f"Cần {REPAIR}.")
    until = f"token dùng đến {local(token.expires_at):%H:%M %d/%m/%Y}" if token.expires_at else "token chưa rõ hạn"
    if token.refreshed_at is not None:
        until = f"{until}, đổi lúc {local(token.refreshed_at):%H:%M %d/%m/%Y}"
    if token.expires_at is not None and token.expires_at < datetime.now(UTC):
        return Check("zalo_oa", False, f"{until}, chưa được đổi", "Xem dondoc run (hoặc worker) có chạy không.")
    if token.status == "uncertain":
        return Check("zalo_oa", True, f"{until}; lần đổi sau cùng không rõ kết quả", f"Nếu thôi gửi được: {REPAIR}.")
    return Check("zalo_oa", True, until)


def _account(settings: Settings, token: Token | None) -> Check:
    said = token.notes.get(OWNER) if token is not None else None
    given = settings.zalo_oa_id
    if given is not None and said is not None and given != said:
        fix = "Xem ZALO_OA_ID; nếu đúng, quản trị viên của đúng tài khoản phải cấp quyền: dondoc zalo authorize."
        return Check("zalo_oa_account", False, f"ZALO_OA_ID là {given}, token là của tài khoản {said}", fix)
    if (known := given or said) is None:
        return Check("zalo_oa_account", True, "chưa biết mã tài khoản", "Chạy dondoc run (hoặc worker): tự hỏi Zalo.")
    government = token is not None and str(token.notes.get("oa_type")) == _GOVERNMENT
    return Check("zalo_oa_account", True, f"tài khoản {known}{', cơ quan nhà nước' if government else ''}")


def _charged(counts: dict[str, int]) -> Check:
    said = f"{counts.get('window', 0)} tin sau 48 giờ, {counts.get('template', 0)} tin mẫu (ZBS)"
    return Check("zalo_oa_charges", True, f"tháng này có phí: {said}")


def _events(settings: Settings) -> Check:
    if settings.public_url is None:
        return Check("zalo_oa_webhook", False, "chỉ nhận tin qua webhook", "Đặt PUBLIC_URL.")
    return Check("zalo_oa_webhook", True, f"webhook {settings.public_url}{zalo_oa_webhook.PATH}, đã có khóa ký")


async def _recalled(settings: Settings, what: Callable[[Work], Awaitable[T]]) -> T | None:
    """Return what the database remembers, `None` where it cannot tell: that is a finding of its own."""
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        return None
    database = Database(settings.database_url)
    try:
        async with asyncio.timeout(_PATIENCE), database.read(datetime.now(UTC)) as work:
            return await what(work)
    except Exception:  # noqa: BLE001 -- drivers raise their own kinds
        return None
    finally:
        await database.close()
