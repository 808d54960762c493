"""Which of the handlers' tests run on PostgreSQL every time, and how those on SQLite are spared a thread's round trips."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.quick import quick

ON_BOTH = {
    "test_absences", "test_astray", "test_dispatch", "test_escalation", "test_hostile", "test_hourly", "test_morning_hour",
    "test_periods", "test_put_off", "test_recording", "test_reminders", "test_summaries", "test_ticking",
    "test_undelivered",
}  # fmt: skip
"""What plans and what commits: there the engines go different ways. The rest meets PostgreSQL in the soak."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        given = getattr(item, "callspec", None)
        if "tests/handlers/" not in item.nodeid or given is None or item.path.stem in ON_BOTH:
            continue
        if given.params.get("database_url") == "postgres":
            item.add_marker(pytest.mark.soak)


@pytest.fixture(scope="package", autouse=True)
def _quick() -> Iterator[None]:
    with quick():
        yield
