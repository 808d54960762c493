"""Putting together what a notice says."""

import re
from collections.abc import Sequence
from datetime import date

from core.errors import ConfidentialNotice
from core.reading.assignment import Assignment, addressed, read_assignment
from core.reading.building import Lead, Setting, build_task, row_task
from core.reading.cell_deadlines import suggested_due
from core.reading.codes import unlike
from core.reading.directives import IMPERATIVE, announces, asks
from core.reading.directory import Directory
from core.reading.entries import read_entries
from core.reading.foot import signed_by, unknown_recipients
from core.reading.header import issuer_of, read_header
from core.reading.lines import printed_lines, raw_lines
from core.reading.loose import gather, take_loose
from core.reading.model import KnownAgency, ReadNotice, ReadTask
from core.reading.stamps import is_restricted, secrecy
from core.reading.structure import Item, Marker, body_end, outline
from core.reading.tables import Row, read_tables
from core.reading.unnumbered import read_unnumbered

_HEADLINE = 120
_POINTS = re.compile(r"(?:theo|tại|trong|ở) (?:phụ lục|bảng|biểu)", re.IGNORECASE)


def _only_heads(item: Item, held: Sequence[Row], rows: Sequence[Row], directory: Directory) -> bool:
    """Whether an entry only stands over a table, or points to one."""
    text = item.text
    if item.children or len(text) > _HEADLINE or not rows:
        return False
    return bool(held) or (bool(_POINTS.search(text)) and not read_assignment(text, directory).given)


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
    setting = Setting(directory, header.issued_on, header.around, suggested_due(header.title, header.issued_on))
    opening = found.preamble[-1] if found.preamble else ""
    given = addressed(opening, directory) if opening else Assignment()
    top = Lead(
        assignment=given if given.given else None,
        asked=given.given,
        announced=announces(opening) and bool(given.given or IMPERATIVE.search(opening) or asks(opening)),
    )
    loose = take_loose(found.items, directory)
    tasks: list[ReadTask] = []
    sections: list[str] = []
    rows = list(tables.rows)
    if found.items and found.items[0].marker is Marker.SECTION:
        tasks = [row_task(row, top, setting) for row in rows if not row.section]
        sections = [""] * len(tasks)
        rows = [row for row in rows if row.section]
    one_table = len({row.section for row in tables.rows}) == 1
    dashes = 0
    for item in found.items:
        label = item.label if item.marker is Marker.SECTION else ""
        held = [row for row in rows if label and row.section == label]
        found_here = (
            [] if _only_heads(item, held, tables.rows, directory) else read_entries([item], top, setting, dashes)
        )
        tasks, more = gather(found_here, tasks)
        dashes += item.marker is Marker.DASH
        sections += [label] * len(more)
        # the rows of one table are called by their numbers alone
        sections += ["" if one_table else label] * len(held)
        tasks += [*more, *(row_task(row, top, setting) for row in held)]
        rows = [row for row in rows if row not in held]
    if not found.items and not tables.rows:
        loose = found.preamble
    tasks, more = gather(read_unnumbered(loose, setting), tasks)
    tasks += more
    sections += [""] * len(more)
    tasks += [row_task(row, top, setting) for row in rows]
    sections += [row.section for row in rows]
    tail = [line for line in raw if line.strip()]
    issuer = issuer_of(header, agency, " ".join(line.text for line in printed)[:20_000])
    return ReadNotice(
        number=header.number,
        issued_on=header.issued_on,
        issuer=issuer,
        title=header.title,
        signed_by=signed_by(tail) if header.number or header.title else None,
        tasks=unlike(tasks, sections),
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
    setting = Setting(Directory(agency), issued_on, issued_on, None)
    return build_task(code, text, read_assignment(text, setting.directory), Lead(), setting)
