"""Every line that somebody types in the dialogues, on the day it is typed."""

from datetime import date

import pytest

from core.speech import DocumentRef, TaskRef, understand, understand_all

APRIL, MAY, JULY = date(2023, 4, 28), date(2023, 5, 5), date(2023, 7, 5)
BOT = "Nhắc việc SCT"


@pytest.mark.parametrize(
    ("text", "intent", "codes", "rest"),
    [
        ("sua 3.2", "edit", "3.2", ""),
        ("trinh", "present", "", ""),
        ("xin y kien gd", "consult", "", "gd"),
        ("dong y, rieng 3.7 trong thang 5", "agree", "3.7", "rieng 3.7 trong thang 5"),
        ("dua vao theo doi", "approve", "", ""),
        ("ok", "acknowledge", "", ""),
        ("giao 3.7 cho pho phong", "handover", "3.7", "pho phong"),
        ("3.3 de nghi cac phong gui phuong an truoc 20/4", "request", "3.3", "gui phuong an"),
        ("khong co nd", "nothing", "", ""),
        ("3.3 không có nội dung phối hợp", "nothing", "3.3", ""),
        ("khong co nd 3.3", "nothing", "3.3", ""),
        ("3.3 gui y kien thong nhat phuong an", "contribute", "3.3", "thong nhat phuong an"),
        ("ai chua gui y kien", "coordination", "", ""),
        ("3.5 trinh gd roi", "present", "3.5", "gd roi"),
        ("da trinh ubnd", "done", "", "da trinh ubnd"),
        ("ok xong roi", "done", "", ""),
        ("3.5 chua xong dang cho so", "progress", "3.5", "chua xong dang cho so"),
        ("3.7 xong 80%", "progress", "3.7", "xong 80%"),
        ("3.5 xong chua", "task", "3.5", "xong chua"),
        ("ghi nhan", "record", "", ""),
        ("718 den dau roi", "summary", "", ""),
        ("nhac qlnl chieu nay bao cao", "remind", "", "qlnl chieu nay bao cao"),
        ("gui", "agree", "", ""),
        ("xin gia han 3.4 den 15.7 bdt chua gui so lieu", "extend", "3.4", "bdt chua gui so lieu"),
        ("dong y", "agree", "", ""),
        ("gia han 3.2.2 15/7", "extend", "3.2.2", ""),
        ("3.7 dung tien do", "progress", "3.7", "dung tien do"),
        ("@Nhắc việc qua han", "overdue", "", ""),
        ("xong 3.9", "done", "3.9", ""),
        ("xong 3.2.2 3.6 3.7", "done", "3.2.2 3.6 3.7", ""),
        ("3.2 den dau", "task", "3.2", "den dau"),
        ("kien nghi 3.4 phan viec cua BDT khong thuoc tham quyen phong", "propose", "3.4",
         "phan viec cua BDT khong thuoc tham quyen phong"),
        ("y kien khac 3.4: phoi hop voi BDT", "opinion", "3.4", "phoi hop voi BDT"),
        ("ý kiến khác", "opinion", "", ""),
        ("tra lai 3.7 thieu quyet dinh", "return", "3.7", "thieu quyet dinh"),
        ("xin chao", "text", "", "xin chao"),
        ("sct 7k2m 9q4d", "start", "", "sct 7k2m 9q4d"),
        ("dung", "agree", "", ""),
        ("viec", "tasks", "", ""),
        ("sai 3.5", "dispute", "3.5", ""),
        ("vuong", "blocked", "", ""),
        ("gia han", "extend", "", ""),
        ("hoan tac", "undo", "", ""),
    ],
)  # fmt: skip
def test_a_typed_line(text, intent, codes, rest):
    heard = understand(text, today=JULY, bot_name=BOT)
    assert (heard.intent, " ".join(map(str, heard.refs)), heard.rest) == (intent, codes, rest)


def test_the_directors_exception_keeps_its_month():
    assert understand("dong y, rieng 3.7 trong thang 5", today=APRIL).date == date(2023, 5, 31)


def test_a_percentage_is_read_and_quoted():
    heard = understand("3.7 xong 80%", today=APRIL)
    assert (heard.percent, heard.said) == (80, "xong 80%")


@pytest.mark.parametrize(("text", "choice", "rest"), [("2 khtcth", 2, "khtcth"), ("1", 1, ""), ("0", 0, "")])
def test_a_number_alone_answers_the_last_choice(text, choice, rest):
    heard = understand(text, today=APRIL)
    assert (heard.intent, heard.choice, heard.rest) == ("choice", choice, rest)


def test_a_choice_carries_its_words_on_to_the_command_behind_it():
    heard = understand("3 cho so lieu 2 huyen, xong 10/7", today=JULY)
    assert (heard.choice, heard.date) == (3, date(2023, 7, 10))
    behind = understand(f"/blocked 3.6 {heard.rest}", today=JULY)
    assert (behind.intent, behind.rest, behind.date) == ("blocked", "cho so lieu 2 huyen", date(2023, 7, 10))


def test_number_and_date_alone_are_a_document():
    heard = understand("45 ngay 27/4", today=APRIL)
    assert (heard.intent, heard.document) == ("document", DocumentRef("45", date(2023, 4, 27)))


def test_the_clerk_names_unit_and_document():
    heard = understand("3.5 qltm da trinh, ttr 45 ngay 27/4", today=MAY)
    assert (heard.intent, heard.refs, heard.mentions_unit) == ("done", (TaskRef("3.5"),), "qltm")
    assert heard.document == DocumentRef("45/TTr", date(2023, 4, 27), "TTr")


def test_the_director_asks_after_a_notice_and_urges_a_unit():
    assert understand("718 den dau roi", today=JULY).notice == "718"
    urged = understand("nhac qlnl chieu nay bao cao", today=JULY)
    assert (urged.mentions_unit, urged.date) == ("qlnl", JULY)


def test_an_absence_names_the_unit_and_its_last_day():
    heard = understand("tp qltm nghi phep 22/6 den 30/6, pho phong lam thay", today=date(2023, 6, 21))
    assert (heard.intent, heard.mentions_unit, heard.date) == ("delegate", "qltm", date(2023, 6, 30))


def test_a_strict_date_is_marked():
    heard = understand("3.3 de nghi cac phong gui phuong an truoc 20/4", today=date(2023, 4, 10))
    assert (heard.date, heard.before) == (date(2023, 4, 20), True)


def test_one_line_answers_three_items_of_the_review():
    told = understand_all("3.7 cho so, 3.2.2 dung tien do, 3.4 vuong bdt chua gui sl", today=date(2023, 5, 24))
    assert [(one.intent, str(one.refs[0]), one.rest) for one in told] == [
        ("reported", "3.7", ""),
        ("progress", "3.2.2", "dung tien do"),
        ("blocked", "3.4", "bdt chua gui sl"),
    ]


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("@Nhắc việc", BOT),
        ("@Nhắc việc SCT", BOT),
        ("@Bot Nhắc việc SCT", BOT),
        ("@nhacviec_bot", BOT),
        ("@Nhắc việc", "Bot Nhắc việc SCT"),
        ("@nhacviec_bot", None),
    ],
)
def test_a_mention_in_a_group_is_taken_off(mention, name):
    heard = understand(f"{mention} xong 3.7 qd 812 ngay 02/6", today=date(2023, 6, 5), bot_name=name)
    assert (heard.intent, heard.refs) == ("done", (TaskRef("3.7"),))
    assert heard.document == DocumentRef("812/QĐ", date(2023, 6, 2), "QĐ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bao cao sep 3.4 sap xong a", "sap xong"),
        ("3.5 chua xong dang cho so", "chua xong dang cho so"),
        ("/blocked 3.6 cho so lieu, 10/7", "cho so lieu, 10/7"),
        ("/report 3.5 Đã triển khai tại 3 huyện, còn 3.7 chưa", "Đã triển khai tại 3 huyện, còn 3.7 chưa"),
        ("3.5 đang làm việc với BDT", "đang làm việc với BDT"),
    ],
)
def test_words_are_quoted_as_typed(text, said):
    assert understand(text, today=JULY).said == said
