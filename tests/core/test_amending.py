from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.amending import carried_over
from core.comparing import difference, put_back, rewording
from core.corrections import corrected, read_relation
from core.draft_json import from_json, to_json
from core.drafts import Amends, DraftNotice, DraftTask
from core.matching import matched
from core.tasks import Kind

APRIL, MAY = date(2023, 4, 29), date(2023, 5, 14)
SUBJECTS = (
    "Kiện toàn Ban biên tập Sàn giao dịch thương mại điện tử của tỉnh",
    "Tổng hợp vướng mắc của các dự án thủy điện đang vận hành về giải phóng mặt bằng",
    "Xây dựng kế hoạch thực hiện Đề án phát triển mạng lưới phân phối hàng hóa",
    "Rà soát quy hoạch cụm công nghiệp trên địa bàn các huyện miền núi",
)


def task(code: str, text: str = "", **values: Any) -> DraftTask:
    words = text or SUBJECTS[int(code[-1]) % len(SUBJECTS)]
    return DraftTask(**{"code": code, "text": words, "title": words[:20], "lead": ("QLTM",), **values})


def followed(*tasks: DraftTask) -> tuple[DraftTask, ...]:
    return tuple(replace(one, follows=number) for number, one in enumerate(tasks, 1))


def amending(before: tuple[DraftTask, ...], tasks: tuple[DraftTask, ...]) -> DraftNotice:
    amends = Amends("again", 7, "718/TB-SCT", 2023, before)
    return DraftNotice("718/TB-SCT", date(2023, 4, 4), "Sở", "Kết luận", tasks=tasks, amends=amends)


def test_directives_are_the_same_by_code_and_words() -> None:
    old = [task("3.0"), task("3.1"), task("3.2")]
    assert matched(old, old) == {0: 0, 1: 1, 2: 2}


def test_a_directive_that_moved_is_known_by_its_words() -> None:
    old = [task("3.0"), task("3.1"), task("3.2")]
    new = [task("3.0", SUBJECTS[1]), task("3.1", SUBJECTS[2] + " năm 2023"), task("3.2", SUBJECTS[3])]
    assert matched(old, new) == {0: 1, 1: 2}


def test_one_code_with_wholly_other_words_is_another_directive() -> None:
    assert matched([task("3.0")], [task("3.0", SUBJECTS[3])]) == {}


def test_what_was_settled_by_hand_is_no_difference() -> None:
    read = (task("3.0", lead=(), suggested=MAY), task("3.1", suggested=MAY), task("3.2"))
    now = followed(
        replace(read[0], kind=Kind.UNTRACKED, kind_reason="đã tách"),
        task("3.0.1", "Việc tách ra bằng tay từ bảng của quyết định", lead=("QLNL",)),
        replace(read[1], due=MAY, due_basis="ý kiến Giám đốc 05/4", title="Tên gọi khác"),
        replace(read[2], lead=("QLCN",)),
    )
    assert carried_over(read, now, read) == now
    assert difference(amending(now, carried_over(read, now, read))).is_empty


def test_what_is_printed_otherwise_is_carried_over_and_nothing_else() -> None:
    read = (task("3.0", due=APRIL, deadline_text="trước 30/4"), task("3.1"))
    now = followed(replace(read[0], cooperating=("VP",)), replace(read[1], lead=("QLNL",)))
    again = (replace(read[0], due=MAY, deadline_text="trước 15/5"), replace(read[1], product="báo cáo"))
    first, second = carried_over(read, now, again)
    assert (first.due, first.deadline_text, first.cooperating, first.follows) == (MAY, "trước 15/5", ("VP",), 1)
    assert (second.lead, second.product, second.follows) == (("QLNL",), "báo cáo", 2)
    changes = difference(amending(now, (first, second)))
    assert [(one.before.code, one.what) for one in changes.changed] == [("3.0", {"due"}), ("3.1", {"product"})]


def test_what_the_text_adds_and_leaves_out() -> None:
    read = (task("3.0"), task("3.1"), task("3.2"))
    now = followed(*read)
    made = carried_over(read, now, (read[0], read[2], task("3.3")))
    changes = difference(amending(now, made))
    assert [one.code for one in changes.kept] == ["3.0", "3.2"]
    assert [one.code for one in changes.added] == ["3.3"]
    assert [one.code for one in changes.missing] == ["3.1"]


def test_a_directive_left_out_is_put_back_in_its_place_under_a_code_of_its_own() -> None:
    now = followed(task("3.0"), task("3.1"), task("3.2"))
    draft = amending(now, (now[0], replace(now[2], code="3.1")))
    kept = put_back(draft, now[1])
    assert [one.code for one in kept.tasks] == ["3.0", "3.1a", "3.1"]
    assert difference(kept).missing == ()


def test_units_are_told_what_matters_to_them() -> None:
    before = followed(task("3.0", cooperating=("QLCN", "QLNL")), task("3.1", lead=("VP",)))
    after = (replace(before[0], cooperating=("QLCN",)), before[1])
    assert difference(amending(before, after)).units() == ("QLTM", "QLNL")


def test_a_rewording_shows_what_changed_and_no_more() -> None:
    old = "Giao phòng QLTM chủ trì, TTKC&XTM triển khai thực hiện trước ngày 30/4/2023"
    new = "Giao phòng QLTM chủ trì, TTKC&XTTM triển khai thực hiện trước ngày 15/5/2023"
    assert rewording(old, new) == (("TTKC&XTM", "TTKC&XTTM"), ("30/4/2023", "15/5/2023"))


def test_an_amending_draft_survives_json() -> None:
    now = followed(task("3.0", due=APRIL))
    amends = Amends("correction", 7, "718/TB-SCT", 2023, now, (("3.0", "a", "b"),), ("3.9 c",), (1,))
    draft = replace(amending(now, now), amends=amends, read=now)
    assert from_json(to_json(draft)) == draft


def letter(body: str, subject: str = "V/v đính chính Thông báo số 718/TB-SCT ngày 04/4/2023") -> list[str]:
    head = (
        f"SỞ CÔNG THƯƠNG\nSố: 752/SCT-VP\n{subject}\n\nQuảng Ngãi, ngày 10 tháng 4 năm 2023\n\nKính gửi: Các phòng\n\n"
    )
    return (head + body + "\n\nNơi nhận:\n- Như trên;").splitlines()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('Tại mục 3.4: đã in "TTKC&XTM", nay đính chính thành "TTKC&XTTM".', ("3.4", "TTKC&XTM", "TTKC&XTTM")),
        ("Mục 3.5, cụm từ “trước ngày 30/4/2023” được sửa lại thành “trước ngày 15/5/2023”.",
         ("3.5", "trước ngày 30/4/2023", "trước ngày 15/5/2023")),
        ("Thay cụm từ «phòng QLTM» bằng cụm từ «phòng QLNL» tại điểm 3.6.", ("3.6", "phòng QLTM", "phòng QLNL")),
        ('3.7. "Ban biên tâp" → "Ban biên tập"', ("3.7", "Ban biên tâp", "Ban biên tập")),
        ('Điểm b khoản 2: đã in là: "tháng 4"; xin đọc lại là: "tháng 5"', ("2.b", "tháng 4", "tháng 5")),
        ('Mục II.3: bỏ cụm từ "nhằm sớm"', ("II.3", "nhằm sớm", "")),
        ('Bổ sung cụm từ "và QLCN" sau cụm từ "phòng QLNL" tại mục 3.6.', ("3.6", "phòng QLNL", "phòng QLNL và QLCN")),
        ('Đã in: "Sở Công thương"; sửa thành: "Sở Công Thương"', ("", "Sở Công thương", "Sở Công Thương")),
    ],
)  # fmt: skip
def test_a_correction_says_what_was_printed_where_and_what_it_should_be(body: str, words: tuple[str, ...]) -> None:
    relation = read_relation(letter(f"Sở Công Thương đính chính như sau:\n\n{body}"))
    assert relation is not None
    assert (relation.kind, relation.number, relation.issued_on) == ("correction", "718/TB-SCT", date(2023, 4, 4))
    assert relation.words == (words,)


_CELLS = (
    ("TT", "Vị trí", "Nội dung đã in", "Nội dung đính chính"),
    ("1", "Mục 3.4", "TTKC&XTM", "TTKC&XTTM"),
    ("2", "Mục 3.5, dòng 2", "trước ngày 30/4/2023", "trước ngày 15/5/2023"),
    ("3", "3.7", "“Ban biên tâp”", "“Ban biên tập”"),
)


@pytest.mark.parametrize("between", [" | ", "\t", "     ", "\n\n"])
def test_a_correction_may_be_set_out_as_a_table(between: str) -> None:
    rows = "\n\n".join(between.join(row) for row in _CELLS)
    relation = read_relation(letter(f"Sở Công Thương đính chính như sau:\n\n{rows}\n\nĐề nghị các phòng biết./."))
    assert relation is not None
    assert relation.words == (
        ("3.4", "TTKC&XTM", "TTKC&XTTM"),
        ("3.5", "trước ngày 30/4/2023", "trước ngày 15/5/2023"),
        ("3.7", "Ban biên tâp", "Ban biên tập"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thông báo này thay thế Thông báo số 718/TB-SCT ngày 04/4/2023.",
        "Thông báo này có hiệu lực từ ngày ký và thay thế Thông báo số 718/TB-SCT ngày 04/4/2023 của Sở Công Thương./.",
        "(Thay thế Thông báo số 718/TB-SCT ngày 04/4/2023)",
    ],
)
def test_a_notice_says_which_one_it_replaces(text: str) -> None:
    lines = f"Số: 760/TB-SCT\n\nTHÔNG BÁO\nKết luận\n\n3.1. Giao phòng QLTM tham mưu việc này.\n\n{text}".splitlines()
    relation = read_relation(lines)
    assert relation is not None
    assert (relation.kind, relation.number, relation.issued_on) == ("replacement", "718/TB-SCT", date(2023, 4, 4))


@pytest.mark.parametrize(
    "text",
    [
        "3.1. Tham mưu Quyết định thay thế Quyết định số 12/QĐ-UBND ngày 04/4/2022.",
        "3.1. Tiếp tục thực hiện Thông báo số 423/TB-SCT ngày 02/3/2023.",
        "3.1. Rà soát, đính chính số liệu trong báo cáo tháng 3.",
    ],
)
def test_a_notice_that_speaks_of_other_documents_stands_alone(text: str) -> None:
    lines = f"Số: 760/TB-SCT\n\nTHÔNG BÁO\nKết luận\n\n{text}".splitlines()
    assert read_relation(lines) is None


def test_words_are_put_right_where_they_stand() -> None:
    tasks = (task("3.4", "Giao phòng QLTM chủ trì,  TTKC&XTM triển khai"), task("3.5", "trước ngày 30/4/2023"))
    made = corrected(tasks, (("3.4", "ttkc&xtm", "TTKC&XTTM"), ("3.9", "không đâu có", "x")))
    assert made.tasks[0].text == "Giao phòng QLTM chủ trì, TTKC&XTTM triển khai"
    assert (made.words, made.unplaced) == ((("3.4", "ttkc&xtm", "TTKC&XTTM"),), ("3.9 không đâu có",))


def test_what_is_right_already_is_left_and_a_slip_in_the_code_is_forgiven() -> None:
    right = (task("3.4", "Giao TTKC&XTTM triển khai"), task("3.5", "trước ngày 30/4/2023"))
    assert corrected(right, (("3.4", "TTKC&XTM", "TTKC&XTTM"),)).tasks == right
    moved = corrected(right, (("3.4", "30/4/2023", "15/5/2023"),))
    assert moved.tasks[1].text == "trước ngày 15/5/2023"
    twice = (task("3.4", "phòng QLTM"), task("3.5", "phòng QLTM"))
    assert corrected(twice, (("3.9", "phòng QLTM", "phòng QLNL"),)).unplaced == ("3.9 phòng QLTM",)
    assert [one.text for one in corrected(twice, (("", "phòng QLTM", "phòng QLNL"),)).tasks] == ["phòng QLNL"] * 2
