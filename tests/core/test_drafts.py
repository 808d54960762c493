from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from core.draft_json import from_json, to_json
from core.drafting import draft_of
from core.drafts import DraftNotice, DraftTask, Opinion, accept_dates
from core.errors import NoDate, UnknownUnit
from core.opinions import read_opinion
from core.reading.model import KnownAgency, KnownUnit, ReadNotice, ReadTask, Recurrence
from core.settling import Edit, apply_edit, read_edits, split_item
from core.tasks import Kind

TODAY = date(2023, 4, 5)
QUARTER = date(2023, 6, 30)
AGENCY = KnownAgency(
    "SCT",
    "Sở Công Thương",
    ("Sở",),
    (
        KnownUnit("QLCN", "Phòng Quản lý Công nghiệp", ("P.QLCN",)),
        KnownUnit("QLTM", "Phòng Quản lý Thương mại"),
        KnownUnit("QLNL", "Phòng Quản lý Năng lượng"),
        KnownUnit("KHTCTH", "Phòng Kế hoạch - Tài chính - Tổng hợp"),
        KnownUnit("TTKC", "Trung tâm Khuyến công và Xúc tiến thương mại", ("TTKC&XTTM",)),
    ),
)
CODES = {unit.code for unit in AGENCY.units}


def task(code: str = "3.7", **values: Any) -> DraftTask:
    return DraftTask(**{"code": code, "text": "Kiện toàn", "title": "Kiện toàn", "lead": ("QLTM",), **values})


def notice(*tasks: DraftTask) -> DraftNotice:
    return DraftNotice("718/TB-SCT", date(2023, 4, 4), "Sở Công Thương", "Kết luận", tasks=tasks)


def read(**values: Any) -> DraftTask:
    given = ReadTask(**{"code": "3.7", "text": "Kiện toàn Ban biên tập", "lead_units": ("QLTM",), **values})
    return draft_of(ReadNotice("718/TB-SCT", date(2023, 4, 4), None, None, None, (given,)), CODES).tasks[0]


def test_a_date_the_notice_does_not_print_is_only_suggested() -> None:
    drafted = read(due=QUARTER, suggested_due=True)
    assert (drafted.due, drafted.suggested, drafted.is_proposed) == (None, QUARTER, True)


def test_a_printed_date_counts() -> None:
    drafted = read(due=date(2023, 4, 29), due_time=time(17), deadline_text="trước 17 giờ ngày 29/4/2023")
    assert (drafted.due, drafted.due_time, drafted.suggested) == (date(2023, 4, 29), time(17), None)
    assert drafted.prints_date


def test_nothing_is_suggested_where_another_document_has_the_date() -> None:
    drafted = read(due=QUARTER, suggested_due=True, deadline_text="đúng thời gian quy định", refers_to=("QĐ 220",))
    assert drafted.suggested is None
    assert drafted.needs_date


def test_nothing_is_suggested_for_a_standing_duty() -> None:
    drafted = read(due=QUARTER, suggested_due=True, kind="standing", lead_units=(), all_units=True)
    assert (drafted.kind, drafted.suggested, drafted.needs_date, drafted.needs_unit) == (
        Kind.STANDING, None, False, False,
    )  # fmt: skip


def test_units_the_roster_lacks_are_shown_and_not_followed() -> None:
    drafted = read(lead_units=("Phòng Lạ",), cooperating_units=("QLNL", "Sở Tài chính"))
    assert drafted.unknown_units == ("Phòng Lạ", "Sở Tài chính")
    assert drafted.units == ("QLNL",)
    assert drafted.needs_unit


def test_the_agency_itself_is_no_unit_to_give_a_directive_to() -> None:
    assert read(lead_units=("SCT",)).needs_unit


def test_what_is_given_to_the_whole_agency_is_no_unit_outside_the_roster() -> None:
    given = ReadNotice(None, None, None, None, None, (ReadTask("1", "Giao Sở rà soát", lead_units=("SCT", "Sở Y tế")),))
    assert draft_of(given, CODES, "SCT").tasks[0].unknown_units == ("Sở Y tế",)


def test_whoever_alone_carries_it_out_leads() -> None:
    drafted = read(lead_units=(), implementing_units=("TTKC",))
    assert (drafted.lead, drafted.implementing) == (("TTKC",), ())


def test_an_unknown_lead_is_not_replaced_by_whoever_carries_it_out() -> None:
    drafted = read(lead_units=("Phòng Lạ",), implementing_units=("TTKC",))
    assert (drafted.lead, drafted.implementing, drafted.needs_unit) == ((), ("TTKC",), True)


def test_a_unit_has_one_role_in_a_directive() -> None:
    drafted = read(implementing_units=("QLTM", "TTKC"), cooperating_units=("TTKC", "QLNL"))
    assert (drafted.lead, drafted.implementing, drafted.cooperating) == (("QLTM",), ("TTKC",), ("QLNL",))


def test_a_notice_without_number_or_date_cannot_be_followed() -> None:
    assert notice(task()).can_be_followed
    bare = draft_of(ReadNotice(None, None, None, None, None), CODES)
    assert (bare.reference, bare.can_be_followed) == ("", False)
    assert notice(task()).reference == "718-2023"


def test_a_draft_survives_json() -> None:
    full = task(
        kind=Kind.UNTRACKED, kind_reason="đã giao", implementing=("TTKC",), due=QUARTER, due_time=time(17),
        due_basis="ý kiến", suggested=TODAY, unknown_units=("Sở Tài chính",), warnings=("no_unit",), all_units=True,
        scanned=("phòng QLUTM", "cut:abc:0:1:2:3:4"),
    )  # fmt: skip
    recurring = read(recurrence=Recurrence("month", day=20))
    whole = notice(full, recurring)
    assert from_json(to_json(whole)) == whole


def test_a_draft_kept_before_units_were_told_apart_can_still_be_read() -> None:
    data = to_json(notice(task()))
    del data["tasks"][0]["unknown_units"]
    assert from_json(data) == notice(task())


SEVERAL = notice(
    task("3.1", kind=Kind.STANDING, lead=(), all_units=True),
    task("3.2", lead=(), suggested=QUARTER),
    task("3.5", due=date(2023, 4, 29)),
    task("3.6", suggested=QUARTER),
    task("3.7", suggested=QUARTER),
)


def dues(draft: DraftNotice) -> dict[str, date]:
    return {one.code: one.due for one in draft.tasks if one.due is not None}


def test_accepting_dates_leaves_standing_duties_printed_dates_and_directives_without_unit_alone() -> None:
    accepted = accept_dates(SEVERAL, "ý kiến Giám đốc 05/4")
    assert dues(accepted) == {"3.5": date(2023, 4, 29), "3.6": QUARTER, "3.7": QUARTER}
    assert [one.due_basis for one in accepted.tasks] == [None, None, None, *["ý kiến Giám đốc 05/4"] * 2]


@pytest.mark.parametrize(
    ("opinion", "expected"),
    [
        (Opinion((("3.7", date(2023, 5, 31)),), "keep"), {"3.6": QUARTER, "3.7": date(2023, 5, 31)}),
        (Opinion((("3.7", date(2023, 5, 31)),), "open"), {"3.7": date(2023, 5, 31)}),
        (Opinion((("3.7", None),), "keep"), {"3.6": QUARTER}),
        (Opinion((), "none"), {}),
        (Opinion((), date(2023, 7, 15)), {"3.6": date(2023, 7, 15), "3.7": date(2023, 7, 15)}),
    ],
)
def test_an_opinion_sets_single_dates_and_the_rest(opinion: Opinion, expected: dict[str, date]) -> None:
    assert dues(accept_dates(SEVERAL, "ý kiến", opinion)) == {"3.5": date(2023, 4, 29), **expected}


def test_what_a_leader_leaves_open_is_still_proposed() -> None:
    left = accept_dates(SEVERAL, "ý kiến", Opinion((("3.7", date(2023, 5, 31)),), "open"))
    assert [one.code for one in left.proposed()] == ["3.6"]
    assert accept_dates(SEVERAL, "ý kiến", Opinion((), "none")).proposed() == ()


MAY, JUNE = date(2023, 5, 31), date(2023, 6, 15)


@pytest.mark.parametrize(
    ("typed", "dates", "others"),
    [
        ("dong y", {}, "keep"),
        ("Đồng ý.", {}, "keep"),
        ("ok em", {}, "keep"),
        ("nhất trí theo đề xuất của Văn phòng", {}, "keep"),
        ("dong y, rieng 3.7 trong thang 5", {"3.7": MAY}, "keep"),
        ("Đồng ý, riêng 3.7 trong tháng 5", {"3.7": MAY}, "keep"),
        ("3.7 han 31/5, con lai dong y", {"3.7": MAY}, "keep"),
        ("dong y, 15/6 cho 3.7", {"3.7": JUNE}, "keep"),
        ("dong y 3.7 15.6", {"3.7": JUNE}, "keep"),
        ("dong y, rieng 3.7 va 3.8 truoc 15/6", {"3.7": date(2023, 6, 14), "3.8": date(2023, 6, 14)}, "keep"),
        ("dong y nhung 3.7 khong dat han", {"3.7": None}, "keep"),
        ("lui 3.7 den 15.6", {"3.7": JUNE}, "open"),
        ("tat ca han 15/6", {}, JUNE),
        ("dong y, con lai 15/6", {}, JUNE),
        ("khong dat han", {}, "none"),
        ("Không đặt hạn", {}, "none"),
        ("khong dat han 3.8, con lai dong y", {"3.8": None}, "keep"),
        ("Không đặt hạn cho 3.7 và 3.8, còn lại đồng ý", {"3.7": None, "3.8": None}, "keep"),
        ("khong dat han, rieng 3.7 31/5", {"3.7": MAY}, "none"),
        ("khong dong y", {}, "none"),
    ],
)
def test_a_leaders_answer_is_read(typed: str, dates: dict[str, date | None], others: object) -> None:
    opinion = read_opinion(typed, today=TODAY)
    assert opinion is not None
    assert (dict(opinion.dates), opinion.others) == (dates, others)


@pytest.mark.parametrize(
    "typed",
    [
        "viec", "qua han", "718 den dau roi", "3.5 xong chua", "dong y a?", "dong y 3.7 giao them QLNL",
        "dong y rieng 3.7", "3.7", "thoi", "de anh xem lai", "", "1",
        "khong dat han 15/5",
    ],
)  # fmt: skip
def test_what_is_not_wholly_understood_is_no_answer(typed: str) -> None:
    assert read_opinion(typed, today=TODAY) is None


@pytest.mark.parametrize(
    ("typed", "edits"),
    [
        ("don vi QLTM", [Edit("lead", ("QLTM",))]),
        ("đơn vị phòng QLTM", [Edit("lead", ("QLTM",))]),
        ("QLTM", [Edit("lead", ("QLTM",))]),
        ("QLTM chu tri, phoi hop QLCN va QLNL", [Edit("lead", ("QLTM",)), Edit("cooperating", ("QLCN", "QLNL"))]),
        ("phoi hop QLCN, QLNL", [Edit("cooperating", ("QLCN", "QLNL"))]),
        ("phoi hop QLCN QLNL", [Edit("cooperating", ("QLCN", "QLNL"))]),
        ("khong phoi hop", [Edit("cooperating")]),
        ("thuc hien TTKC&XTTM", [Edit("implementing", ("TTKC",))]),
        ("coordinate khtcth", [Edit("coordinate", ("KHTCTH",))]),
        ("don vi Ke hoach Tai chinh Tong hop", [Edit("lead", ("KHTCTH",))]),
        ("han 15/6/2023", [Edit("due", day=JUNE)]),
        ("15/6", [Edit("due", day=JUNE)]),
        ("han truoc 15/6", [Edit("due", day=date(2023, 6, 14))]),
        ("han 15/6 theo y kien GD", [Edit("due", day=JUNE, basis="y kien GD")]),
        ("han theo y kien GD 05/4", [Edit("due", basis="y kien GD 05/4")]),
        ("khong dat han", [Edit("no_due")]),
        ("thuong xuyen", [Edit("standing")]),
        ("theo doi lai", [Edit("tracked")]),
        ("khong theo doi ly do da giao QLCN, han 15/6", [Edit("untracked", words="da giao QLCN, han 15/6")]),
        ("san pham: Kế hoạch, phối hợp", [Edit("product", words="Kế hoạch, phối hợp")]),
        ("ten KH Đề án TMĐT", [Edit("title", words="KH Đề án TMĐT")]),
    ],
)
def test_what_somebody_wants_changed_is_read(typed: str, edits: list[Edit]) -> None:
    assert list(read_edits(typed, AGENCY, today=TODAY)) == edits


def test_a_unit_nobody_knows_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownUnit) as raised:
        read_edits("don vi QLXD", AGENCY, today=TODAY)
    assert (raised.value.name, raised.value.known) == ("QLXD", ("QLCN", "QLTM", "QLNL", "KHTCTH", "TTKC"))


def test_a_deadline_needs_a_date() -> None:
    with pytest.raises(NoDate):
        read_edits("han som", AGENCY, today=TODAY)


def test_a_clerks_date_is_a_suggestion_and_one_with_a_basis_counts() -> None:
    suggested = apply_edit(task(suggested=QUARTER), Edit("due", day=JUNE))
    assert (suggested.due, suggested.suggested) == (None, JUNE)
    counted = apply_edit(task(suggested=QUARTER), Edit("due", day=JUNE, basis="ý kiến Giám đốc 05/4"))
    assert (counted.due, counted.due_basis) == (JUNE, "ý kiến Giám đốc 05/4")
    accepted = apply_edit(task(suggested=QUARTER), Edit("due", basis="ý kiến Giám đốc 05/4"))
    assert accepted.due == QUARTER


def test_a_misread_printed_date_can_be_put_right() -> None:
    mended = apply_edit(task(due=date(2023, 4, 29), deadline_text="trước 30/4"), Edit("due", day=date(2023, 4, 28)))
    assert (mended.due, mended.due_basis) == (date(2023, 4, 28), None)
    dated = apply_edit(task(deadline_text="trước 31/4", warnings=("bad_date",)), Edit("due", day=date(2023, 4, 30)))
    assert (dated.due, dated.warnings) == (date(2023, 4, 30), ())


def test_a_new_lead_leaves_its_other_roles() -> None:
    changed = apply_edit(task(cooperating=("QLNL", "QLCN"), warnings=("no_unit",)), Edit("lead", ("QLNL",)))
    assert (changed.lead, changed.cooperating, changed.warnings) == (("QLNL",), ("QLCN",), ())


def test_a_directive_can_be_standing_left_alone_and_followed_again() -> None:
    standing = apply_edit(task(suggested=QUARTER), Edit("standing"))
    assert (standing.kind, standing.suggested, standing.needs_date) == (Kind.STANDING, None, False)
    alone = apply_edit(task(lead=()), Edit("untracked", words="đã giao"))
    assert (alone.kind, alone.kind_reason, alone.needs_unit) == (Kind.UNTRACKED, "đã giao", False)
    assert apply_edit(alone, Edit("tracked")).kind is Kind.TRACKED


def test_a_product_asks_for_its_document() -> None:
    with_product = apply_edit(task(), Edit("product", words="Kế hoạch"))
    assert (with_product.product, with_product.needs_document) == ("Kế hoạch", True)
    assert apply_edit(with_product, Edit("product", words="không")).needs_document is False


def test_directives_are_split_off_in_order() -> None:
    draft = notice(task("3.2", lead=(), by_superior=True), task("3.2.1"), task("3.3"))
    first = split_item(draft, draft.tasks[0], "QLNL: Kế hoạch phát triển điện lực", AGENCY)
    assert first is not None
    second = split_item(first[0], draft.tasks[0], "3.2.9 P.QLCN, QLTM: Đề án cụm công nghiệp", AGENCY)
    assert second is not None
    assert [one.code for one in second[0].tasks] == ["3.2", "3.2.1", "3.2.2", "3.2.9", "3.3"]
    assert (first[1].lead, second[1].lead, first[1].by_superior) == (("QLNL",), ("QLCN", "QLTM"), True)
    assert split_item(draft, draft.tasks[0], "chưa có gì", AGENCY) is None
