"""What waits for a word of somebody above the unit: requests for more time, and proposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from core.extensions import Extension
from core.proposals import Proposal
from core.tasks import Part
from handlers.phrasing import Teller, full_date
from storage.work import Work


class Raised(Protocol):
    """A request or a proposal about a unit's part."""

    @property
    def part_id(self) -> int:
        """Return the part it is about."""

    @property
    def has_opinion(self) -> bool:
        """Tell whether the deputy has said something on it."""


One = TypeVar("One", bound=Raised)


async def with_parts(work: Work, raised: Sequence[One]) -> list[tuple[One, Part]]:
    """Return these with their parts."""
    parts = {part.id: part for part in await work.parts.by_ids([one.part_id for one in raised])}
    return [(one, parts[one.part_id]) for one in raised if one.part_id in parts]


async def open_requests(work: Work, agency_id: int) -> list[tuple[Extension, Part]]:
    """Return the requests for more time about open parts that the agency has not decided."""
    raised = await with_parts(work, await work.extensions.open(agency_id))
    return [(one, part) for one, part in raised if part.progress.is_open]


async def open_proposals(work: Work, agency_id: int) -> list[tuple[Proposal, Part]]:
    """Return the proposals about open parts that the agency's leaders have not answered."""
    raised = await with_parts(work, await work.proposals.open(agency_id))
    return [(one, part) for one, part in raised if part.progress.is_open]


async def put_before(
    work: Work, person_id: int, raised: Sequence[tuple[One, Part]], *, leads: bool
) -> list[tuple[One, Part]]:
    """Return those on which this person has still to say something: the overseeing deputy first, then who `leads`."""
    if not raised:
        return []
    overseers: dict[int, set[int]] = {}
    for person, unit in await work.people.oversights(raised[0][1].agency_id):
        overseers.setdefault(unit, set()).add(person)

    def is_next(one: Raised, part: Part) -> bool:
        before = overseers.get(part.unit_id, set())
        return one.has_opinion or not before if leads else person_id in before and not one.has_opinion

    return [(one, part) for one, part in raised if is_next(one, part)]


def request_line(telling: Teller, extension: Extension, part: Part) -> str:
    """Return a request for more time on a line."""
    return telling.t("extend-waiting-line", code=part.code, title=part.title, unit=part.unit_code,
                     until=full_date(extension.until), reason=part.shown(extension.reason))  # fmt: skip


def proposal_line(telling: Teller, proposal: Proposal, part: Part) -> str:
    """Return a proposal on a line."""
    return telling.t(
        "propose-waiting-line", code=part.code, title=part.title, unit=part.unit_code, text=part.shown(proposal.text)
    )
