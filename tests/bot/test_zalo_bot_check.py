from __future__ import annotations

from bot.zalo_bot_check import check
from tests.bot.zalo_bot_rig import rigged


async def test_polling_says_that_messages_may_be_lost() -> None:
    async with rigged() as rig:
        me, way, quota, people = await check(rig.client, webhook_url=None, used=12, people=20)
    assert me.detail == "Bot Đôn Đốc, vào được nhóm"
    assert way.ok
    assert "nhiều nhất một lần" in way.detail
    assert "webhook" in (way.fix or "")
    assert quota.detail == "tháng này đã gửi 12/3000 tin"
    assert people.ok
    assert "50 người mỗi bot, hiện có 20" in people.detail


async def test_what_is_not_well_is_said_with_what_to_do() -> None:
    async with rigged() as rig:
        _, way, quota, people = await check(rig.client, webhook_url="https://so.vn/x", used=2400, people=51)
        assert [finding.ok for finding in (way, quota, people)] == [False] * 3
        assert all(finding.fix for finding in (way, quota, people))
        rig.client._token = "1:wrong"
        found = await check(rig.client, webhook_url=None, used=0)
        assert not found[0].ok
        assert "ZALO_BOT_TOKEN" in (found[0].fix or "")
        await rig.fake.stop()
        assert "mạng" in ((await check(rig.client, webhook_url=None, used=0))[0].fix or "")
