import asyncio

from bot.lanes import Lanes


async def test_order_within_a_lane_and_concurrency_across() -> None:
    lanes, said, go = Lanes(4), [], asyncio.Event()

    async def slow() -> None:
        await go.wait()
        said.append("a1")

    async def say(word: str) -> None:
        said.append(word)

    lanes.put("a", slow)
    lanes.put("a", lambda: say("a2"))
    lanes.put("b", lambda: say("b1"))
    await asyncio.sleep(0.01)
    assert said == ["b1"]
    go.set()
    await asyncio.sleep(0.01)
    assert said == ["b1", "a1", "a2"]


async def test_no_more_than_its_width_at_a_time() -> None:
    lanes, now, most = Lanes(2), 0, 0

    async def job() -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.001)
        now -= 1

    for lane in range(10):
        lanes.put(str(lane), job)
    await asyncio.sleep(0.05)
    assert (now, most) == (0, 2)


async def test_a_job_that_fails_does_not_hold_up_its_lane() -> None:
    lanes, done = Lanes(1), asyncio.Event()

    async def fail() -> None:
        raise ZeroDivisionError

    async def finish() -> None:
        done.set()

    lanes.put("a", fail)
    lanes.put("a", finish)
    async with asyncio.timeout(1):
        await done.wait()


async def test_stopping_finishes_what_runs_and_drops_the_rest() -> None:
    lanes, said, go = Lanes(4), [], asyncio.Event()

    async def slow(word: str) -> None:
        await go.wait()
        said.append(word)

    lanes.put("a", lambda: slow("running"))
    lanes.put("a", lambda: slow("waiting"))
    await asyncio.sleep(0)
    stopping = asyncio.create_task(lanes.stop(1))
    await asyncio.sleep(0.01)
    go.set()
    await stopping
    lanes.put("b", lambda: slow("too late"))
    await asyncio.sleep(0.01)
    assert said == ["running"]


async def test_stopping_has_limited_patience() -> None:
    lanes, cancelled = Lanes(1), asyncio.Event()

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    lanes.put("a", hang)
    await asyncio.sleep(0)
    await lanes.stop(0.01)
    assert cancelled.is_set()
