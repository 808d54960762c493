from pathlib import Path

import pytest

from core.reading.directory import Directory
from core.reading.model import KnownAgency
from core.roster import known_agency
from documents.roster_file import read_roster

NOTICE_718 = Path(__file__).parents[2] / "data" / "notice-718"


@pytest.fixture(scope="session")
def agency() -> KnownAgency:
    return known_agency(read_roster((NOTICE_718 / "roster.yaml").read_bytes(), "roster.yaml"))


@pytest.fixture(scope="session")
def directory(agency) -> Directory:
    return Directory(agency)


@pytest.fixture(scope="session")
def notice_718_text() -> str:
    return (NOTICE_718 / "notice-718.txt").read_text(encoding="utf-8")
