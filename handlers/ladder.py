"""The office says when heads are reminded and when it goes up: of everything, one notice or one directive; and hỏa tốc."""

from __future__ import annotations

import re
from dataclasses import replace

from core.errors import UnknownNotice
from core.people import OFFICE
from core.reminders.ladder import BadLadder, Ladder
from core.speech import TaskRef
from core.text import fold
from handlers.context import Context
from handlers.phrasing import source_called
from handlers.resolve import no_part
from handlers.routing import Answer, command

_USUAL = re.compile(r"\b(?:binh thuong|nhu thuong|mac dinh|usual|default)\b")
_URGENT = re.compile(r"\b(?:hoa toc|urgent)\b")
_DAYS = re.compile(r"\b[0-9]{1,2}\b")
_WHO = re.compile(
    r"\b(?:(?P<overseer>cap pho|pho giam doc|pho gd|chanh van phong|deputy|deputies)"
    r"|(?P<leader>giam doc|lanh dao|gd|director|leader)|(?P<head>truoc|truong phong|truong don vi|before|heads?))\b"
)
"""Whose days follow; those that follow nobody are the heads'."""
_NOTICE = re.compile(r"(?:tb )?([0-9]{3,5})\b")


@command("ladder", who=OFFICE)
async def ladder(context: Context) -> Answer:
    """Show or set on which working days heads, deputies and the leader are reminded, or that something is hỏa tốc."""
    notice_id, task_id, about = await _scope(context)
    agency_id, ladders = context.actor.agency_id, context.work.ladders
    scope = about or context.t("ladder-all")
    now = (await ladders.all()).at(agency_id, notice_id, task_id)
    try:
        made = _meant(fold(context.said.rest), now)
    except BadLadder as mistake:
        key = "ladder-how" if mistake.name == "head" else "ladder-how-above"
        return context.say(key, code=about and f"{about} ")
    if made is now:
        return context.say("ladder-shown", scope=scope, code=about and f"{about} ", words=_worded(context, now))
    await ladders.set(made, agency_id, notice_id=notice_id, task_id=task_id)
    detail = {"was": now.to_json(), "rules": made.to_json() if made else None}
    await context.record("ladder", context.about or about, detail=detail)
    after = (await ladders.all()).at(agency_id, notice_id, task_id)
    return context.say("ladder-set", scope=scope, words=_worded(context, after))


async def _scope(context: Context) -> tuple[int | None, int | None, str]:
    """Return the notice and the directive that are meant, as far as any is, and what to call them."""
    agency_id, said = context.actor.agency_id, context.said
    if said.refs:
        ref = said.refs[0]
        found = await context.work.notices.task_by_code(agency_id, ref.code, ref.notice, ref.year)
        if found is None or (ref.agency is not None and fold(ref.agency) != fold(context.actor.agency_code)):
            raise await no_part(context, ref)
        notice, task = found
        context.about = str(TaskRef(task.code, notice.short, notice.year))
        return notice.id, task.id, task.code
    named = _NOTICE.match(fold(said.rest))
    if named is None:
        return None, None, ""
    notices = await context.work.notices.find(agency_id, named[1])
    if not notices:
        raise UnknownNotice(named[1], tuple(one.number for one in await context.work.notices.latest(agency_id, 5)))
    return notices[0].id, None, source_called(context.t, notices[0].number)


def _meant(words: str, now: Ladder) -> Ladder | None:
    """Return the ladder these words ask for, `None` for the usual one, `now` itself where they ask for nothing."""
    if _USUAL.search(words):
        return None
    made = replace(now, urgent=True) if _URGENT.search(words) else now
    said = {name: days for name, days in _days(words).items() if days}
    if not said:
        return made
    if "head" in said:
        said["head"] = sorted({*(-day for day in said["head"]), *(step for step in made.head if step >= 0)})
    return Ladder.from_json(said, over=made)


def _days(words: str) -> dict[str, list[int]]:
    """Return the days that are named, by whose they are."""
    found: dict[str, list[int]] = {"head": [], "overseer": [], "leader": []}
    whose, begins = "head", 0
    for who in [*_WHO.finditer(words), None]:
        ends = who.start() if who is not None else len(words)
        found[whose] += [int(day) for day in _DAYS.findall(words[begins:ends])]
        if who is not None:
            whose, begins = who.lastgroup or "head", who.end()
    return {name: sorted(set(days)) for name, days in found.items()}


def _worded(context: Context, ladder: Ladder) -> str:
    before = ", ".join(str(-step) for step in sorted(ladder.head) if step < 0)
    deputies, leader = (", ".join(map(str, sorted(steps))) for steps in (ladder.overseer, ladder.leader))
    return context.t(
        "ladder-days", days=before or "0", deputies=deputies, leader=leader, urgent="yes" if ladder.urgent else "no"
    )
