"""What stands in a group for everybody to read: figures and invitations, never a late unit, a count of days or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from core.deadlines import local, today
from core.errors import NotForAll
from core.messages import Message
from core.partition import tally
from core.reminders.review import prepared_for
from core.text import clean, fold
from core.workdays import WorkCalendar
from handlers.acts import kept
from handlers.catalogue import Catalogue
from handlers.phrasing import day_month, short_number
from storage.groups import Group
from storage.outbox import Outgoing, Urgency
from storage.people import Agency
from storage.reports import Line
from storage.work import Work

PUBLIC = "vi"
"""A group has many readers and one language."""

MOST_NOTICES = 6
_ANSWERED = time(16)
_DELAYS = re.compile(
    r"\b(?:qua han|tre han|con tre|bi tre|cham(?! nhat)|don doc|nhac nho|lan thu [0-9]+|[0-9]+ ngay|overdue|late)\b"
)


def figures(catalogue: Catalogue, lines: Sequence[Line], now: datetime, *, closed: bool = False) -> str:
    """Return a line of figures a notice, the newest ones; a closed one only where it was asked for."""
    by_notice: dict[int, list[Line]] = {}
    for line in lines:
        by_notice.setdefault(line.notice_id, []).append(line)
    out = []
    for some in by_notice.values():
        total = tally(some, now)
        if total.total and (total.open or closed):
            number = short_number(some[0].notice_number)
            out.append(
                catalogue.text(
                    PUBLIC, "publish-figures", number=number, done=total.done, total=total.total, open=total.open
                )
            )
    return "\n".join(out[:MOST_NOTICES])


def fit_for_all(words: str) -> str:
    """Return somebody's own words as a group may read them; raises `NotForAll` where they speak of delays or tag people."""
    text = kept(clean(words))
    if "@" in text or _DELAYS.search(fold(text)):
        raise NotForAll
    return text


def invitation(catalogue: Catalogue, meeting: date, answer_by: date) -> str:
    """Return the post before a meeting: by when units say how things stand, and that each has its own message."""
    return catalogue.text(
        PUBLIC,
        "publish-review",
        meeting=day_month(meeting),
        on=catalogue.text(PUBLIC, f"weekday-{meeting.weekday()}"),
        date=day_month(answer_by),
        weekday=catalogue.text(PUBLIC, f"weekday-{answer_by.weekday()}"),
    )


def meeting_ahead(agency: Agency, now: datetime, calendar: WorkCalendar) -> tuple[date, date] | None:
    """Return the meeting that units are preparing for at this moment, and by which day they answer."""
    ahead = prepared_for(agency.review, today(now), calendar)
    if ahead is not None and today(now) == ahead[1] and local(now).time() >= _ANSWERED:
        return None
    return ahead


async def was_posted(work: Work, groups: Sequence[Group], meeting: date) -> bool:
    """Tell whether every one of these groups has the post before this meeting."""
    keys = [_key(group, meeting) for group in groups]
    return set(keys) == await work.outbox.said(keys)


def row_of(group: Group, text: str, entry_id: int, meeting: date | None = None) -> Outgoing:
    """Return the row that brings a text to a group: once an act, or once a meeting."""
    key = f"post:{entry_id}:{group.id}" if meeting is None else _key(group, meeting)
    return Outgoing(group.channel, group.chat, Urgency.NOTICE, Message.of(text), key=key, entry_id=entry_id)


def _key(group: Group, meeting: date) -> str:
    return f"review-post:{group.id}:{meeting.isoformat()}"
