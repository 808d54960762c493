"""Which part of which directive a person means by "3.5"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from core.errors import NotAllowed, NothingOpen, NotYours, UnknownTask, WhichNotice, WhichTask
from core.people import ACTS_FOR_ALL, Role
from core.speech import TaskRef
from core.tasks import Kind, Part, PartRole, State
from core.text import fold
from core.units import Tree
from handlers.agencies import agency_of
from handlers.context import Context
from handlers.phrasing import label, reference, source_called

MOST_CHOICES = 9
"""Directives a question offers, the most urgent: one digit answers it, and it fits a screen."""

_CLOSED_LATELY = timedelta(days=30)


async def own_part(context: Context, ref: TaskRef, command: str) -> Part:
    """Return the part the actor may act on, the open one first, the newest notice first.

    Raises `WhichNotice` where two open notices have this code, or a newer one of theirs closed within 30 days;
    `WhichTask` where several units have it and none was named; `NotYours`, `NotAllowed` or `UnknownTask` where the
    actor has no such part.
    """
    mine = meant(await context.work.parts.own_by_code(context.actor, ref.code), ref, context)
    if mine and all(part.progress.state is State.DROPPED for part in mine):
        mine = await _not_moved(context, mine)
    if not mine and context.actor.is_any(ACTS_FOR_ALL):
        anyones = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
        below = await _below(context)
        mine = [
            part
            for part in anyones
            if part.unit_id in below and (part.role is PartRole.LEAD or context.said.mentions_unit)
        ]
    if not mine:
        raise await no_part(context, ref, command)
    return the_one(context, mine, command)


async def judged_part(context: Context, ref: TaskRef, command: str, states: Collection[State]) -> Part:
    """Return the part a leader may decide about: of a unit below theirs or one they oversee, never their own unit's.

    Of several units' parts those in one of these states are meant. Raises `WhichTask`, `NotYours`, `UnknownTask`,
    or `NotAllowed` for one's own unit's.
    """
    actor = context.actor
    overseen = {
        unit for person, unit in await context.work.people.oversights(actor.agency_id) if person == actor.person_id
    }
    near = overseen | await _below(context)
    parts = meant(await context.work.parts.by_code(actor.agency_id, ref.code), ref, context)
    found = [part for part in parts if part.unit_id in near and part.role is not PartRole.COOPERATING]
    if not found:
        raise await no_part(context, ref)
    leads = [part for part in found if part.role is PartRole.LEAD]
    found = [part for part in found if part.progress.state in states] or leads or found
    found = [part for part in found if part.notice_id == found[0].notice_id]
    if not actor.is_any({Role.LEADER}):
        found = [part for part in found if part.unit_id not in actor.unit_ids]
    if not found:
        raise NotAllowed(command)
    if len({part.unit_id for part in found}) > 1:
        choices = ((f"/{command} {reference(p)} {p.unit_code}", f"{p.unit_code} – {p.title}") for p in found)
        raise WhichTask("unit", tuple(choices))
    return found[0]


async def recorded_part(context: Context, ref: TaskRef, command: str) -> Part:
    """Return the part of any unit of the agency that the office writes down something for: the lead's, or as named."""
    parts = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
    found = [part for part in parts if part.role is PartRole.LEAD or context.said.mentions_unit]
    if not found:
        raise await no_part(context, ref)
    return the_one(context, found, command)


def unit_apart(context: Context, part: Part) -> str:
    """Return the sender's own words without the unit's code they begin with."""
    words = context.said.rest
    first, _, others = words.partition(" ")
    return others.strip() if fold(first) == fold(part.unit_code) else words


async def only_known_unit(context: Context) -> None:
    """Forget what looked like a unit's code in the sender's words and is none."""
    if context.said.mentions_unit is not None:
        tree = Tree(await context.work.people.units(context.actor.agency_id))
        if tree.called(context.said.mentions_unit) is None:
            context.said = replace(context.said, mentions_unit=None)


async def _not_moved(context: Context, dropped: list[Part]) -> list[Part]:
    """Keep the parts that were let go for good, and not because another unit leads the directive now."""
    kept = []
    for part in dropped:
        others = await context.work.parts.of_task(part.task_id)
        if not any(one.role is PartRole.LEAD and one.progress.state is not State.DROPPED for one in others):
            kept.append(part)
    return kept


async def _below(context: Context) -> frozenset[int]:
    """Return the units a leader or the office chief may act for: all below theirs, the office's being the agency."""
    actor = context.actor
    tree = Tree(await context.work.people.units(actor.agency_id))
    tops = {
        actor.agency_id if office.role is Role.OFFICE_CHIEF else office.unit_id
        for office in actor.memberships
        if office.role in ACTS_FOR_ALL
    }
    return frozenset().union(*(tree.below(top) for top in tops))


def the_one(context: Context, parts: list[Part], command: str) -> Part:
    """Return the one part that is meant of several; raises `WhichNotice` or `WhichTask` where that is unclear."""
    still_open = [part for part in parts if part.progress.is_open]
    if not still_open:
        return parts[0]
    first = still_open[0]
    rivals = {
        part.notice_id: part
        for part in parts
        if part.notice_id != first.notice_id
        and (
            part.progress.is_open
            or (
                parts.index(part) < parts.index(first)
                and part.progress.recorded_at is not None
                and context.now - part.progress.recorded_at <= _CLOSED_LATELY
            )
        )
    }
    if rivals:
        both = [first, *rivals.values()]
        choices = tuple((reference(p), _notice_label(context, p)) for p in both)
        raise WhichNotice(first.code, command, choices)
    units = [part for part in still_open if part.notice_id == first.notice_id]
    if len({part.task_id for part in units}) > 1:
        # a code that meant another directive before the notice was replaced
        firsts = {part.task_id: part for part in units}
        raise WhichTask(
            "moved", tuple((f"/{command} {reference(part)}", _moved(context, part)) for part in firsts.values())
        )
    if len({part.unit_id for part in units}) > 1:
        raise WhichTask(
            "unit", tuple((f"/{command} {reference(p)} {p.unit_code}", f"{p.unit_code} – {p.title}") for p in units)
        )
    return first


def _moved(context: Context, part: Part) -> str:
    was = f" ({source_called(context.t, part.former[0])})" if part.former else ""
    return f"{part.code} {part.title}{was}"


def _notice_label(context: Context, part: Part) -> str:
    return f"{source_called(context.t, part.notice_number)} ({part.notice_year}) – {part.title}"


def meant(parts: list[Part], ref: TaskRef, context: Context, agency_code: str | None = None) -> list[Part]:
    """Keep the parts a reference can mean: its notice, year, agency (the sender's own unless given), the unit named."""
    unit = context.said.mentions_unit
    return [
        part
        for part in parts
        if part.kind is not Kind.UNTRACKED
        and _in_notice(part, ref)
        and (ref.agency is None or fold(ref.agency) == fold(agency_code or context.actor.agency_code))
        and (unit is None or fold(part.unit_code) == fold(unit))
    ]


def _in_notice(part: Part, ref: TaskRef) -> bool:
    """Tell whether the reference can mean the part's notice, or the one it replaced; a bare code means none that is gone."""
    if part.replaced and ref.notice is None:
        return False
    named = [part.former] if part.former is not None else []
    if part.former is None or fold(part.code) == fold(ref.code):
        named.append((part.notice_number, part.notice_year))
    return any(
        (ref.notice is None or _same_number(number, ref.notice)) and ref.year in {None, year} for number, year in named
    )


def _same_number(number: str, said: str) -> bool:
    return fold(number) == fold(said) if "/" in said else fold(number.partition("/")[0]) == fold(said)


async def no_part(context: Context, ref: TaskRef, command: str | None = None) -> Exception:
    """Return the mistake to raise where the sender has no such part: whose it is, or that there is none.

    Whether another agency has one, or is there at all, makes no difference, but for those who see the agencies below.
    """
    mine = tuple(dict.fromkeys(part.code for part in await actionable(context)))
    if ref.agency is not None and fold(ref.agency) != fold(context.actor.agency_code):
        return await _of_below(context, ref) or UnknownTask(str(ref), open_codes=mine)
    others = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
    if others:
        return _whose(context, ref, others, command)
    newest = await context.work.notices.newest(context.actor.agency_id)
    if newest is None:
        return NothingOpen()
    unit = context.said.mentions_unit
    named = ref.notice is not None and not _same_number(newest.number, ref.notice)
    if unit is not None or named or ref.year not in {None, newest.year}:
        return UnknownTask(f"{ref} {unit}" if unit else str(ref), open_codes=mine)
    codes = await context.work.parts.codes_of_agency(context.actor.agency_id)
    first, last = (codes[0], codes[-1]) if codes else (None, None)
    return UnknownTask(ref.code, newest.short, first, last, mine)


async def _of_below(context: Context, ref: TaskRef) -> NotYours | None:
    """Return that an agency below follows this directive, if the sender may see that."""
    agency = await agency_of(context, ref)
    if agency is None:
        return None
    parts = meant(await context.work.parts.by_code(agency.id, ref.code), ref, context, agency.code)
    leads = [part for part in parts if part.role is PartRole.LEAD] or parts
    units = tuple(dict.fromkeys(f"{part.unit_code} ({agency.code})" for part in leads))
    return NotYours(str(ref), units, context.actor.unit_code) if units else None


def _whose(context: Context, ref: TaskRef, others: list[Part], command: str | None) -> Exception:
    leads = [part for part in others if part.role is PartRole.LEAD] or others
    leads = [part for part in leads if part.progress.state is not State.DROPPED] or leads
    newest = [part for part in leads if part.notice_id == leads[0].notice_id]
    if command is not None and {part.unit_id for part in newest} & {m.unit_id for m in context.actor.memberships}:
        return NotAllowed(command)
    return NotYours(ref.code, tuple(dict.fromkeys(part.unit_code for part in newest)), context.actor.unit_code)


async def must_name_one(context: Context, command: str, parts: list[Part], *, opt_out: str | None = None) -> WhichTask:
    """Return the question which of these parts is meant, one choice each."""
    if not parts:
        raise NothingOpen
    choices = [(f"/{command} {reference(part)}", label(part, context.today)) for part in parts[:MOST_CHOICES]]
    if opt_out is not None:
        choices.append(("", opt_out))
    return WhichTask(command, tuple(choices), max(0, len(parts) - MOST_CHOICES))


async def actionable(context: Context) -> list[Part]:
    """Return the sender's open parts that can be finished: lead and implementing ones of followed directives."""
    parts = await context.work.parts.own_open(context.actor)
    own = [part for part in parts if part.kind is Kind.TRACKED and part.role is not PartRole.COOPERATING]
    return sorted(own, key=lambda part: (part.progress.due is None, part.progress.due and part.progress.due.on))
