"""Whole documents written for the project in the patterns real ones follow, and how strictly they have to be read."""

import pytest

from bench.scoring import OWN, plain_unit, score, score_folder, table, total
from core.reading.model import ReadNotice, ReadTask


def test_the_own_documents_are_read_as_labelled():
    results = score_folder(OWN)
    whole = total(results)
    assert len(results) >= 15
    assert whole.labelled >= 90
    said = table(results, faults=True)
    assert whole.found >= 0.97 * whole.labelled, said
    assert whole.invented <= 0.03 * whole.read, said
    assert whole.leads >= 0.95 * whole.labelled, said
    assert whole.deadlines >= 0.97 * whole.labelled, said
    assert whole.wrong_dates == 0, said


def test_what_is_missing_invented_and_wrong_is_counted():
    tasks = (ReadTask("1", "a", lead_units=("Sở Y tế",)), ReadTask("2", "b"), ReadTask("9", "c"))
    labels = [
        {"code": "1", "lead_units": ["Sở Tài chính"], "due": None},
        {"code": "2", "lead_units": [], "due": "2024-05-01"},
        {"code": "3", "lead_units": [], "due": None},
        {"code": "4", "lead_units": [], "due": None, "doubt": "open"},
    ]
    got = score("x", ReadNotice(None, None, None, None, None, tasks), labels).score
    assert (got.labelled, got.found, got.invented, got.leads, got.deadlines) == (3, 2, 1, 1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ủy ban nhân dân phường Yên Bái", "UBND phường Yên Bái"),
        ("Sở Kế hoạch - Đầu tư", "Sở Kế hoạch và Đầu tư"),
        ("Giám đốc Sở Y tế", "Sở Y tế"),
        ("Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
    ],
)
def test_spellings_of_one_unit_agree(one, other):
    assert plain_unit(one) == plain_unit(other)
