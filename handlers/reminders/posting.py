"""Before the monthly meeting the office chief is asked, once, to approve the word that goes to the agency's groups."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Button, Message
from core.people import Role
from core.quiet import until_open
from core.reminders.hours import EVERYBODY, slot_is_open
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.phrasing import full_date
from handlers.posts import invitation, meeting_ahead, was_posted
from storage.groups import Group
from storage.outbox import Claimed, Composed, Later, Outgoing, Urgency
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
            ways = await work.accounts.reach(office.person_id)
            row = Outgoing(
                ways[0].channel if ways else "",
                None,
                Urgency.NOTICE,
                intent={"kind": POST, "meeting": ahead[0].isoformat()},
                person_id=office.person_id,
                key=f"{POST}-asked:{office.person_id}:{ahead[0].isoformat()}",
            )
            await work.outbox.say_once(row)


class PostAsked:
    """Writes the question at the moment it leaves."""

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar) -> None:
        self._catalogue = catalogue
        self._calendar = calendar

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the exact text with the button that posts it; nothing once it is posted or the time is over."""
        if row.person_id is None or row.intent is None:
            return "void"
        wait = until_open(work.now, self._calendar)
        if wait:
            return Later(min(wait, _LOOK_AGAIN))
        person = await work.people.person(row.person_id)
        offices = await work.accounts.offices_of(row.person_id)
        if person is None or not any(office.role in _CHIEF for office in offices):
            return "void"
        groups = await work.groups.of_agency(person.agency_id)
        ahead = meeting_ahead(await work.people.agency(person.agency_id), work.now, self._calendar)
        if ahead is None or ahead[0].isoformat() != row.intent["meeting"] or await was_posted(work, groups, ahead[0]):
            return "void"
        ways = await work.chain.ways(row)
        if not ways:
            return "unreachable"
        language = ways[0].language
        text = self._catalogue.text(
            language, "publish-asked", count=len(groups), text=invitation(self._catalogue, *ahead)
        )
        button = Button(self._catalogue.text(language, "button-publish"), f"/publish review {full_date(ahead[0])}")
        message = Message.of(text, button, menu=True)
        return Composed(message, ways[0].chat, ways[0].account_id, ways[0].channel)
