import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.roster import ROLES, Roster, RosterPerson, RosterUnit, known_agency
from core.text import clean
from documents.errors import RosterProblem, UnreadableFile
from documents.roster_file import read_roster, write_roster

ROSTER_718 = Path(__file__).parents[1] / "data" / "notice-718" / "roster.yaml"


@pytest.fixture(scope="module")
def roster():
    return read_roster(ROSTER_718.read_bytes(), "roster.yaml")


def faults(data, name="roster"):
    with pytest.raises(RosterProblem) as caught:
        read_roster(data, name)
    return [tuple(fault) for fault in caught.value.faults]


def workbook(units, people):
    book = Workbook()
    sheet = book.active
    sheet.title = "Đơn vị"
    for row in units:
        sheet.append(row)
    sheet = book.create_sheet("Cán bộ")
    for row in people:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


UNITS = [
    ["Mã", "Tên đơn vị", "Tên gọi khác", "Thuộc đơn vị"],
    ["SCT", "Sở Công Thương", "", ""],
    ["QLTM", "Phòng Quản lý Thương mại", "P.QLTM; phòng QLTM", "SCT"],
]
PEOPLE = ["Mã", "Họ và tên", "Chức danh", "Đơn vị", "Chức vụ", "Phụ trách"]


def test_the_roster_of_718(roster):
    assert (roster.agency_code, roster.agency_aliases) == ("SCT", ("Sở Công Thương", "Sở"))
    assert [unit.code for unit in roster.units] == ["QLCN", "QLTM", "QLNL", "KHTCTH", "VP", "TTKC"]
    assert len(roster.people) == 11
    assert roster.people[1].oversees == ("QLCN", "QLNL")
    assert known_agency(roster).units[5].aliases[0] == "TTKC&XTM"


@pytest.mark.parametrize("name", ["roster.yaml", "roster.yml", "Danh sách.XLSX"])
def test_what_is_written_reads_back(name, roster):
    assert read_roster(write_roster(roster, name), name) == roster


@pytest.mark.parametrize("name", ["roster.yaml", "roster.xlsx"])
def test_the_agency_above_is_written_and_read(name, roster):
    below = replace(roster, agency_parent="QNG")
    assert read_roster(write_roster(below, name), name) == below


def test_an_agency_lies_below_no_unit_of_its_own():
    data = b"agency: {code: S, name: S, parent: A}\nunits:\n  - {code: A, name: A}\n"
    assert faults(data) == [("agency", "circular_parent", "S")]


def test_unknown_kinds_of_files_are_refused(roster):
    with pytest.raises(UnreadableFile):
        write_roster(roster, "roster.pdf")
    with pytest.raises(UnreadableFile):
        read_roster(b"PK\x03\x04 but no workbook", "roster.xlsx")


WORD = st.text(alphabet="aăâbcđeêghiíĩọơpqtuưvxy=+-@'ABCĐ 123,.", min_size=1, max_size=12).map(clean).filter(bool)
NAMES = st.lists(WORD, max_size=3).map(tuple)


@st.composite
def rosters(draw):
    codes = draw(st.lists(WORD, min_size=1, max_size=5, unique_by=str.casefold))
    units = tuple(
        RosterUnit(code, draw(WORD), draw(NAMES), draw(st.sampled_from([None, *codes[1:at]])))
        for at, code in enumerate(codes)
        if at
    )
    keys = draw(st.lists(WORD, max_size=5, unique_by=str.casefold))
    plain = [code for code in codes if "," not in code]
    oversees = st.lists(st.sampled_from(plain), max_size=2).map(tuple) if plain else st.just(())
    people = tuple(
        RosterPerson(
            key,
            draw(WORD),
            draw(st.sampled_from(codes)),
            draw(st.sampled_from(ROLES)),
            draw(oversees),
            draw(st.none() | WORD),
        )
        for key in keys
    )
    return Roster(codes[0], draw(WORD), draw(NAMES), units, people)


@settings(deadline=None, max_examples=40)
@given(rosters(), st.sampled_from(["r.xlsx", "r.yaml"]))
def test_any_roster_survives_the_round_trip(roster, name):
    assert read_roster(write_roster(roster, name), name) == roster


def test_no_cell_becomes_a_formula():
    roster = Roster(
        "SCT", "=HYPERLINK(1)", (), (RosterUnit("+1", "-tên"),), (RosterPerson("@x", "=1+1", "SCT", "head"),)
    )
    book = load_workbook(io.BytesIO(write_roster(roster, "r.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value[0] in "=+-@"]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Giám đốc", "leader"),
        ("phó giám đốc", "deputy_leader"),
        ("Chánh Văn phòng", "office_chief"),
        ("TRƯỞNG PHÒNG", "head"),
        ("Phó Trưởng phòng", "deputy_head"),
        ("Chuyên viên", "officer"),
        ("Chuyên viên tổng hợp", "clerk"),
        ("Văn thư", "clerk"),
        ("Quản trị", "admin"),
        ("head", "head"),
    ],
)
def test_vietnamese_roles_in_excel(words, role):
    data = workbook(UNITS, [PEOPLE, ["tp", "Lê Lan", "Trưởng phòng", "QLTM", words, "QLTM, SCT"]])
    (person,) = read_roster(data, "r.xlsx").people
    assert (person.role, person.name, person.oversees) == (role, "Lê Lan", ("QLTM", "SCT"))


def test_every_fault_of_a_yaml_file_is_listed_at_once():
    data = """
agency: {code: SCT, name: Sở Công Thương, nmae: x}
units:
  - {code: QLTM, name: Phòng QLTM, parent: KHAC}
  - {code: qltm, name: ""}
  - chỉ là chữ
people:
  - {key: a, title: Trưởng phòng, unit: QLTM, role: boss}
  - {key: a, title: [x], unit: QLNL, role: head, oversees: [KHONGCO]}
""".encode()
    assert set(faults(data)) == {
        ("agency", "unknown_field", "nmae"),
        ("units[1]", "unknown_parent", "KHAC"),
        ("units[2]", "missing_value", "name"),
        ("units[2]", "duplicate_code", "qltm"),
        ("units[3]", "not_a_mapping", ""),
        ("units[3]", "missing_value", "code"),
        ("units[3]", "missing_value", "name"),
        ("people[1]", "unknown_role", "boss"),
        ("people[2]", "not_a_text", "title"),
        ("people[2]", "missing_value", "title"),
        ("people[2]", "unknown_unit", "QLNL"),
        ("people[2]", "unknown_unit", "KHONGCO"),
        ("people[2]", "duplicate_key", "a"),
    }


def test_every_fault_of_a_workbook_is_listed_with_its_row():
    data = workbook(
        UNITS,
        [PEOPLE, ["tp", "", "Trưởng phòng", "QLXX", "Sếp", ""], [], ["tp", "", "", "QLTM", "Chuyên viên", "QLYY"]],
    )
    assert set(faults(data)) == {
        ("Cán bộ!2", "unknown_unit", "QLXX"),
        ("Cán bộ!2", "unknown_role", "Sếp"),
        ("Cán bộ!4", "missing_value", "title"),
        ("Cán bộ!4", "unknown_unit", "QLYY"),
        ("Cán bộ!4", "duplicate_key", "tp"),
    }


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            workbook([["Mã"], ["SCT"]], [PEOPLE[:4]]),
            [("Đơn vị", "missing_column", "Tên đơn vị"), ("Cán bộ", "missing_column", "Chức vụ")],
        ),
        (workbook([UNITS[0], ["A", "B", "", "A"]], [PEOPLE]), [("Đơn vị", "missing_agency", "")]),
        (b"agency: [", [("line 1", "not_yaml", "expected the node content, but found '<stream end>'")]),
        (b"just words", [("roster", "not_a_roster", "")]),
        (
            b"units: []",
            [
                ("roster", "missing_column", "agency"),
                ("agency", "missing_value", "code"),
                ("agency", "missing_value", "name"),
            ],
        ),
    ],
)
def test_files_of_the_wrong_shape(data, expected):
    assert faults(data) == expected


def test_units_above_each_other_are_refused():
    data = b"agency: {code: S, name: S}\nunits:\n  - {code: A, name: A, parent: B}\n  - {code: B, name: B, parent: A}\n"
    assert faults(data) == [("units[1]", "circular_parent", "A"), ("units[2]", "circular_parent", "B")]


def test_yaml_builds_no_objects():
    assert faults(b"agency: !!python/object/apply:os.getcwd []")[0][1] == "not_yaml"
