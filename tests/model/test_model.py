"""Whatever people do, in whatever order: the bot keeps to the rules, as a model of its own has them."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.database import Database
from tests.handlers.two_agencies import Town
from tests.model.taken_back import TakingBack


@pytest.fixture(scope="module")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with both agencies in it, written once."""
    path = tmp_path_factory.mktemp("model") / "town.db"
    shutil.copy(sqlite_template, path)

    async def build() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await Town.build(database)
        await database.close()

    asyncio.run(build())
    return path


def play(furnished: Path, *, runs: int, steps: int, small: bool) -> None:
    """Let random people act at random, so many times over."""
    TakingBack.furnished = furnished
    run_state_machine_as_test(
        TakingBack,
        settings=settings(
            max_examples=runs, stateful_step_count=steps, deadline=None, derandomize=small, database=None,
            phases=[Phase.generate] if small else [Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip


def test_a_few_days_of_random_acts_agree_with_the_rules(furnished: Path) -> None:
    play(furnished, runs=8, steps=25, small=True)


@pytest.mark.soak
def test_hundreds_of_random_days_agree_with_the_rules(furnished: Path) -> None:
    play(furnished, runs=300, steps=50, small=False)
