"""Which agencies a person sees: their own, and for those who see progress the agencies below it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar

from core.errors import UnknownUnit
from core.people import SEES_PROGRESS
from core.speech import TaskRef
from core.text import fold
from core.units import Tree, Unit
from handlers.context import Context
from handlers.phrasing import short_number
from storage.reports import Line, Unacknowledged

L = TypeVar("L", Line, Unacknowledged)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Group(Generic[L]):
    """The lines of one agency; `below` where it is not the sender's own.

    `units` are those it is kept to, empty where all are meant, and `called` the code of what words kept it to.
    """

    agency: Unit
    lines: list[L]
    below: bool
    units: frozenset[int] = frozenset()
    called: str = ""

    def has(self, unit_id: int | None) -> bool:
        """Tell whether what is a unit's belongs here."""
        return not self.units or unit_id in self.units


async def seen_below(context: Context) -> list[Unit]:
    """Return the agencies below the sender's whose progress the sender may see, by code; for most people none."""
    if not context.actor.is_any(SEES_PROGRESS):
        return []
    return await context.work.people.agencies_below(context.actor.agency_id)


async def agency_of(context: Context, ref: TaskRef) -> Unit | None:
    """Return the agency below the sender's that a reference names, if the sender may see it."""
    if ref.agency is None or fold(ref.agency) == fold(context.actor.agency_code):
        return None
    return next((one for one in await seen_below(context) if fold(one.code) == fold(ref.agency)), None)


async def named(context: Context, words: str) -> Unit | None:
    """Return the agency below the sender's that these words mean, if the sender may see it."""
    return Tree(await seen_below(context)).called(words) if words else None


def heading(agency: Unit) -> str:
    """Return what an agency's lines stand under in a list of several agencies'."""
    return f"{agency.code} – {agency.name}"


def by_agency(context: Context, rows: Sequence[tuple[str, R]], show: Callable[[Sequence[R]], list[str]]) -> list[str]:
    """Return rows as `show` writes them, an agency after another under its heading; under none where that is empty."""
    out: list[str] = []
    for above, some in groupby(rows, key=itemgetter(0)):
        out += [*([""] if out else []), context.t("agency-heading", agency=above)] if above else []
        out += show([row for _, row in some])
    return out


async def gathered(context: Context, read: Callable[[int], Awaitable[list[L]]], words: str = "") -> list[Group[L]]:
    """Return what the sender may see, an agency a group, those with nothing left out but the sender's own.

    People of a unit see their own units'. Words keep one agency, or the units they name, whichever agency's they are;
    raises `UnknownUnit` where they name nothing the sender may see.
    """
    actor, people = context.actor, context.work.people
    own: Tree = Tree(await people.units(actor.agency_id))
    top = next(unit for unit in own.units if unit.is_agency)
    if not actor.is_any(SEES_PROGRESS):
        mine = {membership.unit_id for membership in actor.memberships}
        lines = [line for line in await read(top.id) if line.unit_id in mine]
        return [Group(top, lines, False, frozenset(mine), actor.unit_code)]
    below: list[Unit] = await seen_below(context)
    if not words:
        every = [await _group(read, one, frozenset(), below=one.id != top.id) for one in (top, *below)]
        return [group for group in every if group.lines or not group.below]
    groups = await _of_units(context, [top], words)
    if (agency := Tree(below).called(words)) is not None:
        groups.append((agency, frozenset(), agency.code))
    groups = groups or await _of_units(context, below, words)
    if not groups:
        raise UnknownUnit(words, tuple(one.code for one in (*own.divisions(), *below)))
    return [await _group(read, one, units, called, below=one.id != top.id) for one, units, called in groups]


async def _of_units(context: Context, agencies: Sequence[Unit], words: str) -> list[tuple[Unit, frozenset[int], str]]:
    """Return the agencies that have a unit of this name, each with the units that lie below it and the unit's code."""
    found = []
    for agency in agencies:
        tree = Tree(await context.work.people.units(agency.id))
        if (unit := tree.called(words)) is not None:
            found.append((agency, tree.below(unit.id), unit.code))
    return found


async def _group(
    read: Callable[[int], Awaitable[list[L]]], agency: Unit, units: frozenset[int], called: str = "", *, below: bool
) -> Group[L]:
    lines = await read(agency.id)
    lines = [line for line in lines if not units or line.unit_id in units]
    return Group(agency, _called(agency, lines) if below else lines, below, units, called)


def _called(agency: Unit, lines: list[L]) -> list[L]:
    """Return another agency's lines under their full names, SCT/718/3.5."""
    return [replace(line, code=f"{agency.code}/{short_number(line.notice_number)}/{line.code}") for line in lines]
