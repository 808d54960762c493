"""A roster's file in and out: YAML or Excel, told apart by content in and by name out."""

from core.roster import Roster
from documents.errors import UnreadableFile
from documents.package import check_outside
from documents.roster_excel import read_excel, write_excel
from documents.roster_yaml import read_yaml, write_yaml


def read_roster(data: bytes, name: str) -> Roster:
    """The roster in a file; RosterProblem lists everything wrong in it, UnreadableFile says it is no such file."""
    check_outside(data, name)
    return read_excel(data, name) if data.startswith(b"PK") else read_yaml(data, name)


def write_roster(roster: Roster, name: str) -> bytes:
    """The roster as a file of the kind its name ends in (.xlsx, .yaml, .yml); UnreadableFile for any other."""
    lowered = name.lower()
    if lowered.endswith(".xlsx"):
        return write_excel(roster)
    if lowered.endswith((".yaml", ".yml")):
        return write_yaml(roster)
    raise UnreadableFile("unsupported", name)
