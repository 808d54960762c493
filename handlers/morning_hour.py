"""At which hour somebody is told of a morning: their own choice, from tomorrow on, within what an office bears."""

from __future__ import annotations

import re
from datetime import time

from core.messages import Button
from core.people import ANYONE, Role
from core.reminders.hours import EVERYBODY, LEADERS, SLOTS
from core.text import fold
from handlers.context import Context
from handlers.phrasing import near_date
from handlers.reminders.moving import move_hour
from handlers.routing import Answer, command
from handlers.until import named_hour

_HALF = re.compile(r"\b([0-9]{1,2}) ?(?:h|gio)? ?(?:ruoi|30)\b")
_BARE = re.compile(r"\b([0-9]{1,2})\b")
_USUAL = re.compile(r"\b(?:binh thuong|nhu thuong|mac dinh|usual|default)\b")
_OFFERED = (time(7), time(7, 30), time(8), time(9))


@command("hour", who=ANYONE, menu=False)
async def hour(context: Context) -> Answer:
    """Set at which hour of a working morning the sender's message comes."""
    words = fold(context.said.rest) or " ".join(ref.code.replace(".", ":") for ref in context.said.refs)
    usual = bool(_USUAL.search(words))
    wanted = usual_hour(context) if usual else _named(words)
    if wanted is None or wanted not in SLOTS:
        return context.say("hour-how", *await choices(context), first=_clock(SLOTS[0]), last=_clock(SLOTS[-1]))
    before = await context.work.people.morning(context.actor.person_id)
    to = None if usual else wanted
    await move_hour(context.work, context.actor.person_id, to, usual_hour(context))
    was = _clock(before.at or usual_hour(context))
    await context.record("settings", f"hour {_clock(wanted)}", detail={"was": was})
    first = context.calendar.next_working_after(context.today)
    return context.say("hour-set", time=_clock(wanted), date=near_date(first, context.today))


async def hour_line(context: Context) -> str:
    """Return at which hour the sender is told, and at which from tomorrow on where that is another."""
    chosen = await context.work.people.morning(context.actor.person_id)
    usual = usual_hour(context)
    now, then = chosen.on(context.today) or usual, chosen.at or usual
    return context.t("settings-hour", time=_clock(now), then=_clock(then), moves="yes" if now != then else "no")


async def choices(context: Context) -> list[Button]:
    """Return a button for each of the hours most wanted, the one that counts from tomorrow on apart."""
    chosen = (await context.work.people.morning(context.actor.person_id)).at or usual_hour(context)
    return [
        Button(context.t("settings-hour-choice", time=_clock(one)), f"/hour {_clock(one)}")
        for one in _OFFERED
        if one != chosen
    ]


def usual_hour(context: Context) -> time:
    """Return when the sender is told unless they choose otherwise."""
    return LEADERS if context.actor.is_any({Role.LEADER, Role.DEPUTY_LEADER}) else EVERYBODY


def _named(words: str) -> time | None:
    half = _HALF.search(words)
    if half is not None and int(half[1]) < 24:
        return time(int(half[1]), 30)
    exact = named_hour(words)
    if exact is not None:
        return exact
    bare = _BARE.search(words)
    return time(int(bare[1])) if bare is not None and int(bare[1]) < 24 else None


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
