"""One unit of work: one transaction, and the stores that speak inside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import today
from storage.accounts import Accounts
from storage.acting import ActingFor
from storage.addressees import Addressees
from storage.amendments import Amendments
from storage.audit import Audit
from storage.chain import Chain
from storage.changes import Changes
from storage.clock import ClockStore
from storage.deliveries import Deliveries
from storage.drafts import Drafts
from storage.edits import Edits
from storage.extensions import Extensions
from storage.follow_up import FollowUp
from storage.gathering import Gathering
from storage.given import GivenTasks
from storage.groups import Groups
from storage.held_files import HeldFiles
from storage.history import History
from storage.inbox import Inbox
from storage.inquiries import Inquiries
from storage.invites import Invites
from storage.jobs import Jobs
from storage.ladders import LadderStore
from storage.leases import Leases
from storage.marks import Marks
from storage.notices import Notices
from storage.outbox import Outbox
from storage.people import People
from storage.periods import Periods
from storage.planning import Planning
from storage.proposals import Proposals
from storage.questions import Questions
from storage.quota import Quota
from storage.records import Records
from storage.reports import Reports
from storage.rosters import Rosters
from storage.seals import Seals
from storage.shown import Shown
from storage.snoozes import Snoozes
from storage.submissions import Submissions
from storage.tasks import Parts
from storage.tokens import Tokens
from storage.uploads import Uploads
from storage.versions import Versions
from storage.webchat import Webchat


class Work:
    """One transaction; `now` is business time, `real` the wall clock, both fixed for its length."""

    def __init__(self, connection: AsyncConnection, now: datetime, real: datetime) -> None:
        self.connection = connection
        self.now = now
        self.real = real

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Take back what is written inside the block, and only that, if an exception leaves it."""
        await self.connection.exec_driver_sql("SAVEPOINT part")
        try:
            yield
        except Exception:
            await self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
            await self.connection.exec_driver_sql("RELEASE SAVEPOINT part")
            raise
        await self.connection.exec_driver_sql("RELEASE SAVEPOINT part")

    @cached_property
    def inbox(self) -> Inbox:
        """Events that were seen."""
        return Inbox(self.connection, self.real)

    @cached_property
    def uploads(self) -> Uploads:
        """Addresses files are handed in by."""
        return Uploads(self.connection, self.real)

    @cached_property
    def accounts(self) -> Accounts:
        """Chat identities, and the person behind each."""
        return Accounts(self.connection, self.now, self.real)

    @cached_property
    def people(self) -> People:
        """Units, people and their offices."""
        return People(self.connection, self.now, self.real)

    @cached_property
    def acting(self) -> ActingFor:
        """Who acts for which unit, and who stands in for whom."""
        return ActingFor(self.connection, self.now)

    @cached_property
    def addressees(self) -> Addressees:
        """Whom reminders are for."""
        return Addressees(self.people, self.acting, self.accounts, today(self.now))

    @cached_property
    def rosters(self) -> Rosters:
        """Agencies as their rosters list them."""
        return Rosters(self.connection, self.now)

    @cached_property
    def invites(self) -> Invites:
        """One-time codes."""
        return Invites(self.connection, self.real)

    @cached_property
    def drafts(self) -> Drafts:
        """Notices being prepared."""
        return Drafts(self.connection, self.now)

    @cached_property
    def notices(self) -> Notices:
        """Notices under follow-up."""
        return Notices(self.connection, self.now)

    @cached_property
    def follow_up(self) -> FollowUp:
        """How notices come under follow-up."""
        return FollowUp(self.connection, self.now)

    @cached_property
    def given(self) -> GivenTasks:
        """Tasks given outside any notice."""
        return GivenTasks(self.connection, self.notices, self.follow_up, self.now)

    @cached_property
    def amendments(self) -> Amendments:
        """What corrects or replaces a notice under follow-up."""
        return Amendments(self.connection, self.now)

    @cached_property
    def parts(self) -> Parts:
        """Units' parts of directives."""
        return Parts(self.connection, self.now)

    @cached_property
    def versions(self) -> Versions:
        """How parts stood."""
        return Versions(self.connection)

    @cached_property
    def periods(self) -> Periods:
        """What returns, and its periods."""
        return Periods(self.connection, self.parts, self.now)

    @cached_property
    def submissions(self) -> Submissions:
        """What units handed in."""
        return Submissions(self.connection, self.now)

    @cached_property
    def extensions(self) -> Extensions:
        """Requests for more time, and what became of them."""
        return Extensions(self.connection, self.now)

    @cached_property
    def inquiries(self) -> Inquiries:
        """What lead units ask of those that cooperate, and their answers."""
        return Inquiries(self.connection, self.now)

    @cached_property
    def proposals(self) -> Proposals:
        """What units propose in writing, and what the leaders answer."""
        return Proposals(self.connection, self.now)

    @cached_property
    def records(self) -> Records:
        """What the office recorded on units' behalf."""
        return Records(self.connection)

    @cached_property
    def history(self) -> History:
        """Everything that happened to a directive."""
        return History(self.connection)

    @cached_property
    def reports(self) -> Reports:
        """What leadership asks for."""
        return Reports(self.connection, self.now)

    @cached_property
    def gathering(self) -> Gathering:
        """What others are told, before it leaves together."""
        return Gathering(self.connection, self.real)

    @cached_property
    def groups(self) -> Groups:
        """Groups that agencies linked."""
        return Groups(self.connection, self.now)

    @cached_property
    def outbox(self) -> Outbox:
        """What is to be said, and what became of it."""
        return Outbox(self.connection, self.now, self.real)

    @cached_property
    def shown(self) -> Shown:
        """What people have before their eyes."""
        return Shown(self.connection, self.now)

    @cached_property
    def edits(self) -> Edits:
        """Morning messages that can be brought up to date."""
        return Edits(self.connection)

    @cached_property
    def chain(self) -> Chain:
        """The accounts of a person, one after another."""
        return Chain(self.connection, self.accounts, self.now, self.real)

    @cached_property
    def deliveries(self) -> Deliveries:
        """The proof of what reached whom."""
        return Deliveries(self.connection, self.now, self.real)

    @cached_property
    def marks(self) -> Marks:
        """Moments remembered by name."""
        return Marks(self.connection)

    @cached_property
    def planning(self) -> Planning:
        """Whom a tick concerns, and what it queues."""
        return Planning(self.connection, self.now, self.real)

    @cached_property
    def ladders(self) -> LadderStore:
        """The ladders the office set."""
        return LadderStore(self.connection, self.now)

    @cached_property
    def snoozes(self) -> Snoozes:
        """Reminders that people put off."""
        return Snoozes(self.connection, self.now)

    @cached_property
    def audit(self) -> Audit:
        """Who did what, and what can be undone."""
        return Audit(self.connection, self.now)

    @cached_property
    def changes(self) -> Changes:
        """How parts stood before and after what was done."""
        return Changes(self.connection)

    @cached_property
    def seals(self) -> Seals:
        """What proves that nobody changed the audit."""
        return Seals(self.connection)

    @cached_property
    def questions(self) -> Questions:
        """The question each person was last asked."""
        return Questions(self.connection, self.now)

    @cached_property
    def jobs(self) -> Jobs:
        """Work that takes longer than an answer may."""
        return Jobs(self.connection, self.real)

    @cached_property
    def held_files(self) -> HeldFiles:
        """Which bytes of the files store are still needed."""
        return HeldFiles(self.connection)

    @cached_property
    def leases(self) -> Leases:
        """Who alone may send or poll."""
        return Leases(self.connection, self.real)

    @cached_property
    def quota(self) -> Quota:
        """How many messages each channel has sent this month."""
        return Quota(self.connection, self.real)

    @cached_property
    def clock(self) -> ClockStore:
        """Where business time is anchored, and the working calendar's own days."""
        return ClockStore(self.connection, self.real)

    @cached_property
    def tokens(self) -> Tokens:
        """The token pairs channels speak with, and when people were last heard."""
        return Tokens(self.connection)

    @cached_property
    def webchat(self) -> Webchat:
        """What was said on the demo page, and by whom one can speak there."""
        return Webchat(self.connection, self.now)
