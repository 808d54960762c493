from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.telegram_menus import Commands, Menus
from tests.bot.telegram_rig import Rig, rigged

WORDS = {"vi": {"start": "Bắt đầu", "overdue": "Việc quá hạn"}, "en": {"start": "Start", "overdue": "Overdue"}}


def commands_for(roles: frozenset[str], language: str) -> Commands:
    names = ["overdue"] if "leader" in roles else ["start"]
    return [(name, WORDS[language][name]) for name in names]


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with rigged() as made:
        yield made


@pytest.fixture
def menus(rig: Rig) -> Menus:
    return Menus(rig.connection, commands_for, {"vi": "vi", "": "en"})


async def drawn(rig: Rig, scope: dict[str, object], code: str = "") -> list[str]:
    parameters = {"scope": scope, **({"language_code": code} if code else {})}
    return [command["description"] for command in await rig.connection.call("getMyCommands", parameters)]


async def test_strangers_see_their_menu_in_their_phones_language(rig: Rig, menus: Menus) -> None:
    await menus.publish({"vi": "Đôn đốc", "en": "Follow-up"}, {"vi": "Nhắc việc"})
    for kind in ("default", "all_private_chats"):
        assert await drawn(rig, {"type": kind}, "vi") == ["Bắt đầu"]
        assert await drawn(rig, {"type": kind}) == ["Start"]
    assert await rig.connection.call("getMyDescription", {"language_code": "vi"}) == {"description": "Đôn đốc"}
    assert await rig.connection.call("getMyDescription") == {"description": "Follow-up"}
    assert await rig.connection.call("getMyShortDescription", {"language_code": "vi"}) == {
        "short_description": "Nhắc việc"
    }


async def test_a_person_sees_what_their_office_may_do(rig: Rig, menus: Menus) -> None:
    person = rig.fake.user(5)
    rig.fake.private(person)
    await menus.refresh("5", frozenset({"leader"}), "vi")
    assert await drawn(rig, {"type": "chat", "chat_id": 5}) == ["Việc quá hạn"]
    await menus.refresh("5", frozenset({"leader"}), "en")
    assert await drawn(rig, {"type": "chat", "chat_id": 5}) == ["Overdue"]
    await menus.refresh("5", frozenset(), "vi")
    assert await drawn(rig, {"type": "chat", "chat_id": 5}) == []


async def test_nothing_is_drawn_twice(rig: Rig, menus: Menus) -> None:
    rig.fake.private(rig.fake.user(5))
    for _ in range(2):
        await menus.publish({"vi": "Đôn đốc"})
        await menus.refresh("5", frozenset({"leader"}), "vi")
    assert [call.method for call in rig.fake.calls] == [
        "setMyCommands", "setMyCommands", "setMyDescription", "setMyCommands", "setMyCommands", "setMyCommands",
    ]  # fmt: skip


async def test_a_failure_is_never_fatal_and_made_good_at_the_next_occasion(rig: Rig, menus: Menus) -> None:
    await menus.refresh("5", frozenset({"leader"}), "vi")
    assert [call.status for call in rig.fake.calls] == [400]
    rig.fake.private(rig.fake.user(5))
    await menus.refresh("5", frozenset({"leader"}), "vi")
    assert await drawn(rig, {"type": "chat", "chat_id": 5}) == ["Việc quá hạn"]


async def test_a_flood_is_waited_out_once(rig: Rig, menus: Menus) -> None:
    rig.fake.private(rig.fake.user(5))
    rig.fake.fail("setMyCommands", "429", retry_after=1)
    await menus.refresh("5", frozenset({"leader"}), "vi")
    assert await drawn(rig, {"type": "chat", "chat_id": 5}) == ["Việc quá hạn"]
