from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import structlog

from bot.fakes.telegram_people import Person
from bot.telegram_polling import Polling
from tests.bot.telegram_rig import Rig, rigged, running
from tests.bot.test_telegram_updates import payload


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with rigged() as made:
        yield made


@pytest.fixture
def tam(rig: Rig) -> Person:
    return rig.fake.user(71800021, "Tâm")


@pytest.fixture
def lan(rig: Rig) -> Person:
    return rig.fake.user(71800022, "Lan")


def polling(rig: Rig) -> Polling:
    return Polling(rig.connection, rig.intake, rig.lease, timeout=5, pause=0.02, patience=1.0)


async def until(happened: Callable[[], object], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not happened():
            await asyncio.sleep(0.005)


def polls(rig: Rig) -> int:
    return sum(call.method == "getUpdates" for call in rig.fake.calls)


async def test_what_is_said_is_committed_once_and_confirmed(rig: Rig, tam: Person, lan: Person) -> None:
    async with running(polling(rig).run()):
        await tam.starts("code")
        await lan.sends("việc")
        await tam.sends("/done 3.5")
        await until(lambda: len(rig.notes.texts) == 3)
        await rig.fake.until_acknowledged()
    assert sorted(rig.notes.texts) == ["/done 3.5", "/start code", "việc"]
    call = next(call for call in rig.fake.calls if call.method == "getUpdates")
    assert call.params["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_nothing_happening_is_one_long_poll(rig: Rig, tam: Person) -> None:
    async with running(polling(rig).run()):
        await tam.sends("việc")
        await rig.fake.until_acknowledged()
        before = polls(rig)
        await asyncio.sleep(0.1)
        assert polls(rig) == before


async def test_the_offset_stays_below_what_is_not_committed(rig: Rig, tam: Person, lan: Person) -> None:
    held = rig.notes.held["chậm"]
    async with running(polling(rig).run()):
        slow = await tam.sends("chậm")
        for number in range(30):
            await lan.sends(f"việc {number}")
        await until(lambda: len(rig.notes.texts) == 30)
        more = await lan.sends("việc nữa")
        await until(lambda: "việc nữa" in rig.notes.texts)
        # the ones behind it act without waiting, but nothing from it on is confirmed
        assert next(iter(rig.fake.world.updates.waiting)) == slow.update_id
        assert list(rig.fake.world.updates.waiting)[-1] == more.update_id
        held.set()
        await rig.fake.until_acknowledged()
    assert rig.notes.begun.count("chậm") == 1
    assert rig.notes.texts[:30] == [f"việc {number}" for number in range(30)]
    assert len(rig.notes.committed) == 32


async def test_waiting_for_a_slow_commit_does_not_hammer_telegram(rig: Rig, tam: Person) -> None:
    held = rig.notes.held["chậm"]
    async with running(polling(rig).run()):
        await tam.sends("chậm")
        await until(lambda: rig.notes.begun)
        before = polls(rig)
        await asyncio.sleep(0.3)
        assert polls(rig) - before < 10
        held.set()
        await rig.fake.until_acknowledged()


async def test_one_chat_acts_in_order_buttons_too(rig: Rig, tam: Person) -> None:
    held = rig.notes.held["1"]
    await tam.sends("1")
    rig.fake.inject({"callback_query": {**payload("button")["callback_query"], "data": "2"}})
    await tam.sends("3")
    async with running(polling(rig).run()):
        await until(lambda: rig.notes.begun)
        await asyncio.sleep(0.05)
        assert rig.notes.begun == ["1"]
        held.set()
        await rig.fake.until_acknowledged()
    assert rig.notes.texts == ["1", "2", "3"]


async def test_a_database_that_is_down_loses_nothing(rig: Rig, tam: Person) -> None:
    rig.notes.down = True
    async with running(polling(rig).run()):
        await tam.sends("1")
        await tam.sends("2")
        await until(lambda: rig.notes.tried >= 2)
        assert rig.fake.pending == 2
        rig.notes.down = False
        await rig.fake.until_acknowledged()
    assert rig.notes.texts == ["1", "2"]


async def test_stopping_finishes_what_runs_and_confirms_no_more(rig: Rig, tam: Person, lan: Person) -> None:
    await lan.sends("xong rồi")
    await tam.sends("đang làm")
    await tam.sends("chưa làm")
    held = rig.notes.held["đang làm"]
    task = asyncio.create_task(polling(rig).run())
    await until(lambda: rig.notes.texts == ["xong rồi"] and "đang làm" in rig.notes.begun)
    task.cancel()
    await asyncio.sleep(0.02)
    held.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert rig.notes.texts == ["xong rồi", "đang làm"]
    assert rig.fake.pending == 1
    async with running(polling(rig).run()):
        await rig.fake.until_acknowledged()
    assert rig.notes.texts == ["xong rồi", "đang làm", "chưa làm"]


async def test_stopping_while_the_database_is_down_confirms_nothing(rig: Rig, tam: Person) -> None:
    rig.notes.down = True
    async with running(polling(rig).run()):
        await tam.sends("1")
        await until(lambda: rig.notes.tried)
    assert rig.fake.pending == 1


async def test_a_program_killed_before_the_confirmation_gets_it_again(rig: Rig, tam: Person) -> None:
    await tam.sends("1")
    rig.fake.fail("getUpdates", "drop_before", after_calls=1, times=100)
    async with running(polling(rig).run()):
        await until(lambda: rig.notes.texts)
    assert rig.fake.pending == 1
    rig.fake.faults.planned.clear()
    async with running(polling(rig).run()):
        await rig.fake.until_acknowledged()
    assert rig.notes.begun == ["1", "1"]
    assert rig.notes.texts == ["1"]


async def test_a_redelivery_moves_nothing_back(rig: Rig, tam: Person) -> None:
    async with running(polling(rig).run()):
        first = await tam.sends("1")
        await tam.sends("2")
        await rig.fake.until_acknowledged()
        assert first.update_id is not None
        rig.fake.redeliver(first.update_id)
        await until(lambda: rig.notes.begun.count("1") == 2)
        await tam.sends("3")
        await rig.fake.until_acknowledged()
    assert rig.notes.texts == ["1", "2", "3"]


async def test_numbers_that_start_anew_are_heard(rig: Rig, tam: Person) -> None:
    async with running(polling(rig).run()):
        await tam.sends("1")
        await rig.fake.until_acknowledged()
        rig.fake.world.updates.next_id = 10
        await tam.sends("2")
        await until(lambda: rig.notes.texts == ["1", "2"])
        await rig.fake.until_acknowledged()


@pytest.mark.parametrize("raw", [payload("malformed"), {"update_id": 5, "message": "?"}])
async def test_an_update_nobody_can_read_is_kept_and_passed_over(rig: Rig, tam: Person, raw: dict[str, object]) -> None:
    rig.fake.inject({**raw, "update_id": rig.fake.world.updates.next_id})
    await tam.sends("sau đó")
    async with running(polling(rig).run()):
        await rig.fake.until_acknowledged()
    assert rig.notes.texts == ["sau đó"]
    ((channel, kept, error),) = rig.notes.rejected
    assert channel == "telegram"
    assert '"update_id"' in kept
    assert error


async def test_an_update_that_always_fails_is_kept_and_passed_over(rig: Rig, tam: Person) -> None:
    rig.notes.broken.add("độc")
    async with running(polling(rig).run()):
        await tam.sends("độc")
        await tam.sends("lành")
        await rig.fake.until_acknowledged()
    assert rig.notes.texts == ["lành"]
    assert "ZeroDivisionError" in rig.notes.rejected[0][2]


async def test_an_edited_message_does_not_act_twice(rig: Rig, tam: Person) -> None:
    async with running(polling(rig).run()):
        said = await tam.sends("/done 3.5")
        await tam.sends("/done 3.6", edit_of=said)
        await rig.fake.until_acknowledged()
    assert rig.notes.texts == ["/done 3.5"]


async def test_a_button_is_answered_after_the_commit(rig: Rig, tam: Person) -> None:
    async with running(polling(rig).run()):
        await tam.starts()
        await rig.fake.until_acknowledged()
        await rig.connection.call(
            "sendMessage",
            {
                "chat_id": tam.id,
                "text": "3.5?",
                "reply_markup": {"inline_keyboard": [[{"text": "Xong", "callback_data": "/done 3.5"}]]},
            },
        )
        press = await tam.presses(tam.chat.last, "Xong")
        await until(lambda: press.answered)
    assert press.answer == "Đã ghi"
    assert rig.notes.texts[-1] == "/done 3.5"


async def test_a_webhook_somebody_left_is_removed(rig: Rig, tam: Person) -> None:
    await rig.connection.call("setWebhook", {"url": "https://elsewhere.example/hook"})
    async with running(polling(rig).run()):
        await until(lambda: rig.fake.world.updates._poller)
        await rig.connection.call("setWebhook", {"url": "https://elsewhere.example/hook"})
        await tam.sends("việc")
        await until(lambda: rig.notes.texts == ["việc"])
    assert [call.method for call in rig.fake.calls].count("deleteWebhook") == 2


@pytest.mark.parametrize("kind", ["429", "500", "502", "409", "drop_before", "401"])
async def test_mishaps_are_outlived(rig: Rig, tam: Person, kind: str) -> None:
    rig.fake.fail("getUpdates", kind, times=1 if kind in {"401", "429"} else 2)  # type: ignore[arg-type]
    await tam.sends("việc")
    poller = Polling(rig.connection, rig.intake, rig.lease, timeout=5, pause=0.0005 if kind == "401" else 0.02)
    async with running(poller.run()):
        await until(lambda: rig.notes.texts == ["việc"])


async def test_a_long_outage_is_an_alarm(rig: Rig) -> None:
    await rig.fake.stop()
    one = polling(rig)
    one._pause = 0.0001
    with structlog.testing.capture_logs() as logs:
        async with running(one.run()):
            await until(lambda: any(entry["action"] == "alarm" for entry in logs))
    assert one._failures >= 10
    (alarm, *_) = [entry for entry in logs if entry["action"] == "alarm"]
    assert (alarm["event"], alarm["channel"]) == ("polling fails", "telegram")
    assert rig.fake.token not in str(logs)


async def test_a_refused_token_is_an_alarm_at_once(rig: Rig) -> None:
    rig.fake.fail("getUpdates", "401")
    with structlog.testing.capture_logs() as logs:
        async with running(polling(rig).run()):
            await until(lambda: any(entry["action"] == "alarm" for entry in logs))
    assert [entry["event"] for entry in logs if entry["action"] == "alarm"] == ["locked out"]


async def test_telegram_out_of_reach_at_the_start(rig: Rig, tam: Person) -> None:
    await rig.fake.stop()
    async with running(polling(rig).run()):
        await asyncio.sleep(0.05)
        await rig.fake.start()
        await tam.sends("việc")
        await until(lambda: rig.notes.texts == ["việc"])


async def test_only_the_holder_of_the_lease_polls(rig: Rig, tam: Person) -> None:
    rig.lease.ours = False
    async with running(polling(rig).run()):
        await tam.sends("việc")
        await asyncio.sleep(0.1)
        assert not rig.fake.calls
        rig.lease.ours = True
        await until(lambda: rig.notes.texts == ["việc"])


class Script:
    """A server that hands out these batches, at once, and then nothing."""

    def __init__(self, rig: Rig, *batches: object) -> None:
        self.bot = rig.connection.bot
        self.batches = list(batches)
        self.polls: list[dict[str, object]] = []

    async def identify(self) -> str:
        return "dondoc_bot"

    async def call(self, method: str, parameters: dict[str, object] | None = None, *, read: float = 0) -> object:
        if method != "getUpdates":
            return {}
        self.polls.append(parameters or {})
        return self.batches.pop(0) if self.batches else []


async def test_a_server_without_long_polls_is_not_hammered(rig: Rig) -> None:
    script = Script(rig)
    async with running(Polling(script, rig.intake, rig.lease, pause=0.2).run()):  # type: ignore[arg-type]
        await asyncio.sleep(0.2)
    assert 2 <= len(script.polls) <= 6


async def test_an_update_without_a_number_is_kept_and_holds_up_nothing(rig: Rig) -> None:
    numberless = {"message": payload("text")["message"]}
    script = Script(rig, "no list", [numberless, payload("text"), payload("edited")])
    async with running(Polling(script, rig.intake, rig.lease, pause=0.01).run()):  # type: ignore[arg-type]
        await until(lambda: len(script.polls) > 3)
    assert rig.notes.texts == ["/done 3.5 45 27/4"]
    assert len(rig.notes.rejected) == 1
    assert script.polls[2]["offset"] == 880004
    assert "offset" not in script.polls[3]


async def test_a_thousand_updates_act_once_each_and_in_order(rig: Rig) -> None:
    people = [rig.fake.user(9000 + number) for number in range(20)]
    async with running(polling(rig).run()):
        for turn in range(50):
            for person in people:
                await person.sends(f"{turn:03}")
        await rig.fake.until_acknowledged(20)
    assert len(rig.notes.committed) == 1000
    for person in people:
        mine = [incoming.text for incoming in rig.notes.committed if incoming.sender == str(person.id)]
        assert mine == [f"{turn:03}" for turn in range(50)]
