"""Who acts while somebody is away: set by the head or the office chief, until a day."""

from __future__ import annotations

import re
from datetime import date

from core.errors import NotAllowed, NotYours, UnknownPerson, UnknownUnit
from core.people import GETS_DIGEST, Role
from core.speech import typed_days
from core.text import fold
from core.units import Tree
from handlers.context import Context
from handlers.naming import colleague
from handlers.phrasing import near_date
from handlers.routing import Answer, command
from storage.people import Office

_AWAY = re.compile(r"\b(?:nghi|di cong tac|di vang|vang mat|away)\b")
_CALENDAR = re.compile(r"\b(?:tu|den|toi|het|ngay|until|from|to|phep|[0-9]+(?:[/.-][0-9]+)+)\b")


@command("delegate", who=GETS_DIGEST)
async def delegate(context: Context) -> Answer:
    """Name who acts and is reminded for somebody who is away, from a day until a day."""
    words = fold(context.said.rest)
    days = typed_days(context.said.rest, today=context.today)
    if not words or not days:
        return context.say("delegate-how")
    first, last = (context.today, days[0]) if len(days) == 1 else (min(days), max(days))
    if last < context.today:
        return context.say("delegate-past", date=near_date(last, context.today))
    before, after = _split(words)
    unit_id, offices = await _unit(context, words)
    absent = _absent(context, before, offices)
    others = [office for office in offices if office.person_id != absent.person_id]
    again = f"/delegate {{key}} {first.isoformat()} {last.isoformat()}"
    deputy = colleague(_CALENDAR.sub(" ", after).strip(" ,."), others, again)
    known = await context.work.acting.delegations(context.actor.agency_id, context.today)
    if any(one.absent_id == deputy.person_id and one.valid_from <= last and first <= one.valid_until for one in known):
        return context.say("delegate-away-too", deputy=deputy.title)
    return await _set(context, unit_id, absent, deputy, first, last)


def _split(words: str) -> tuple[str, str]:
    """Return the words about who is away and those about who acts: "tp qltm nghi phep …, pho phong lam thay"."""
    found = _AWAY.search(words)
    return ("", words) if found is None else (words[: found.start()], words[found.end() :])


async def _unit(context: Context, words: str) -> tuple[int, list[Office]]:
    """Return the unit the words are about and who holds an office in it; a head's is their own."""
    actor = context.actor
    offices = await context.work.people.offices(actor.agency_id)
    tree = Tree(await context.work.people.units(actor.agency_id))
    if context.said.mentions_unit is not None:
        named = tree.called(context.said.mentions_unit)
        if named is None or named.is_agency:
            raise UnknownUnit(context.said.mentions_unit, tuple(one.code for one in tree.divisions()))
        unit_id = named.id
    else:
        keyed = [office for office in offices if fold(office.key) in words.split()]
        own = [one.unit_id for one in actor.memberships if one.role in GETS_DIGEST and not one.standing_in]
        if not keyed and not own:
            raise NotAllowed("delegate")
        unit_id = keyed[0].unit_id if keyed else own[0]
    held = [one for one in actor.memberships if not one.standing_in]
    chief = any(one.role is Role.OFFICE_CHIEF for one in held)
    if not chief and not any(one.unit_id == unit_id and one.role is Role.HEAD for one in held):
        code = next((unit.code for unit in tree.divisions() if unit.id == unit_id), "")
        if code and code != actor.unit_code:
            raise NotYours(code, (code,), actor.unit_code)
        raise NotAllowed("delegate")
    return unit_id, [office for office in offices if office.unit_id == unit_id]


def _absent(context: Context, words: str, offices: list[Office]) -> Office:
    """Return who is away: whom the words name, else the speaker where it is their own unit, else the unit's head."""
    mine = [office for office in offices if office.person_id == context.actor.person_id]
    if mine and (not words.strip() or re.search(r"\b(?:toi|minh)\b", words)):
        return mine[0]
    if words.strip():
        return colleague(words, offices, "/delegate {key}")
    heads = [office for office in offices if office.role in GETS_DIGEST]
    if not heads:
        raise UnknownPerson(words or context.said.rest)
    return heads[0]


async def _set(
    context: Context, unit_id: int, absent: Office, deputy: Office, first: date, last: date
) -> Answer:  # fmt: skip
    entry = await context.record(
        "delegate",
        absent.unit_code,
        undoable=True,
        detail={
            "absent": absent.key,
            "deputy": deputy.key,
            "from": first.isoformat(),
            "until": last.isoformat(),
        },
    )
    await context.work.acting.delegate(unit_id, absent.person_id, deputy.person_id, first, last, entry)
    begins, ends = near_date(first, context.today), near_date(last, context.today)
    reached = []
    if absent.person_id != context.actor.person_id:
        told = await context.tell(
            absent.person_id, "delegate-told-absent", deputy=deputy.title, first=begins, last=ends
        )  # fmt: skip
        reached.append(told)
    told = await context.tell(
        deputy.person_id, "delegate-told-deputy", ("button-tasks", "/tasks"), absent=absent.title,
        unit=absent.unit_code, first=begins, last=ends,
    )  # fmt: skip
    reached.append(told)
    undo = context.button("button-undo", "/undo")
    has = "yes" if all(reached) else "no"
    return context.say("delegate-recorded", undo, menu=True, deputy=deputy.title, first=begins, last=ends, reached=has)
