"""What returns weekly or monthly goes on: once a day the next period begins of what is over."""

from __future__ import annotations

from datetime import date

from core.deadlines import today
from core.periods import period_from
from handlers.phrasing import reference
from handlers.reminders.alone import alone
from storage.periods import Returning
from storage.work import Work

MARK = "periods"


async def begin_periods(work: Work) -> int:
    """Begin the next period of everything that returns and is over, once a business day; return how many began."""
    day = today(work.now)
    if (await work.planning.marks()).get(MARK) == day or await work.planning.lock(MARK) == day:
        return 0
    begun = 0
    for one in await work.periods.latest():
        begun += await alone(work, f"period of {reference(one.part)}", _begin(work, one, day), otherwise=False)
    await work.planning.mark(MARK, day)
    return begun


async def _begin(work: Work, one: Returning, day: date) -> bool:
    """Begin the next period of one thing if it is time; tell whether it was."""
    part = one.part
    undated = part.progress.is_open and part.progress.due is None
    if not undated and not work.periods.has_ended(part):
        return False
    period = period_from(one.recurrence, day) if undated else await work.periods.following(one)
    entry = await work.audit.add(
        part.agency_id, None, "clock", "period", reference(part), detail={"unit": part.unit_code, "period": period.key}
    )  # fmt: skip
    await (work.periods.date if undated else work.periods.begin)(part, period, entry)
    return True
