"""What an Official Account's messages cost: counted by the month, for whoever pays the bill."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import structlog
from prometheus_client import Counter

from storage.database import Database
from storage.quota import Quota

log = structlog.get_logger()

Kind = Literal["window", "template"]
"""Sent later than 48 hours after the person was heard, or as an approved template."""

_NAMES: dict[Kind, str] = {"window": "zalo_oa_charged", "template": "zalo_oa_template"}


class Charges:
    """Counts each message Zalo charges, in the database and in `counter`."""

    def __init__(self, database: Database, counter: Counter | None = None) -> None:
        self._database = database
        self._counter = counter
        self._uncounted: dict[Kind, int] = {}

    async def count(self, kind: Kind, quota_type: str) -> None:
        """Count one; never raises: while the database is down it is kept in mind and counted with the next."""
        log.info("charged", action="charged", channel="zalo_oa", quota_type=quota_type)
        if self._counter is not None:
            self._counter.labels("zalo_oa", kind).inc()
        more = self._uncounted.pop(kind, 0) + 1
        try:
            async with self._database.work(datetime.now(UTC)) as work:
                await work.quota.add(_NAMES[kind], more)
        except Exception as error:  # noqa: BLE001 - the message has left, whatever becomes of its count
            self._uncounted[kind] = self._uncounted.get(kind, 0) + more
            log.warning("charge not counted", action="uncounted", channel="zalo_oa", error=type(error).__name__)


async def charges(quota: Quota) -> dict[str, int]:
    """Return how many messages of each kind were charged this month."""
    return {kind: await quota.used(name) for kind, name in _NAMES.items()}
