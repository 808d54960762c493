"""A roster as an Excel workbook with the sheets "Đơn vị" and "Cán bộ"."""

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from core.roster import Roster
from core.text import clean, fold
from documents.errors import RosterFault, RosterProblem
from documents.roster_check import PersonEntry, UnitEntry, checked_roster, spoken_role
from documents.workbook import sheets_of

UNIT_SHEET, PEOPLE_SHEET = "Đơn vị", "Cán bộ"
UNIT_COLUMNS = {"code": "Mã", "name": "Tên đơn vị", "aliases": "Tên gọi khác", "parent": "Thuộc đơn vị"}
PEOPLE_COLUMNS = {
    "key": "Mã",
    "name": "Họ và tên",
    "title": "Chức danh",
    "unit": "Đơn vị",
    "role": "Chức vụ",
    "oversees": "Phụ trách",
}
_ALSO = {
    "ma don vi": "code",
    "ten": "name",
    "ten khac": "aliases",
    "ten viet tat": "aliases",
    "don vi cap tren": "parent",
    "truc thuoc": "parent",
    "ma can bo": "key",
    "ho ten": "name",
    "vai tro": "role",
    "don vi phu trach": "oversees",
    "ma don vi phu trach": "oversees",
}
_NEEDED = {UNIT_SHEET: ("code", "name"), PEOPLE_SHEET: ("key", "title", "unit", "role")}
_FORMULA = re.compile(r"^[=+\-@'\t\r]")


def _escaped(value: str) -> str:
    return f"'{value}" if _FORMULA.match(value) else value


def _unescaped(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    text = "\n".join(filter(None, map(clean, text.splitlines())))
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _several(text: str, *, commas: bool) -> tuple[str, ...]:
    return tuple(part for part in map(clean, re.split(r"[;,\n]" if commas else r"[;\n]", text)) if part)


def _row_dicts(
    rows: Sequence[Sequence[Any]], sheet: str, columns: dict[str, str], faults: list[RosterFault]
) -> list[tuple[str, dict[str, str]]]:
    names = {fold(title): field for field, title in columns.items()}
    if sheet == PEOPLE_SHEET and rows and "vai tro" in {fold(_unescaped(cell)) for cell in rows[0]}:
        names |= {"chuc vu": "title", "vai tro": "role"}
    fields = [
        names.get(title) or (_ALSO.get(title) if _ALSO.get(title) in columns else None)
        for title in (fold(_unescaped(cell)) for cell in (rows[0] if rows else ()))
    ]
    missing = [field for field in _NEEDED[sheet] if field not in fields]
    faults += [RosterFault(sheet, "missing_column", columns[field]) for field in missing]
    if missing:
        return []
    found: list[tuple[str, dict[str, str]]] = []
    for number, row in enumerate(rows[1:], 2):
        entry = {field: _unescaped(cell) for field, cell in zip(fields, row, strict=False) if field}
        if any(entry.values()):
            found.append((f"{sheet}!{number}", entry))
    return found


def read_excel(data: bytes, name: str) -> Roster:
    """The roster in a workbook; RosterProblem with every fault, places named like `Cán bộ!4`.

    The first unit row that belongs to no other is the agency itself; else the first that belongs to none of the sheet's.
    """
    sheets = {fold(title): rows for title, rows in sheets_of(data, name).items()}
    faults = [
        RosterFault(name, "missing_sheet", sheet) for sheet in (UNIT_SHEET, PEOPLE_SHEET) if fold(sheet) not in sheets
    ]
    unit_rows = (
        _row_dicts(sheets[fold(UNIT_SHEET)], UNIT_SHEET, UNIT_COLUMNS, faults) if fold(UNIT_SHEET) in sheets else []
    )
    people_rows = (
        _row_dicts(sheets[fold(PEOPLE_SHEET)], PEOPLE_SHEET, PEOPLE_COLUMNS, faults)
        if fold(PEOPLE_SHEET) in sheets
        else []
    )
    if faults:
        raise RosterProblem(tuple(faults))
    units = [
        UnitEntry(
            where, row["code"], row["name"], _several(row.get("aliases", ""), commas=False), row.get("parent") or None
        )
        for where, row in unit_rows
    ]
    codes = {unit.code for unit in units}
    outermost = [unit for unit in units if unit.parent not in codes]
    agency = next((unit for unit in outermost if unit.parent is None), outermost[0] if outermost else None)
    if agency is None:
        raise RosterProblem((RosterFault(UNIT_SHEET, "missing_agency", ""),))
    people = [
        PersonEntry(
            where,
            row["key"],
            row["title"],
            row["unit"],
            row["role"],
            _several(row.get("oversees", ""), commas=True),
            row.get("name") or None,
        )
        for where, row in people_rows
    ]
    return checked_roster(agency, [unit for unit in units if unit is not agency], people)


def write_excel(roster: Roster) -> bytes:
    """The roster as a workbook that `read_excel` reads back unchanged, no cell of it a formula."""
    book = Workbook()
    units = book.active
    units.title = UNIT_SHEET
    people = book.create_sheet(PEOPLE_SHEET)
    units.append(list(UNIT_COLUMNS.values()))
    own = (roster.agency_code, roster.agency_name, "; ".join(roster.agency_aliases), roster.agency_parent or "")
    units.append(list(map(_escaped, own)))
    for unit in roster.units:
        units.append(
            list(map(_escaped, (unit.code, unit.name, "; ".join(unit.aliases), unit.parent or roster.agency_code)))
        )
    people.append(list(PEOPLE_COLUMNS.values()))
    for one in roster.people:
        cells = (one.key, one.name or "", one.title, one.unit, spoken_role(one.role), "; ".join(one.oversees))
        people.append(list(map(_escaped, cells)))
    for sheet in (units, people):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for letter, width in zip("ABCDEF", (14, 40, 40, 20, 24, 24), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
