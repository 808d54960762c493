"""How leaders ask."""

from datetime import date

import pytest

from core.speech import understand

TODAY = date(2023, 7, 5)


@pytest.mark.parametrize(
    ("text", "intent", "rest"),
    [
        ("danh sách việc quá hạn", "overdue", ""),
        ("việc quá hạn của phòng HCTH", "overdue", "HCTH"),
        ("có bao nhiêu việc quá hạn", "overdue", ""),
        ("tỷ lệ hoàn thành chung của cơ quan", "summary", ""),
        ("phòng nào nhiều việc quá hạn nhất", "overdue", ""),
        ("phòng nào hoàn thành kém nhất", "summary", ""),
        ("ai trễ nhiều nhất", "overdue", ""),
        ("ai có hơn 10 việc", "summary", ""),
        ("việc nào sắp trễ", "due", ""),
        ("danh sách việc chờ duyệt", "summary", "cho duyet"),
        ("các việc đã hoàn thành tháng 7", "summary", "thang 7"),
        ("điểm của Tài", "text", "điểm của Tài"),
        ("quá hạn", "overdue", ""),
        ("quá hạn?", "overdue", ""),
        ("qua han qlnl", "overdue", "qlnl"),
        ("qua han phong nang luong", "overdue", "nang luong"),
        ("quá hạn văn phòng", "overdue", "văn phòng"),
        ("QLTM có việc gì quá hạn không?", "overdue", "QLTM"),
        ("sắp đến hạn", "due", ""),
        ("sap den han 7 ngay", "due", "7"),
        ("tổng hợp", "summary", ""),
        ("tong hop qltm thang 6", "summary", "qltm thang 6"),
        ("việc chưa xong của QLTM", "summary", "QLTM"),
        ("qltm den dau roi", "summary", "qltm"),
        ("việc của tôi", "tasks", ""),
        ("con viec gi nua khong", "tasks", ""),
        ("hom nay co viec gi", "tasks", "soon"),
    ],
)  # fmt: skip
def test_a_leaders_question(text, intent, rest):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.rest) == (intent, rest)


@pytest.mark.parametrize(
    ("text", "notice"),
    [("718 den dau roi", "718"), ("718 đến đâu rồi?", "718"), ("TB 718 đến đâu", "718"), ("tb 718", "718"), ("xem 718", "718"),
     ("718/TB-SCT đến đâu rồi", "718/TB-SCT"), ("tien do 718", "718"), ("/summary 718", "718")],
)  # fmt: skip
def test_a_question_after_a_notice(text, notice):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.notice, heard.refs) == ("summary", notice, ())


@pytest.mark.parametrize(
    "text",
    [
        "3.4 khi nao den han",
        "bao gio den han 3.4",
        "hạn 3.4 là bao giờ",
        "noi dung 3.4",
        "muc 3.4 noi gi",
        "3.4 yeu cau gi",
    ],
)
def test_a_question_after_one_directive(text):
    heard = understand(text, today=TODAY)
    assert (heard.intent, [ref.code for ref in heard.refs]) == ("task", ["3.4"])


@pytest.mark.parametrize(
    ("text", "intent", "code"),
    [
        ("3.5 lam xong roi nhung chua co so", "reported", "3.5"),
        ("da lam xong 3.5 nhưng chưa có số", "reported", "3.5"),
        ("3.5 xong chua co so lieu", "progress", "3.5"),
        ("chuyen 3.6 sang qlcn", "assign", "3.6"),
        ("3.6 chuyen sang thang 7", "text", "3.6"),
        ("3.4 khong phai viec cua phong", "propose", "3.4"),
        ("3.4 không thuộc thẩm quyền của phòng", "propose", "3.4"),
        ("gia han 3.4 den 3.5", "extend", "3.4"),
    ],
)
def test_what_is_said_of_one_directive(text, intent, code):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.refs[0].code) == (intent, code)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("thong nhat gia han 3.6", "agree"),
        ("dong y gia han 3.6 den 10/7", "agree"),
        ("khong thong nhat gia han 3.6", "refuse"),
        ("xin gia han 3.6 den 10/7", "extend"),
        ("/remind me 3.6 tomorrow", "snooze"),
        ("/remind 3.6", "remind"),
    ],
)
def test_a_decision_about_more_time_is_no_request_for_it(text, intent):
    assert understand(text, today=TODAY).intent == intent


@pytest.mark.parametrize(
    "text", ["3.7 chắc là xong rồi", "3.7 hinh nhu xong roi", "3.7 co le da xong", "3.7 nghe noi xong roi"]
)
def test_a_guess_is_not_done(text):
    assert understand(text, today=TODAY).intent == "progress"


@pytest.mark.parametrize("code", ["SCT HMVN V485", "SCT XCGQ TB5H", "sct tb7p 2hc2", "SCT V259 BVHV"])
@pytest.mark.parametrize("typed", ["/start {}", "start {}", "{}"])
def test_a_code_is_no_directives_and_no_notices(typed, code):
    heard = understand(typed.format(code), today=TODAY)
    assert (heard.intent, heard.rest.split()[-3:]) == ("start", code.split())
