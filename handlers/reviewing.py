"""The office before the monthly meeting: the table as it stands, those who are silent asked again, another day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.deadlines import local
from core.errors import DatePassed, NotAllowed
from core.messages import Button, Message
from core.people import LEADERSHIP, OFFICE, Role
from core.quiet import until_open
from core.reminders.hours import EVERYBODY
from core.reminders.review import ReviewRule
from core.tasks import Part, State
from core.text import fold
from handlers.context import Context
from handlers.groups import CHIEF
from handlers.leaving import row_by
from handlers.pages import page_of
from handlers.phrasing import clock_time, day_month, near_date
from handlers.posts import meeting_ahead
from handlers.reminders.morning import table_line
from handlers.reminders.reviewing import REVIEW_AGAIN, Standing, standing
from handlers.routing import Answer, command
from storage.people import Agency

_AGAIN = re.compile(r"\b(?:hoi lai|nhac lai|hoi|nhac|again)\b")
_USUAL = re.compile(r"\b(?:nhu thuong le|nhu thuong|nhu le|usual)\b")
_DAY = re.compile(r"\b(?:ngay|day) ([0-9]{1,2}) (?:(?:hang|moi|cac) thang|of (?:each|every) month|monthly)\b")
_LAST = re.compile(
    r"\b(?:thu (hai|ba|tu|nam|sau|[2-6]) cuoi (?:hang |moi |cac )?thang\b(?! (?:nay|sau|toi|truoc|[0-9]))"
    r"|last (monday|tuesday|wednesday|thursday|friday)\b(?: (?:of (?:each|every|the) )?month)?(?! (?:of|month)\b))"
)
_SOME_DAY = re.compile(r"\bcuoi thang\b|\bthang (?:nay|sau|toi)\b|\b(?:this|next) month\b|\blast \w+day of\b")
"""Words that name a month rather than a day and are read as its last one: they move no meeting."""
_WEEKDAYS = {
    **{name: number for number, name in enumerate(("hai", "ba", "tu", "nam", "sau"))},
    **{str(number + 2): number for number in range(5)},
    **{name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday"))},
}


_ASKS = OFFICE | {Role.LEADER}
"""Who may have the silent units asked again."""


@command("review", who=LEADERSHIP | OFFICE)
async def review(context: Context) -> Answer:
    """Show the table for the monthly meeting, ask the silent units again, or hold it on another day."""
    agency = await context.work.people.agency(context.actor.agency_id)
    words = fold(f"{context.said.rest} {context.said.said}")
    rule = _rule(words, agency.review)
    if rule is not None:
        return await _settle(context, agency, rule)
    if _AGAIN.search(words):
        return await _ask_again(context, agency)
    meeting = agency.review.next_meeting(context.today, context.calendar)
    if context.said.date is not None and context.said.date != meeting and not _SOME_DAY.search(words):
        return await _move(context, agency, context.said.date)
    return await _shown(context, agency, meeting)


def _rule(words: str, now: ReviewRule) -> ReviewRule | None:
    """Return the rule for every month that these words name, `None` where they name none."""
    if _USUAL.search(words):
        return ReviewRule()
    if (day := _DAY.search(words)) is not None and 1 <= int(day[1]) <= 31:
        return replace(now, weekday=None, day=int(day[1]))
    if (last := _LAST.search(words)) is not None:
        return replace(now, weekday=_WEEKDAYS[last[1] or last[2]], day=None)
    return None


async def _shown(context: Context, agency: Agency, meeting: date) -> Message:
    table = await _table(context, agency, meeting)
    title = context.t("review-shown-title", date=_weekday(context, meeting))
    lines = _when(context, agency, table)
    if not table.parts and not table.closed:
        return Message((*lines, context.t("review-empty")), title)
    page = page_of(context, table.parts, "/review", lambda some: _rows(context, some, table))
    foot = []
    done = ", ".join(f"{part.code} ({part.unit_code})" for part in table.closed if part.progress.state is State.DONE)
    if done:
        foot.append(context.t("review-closed", list=done))
    if context.actor.is_any(CHIEF):
        foot += ["", context.t("review-move-how", date=day_month(context.calendar.next_working_after(meeting)))]
    buttons = [*_again_button(context, agency, table), *page.buttons]
    return Message((*lines, "", *page.lines, *foot), title, tuple(buttons), menu=not buttons)


async def _table(context: Context, agency: Agency, meeting: date) -> Standing:
    return await standing(context.work, agency.id, meeting, agency.review, context.calendar)


def _phase(context: Context, agency: Agency, table: Standing) -> str:
    """Return how far the preparation is: before anybody is asked, asked, over, or the meeting itself."""
    ask = agency.review.ask_on(table.meeting, context.calendar)
    if table.meeting == context.today:
        return "today"
    if context.today < ask or (context.today == ask and local(context.now).time() < EVERYBODY):
        return "before"
    if meeting_ahead(agency, context.now, context.calendar) is None:
        return "over"
    return "unasked" if table.asked_on is None else "asked"


def _when(context: Context, agency: Agency, table: Standing) -> list[str]:
    """Return when units are asked and by when they answer, and how many have."""
    phase = _phase(context, agency, table)
    lines = [context.t("review-when", phase=phase, **_days(context, agency, table))]
    if table.asked_on is not None and table.asked and phase != "before":
        silent = ", ".join(table.silent)
        said, has = len(table.asked) - len(table.silent), "yes" if silent else "no"
        lines.append(context.t("review-answered", said=said, all=len(table.asked), silent=silent, has=has))
    return lines


def _days(context: Context, agency: Agency, table: Standing) -> dict[str, str]:
    rule, asked = agency.review, table.asked_on
    ask = asked if asked is not None and asked <= context.today else rule.ask_on(table.meeting, context.calendar)
    if _phase(context, agency, table) == "before":
        ask = rule.ask_on(table.meeting, context.calendar)
    by = rule.answer_by(table.meeting, context.calendar)
    return {"ask": _weekday(context, ask), "by": _weekday(context, by)}


def _rows(context: Context, parts: Sequence[Part], table: Standing) -> list[str]:
    """Return the lines under their units, those that are silent marked."""
    lines: list[str] = []
    for unit in dict.fromkeys(part.unit_code for part in parts):
        silent = "yes" if table.asked_on is not None and unit in table.silent else "no"
        lines.append(context.t("review-unit", unit=unit, silent=silent))
        lines += [table_line(part, context) for part in parts if part.unit_code == unit]
    return lines


def _again_button(context: Context, agency: Agency, table: Standing) -> list[Button]:
    """Return the button that asks those who are silent, while they can still answer."""
    phase = _phase(context, agency, table)
    if (
        not context.actor.is_any(_ASKS)
        or phase not in {"asked", "unasked"}
        or not set(table.silent) - set(table.heads.get(context.actor.person_id, ()))
    ):
        return []
    return [context.button("button-review-again" if phase == "asked" else "button-review-ask", "/review again")]


async def _ask_again(context: Context, agency: Agency) -> Message:
    """Ask the heads of silent units once more, each at most once a day, and count it for each unit."""
    if not context.actor.is_any(_ASKS):
        raise NotAllowed("review")
    table = await _table(context, agency, agency.review.next_meeting(context.today, context.calendar))
    phase = _phase(context, agency, table)
    if phase not in {"asked", "unasked"}:
        return Message.of(context.t("review-not-now", phase=phase, **_days(context, agency, table)))
    own = table.silent_of(context.actor.person_id)
    asked, today, missed = list[str](), list[str](), list[str]()
    missed += [unit for unit in table.silent if not any(unit in units for units in table.heads.values())]
    for person in table.heads:
        units = table.silent_of(person)
        if not units or person == context.actor.person_id:
            continue
        ways = await context.work.accounts.reach(person)
        if ways and person in table.asked_today:
            today += units
            continue
        intent = {"kind": REVIEW_AGAIN, "meeting": table.meeting.isoformat()}
        row = row_by(ways, person, intent, key=f"{REVIEW_AGAIN}:{person}:{context.today.isoformat()}")
        # whoever else is pressing at this moment has the row, and counts it
        new = await context.work.outbox.say_once(row)
        if not ways:
            missed += units
        elif new:
            asked += units
        else:
            today += units
    again = await _count(context, table.meeting, list(dict.fromkeys(asked)))
    today, missed = ([unit for unit in units if unit not in asked] for units in (today, missed))
    if not (again or today or missed):
        return context.say("review-all-said", has="yes" if own else "no", own=", ".join(own))
    wait = until_open(context.now, context.calendar)
    leaves = context.now + wait
    return context.say(
        "review-again", any="yes" if again else "no", list=", ".join(again), waits="yes" if wait else "no",
        time=clock_time(leaves), date=day_month(local(leaves).date()), today=", ".join(dict.fromkeys(today)),
        some="yes" if today else "no", missed=", ".join(dict.fromkeys(missed)), has="yes" if missed else "no",
    )  # fmt: skip


async def _count(context: Context, meeting: date, units: Sequence[str]) -> list[str]:
    """Write down that these units were asked again, and return how often each was."""
    said = []
    for unit in units:
        subject = f"{meeting.isoformat()} {unit}"
        times = await context.work.audit.count(context.actor.agency_id, "review", subject) + 1
        await context.record("review", subject, detail={"times": times})
        said.append(context.t("review-counted", unit=unit, times=times))
    return said


async def _move(context: Context, agency: Agency, to: date) -> Message:
    """Hold a meeting on another day; the chief alone sets it."""
    if not context.actor.is_any(CHIEF):
        raise NotAllowed("review")
    if to <= context.today:
        raise DatePassed(to)
    if not context.calendar.is_working(to):
        return context.say("review-day-off", date=_weekday(context, to))
    agency = await context.work.people.agency_to_change(agency.id)
    rule, before = agency.review.move(to, context.today, context.calendar)
    await context.work.people.change_settings(agency.id, review=rule.to_json())
    await context.record("review-day", to.isoformat(), detail={"before": before.isoformat()})
    said = context.t("review-moved", before=_weekday(context, before), to=_weekday(context, to))
    return await _after(context, said, to)


async def _settle(context: Context, agency: Agency, rule: ReviewRule) -> Message:
    """Hold every month's meeting on another day."""
    if not context.actor.is_any(CHIEF):
        raise NotAllowed("review")
    now = (await context.work.people.agency_to_change(agency.id)).review
    # a meeting that was held early does not come back
    rule = replace(rule, moved=tuple((month, held) for month, held in now.moved if held <= context.today))
    await context.work.people.change_settings(agency.id, review=rule.to_json())
    await context.record("review-day", "monthly", detail={"was": agency.review.to_json(), "rule": rule.to_json()})
    meeting = rule.next_meeting(context.today, context.calendar)
    kind = "day" if rule.day is not None else "weekday"
    said = context.t("review-rule", kind=kind, day=rule.day or 0, weekday=context.t(f"weekday-{rule.weekday or 0}"))
    return await _after(context, said, meeting)


async def _after(context: Context, said: str, meeting: date) -> Message:
    """Say what was set and when units are asked; where that day is over they can be asked at once."""
    agency = await context.work.people.agency(context.actor.agency_id)
    table = await _table(context, agency, meeting)
    when = context.t("review-when", phase=_phase(context, agency, table), **_days(context, agency, table))
    buttons = _again_button(context, agency, table)
    return Message.of(f"{said}\n{when}", *buttons, menu=not buttons)


def _weekday(context: Context, day: date) -> str:
    weekday = context.t(f"weekday-{day.weekday()}")
    return context.t("review-day", weekday=weekday, date=near_date(day, context.today))
