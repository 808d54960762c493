"""One directive put together from its words, its heading's and its columns'."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.reading.assignment import Assignment, heading_units, listed, read_assignment
from core.reading.cell_deadlines import column_deadline
from core.reading.confidence import doubts
from core.reading.dates import Deadline
from core.reading.deadlines import read_deadline
from core.reading.directory import Directory
from core.reading.model import Kind, ReadTask
from core.reading.products import read_product
from core.reading.recipients import read_recipient
from core.reading.references import by_superior, refers_to
from core.reading.tables import Row
from core.reading.titles import short_title
from core.reading.units import Ref


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every task of a notice."""

    directory: Directory
    issued: date | None
    around: date | None
    suggestion: date | None


@dataclass(frozen=True, slots=True)
class Lead:
    """What a heading or lead-in hands down to the entries below it."""

    prefix: str = ""
    assignment: Assignment | None = None
    deadline: Deadline | None = None
    column: Deadline | None = None
    announced: bool = False
    superior: bool = False
    asked: bool = False
    """Whether the units are those the document's own lead-in asks to act."""
    unnumbered: bool = False


def _codes(refs: Sequence[Ref]) -> tuple[str, ...]:
    return tuple(ref.unit for ref in refs)


def build_task(code: str, text: str, own: Assignment, lead: Lead, setting: Setting) -> ReadTask:
    """The directive these words make, with what they leave unsaid handed down by `lead`."""
    given = own
    if not own.given and not own.elsewhere and lead.assignment and lead.assignment.given:
        cooperating = own.cooperating or lead.assignment.cooperating
        given = replace(lead.assignment, cooperating=cooperating, explicit_at=None).tidy()
    deadline = _deadline(text, lead, setting)
    trailing = own.trails(text)
    product = read_product(text, trailing)
    suggested = not deadline.decided and setting.suggestion is not None
    everyone = given.everyone and not given.lead
    kind: Kind = (
        "standing"
        if deadline.standing or (everyone and not (product or deadline.due or deadline.recurrence))
        else "tracked"
    )
    warnings = [
        *(["no_unit"] if not given.given else []),
        *(["unknown_unit"] if setting.directory.agency and given.unknown() else []),
        *(["no_deadline"] if not deadline.decided else []),
        *deadline.warnings,
    ]
    others = refers_to(text, deadline.text if deadline.by_reference else None)
    named = text[own.ends_at or 0 :] if _says_more(text, own) else text[:trailing]
    called = short_title(named.replace(deadline.text, "") if deadline.text else named, product)
    return ReadTask(
        code=code,
        text=text,
        lead_units=_codes(given.lead),
        implementing_units=_codes(given.implementing),
        cooperating_units=_codes(given.cooperating),
        all_units=given.everyone,
        kind=kind,
        deadline_text=deadline.text,
        due=deadline.due or (setting.suggestion if suggested else None),
        due_time=deadline.due_time,
        suggested_due=suggested,
        recurrence=deadline.recurrence,
        product=product,
        requires_report=product is not None,
        warnings=tuple(dict.fromkeys(warnings)),
        short_title=f"{called} theo {others[0]}" if others and len(called) < 20 else called,
        refers_to=others,
        assigned_by_superior=lead.superior or by_superior(text),
        report_to=read_recipient(text[:trailing], setting.directory),
        doubts=doubts(warnings, inherited=lead.asked and given is not own, unnumbered=lead.unnumbered),
    )


def _deadline(text: str, lead: Lead, setting: Setting) -> Deadline:
    deadline = read_deadline(text, setting.issued, setting.around)
    if lead.column and lead.column.text:
        differs = deadline.due is not None and deadline.due != lead.column.due
        more = ("several_deadlines",) if differs else ()
        return replace(lead.column, warnings=(*lead.column.warnings, *more))
    if deadline.text is None and lead.deadline and lead.deadline.decided:
        return lead.deadline
    return deadline


def _says_more(text: str, own: Assignment) -> bool:
    """Whether what is to be done stands behind the units."""
    return own.ends_at is not None and own.trails(text) is None and len(text) - own.ends_at > 20


def row_task(row: Row, top: Lead, setting: Setting) -> ReadTask:
    """A directive whose units and deadline stand in columns beside it.

    Where the cell for the lead is empty the row's own words count, then the title of its group, nothing farther off.
    """
    text = row.cells["content"]
    own = listed(row.cells.get("lead", ""), row.cells.get("cooperating", ""), setting.directory)
    if not own.given:
        own = read_assignment(text, setting.directory)
    if not own.given and row.heading:
        own = replace(heading_units(row.heading, setting.directory), cooperating=own.cooperating)
    deadline = column_deadline(row.cells.get("deadline", ""), setting.issued, setting.around)
    lead = replace(top, assignment=None if "lead" in row.cells else top.assignment, column=deadline, announced=True)
    task = build_task(row.code, text, own, lead, setting)
    product = row.cells.get("product")
    return replace(task, product=product, requires_report=True) if product else task
