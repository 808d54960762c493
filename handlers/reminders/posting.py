"""Before the monthly meeting the office chief is asked, once, to approve the word that goes to the agency's groups."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Button, Message
from core.people import Role
from core.reminders.hours import EVERYBODY, slot_is_open
from core.workdays import WorkCalendar
from handlers.leaving import Leaving, row_to, sent, waits, way_of
from handlers.phrasing import full_date
from handlers.posts import invitation, meeting_ahead, was_posted
from storage.groups import Group
from storage.outbox import Claimed, Composed, Later
from storage.work import Work

POST = "post"
_CHIEF = frozenset({Role.OFFICE_CHIEF})
_LOOK_AGAIN = timedelta(hours=1)


async def plan_posts(work: Work, calendar: WorkCalendar) -> None:
    """Queue the question to office chiefs whose agency has a group and is being asked for the meeting; once a meeting."""
    if not slot_is_open(EVERYBODY, work.now, calendar):
        return
    by_agency: dict[int, list[Group]] = {}
    for group in await work.groups.everywhere():
        by_agency.setdefault(group.agency_id, []).append(group)
    for agency_id, groups in by_agency.items():
        ahead = meeting_ahead(await work.people.agency(agency_id), work.now, calendar)
        if ahead is None or await was_posted(work, groups, ahead[0]):
            continue
        # where nothing is open no unit was asked for anything
        if not await work.planning.reviewed_units([agency_id]):
            continue
        for office in await work.people.offices(agency_id, roles=_CHIEF):
            meeting = ahead[0].isoformat()
            key = f"{POST}-asked:{office.person_id}:{meeting}"
            row = await row_to(work, office.person_id, {"kind": POST, "meeting": meeting}, key=key)
            await work.outbox.say_once(row)


class PostAsked(Leaving):
    """Writes the question at the moment it leaves."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the exact text with the button that posts it; nothing once it is posted or the time is over."""
        if row.person_id is None or row.intent is None:
            return "void"
        if (later := waits(work, self._calendar, _LOOK_AGAIN)) is not None:
            return later
        person = await work.people.person(row.person_id)
        offices = await work.accounts.offices_of(row.person_id)
        if person is None or not any(office.role in _CHIEF for office in offices):
            return "void"
        groups = await work.groups.of_agency(person.agency_id)
        ahead = meeting_ahead(await work.people.agency(person.agency_id), work.now, self._calendar)
        if ahead is None or ahead[0].isoformat() != row.intent["meeting"] or await was_posted(work, groups, ahead[0]):
            return "void"
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        t = self.telling(work, way).t
        text = t("publish-asked", count=len(groups), text=invitation(self._catalogue, *ahead))
        button = Button(t("button-publish"), f"/publish review {full_date(ahead[0])}")
        return sent(Message.of(text, button, menu=True), way)
