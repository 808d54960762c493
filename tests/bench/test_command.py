"""The command benchmark: it measures what it says, and does not take a lost or a double reply for a good one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import command
from bench.command import EMBEDDED, FLOOR, MANY, ONE, Plan
from bench.load import FIRST_CHAT, code_of
from bench.measure import USUAL, Sample
from bench.office import NotExactlyOnce, check, check_replies, settle_in
from core.speech import understand
from tests.office import MORNING
from tests.postgres import PostgresServer

TOLD = {FIRST_CHAT: ["1.1", "1.2"]}


def sample(cpu: float, updates: int = 100) -> Sample:
    return Sample(updates, cpu, 0.0, 0.0, 1.0, (0.002, 0.001, 0.009), USUAL)


async def test_a_round_with_little_of_everything(postgres_server: PostgresServer) -> None:
    plan = Plan(rounds=1, many=40, one=2, warm_up=4, past=8)
    results = await command.run(plan, postgres_server, (FLOOR, EMBEDDED))
    assert {len(samples) for samples in results.samples.values()} == {1}
    for name in (FLOOR, EMBEDDED):
        assert [s.updates for n in (MANY, ONE) for s in results.samples[name, n]] == [40, 2]
    assert results.samples[FLOOR, MANY][0].cpu > 0
    assert results.samples[EMBEDDED, MANY][0].database_cpu == 0


async def test_what_was_never_done_is_noticed(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/dondoc.db"
    await settle_in(url, 2, 3, past=4)
    await check(url, {}, {}, audit=True)
    with pytest.raises(NotExactlyOnce):
        await check(url, TOLD, {FIRST_CHAT: ["1.1", "1.2"]}, audit=True)


@pytest.mark.parametrize("heard", [["1.1"], ["1.1", "1.1", "1.2"], ["1.2", "1.1"], []])
def test_replies_lost_doubled_or_swapped_are_noticed(heard: list[str]) -> None:
    check_replies(TOLD, {FIRST_CHAT: ["Đã ghi 1.1", "Đã ghi 1.2"]})
    with pytest.raises(NotExactlyOnce):
        check_replies(TOLD, {FIRST_CHAT: heard})


def test_a_reply_to_somebody_else_is_noticed() -> None:
    with pytest.raises(NotExactlyOnce):
        check_replies(TOLD, {FIRST_CHAT: ["1.1", "1.2"], FIRST_CHAT + 1: ["1.1"]})


def test_costs_are_compared_within_a_round() -> None:
    results = command.Results()
    for mine, theirs in ((0.1, 0.2), (0.5, 1.0), (0.3, 0.4)):
        results.add("mine", ONE, sample(mine))
        results.add("theirs", ONE, sample(theirs))
    assert results.cost("mine", ONE) == pytest.approx(3000)
    assert results.ratio("mine", "theirs", ONE) == pytest.approx(0.5)


def test_every_code_is_one_people_may_type() -> None:
    codes = [code_of(number) for number in range(Plan().directives)]
    assert len(set(codes)) == len(codes)
    for code in codes:
        said = understand(f"/done {code}", today=MORNING.date())
        assert (said.intent, [ref.code for ref in said.refs]) == ("done", [code])
