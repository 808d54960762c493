"""The tree of units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.units import Tree, Unit

UNITS = (
    Unit(1, 1, None, "agency", "SCT", "Sở Công Thương", ("Sở",)),
    Unit(2, 1, 1, "division", "QLTM", "Phòng Quản lý Thương mại", ("P.QLTM",)),
    Unit(3, 1, 2, "division", "TTM", "Tổ Thương mại"),
    Unit(4, 1, 1, "division", "VP", "Văn phòng Sở", ("Văn phòng",)),
)


def test_below_is_the_unit_and_everything_under_it() -> None:
    tree = Tree(UNITS)
    assert tree.below(1) == {1, 2, 3, 4}
    assert tree.below(2) == {2, 3}
    assert tree.below(9) == frozenset()


def test_above_goes_up_to_the_agency() -> None:
    assert [unit.code for unit in Tree(UNITS).above(3)] == ["QLTM", "SCT"]


def test_a_unit_is_found_by_any_of_its_names_without_accents() -> None:
    tree = Tree(UNITS)
    assert [tree.called(words) for words in ("qltm", "p.qltm", "phong quan ly thuong mai", "VAN PHONG")] == [
        UNITS[1], UNITS[1], UNITS[1], UNITS[3],
    ]  # fmt: skip
    assert tree.called("phong khac") is None
    assert tree.called("so") == UNITS[0]


@given(st.dictionaries(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 12)), max_size=12))
def test_any_parents_even_in_a_circle_end(parents: dict[int, int | None]) -> None:
    tree = Tree(Unit(i, i, parent, "division", f"U{i}", f"Unit {i}") for i, parent in parents.items())
    for unit in parents:
        below = tree.below(unit)
        assert unit in below
        assert all(unit in {up.id for up in tree.above(other)} for other in below - {unit})
        assert len(list(tree.above(unit))) <= len(parents)
