"""Slash commands in every form, opening words, hints for what is unknown."""

from datetime import date

import pytest

from core.speech import COMMANDS, DocumentRef, TaskRef, named_label, nearest, understand

TODAY = date(2023, 7, 5)
WITH_CODE = [
    "task", "done", "present", "reported", "progress", "blocked", "report", "extend", "propose", "opinion", "acknowledge",
    "handover", "remind", "return", "confirm", "record", "dispute", "assign", "drop", "edit",
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["/done 3.5", "/done@Bot 3.5", "/done3.5", " /done 3.5", "/Done 3,5", "#done 3.5", "/DONE mục 3.5", "/ done 3.5", "/done:3.5",
     "done 3.5", "/xong 3.5", "/Hoàn thành 3.5", "/hoanthanh 3.5", "xong 3.5", "XONG MỤC 3,5", "3.5 xong", "xong3.5", "/done 3.5."],
)  # fmt: skip
def test_every_form_of_done(text):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.refs, heard.rest) == ("done", (TaskRef("3.5"),), "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_by_its_slash_name(name):
    assert understand(f"/{name}", today=TODAY).intent == name
    assert understand(f"/{name.upper()}@Some_Bot", today=TODAY).intent == name


@pytest.mark.parametrize("name", WITH_CODE)
def test_every_command_about_a_directive_takes_its_code(name):
    assert understand(f"/{name} 718/3.5", today=TODAY).refs == (TaskRef("3.5", "718"),)


@pytest.mark.parametrize(
    ("name", "phrase"), [(name, phrase) for name, phrases in COMMANDS.items() for phrase in phrases if " " in phrase]
)
def test_every_phrase_of_the_table_with_and_without_slash(name, phrase):
    code = " 3.5" if name in WITH_CODE else ""
    assert understand(phrase + code, today=TODAY).intent == name
    assert understand(f"/{phrase}{code}", today=TODAY).intent == name


@pytest.mark.parametrize(
    ("text", "intent", "rest"),
    [
        ("/tasks soon", "tasks", "soon"),
        ("viec trang 2", "tasks", "trang 2"),
        ("/tasks all", "tasks", "all"),
        ("tat ca viec", "tasks", "all"),
        ("/due 7", "due", "7"),
        ("/overdue qlnl", "overdue", "qlnl"),
        ("/summary QLTM", "summary", "QLTM"),
        ("/invite QLTM head", "invite", "QLTM head"),
        ("mời QLTM head", "invite", "QLTM head"),
        ("/new QLTM: rà soát chợ đêm trước 15/5", "new", "QLTM: rà soát chợ đêm trước 15/5"),
        ("việc mới QLTM: rà soát", "new", "QLTM: rà soát"),
        ("/language en", "language", "en"),
        ("/channel zalo_bot", "channel", "zalo_bot"),
        ("nhan tin qua zalo", "channel", "zalo"),
        ("Kênh nhận tin Telegram", "channel", "Telegram"),
        ("/start SCT-7K2M-9Q4D", "start", "SCT-7K2M-9Q4D"),
        ("/handover 3.7 Phó phòng", "handover", "Phó phòng"),
        ("/drop 3.5 không còn phù hợp", "drop", "không còn phù hợp"),
        ("thôi theo dõi 3.5 không còn phù hợp", "drop", "không còn phù hợp"),
        ("phan cong 3.5 QLNL", "assign", "QLNL"),
        ("/extend 3.5 15/5 chờ số liệu", "extend", "chờ số liệu"),
        ("xuat excel", "export", ""),
        ("/export pdf", "export", "pdf"),
        ("giao ban", "review", ""),
        ("chua nhan", "undelivered", ""),
        ("?", "help", ""),
    ],
)  # fmt: skip
def test_arguments(text, intent, rest):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.rest) == (intent, rest)


def test_blocked_takes_reason_and_date():
    heard = understand("/blocked 3.6 cho so lieu, 10/7", today=TODAY)
    assert (heard.refs, heard.rest, heard.date) == ((TaskRef("3.6"),), "cho so lieu", date(2023, 7, 10))


def test_done_and_record_take_number_date_and_unit():
    document = DocumentRef("45", date(2023, 4, 27))
    assert understand("/done 3.5 45 27/4", today=TODAY).document == document
    assert understand("/done 45 27/4", today=TODAY).document == document
    recorded = understand("/record 3.5 QLTM 45 27/4", today=TODAY)
    assert (recorded.document, recorded.mentions_unit) == (document, "QLTM")
    assert understand("/done 3.3 QLCN", today=TODAY).mentions_unit == "QLCN"


@pytest.mark.parametrize(
    "text", ["/progress 3.5 60 dang lam", "/progress 3.5 60% dang lam", "tien do 3.5 60% dang lam"]
)
def test_progress_takes_a_percentage(text):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.percent, heard.rest) == ("progress", 60, "dang lam")


@pytest.mark.parametrize(
    ("text", "intent"),
    [("mới xong 3.5", "done"), ("việc mới", "new"), ("mời QLTM head", "invite"), ("moi QLTM head", "invite"),
     ("thôi", "cancel"), ("thôi theo dõi 3.5", "drop"), ("nhắc tất cả quá hạn", "remind"), ("giao 3.7 cho pho phong", "handover"), ("giao 3.7 QLNL", "assign"),
     ("báo cáo 3.5 đã triển khai", "report"), ("báo cáo 3.5 đã xong", "done"), ("/xong 80%", "progress"),
     ("3.5 quá hạn rồi", "task"), ("xuất khẩu tăng", "text"), ("xong trước hạn 3.5", "done")],
)  # fmt: skip
def test_words_that_collide(text, intent):
    assert understand(text, today=TODAY).intent == intent


@pytest.mark.parametrize(
    "text", ["/done 3.5?", "xong 3.5?", "3.5 xong chưa", "3.5 xong chua a", "3.5 xong à", "3.5 kịp không"]
)
def test_a_question_wins(text):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.refs) == ("task", (TaskRef("3.5"),))


@pytest.mark.parametrize(
    ("text", "first"),
    [("/ovẻdue", "overdue"), ("/ẽpỏt", "export"), ("/dne 3.5", "done"), ("/undoo", "undo"), ("/sumary", "summary"),
     ("qua hn", "overdue"), ("tong hp", "summary"), ("/taks", "tasks")],
)  # fmt: skip
def test_an_unknown_command_gets_its_nearest(text, first):
    heard = understand(text, today=TODAY)
    assert heard.intent == "unknown"
    assert heard.nearest[0] == first
    assert len(heard.nearest) <= 3


@pytest.mark.parametrize("text", ["", "   ", "...", "\u200b", "\n"])
def test_nothing_is_unknown(text):
    assert understand(text, today=TODAY).intent == "unknown"


def test_prose_is_text_and_a_pasted_notice_is_a_notice():
    prose = "Tôi nghe nói hôm qua phòng bên kia đã làm xong việc đó rồi và các anh em đều rất vui mừng phấn khởi"
    assert understand(prose, today=TODAY).intent == "text"
    pasted = "SỞ CÔNG THƯƠNG\nSố: 718/TB-SCT\nTHÔNG BÁO\nKết luận của Giám đốc Sở\n" + "3.1. Tiếp tục triển khai\n" * 40
    heard = understand(pasted, today=TODAY)
    assert (heard.intent, heard.notice) == ("notice", "718/TB-SCT")


@pytest.mark.parametrize(
    "paragraph",
    [
        (
            "3.5. Triển khai thực hiện Quyết định số 665/QĐ-SCT ngày 29/3/2023 của Giám đốc Sở về việc giao dự toán kinh phí thực "
            "hiện các đề án thuộc Chương trình phát triển thương mại điện tử quốc gia năm 2023, trong đó khẩn trương tham mưu xây dựng "
            "kế hoạch triển khai thực hiện Đề án trình UBND tỉnh phê duyệt trước ngày 30/4/2023: Giao phòng QLTM tham mưu"
        ),
        (
            "3.6. Tổng hợp những khó khăn, vướng mắc của các dự án thủy điện đang vận hành về thủ tục bồi thường, giải phóng mặt bằng, "
            "chuyển mục đích sử dụng đất, cho thuê đất để báo cáo UBND tỉnh xem xét, chỉ đạo, giải quyết nhằm sớm hoàn thiện hồ sơ"
        ),
        (
            "2. Trong tháng 3 và 3 tháng đầu năm 2023, tập thể Lãnh đạo Sở, các phòng, đơn vị đã bám sát chương trình, kế hoạch đã đề "
            "ra, cơ bản hoàn thành tốt các nhiệm vụ được giao và các nhiệm vụ do UBND tỉnh, Chủ tịch UBND tỉnh giao"
        ),
    ],
)
def test_a_paragraph_of_a_notice_is_no_act(paragraph):
    assert understand(paragraph, today=TODAY).intent == "text"


@pytest.mark.parametrize(
    ("text", "code"),
    [("sct 7k2m 9q4d", True), ("SCT-7K2M-9Q4D", True), ("SCT7K2M9Q4D", True), ("sct 7k2m9q4d", True), ("7k2m 9q4d", True),
     ("SCT BCDF 23GH", True), ("sep chua nhan", False), ("xem them 2023", False), ("nhac hcth gap", False),
     ("viec chua xem", False), ("quy 4 2023", False), ("han nam 2023", False), ("xong ttr4 2023", False),
     ("moi hcth head", False), ("bao cao nam 2023", False), ("3.5 xong nhe", False)],
)  # fmt: skip
def test_only_invite_codes_are_invite_codes(text, code):
    assert (understand(text, today=TODAY).intent == "start") is code


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("gui", 0),
        ("sua ly do", 1),
        ("sửa", 1),
        ("xin y kien gd", 2),
        ("khong co nd", 3),
        ("Gửi ạ", 0),
        ("k", None),
        ("", None),
    ],
)
def test_a_choice_named_in_words(text, index):
    labels = ["Gửi", "Sửa lý do", "Xin ý kiến Giám đốc", "Không có nội dung phối hợp", "Không đồng ý"]
    assert named_label(text, labels) == index


def test_nearest_is_empty_for_nothing_alike():
    assert nearest("zzzz") == ()


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("thôi theo dõi 3.3 QLCN vì trùng", "QLCN"), ("xác nhận 3.3 QLCN", "QLCN"), ("thôi theo dõi 3.3 vì giao QLNL", None),
        ("/drop 3.3 QLCN trùng", "QLCN"),
    ],
)  # fmt: skip
def test_the_unit_behind_a_command_of_several_words_is_named(said: str, unit: str | None) -> None:
    assert understand(said, today=date(2023, 4, 28)).mentions_unit == unit
