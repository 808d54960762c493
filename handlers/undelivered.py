"""Who did not receive what, since when and why, because somebody has to phone; and who has not acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from core.deadlines import local
from core.messages import Message
from core.people import OFFICE, SEES_PROGRESS, Role
from handlers.agencies import by_agency, gathered, heading, seen_below
from handlers.context import Context
from handlers.narrowing import narrowed
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


@command("undelivered", who=OFFICE)
async def undelivered(context: Context) -> Answer:
    """List who did not receive their messages in the last seven days, since when and why, of agencies below too."""
    below = await seen_below(context)
    rows = [("", one) for one in await _missed(context, context.actor.agency_id)]
    for agency in below:
        rows += [(heading(agency), one) for one in await _missed(context, agency.id)]
    silent = [part for group in await gathered(context, context.work.reports.unacknowledged) for part in group.lines]
    foot = [context.t("undelivered-silent", count=len({part.unit_id for part in silent}))] if silent else []
    title = context.t("undelivered-title", time=clock_time(context.now), date=day_month(context.today))
    if not rows:
        return Message((context.t("undelivered-none"), *foot), title)
    page = page_of(
        context,
        rows,
        "/undelivered",
        lambda some: by_agency(context, some, lambda missed: lines_of(context.t, missed)),
    )
    lines = [context.t("undelivered-count", count=len(rows)), *page.lines, context.t("undelivered-phone"), *foot]
    return Message(tuple(lines), title, page.buttons, menu=True)


async def _missed(context: Context, agency_id: int) -> list[list[Missed]]:
    return list(by_person(await context.work.deliveries.missed(agency_id)).values())


@command("unacknowledged", who=SEES_PROGRESS | {Role.HEAD})
async def unacknowledged(context: Context) -> Answer:
    """List the units that have not acknowledged what they were given, since when; of one unit or notice if named."""
    title = context.t("unacknowledged-title", time=clock_time(context.now), date=day_month(context.today))
    given: dict[tuple[str, int, str], list[Unacknowledged]] = {}
    narrowing = await narrowed(context)
    groups = narrowing.kept(await gathered(context, context.work.reports.unacknowledged, narrowing.words))
    title = narrowing.title(context, groups, title)
    for group in groups:
        for part in group.lines:
            above = heading(group.agency) if group.below else ""
            given.setdefault((above, part.unit_id, part.notice_number), []).append(part)
    if not given:
        return Message((context.t("unacknowledged-none"),), title)
    page = page_of(
        context,
        [(above, parts) for (above, _, _), parts in given.items()],
        f"/unacknowledged {narrowing.typed()}".strip(),
        lambda some: by_agency(context, some, lambda parts: [_silent(context, one) for one in parts]),
    )
    units = len({unit for _, unit, _ in given})
    return Message((context.t("unacknowledged-count", count=units), *page.lines), title, page.buttons, menu=True)


def _silent(context: Context, parts: Sequence[Unacknowledged]) -> str:
    first = parts[0]
    codes = ", ".join(part.code for part in parts)
    since = near_date(local(first.since).date(), context.today)
    return context.t(
        "unacknowledged-line",
        unit=first.unit_code,
        codes=codes,
        number=source_called(context.t, first.notice_number),
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
