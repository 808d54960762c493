"""What a list is kept to: the unit or agency its words name, and the notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UnknownNotice
from core.text import fold
from handlers.agencies import Group, L, named
from handlers.context import Context
from handlers.pages import words_beside_page
from handlers.phrasing import source_called
from storage.notices import Notice

_OF_AGENCY = re.compile(r"\b([A-Za-z]{2,8})[/ ]([0-9]{1,5})(?![0-9.,/-])")
"""A notice of an agency below: SCT 718, SCT/718."""

_NUMBER = re.compile(r"(?<![0-9a-z/.,-])(?<!nam )(?<!year )([0-9]{3,5})(?![0-9]|[.,/-][0-9]| (?:ngay|days?|viec)\b)")
"""A notice by its number alone: no date, no year, no number of days."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The words for a unit or an agency, empty where all are meant, and the notice, `None` where every one is."""

    words: str = ""
    notice: Notice | None = None

    def typed(self, *before: object) -> str:
        """Return what to type for the same list again, behind its command."""
        return " ".join([*map(str, before), *([self.notice.short] if self.notice else []), *self.words.split()])

    def kept(self, groups: Sequence[Group[L]]) -> list[Group[L]]:
        """Return the groups with the notice's lines alone, where one is named."""
        if self.notice is None:
            return list(groups)
        number = self.notice.id
        return [
            Group(
                one.agency, [line for line in one.lines if line.notice_id == number], one.below, one.units, one.called
            )
            for one in groups
        ]

    def title(self, context: Context, groups: Sequence[Group[L]], title: str = "", *, notice: bool = True) -> str:
        """Return a title that begins with what the list is kept to; `notice` says whether it has the notice not yet."""
        kept = list(dict.fromkeys(group.called for group in groups if group.called)) if self.words else []
        if self.notice is not None and notice:
            kept.append(source_called(context.t, self.notice.number))
        if not kept:
            return title
        return " – ".join(filter(None, [", ".join(kept), title]))


async def narrowed(context: Context, *, more_than: int = 0) -> Narrowing:
    """Return what the message keeps its list to; raises `UnknownNotice` for a notice that is not there.

    A bare number is a notice's where it is greater than `more_than`.
    """
    words = fold(context.said.mentions_unit) if context.said.mentions_unit else ""
    beside = _OF_AGENCY.search(context.said.said)
    if beside is not None and (below := await named(context, beside[1])) is not None:
        return Narrowing(fold(beside[1]), await _found(context, below.id, beside[2]))
    agency = await named(context, words)
    agency_id = agency.id if agency is not None else context.actor.agency_id
    bare = [context.said.rest] if context.said.rest.isdecimal() else _NUMBER.findall(_said(context))
    number = _number_said(context) or next((one for one in bare if len(one) > 9 or int(one) > more_than), None)
    return Narrowing(words, await _found(context, agency_id, number) if number is not None else None)


def _said(context: Context) -> str:
    return f"{words_beside_page(context)} {fold(context.said.said)}"


def _number_said(context: Context) -> str | None:
    return context.said.notice or next((ref.notice for ref in context.said.refs if ref.notice), None)


async def named_notice(context: Context) -> Notice | None:
    """Return the agency's own notice that the message names; raises `UnknownNotice`."""
    bare = context.said.rest if context.said.rest.isdigit() else None
    number = _number_said(context) or bare
    return await _found(context, context.actor.agency_id, number) if number is not None else None


async def _found(context: Context, agency_id: int, number: str) -> Notice:
    found = await context.work.notices.find(agency_id, number)
    if not found and (instead := await context.work.notices.in_place_of(agency_id, number)) is not None:
        return instead
    if not found:
        known = [notice.number for notice in await context.work.notices.latest(agency_id, 5)]
        raise UnknownNotice(number, tuple(known))
    return found[0]
