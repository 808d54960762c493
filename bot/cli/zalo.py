"""`dondoc zalo`: the administrator's consent for the Official Account."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime

from bot.cli import session
from bot.cli.failures import CommandFailed
from bot.cli.parser import Commands, add_command, add_group
from bot.zalo_oa_client import Client
from bot.zalo_oa_errors import ZaloFault
from bot.zalo_oa_oauth import (
    CODE_LIFETIME,
    Application,
    code_in,
    consent_link,
    exchange,
    new_consent,
    stored,
    without_owner,
)
from config.settings import Settings
from storage.database import Database


def add(commands: Commands) -> None:
    """Register the commands."""
    group = add_group(commands, "zalo", "tài khoản chính thức (Official Account) trên Zalo")
    parser = add_command(
        group,
        "authorize",
        "in liên kết để quản trị viên Zalo OA cấp quyền, rồi nhận mã và lưu cặp mã truy cập",
        _authorize,
        "dondoc zalo authorize",
        "dondoc zalo authorize --code 'https://…/?code=…&oa_id=…&state=…'",
        "dondoc zalo authorize --code MÃ",
    )
    parser.add_argument(
        "--code", metavar="CODE", help="mã nhận được, hoặc cả địa chỉ trình duyệt dừng lại; - đọc từ stdin"
    )
    parser.add_argument("--redirect", metavar="URL", help="địa chỉ trả về đã khai báo với Zalo (mặc định: PUBLIC_URL)")


async def _authorize(arguments: Namespace) -> int:
    given = session.settings()
    if given.zalo_oa_app_id is None or given.zalo_oa_app_secret is None:
        raise CommandFailed("chưa có ZALO_OA_APP_ID và ZALO_OA_APP_SECRET")
    application = Application(given.zalo_oa_app_id, given.zalo_oa_app_secret.get_secret_value())
    async with session.opened(given) as database:
        if arguments.code is None:
            await _invite(given, database, application, arguments.redirect)
        else:
            said = sys.stdin.readline() if arguments.code == session.STDIN else arguments.code
            await _take(given, database, application, said)
    return 0


async def _invite(given: Settings, database: Database, application: Application, redirect: str | None) -> None:
    """Print the link; its verifier is kept until the code comes."""
    back = redirect or given.public_url
    if back is None:
        raise CommandFailed("chưa có PUBLIC_URL; đặt PUBLIC_URL hoặc thêm --redirect")
    real = datetime.now(UTC)
    consent = new_consent(real)
    async with database.work(real) as work:
        token = await work.tokens.locked(application.token_name)
        await work.tokens.save(replace(token, notes={**token.notes, "consent": consent}))
    print(consent_link(given.zalo_oauth_url, application, consent, back.rstrip("/")))
    print("Quản trị viên Zalo OA mở liên kết, đồng ý, rồi chép địa chỉ trình duyệt dừng lại.", file=sys.stderr)
    print("Trong 10 phút, chạy: dondoc zalo authorize --code 'ĐỊA CHỈ'", file=sys.stderr)


async def _take(given: Settings, database: Database, application: Application, said: str) -> None:
    """Exchange the code and keep the pair; the one before it is kept as the previous."""
    code, state = code_in(said)
    if not code:
        raise CommandFailed("không thấy mã trong địa chỉ này")
    async with database.read(datetime.now(UTC)) as work:
        token = await work.tokens.get(application.token_name)
    consent = token.notes.get("consent") if token is not None else None
    if consent is None:
        raise CommandFailed("chưa in liên kết cấp quyền, hoặc mã đã dùng; chạy trước: dondoc zalo authorize")
    if state is not None and state != consent["state"]:
        raise CommandFailed("địa chỉ này thuộc một liên kết khác; chạy lại: dondoc zalo authorize")
    async with Client(given.zalo_oa_api_url, given.zalo_oauth_url) as client:
        try:
            pair = await exchange(client, application, code, consent["verifier"])
        except ZaloFault as error:
            minutes = int(CODE_LIFETIME.total_seconds() // 60)
            raise CommandFailed(
                f"Zalo không nhận mã ({error}); mã dùng một lần, trong {minutes} phút; chạy lại: dondoc zalo authorize"
            ) from error
    real = datetime.now(UTC)
    async with database.work(real) as work:
        held = await work.tokens.locked(application.token_name)
        await work.tokens.save(stored(replace(held, notes=without_owner(held.notes)), pair, real))
    print("Đã lưu quyền của Zalo OA; chương trình tự gia hạn từ nay.")
