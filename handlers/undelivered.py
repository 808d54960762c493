"""Who did not receive what, since when and why, because somebody has to phone; and who has not acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from core.deadlines import local
from core.messages import Message
from core.people import OFFICE, SEES_PROGRESS, Role
from handlers.context import Context
from handlers.pages import page_of
from handlers.phrasing import clock_time, day_month, near_date, source_called
from handlers.routing import Answer, command
from storage.deliveries import Missed
from storage.reports import Unacknowledged

Words = Callable[..., str]
"""A sentence by its key, in somebody's language."""

_WHY = {
    "blocked": "blocked",
    "deactivated": "closed",
    "chat_not_found": "closed",
    "kicked": "closed",
    "withdrawn": "withdrawn",
    "window": "window",
    "quota": "quota",
}
_LONGEST = 60


@command("undelivered", who=OFFICE, private=True)
async def undelivered(context: Context) -> Answer:
    """List who did not receive their messages in the last seven days, since when and why."""
    missed = await context.work.deliveries.missed(context.actor.agency_id)
    silent = await context.work.reports.unacknowledged(context.actor.agency_id)
    foot = [context.t("undelivered-silent", count=len({part.unit_id for part in silent}))] if silent else []
    title = context.t("undelivered-title", time=clock_time(context.now), date=day_month(context.today))
    if not missed:
        return Message((context.t("undelivered-none"), *foot), title)
    people = list(by_person(missed).values())
    page = page_of(context, people, "/undelivered", lambda some: lines_of(context.t, some))
    lines = [context.t("undelivered-count", count=len(people)), *page.lines, context.t("undelivered-phone"), *foot]
    return Message(tuple(lines), title, page.buttons, menu=True)


@command("unacknowledged", who=SEES_PROGRESS | {Role.HEAD}, private=True)
async def unacknowledged(context: Context) -> Answer:
    """List the units that have not acknowledged what they were given, with its codes and since when."""
    parts = await context.work.reports.unacknowledged(context.actor.agency_id)
    if not context.actor.is_any(SEES_PROGRESS):
        parts = [part for part in parts if part.unit_id in context.actor.unit_ids]
    title = context.t("unacknowledged-title", time=clock_time(context.now), date=day_month(context.today))
    if not parts:
        return Message((context.t("unacknowledged-none"),), title)
    given: dict[tuple[str, str], list[Unacknowledged]] = {}
    for part in parts:
        given.setdefault((part.unit_code, part.notice), []).append(part)
    page = page_of(
        context, list(given.values()), "/unacknowledged", lambda some: [_silent(context, one) for one in some]
    )
    units = len({part.unit_id for part in parts})
    return Message((context.t("unacknowledged-count", count=units), *page.lines), title, page.buttons, menu=True)


def _silent(context: Context, parts: Sequence[Unacknowledged]) -> str:
    first = parts[0]
    codes = ", ".join(part.code for part in parts)
    since = near_date(local(first.since).date(), context.today)
    return context.t(
        "unacknowledged-line",
        unit=first.unit_code,
        codes=codes,
        number=source_called(context.t, first.notice),
        date=since,
    )


def by_person(missed: Iterable[Missed]) -> dict[int, list[Missed]]:
    """Return what was missed by the person who missed it, in order."""
    found: dict[int, list[Missed]] = {}
    for one in missed:
        found.setdefault(one.person_id, []).append(one)
    return found


def lines_of(t: Words, people: Iterable[Sequence[Missed]]) -> list[str]:
    """Return two lines for each person: who and why, then what and since when."""
    out: list[str] = []
    for missed in people:
        first, last = missed[0], missed[-1]
        out.append(t("undelivered-who", title=last.title, why=why(t, last)))
        since = local(first.queued_at)
        out.append(
            "  "
            + t(
                "undelivered-what",
                what="; ".join(dict.fromkeys(what(t, one) for one in missed)),
                time=f"{since:%H:%M}",
                date=day_month(since.date()),
            )
        )
    return out


def why(t: Words, missed: Missed) -> str:
    """Return why somebody did not receive a message, as far as is known."""
    if missed.status == "uncertain":
        return t("why-uncertain")
    if missed.status in {"queued", "sending"}:
        return t("why-waiting", channel=t(f"channel-{missed.channel}"))
    if not missed.channel:
        return t("why-unlinked")
    kind = _WHY.get((missed.error or "").partition(":")[0])
    if kind is not None:
        return t(f"why-{kind}", channel=t(f"channel-{missed.channel}"))
    return t(
        "why-unlinked" if missed.status == "unreachable" else "why-refused", channel=t(f"channel-{missed.channel}")
    )


def what(t: Words, missed: Missed) -> str:
    """Return which message it is, in a few words."""
    day = day_month(local(missed.queued_at).date())
    if missed.intent is not None:
        return t("what-digest" if missed.intent.get("kind") == "digest" else "what-word", date=day)
    if missed.about:
        return t("what-about", code=missed.about.rpartition("/")[2])
    if missed.content is not None and missed.content.title and len(missed.content.title) <= _LONGEST:
        return missed.content.title
    return t("what-word", date=day)
