"""Putting together what a notice says."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import ConfidentialNotice
from core.reading.assignment import Assignment, addressed, heading_units, listed, read_assignment
from core.reading.confidence import doubts
from core.reading.dates import Deadline
from core.reading.deadlines import column_deadline, read_deadline, suggested_due
from core.reading.directives import (
    IMPERATIVE,
    announces,
    asks,
    inner_parts,
    is_assessment,
    is_background,
    is_description,
    is_imperative,
    is_sanction,
)
from core.reading.directory import Directory
from core.reading.header import issuer_of, read_header, signed_by, unknown_recipients
from core.reading.lines import printed_lines, raw_lines
from core.reading.model import Kind, KnownAgency, ReadNotice, ReadTask
from core.reading.products import read_product
from core.reading.recipients import read_recipient
from core.reading.references import by_superior, refers_to
from core.reading.stamps import is_restricted, secrecy
from core.reading.structure import Item, Marker, body_end, is_closing, outline
from core.reading.tables import Row, read_tables
from core.reading.titles import short_title
from core.reading.units import Ref

_GIVEN_HERE = re.compile(r"(?:đồng ý )?(?:giao|phân công|đề nghị|yêu cầu)\s", re.IGNORECASE)
_GIVES = re.compile(r"(?:Giao|Đề nghị|Yêu cầu)\s")
_HEADLINE = 120
_POINTS = re.compile(r"(?:theo|tại|trong|ở) (?:phụ lục|bảng|biểu)", re.IGNORECASE)
_BINDS = re.compile(r"trước|chậm nhất|hoàn thành|xong|thời hạn|định kỳ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for every task of a notice."""

    directory: Directory
    issued: date | None
    around: date | None
    suggestion: date | None


@dataclass(frozen=True, slots=True)
class _Lead:
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


def _task(code: str, text: str, own: Assignment, lead: _Lead, setting: _Setting) -> ReadTask:
    given = own
    if not own.given and not own.elsewhere and lead.assignment and lead.assignment.given:
        given = replace(lead.assignment, cooperating=own.cooperating or lead.assignment.cooperating, explicit_at=None)
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


def _deadline(text: str, lead: _Lead, setting: _Setting) -> Deadline:
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


def _code(item: Item, lead: _Lead, dashes: int) -> str:
    if item.marker is Marker.LETTER:
        return f"{lead.prefix}{item.label}"
    if item.marker is Marker.DASH:
        return f"{lead.prefix}.{dashes}" if lead.prefix else str(dashes)
    if item.depth == 9 and lead.prefix:
        return f"{lead.prefix}.{item.label}"
    return item.label


def _leaf(item: Item, code: str, lead: _Lead, setting: _Setting) -> Iterator[ReadTask]:
    paragraphs = item.paragraphs
    while len(paragraphs) > 1 and (
        is_closing(paragraphs[-1]) or (paragraphs[-1].endswith("./.") and _only_closes(paragraphs[-1], setting))
    ):
        paragraphs.pop()
    text = " ".join(paragraphs).removesuffix("/.").rstrip()
    if len(paragraphs) > 1 and (heading := heading_units(paragraphs[0], setting.directory)).given:
        lead = replace(lead, assignment=heading, announced=True, asked=False)
        text = " ".join(paragraphs[1:]).removesuffix("/.").rstrip()
    if item.marker is Marker.SECTION and is_background(text):
        return
    if len(text) < 8 or (is_sanction(text) and not read_assignment(paragraphs[0], setting.directory).given):
        return
    parts = inner_parts(text)
    outside = text
    for part in parts:
        outside = outside[: part.start] + " " * (part.end - part.start) + outside[part.end :]
    own = _own(outside, paragraphs, lead, setting)
    looks_back = is_assessment(text) and item.marker is not Marker.DASH and own.explicit_at is None
    if looks_back or (is_closing(text) and not own.given):
        return
    named = own.given or any(ref.kind == "known" for ref in own.cooperating)
    if not (named or lead.announced or is_imperative(text) or (lead.assignment and lead.assignment.given)):
        return
    if not named and not is_imperative(text) and not lead.announced and is_assessment(text):
        return
    task = _task(code, text, own, lead, setting)
    yield task
    below = _Lead(code, announced=True, superior=task.assigned_by_superior)
    for part in parts:
        yield _task(f"{code}.{part.label}", part.text, read_assignment(part.text, setting.directory), below, setting)


def _own(text: str, paragraphs: Sequence[str], lead: _Lead, setting: _Setting) -> Assignment:
    """Whom the item's words name; where a lead-in names them, a paragraph behind the item does not change that."""
    own = read_assignment(text, setting.directory)
    if (
        len(paragraphs) > 1
        and not paragraphs[0].endswith(":")
        and lead.assignment
        and lead.assignment.given
        and own.given
    ):
        first = read_assignment(paragraphs[0], setting.directory)
        if not first.given and _GIVES.match(paragraphs[-1]):
            return first
    return own


def _only_closes(paragraph: str, setting: _Setting) -> bool:
    found = read_assignment(paragraph, setting.directory)
    return not any(ref.kind in {"known", "named"} for ref in (*found.lead, *found.implementing))


def _children(items: Sequence[Item], lead: _Lead, setting: _Setting) -> Iterator[ReadTask]:
    dashes = 0
    previous: Item | None = None
    kept: list[Item] = []
    for item in items:
        if previous and not item.children and item.marker in {Marker.DASH, Marker.LETTER} and is_description(item.text):
            previous.lines.extend(item.lines)
            continue
        kept.append(item)
        previous = item
    for item in kept:
        dashes += item.marker is Marker.DASH
        yield from _tasks(item, _code(item, lead, dashes), lead, setting)


def _tasks(item: Item, code: str, lead: _Lead, setting: _Setting) -> Iterator[ReadTask]:
    if not item.children:
        yield from _leaf(item, code, lead, setting)
        return
    text = item.text
    if is_background(text) and not read_assignment(text, setting.directory).given:
        return
    if is_assessment(text) and not announces(text) and all(child.marker is Marker.DASH for child in item.children):
        return
    heading = heading_units(item.paragraphs[0], setting.directory) if item.paragraphs else Assignment()
    own = heading if heading.given else read_assignment(text, setting.directory)
    deadline = read_deadline(text, setting.issued, setting.around)
    below = _Lead(
        prefix="" if item.marker is Marker.SECTION else code,
        assignment=own if own.given else None if own.elsewhere else lead.assignment,
        deadline=deadline if deadline.decided and _BINDS.search(deadline.text or "") else lead.deadline,
        announced=lead.announced
        or own.given
        or announces(text)
        or (item.marker is Marker.SECTION and "nhiệm vụ" in text.lower()),
        superior=lead.superior or by_superior(text),
        asked=lead.asked and not own.given,
    )
    yield from _children(item.children, below, setting)


def _unnumbered(paragraphs: Sequence[str], setting: _Setting) -> Iterator[ReadTask]:
    """The directives of a notice that numbers none: what stands from "giao X" to the paragraph's end."""
    number = 0
    for paragraph in paragraphs:
        own = read_assignment(paragraph, setting.directory)
        if own.explicit_at is None or not own.given or is_closing(paragraph) or announces(paragraph):
            continue
        if not (is_imperative(paragraph) or _GIVEN_HERE.match(paragraph[own.explicit_at :])):
            continue
        subject = re.search(
            r"(?:(?:Phó )?Chủ tịch UBND tỉnh|UBND tỉnh|Giám đốc Sở|Sở [\w ]{4,40}?)\s*$", paragraph[: own.explicit_at]
        )
        text = paragraph[subject.start() if subject else own.explicit_at :].removesuffix("/.").rstrip()
        number += 1
        yield _task(f"p{number}", text, read_assignment(text, setting.directory), _Lead(unnumbered=True), setting)


def _row(row: Row, top: _Lead, setting: _Setting) -> ReadTask:
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
    task = _task(row.code, text, own, lead, setting)
    product = row.cells.get("product")
    return replace(task, product=product, requires_report=True) if product else task


def _only_heads(item: Item, held: Sequence[Row], rows: Sequence[Row], directory: Directory) -> bool:
    """Whether an entry only stands over a table, or points to one."""
    text = item.text
    if item.children or len(text) > _HEADLINE or not rows:
        return False
    return bool(held) or (bool(_POINTS.search(text)) and not read_assignment(text, directory).given)


def _unlike(tasks: Sequence[ReadTask], sections: Sequence[str]) -> tuple[ReadTask, ...]:
    """The tasks with codes made unlike.

    A section that repeats another's code stands before all of its codes; what is still repeated takes a running number.
    """
    times = Counter(task.code for task in tasks)
    repeating = {section for task, section in zip(tasks, sections, strict=True) if section and times[task.code] > 1}
    seen: set[str] = set()
    turns: Counter[str] = Counter()
    unlike: list[ReadTask] = []
    for task, section in zip(tasks, sections, strict=True):
        code = f"{section}.{task.code}" if section in repeating else task.code
        unique = code
        while unique in seen:
            turns[code] += 1
            unique = f"{code}-{turns[code] + 1}"
        seen.add(unique)
        unlike.append(replace(task, code=unique))
    return tuple(unlike)


def read_notice(lines: Sequence[str], agency: KnownAgency | None) -> ReadNotice:
    """What the lines of a notice say, as a careful reader would take it; invents nothing.

    Raises only `ConfidentialNotice`, for a notice stamped secret. Units are codes of `agency` where it knows them. A date the notice does not print is only suggested.
    """
    raw = raw_lines(lines)
    if level := secrecy(raw):
        raise ConfidentialNotice(level)
    tables = read_tables(raw)
    raw = tables.rest
    header = read_header(raw)
    printed = printed_lines(raw[header.body_from :])
    end = body_end(printed)
    found = outline(printed[:end])
    directory = Directory(agency)
    setting = _Setting(directory, header.issued_on, header.around, suggested_due(header.title, header.issued_on))
    opening = found.preamble[-1] if found.preamble else ""
    given = addressed(opening, directory) if opening else Assignment()
    top = _Lead(
        assignment=given if given.given else None,
        asked=given.given,
        announced=announces(opening) and bool(given.given or IMPERATIVE.search(opening) or asks(opening)),
    )
    tasks: list[ReadTask] = []
    sections: list[str] = []
    rows = list(tables.rows)
    if found.items and found.items[0].marker is Marker.SECTION:
        tasks = [_row(row, top, setting) for row in rows if not row.section]
        sections = [""] * len(tasks)
        rows = [row for row in rows if row.section]
    for item in found.items:
        label = item.label if item.marker is Marker.SECTION else ""
        held = [row for row in rows if label and row.section == label]
        more = [] if _only_heads(item, held, tables.rows, directory) else list(_children([item], top, setting))
        more += [_row(row, top, setting) for row in held]
        tasks += more
        sections += [label] * len(more)
        rows = [row for row in rows if row not in held]
    if not found.items and not tables.rows:
        tasks = list(_unnumbered(found.preamble, setting))
        sections = [""] * len(tasks)
    tasks += [_row(row, top, setting) for row in rows]
    sections += [row.section for row in rows]
    tail = [line for line in raw if line.strip()]
    issuer = issuer_of(header, agency, " ".join(line.text for line in printed)[:20_000])
    return ReadNotice(
        number=header.number,
        issued_on=header.issued_on,
        issuer=issuer,
        title=header.title,
        signed_by=signed_by(tail) if header.number or header.title else None,
        tasks=_unlike(tasks, sections),
        warnings=tuple(
            name
            for name, missing in (
                ("no_number", not header.number),
                ("no_date", not header.issued_on),
                ("no_tasks", not tasks),
            )
            if missing
        ),
        recipients_unknown=unknown_recipients(raw, directory.code) if agency and issuer == agency.name else (),
        restricted=is_restricted(raw, header.body_from),
    )


def read_directive(code: str, text: str, agency: KnownAgency | None, issued_on: date | None) -> ReadTask:
    """What one directive's words say by themselves; what its headings hand down is not there."""
    setting = _Setting(Directory(agency), issued_on, issued_on, None)
    return _task(code, text, read_assignment(text, setting.directory), _Lead(), setting)
