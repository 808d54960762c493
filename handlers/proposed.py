"""What was proposed about a directive and what was answered, as its card shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.deadlines import local
from core.tasks import Part
from handlers.answering import paper_facts
from handlers.context import Context
from handlers.phrasing import near_date


async def proposed(context: Context, parts: Sequence[Part]) -> list[str]:
    """Return the proposals about these parts that were not withdrawn, a line each."""
    lines, of = [], {part.id: part for part in parts}
    for one in await context.work.proposals.of_parts([part.id for part in parts]):
        by = await context.work.people.person(one.decided_by) if one.decided_by is not None else None
        state = one.outcome.value if one.outcome is not None else "waiting" if one.told_at is None else "open"
        lines.append(
            context.t(
                "task-proposed", text=of[one.part_id].shown(one.text), date=_day(context, one.raised_at), state=state,
                by=by.title if by is not None else "", on=_day(context, one.decided_at), words=of[one.part_id].shown(one.words),
                quoted="yes" if one.words else "no", **paper_facts(one),
            )
        )  # fmt: skip
    return lines


def _day(context: Context, moment: datetime | None) -> str:
    return near_date(local(moment).date(), context.today) if moment is not None else ""
