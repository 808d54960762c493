"""`dondoc doctor`: is all well, and what to do where it is not."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.cli import session
from bot.cli.parser import Commands, add_command
from config.settings import SettingsProblem

if TYPE_CHECKING:
    from bot.doctor_wires import Check

_NAMES = {
    "settings": "Cấu hình",
    "database": "Cơ sở dữ liệu",
    "schema": "Lược đồ",
    "clock": "Đồng hồ",
    "calendar": "Lịch",
    "outbox": "Tin gửi",
    "deliveries": "Tin tới nơi",
    "ticks": "Nhịp nhắc việc",
    "senders": "Tiến trình gửi",
    "people": "Người",
    "alarms": "Cảnh báo",
    "files": "Kho tệp",
    "readers": "Đọc tệp",
    "telegram": "Telegram",
    "webhook": "Telegram nhận tin",
    "zalo_bot": "Zalo Bot",
    "zalo_bot_webhook": "Zalo Bot nhận tin",
    "zalo_bot_quota": "Zalo Bot hạn mức",
    "zalo_bot_people": "Zalo Bot số người",
    "zalo_oa": "Zalo OA",
    "zalo_oa_account": "Zalo OA tài khoản",
    "zalo_oa_webhook": "Zalo OA nhận tin",
    "zalo_oa_charges": "Zalo OA phí",
}


def add(commands: Commands) -> None:
    """Register the command."""
    parser = add_command(
        commands,
        "doctor",
        "kiểm tra cấu hình, cơ sở dữ liệu, các kênh, kho tệp, đồng hồ; chỗ nào chưa ổn thì chỉ cách xử lý",
        _doctor,
        "dondoc doctor",
        "dondoc doctor --json",
    )
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON: ok, checks")


async def _doctor(arguments: Namespace) -> int:
    from bot.doctor import examine, wrong_settings

    try:
        checks = await examine(session.settings())
    except SettingsProblem as problem:
        checks = wrong_settings(problem)
    well = all(check.ok for check in checks)
    if arguments.json:
        print(json.dumps({"ok": well, "checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        for check in checks:
            _tell(check)
        print(_conclusion(checks))
    return 0 if well else 1


def _tell(check: Check) -> None:
    mark = "✗" if not check.ok else "!" if check.fix else "✓"
    name = _NAMES.get(check.name, check.name)
    if check.name == "settings":
        print(f"{mark} {name}:")
        print("\n".join(f"    {line}" for line in check.detail.splitlines()))
    else:
        print(f"{mark} {name}: {check.detail}")
    if check.fix:
        print(f"  → {check.fix}")


def _conclusion(checks: list[Check]) -> str:
    broken = sum(not check.ok for check in checks)
    if broken:
        return f"Có {broken} điểm phải xử lý."
    advised = sum(check.fix is not None for check in checks)
    return f"Chạy được, có {advised} điểm nên xem." if advised else "Mọi thứ đều ổn."
