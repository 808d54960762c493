"""Chat identities: who is behind a Telegram or Zalo id, and whether a message can reach them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import today
from core.people import Actor, Membership, Role
from storage.people import OFFICES, Office, held
from storage.prepared import Prepared
from storage.schema import accounts, delegations, memberships, people, questions, units

_agency = units.alias("agency")
_lent = units.alias("lent")

_WHO = (
    select(
        accounts.c.id,
        accounts.c.chat,
        accounts.c.person_id,
        accounts.c.status,
        accounts.c.language,
        accounts.c.wrong_codes,
        accounts.c.wrong_since,
        accounts.c.offered_invite_id,
        people.c.key,
        people.c.title,
        people.c.language.label("person_language"),
        people.c.agency_id,
        people.c.ended_at,
        _agency.c.code.label("agency_code"),
        memberships.c.unit_id,
        units.c.code.label("unit_code"),
        memberships.c.role,
        memberships.c.valid_from,
        memberships.c.valid_until,
        delegations.c.unit_id.label("lent_id"),
        _lent.c.code.label("lent_code"),
        delegations.c.valid_from.label("lent_from"),
        delegations.c.valid_until.label("lent_until"),
        questions.c.kind.label("question_kind"),
        questions.c.data.label("question_data"),
        questions.c.asked_at,
        questions.c.channel.label("question_channel"),
        questions.c.chat.label("question_chat"),
    )
    .select_from(accounts)
    .outerjoin(people, people.c.id == accounts.c.person_id)
    .outerjoin(_agency, _agency.c.id == people.c.agency_id)
    .outerjoin(memberships, memberships.c.person_id == people.c.id)
    .outerjoin(units, units.c.id == memberships.c.unit_id)
    .outerjoin(
        delegations,
        and_(
            delegations.c.deputy_id == people.c.id,
            delegations.c.ended_at.is_(None),
            delegations.c.valid_until >= bindparam("day"),
        ),
    )
    .outerjoin(_lent, _lent.c.id == delegations.c.unit_id)
    .outerjoin(questions, questions.c.person_id == people.c.id)
    .where(accounts.c.channel == bindparam("channel"), accounts.c.external_id == bindparam("sender"))
    .order_by(memberships.c.id)
)
_READ_WHO = Prepared(_WHO)
# two who write to each other at once must not wait for each other: what refers to an account need not wait for it
_WHO_LOCKED = _WHO.with_for_update(of=accounts, key_share=True)

_NEW: dict[str, Any] = {"channel": bindparam("channel"), "external_id": bindparam("sender"), "chat": bindparam("chat"),
        "language": bindparam("language")}  # fmt: skip
_MEET = {
    "postgresql": postgresql.insert(accounts).values(_NEW).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(accounts).values(_NEW).on_conflict_do_nothing(),
}
_REACHABLE = (
    select(accounts.c.id, accounts.c.channel, accounts.c.chat, people.c.language, accounts.c.person_id)
    .join(people, people.c.id == accounts.c.person_id)
    .where(accounts.c.status == "active", people.c.ended_at.is_(None))
    .order_by(
        (accounts.c.channel == people.c.preferred_channel).desc(), accounts.c.linked_at.desc(), accounts.c.id.desc()
    )
)
_REACH = _REACHABLE.where(accounts.c.person_id.in_(bindparam("people", expanding=True)))
_OFFICES = OFFICES.where(people.c.id == bindparam("person"))
_STRANGERS_KEPT = timedelta(days=7)
_FORGET_STRANGERS = delete(accounts).where(
    accounts.c.person_id.is_(None),
    accounts.c.linked_at.is_(None),
    accounts.c.offered_invite_id.is_(None),
    accounts.c.wrong_since < bindparam("before"),
)
# what was taken from somebody comes back with a new code alone
_SET_STATUS = (
    update(accounts)
    .where(accounts.c.id == bindparam("account"), accounts.c.status != "revoked")
    .values(status=bindparam("new_status"), status_at=bindparam("at"))
)
_SET_STATUS_BY_CHAT = (
    update(accounts)
    .where(
        accounts.c.channel == bindparam("the_channel"),
        accounts.c.chat == bindparam("the_chat"),
        accounts.c.status == "active",
    )
    .values(status=bindparam("new_status"), status_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person was last asked, and where."""

    kind: str
    data: dict[str, Any]
    asked_at: datetime
    channel: str
    chat: str


@dataclass(frozen=True, slots=True)
class Account:
    """A chat identity, linked to a person (`actor`) or not."""

    id: int
    chat: str
    status: str
    language: str
    wrong_codes: int
    wrong_since: datetime | None
    offered_invite_id: int | None
    actor: Actor | None
    question: Question | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a person can be reached."""

    account_id: int
    channel: str
    chat: str
    language: str


class Accounts:
    """Finds the account that speaks, and the accounts a person can be reached by."""

    def __init__(self, connection: AsyncConnection, now: datetime, real: datetime) -> None:
        self._connection = connection
        self._now = now
        self._real = real

    async def known(self, channel: str, sender: str) -> Account | None:
        """Return the account of an admitted event's sender; somebody who never tried a code has none."""
        rows = await _READ_WHO.rows(self._connection, {"channel": channel, "sender": sender, "day": today(self._now)})
        return _account(rows, self._now) if rows else None

    async def meet(self, channel: str, sender: str, chat: str, language: str | None) -> Account:
        """Return the account of an admitted event's sender, made if it is new, and locked until the end.

        One that was made since the event was admitted is not locked by that.
        """
        key = {"channel": channel, "sender": sender, "day": today(self._now)}
        rows = (await self._connection.execute(_WHO_LOCKED, key)).all()
        if not rows:
            new = {**key, "chat": chat, "language": language}
            await self._connection.execute(_MEET[self._connection.dialect.name], new)
            rows = (await self._connection.execute(_WHO_LOCKED, key)).all()
        return _account(rows, self._now)

    async def reach(self, person_id: int) -> list[Reach]:
        """Return the usable accounts of a person: on the preferred channel first, then the one linked last."""
        return (await self.reach_each([person_id])).get(person_id, [])

    async def reach_each(self, person_ids: Sequence[int]) -> dict[int, list[Reach]]:
        """Return the same for many; who has none is left out."""
        if not person_ids:
            return {}
        return _by_person(await self._connection.execute(_REACH, {"people": list(person_ids)}))

    async def reach_everyone(self) -> dict[int, list[Reach]]:
        """Return the same for everybody of the installation."""
        return _by_person(await self._connection.execute(_REACHABLE))

    async def set_status(self, account_id: int, status: str) -> None:
        """Set whether messages can reach the account: active, blocked, unreachable, revoked; a revoked one stays so."""
        await self._connection.execute(_SET_STATUS, {"account": account_id, "new_status": status, "at": self._real})

    async def lost(self, channel: str, chat: str, status: str) -> bool:
        """Mark the account that uses this chat as out of reach; tell whether it was thought well until now."""
        values = {"the_channel": channel, "the_chat": chat, "new_status": status, "at": self._real}
        return (await self._connection.execute(_SET_STATUS_BY_CHAT, values)).rowcount > 0

    async def move_chat(self, channel: str, old: str, new: str) -> None:
        """Follow a chat to its new id."""
        where = (accounts.c.channel == channel, accounts.c.chat == old)
        await self._connection.execute(update(accounts).where(*where).values(chat=new))

    async def link(self, account_id: int, person_id: int, chat: str) -> None:
        """Tie the account to the person and clear what was counted against it."""
        await self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(
                person_id=person_id,
                chat=chat,
                status="active",
                linked_at=self._real,
                wrong_codes=0,
                wrong_since=None,
                offered_invite_id=None,
            )
        )

    async def offer(self, account_id: int, invite_id: int | None) -> None:
        """Remember which invite the account was shown and must confirm."""
        await self._connection.execute(
            update(accounts).where(accounts.c.id == account_id).values(offered_invite_id=invite_id)
        )

    async def count_wrong_code(self, account_id: int, count: int, since: datetime) -> None:
        """Record how many wrong codes came since when."""
        await self._connection.execute(
            update(accounts).where(accounts.c.id == account_id).values(wrong_codes=count, wrong_since=since)
        )

    async def forget_strangers(self) -> int:
        """Drop the accounts that tried codes a week ago and are nobody's; return how many there were."""
        return (await self._connection.execute(_FORGET_STRANGERS, {"before": self._real - _STRANGERS_KEPT})).rowcount

    async def add_linked(self, channel: str, external_id: str, chat: str, person_id: int) -> int:
        """Make an account that is linked from the start, for channels that know who is who; return its id."""
        key = {"channel": channel, "sender": external_id, "chat": chat, "language": None}
        await self._connection.execute(_MEET[self._connection.dialect.name], key)
        where = (accounts.c.channel == channel, accounts.c.external_id == external_id)
        account_id = (await self._connection.execute(select(accounts.c.id).where(*where))).scalar_one()
        await self.link(account_id, person_id, chat)
        return int(account_id)

    async def offices_of(self, person_id: int) -> list[Office]:
        """Return the offices a person holds today."""
        rows = await self._connection.execute(_OFFICES, {"person": person_id, "day": today(self._now)})
        return [Office.of(row) for row in rows]

    async def set_language(self, person_id: int, language: str) -> None:
        """Set the language the person is spoken to in."""
        await self._connection.execute(update(people).where(people.c.id == person_id).values(language=language))

    async def prefer(self, person_id: int, channel: str) -> None:
        """Let the person be reached on this channel first, wherever there is an account on it."""
        values = {"preferred_channel": channel}
        await self._connection.execute(update(people).where(people.c.id == person_id).values(values))

    async def count(self, channel: str) -> int:
        """Return how many accounts of a channel there are, linked or not."""
        statement = select(func.count()).select_from(accounts).where(accounts.c.channel == channel)
        return int((await self._connection.execute(statement)).scalar_one())

    async def for_menus(self, channel: str) -> list[tuple[str, str, frozenset[str]]]:
        """Return chat, language and roles of every account of a channel that belongs to somebody, or did."""
        statement = (
            select(accounts.c.chat, people.c.language, memberships.c.role, people.c.ended_at)
            .join(people, people.c.id == accounts.c.person_id)
            .outerjoin(memberships, and_(memberships.c.person_id == people.c.id, *held()))
            .where(accounts.c.channel == channel, accounts.c.status == "active")
        )
        menus: dict[str, tuple[str, set[str]]] = {}
        for row in await self._connection.execute(statement, {"day": today(self._now)}):
            _, roles = menus.setdefault(row.chat, (row.language, set()))
            if row.role is not None and row.ended_at is None:
                roles.add(row.role)
        return [(chat, language, frozenset(roles)) for chat, (language, roles) in menus.items()]


def _by_person(rows: Iterable[Any]) -> dict[int, list[Reach]]:
    found: dict[int, list[Reach]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(Reach(row.id, row.channel, row.chat, row.language))
    return found


def _account(rows: Any, now: datetime) -> Account:
    first = rows[0]
    actor = None
    if first.person_id is not None and first.ended_at is None and first.status != "revoked":
        day = today(now)
        held = [
            Membership(row.unit_id, row.unit_code, Role(row.role), row.valid_from, row.valid_until)
            for row in rows
            if row.unit_id is not None
        ]
        held += [
            Membership(row.lent_id, row.lent_code, Role.HEAD, row.lent_from, row.lent_until, standing_in=True)
            for row in rows
            if row.lent_id is not None
        ]
        # every office comes once for each delegation
        offices = tuple(dict.fromkeys(office for office in held if office.holds_on(day)))
        actor = Actor(
            first.person_id,
            first.id,
            first.agency_id,
            first.agency_code,
            first.key,
            first.title,
            first.person_language,
            offices,
        )
    question = None
    if first.question_kind is not None:
        question = Question(
            first.question_kind, first.question_data, first.asked_at, first.question_channel, first.question_chat
        )
    return Account(
        first.id,
        first.chat,
        first.status,
        first.person_language or first.language or "vi",
        first.wrong_codes,
        first.wrong_since,
        first.offered_invite_id,
        actor,
        question,
    )
