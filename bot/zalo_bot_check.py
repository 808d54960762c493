"""What an operator should know of the Zalo bot: whether it answers, how it hears, and what the plan leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.zalo_bot import MONTHLY, PEOPLE
from bot.zalo_bot_client import ZaloBotClient, ZaloBotError, ZaloBotRefused
from bot.zalo_bot_quota import ALARM


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the operator. A `fix` beside `ok` is advice."""

    ok: bool
    detail: str
    fix: str | None = None


async def check(
    client: ZaloBotClient, *, webhook_url: str | None, used: int, people: int | None = None, limit: int = MONTHLY
) -> list[Finding]:
    """Return what there is to say of an open client; asks Zalo twice, changes nothing and never raises.

    `webhook_url` is where Zalo should post, `None` where it is polled; `used` is this month's count of messages sent,
    `people` how many accounts wrote to the bot.
    """
    try:
        me = await client.identify()
        info = await client.call("getWebhookInfo")
    except ZaloBotError as error:
        wrong_token = isinstance(error, ZaloBotRefused) and error.code == 401
        fix = "Xem ZALO_BOT_TOKEN trong Zalo Bot Creator." if wrong_token else "Xem mạng, ZALO_BOT_API_URL."
        return [Finding(False, f"Zalo không trả lời: {error}", fix), _quota(used, limit), _people(people)]
    name = me.get("display_name") or me.get("account_name") or "không tên"
    groups = "vào được nhóm" if me.get("can_join_groups") else "không vào được nhóm"
    return [Finding(True, f"{name}, {groups}"), _way(info, webhook_url), _quota(used, limit), _people(people)]


def _way(info: Any, webhook_url: str | None) -> Finding:
    url = info.get("url") if isinstance(info, dict) else None
    if webhook_url is None:
        fix = "Nên đặt PUBLIC_URL để nhận qua webhook."
        return Finding(True, "nhận tin bằng hỏi vòng: mỗi tin nhiều nhất một lần, tắt giữa chừng có thể mất tin", fix)
    if url != webhook_url:
        return Finding(False, f"webhook đang ở {url or 'chưa đặt'}", "Chạy dondoc run (hoặc web): tự đặt lại.")
    return Finding(True, "nhận tin qua webhook", "Tường lửa cho Zalo vào: UA Java/1.8.0_192, AS38244.")


def _quota(used: int, limit: int) -> Finding:
    detail = f"tháng này đã gửi {used}/{limit} tin"
    if used < limit * ALARM:
        return Finding(True, detail)
    return Finding(False, detail, "Gần hết hạn mức: tin tổng hợp đi kênh khác trước; xem gói của Zalo.")


def _people(people: int | None) -> Finding:
    counted = f", hiện có {people}" if people is not None else ""
    detail = f"gói cơ bản: {PEOPLE} người mỗi bot{counted}; người thứ {PEOPLE + 1} nhắn sẽ không tới"
    ok = people is None or people <= PEOPLE
    return Finding(ok, detail, None if ok else "Người vượt hạn mức dùng Zalo OA hoặc Telegram.")
