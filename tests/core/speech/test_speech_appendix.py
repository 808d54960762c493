"""How sloppy words must be read, and what they must never be taken for."""

import unicodedata
from datetime import date

import pytest

from core.speech import TaskRef, understand

TODAY = date(2023, 4, 28)

MEANS = {
    "acknowledge": "ok|oke|da|dạ|vang|ro|nhan|da nhan|đã nhận|👍|👍🏽|ok anh|vâng ạ|da ro|Dạ rõ ạ|em nhan viec",
    "done": "xong|xog|xong r|xong roi|hoan thanh|htht|lam roi|da lam|ok xong roi|dạ xong rồi ạ|đã hoàn thành"
    "|trinh ubnd|da trinh ubnd|gui ubnd roi|da phat hanh|đã báo cáo UBND tỉnh|viec nay xong roi|hom nay xong roi",
    "progress": "chua xong|gan xong|sap xong|xong 80%|co ban xong|khong xong kip|chưa xong đâu anh|xong 1/2|xong mot phan"
    "|se xong|mai xong|tuan sau moi xong|dang lam|dung tien do|xong truoc 15/7|chua trinh|xong du thao|chua|80%"
    "|không vướng gì, đúng tiến độ",
    "question": "xong chua|den dau roi|toi dau roi|the nao|xong chưa?|xong à|bao gio xong|co xong khong|xong?",
    "present": "trinh gd|trinh sep|trinh anh Nam|cho ky|dang cho ky|chờ anh Nam ký|trinh|trình ký|da trinh sep|gd dang xem"
    "|dang trinh gd|em trình anh Nam ký rồi",
    "reported": "cho so|da ky|chua phat hanh|chờ số|chờ số văn bản|chua co so|gd ky roi|cho van thu vao so",
    "blocked": "cho y kien|cho bdt|cho so khdt|cho huyen|chờ Sở|chờ Sở KHĐT|cho so lieu|vuong|vướng do huyện chưa gửi"
    "|dang vuong mat bang|khó khăn do huyện chưa gửi",
    "cancel": "huy|thoi|bo qua|hủy|thôi nhé|thôi, để sau",
    "text": "bao cao sep|bao cao anh|da thua|kinh gui|em bao cao|xin chao|cảm ơn|điểm của Tài",
    "nothing": "khong co nd|không có nội dung|khong co noi dung phoi hop",
    "undo": "hoan tac|hoàn tác|nham roi|nhầm",
    "refuse": "khong dong y|không|không phải",
    "agree": "dong y|đồng ý ạ|duyet|nhat tri|dung|gui",
}

NEVER_DONE = (
    "ok|da|vang|nhan|chua xong|gan xong|sap xong|xong 80%|co ban xong|khong xong kip|xong chua|xong?|trinh gd|cho ky|cho so"
    "|da ky|chua phat hanh|cho y kien|cho bdt|bao cao sep|chưa hoàn thành|sẽ hoàn thành|cần xong|khi nào xong|nếu xong thì báo"
    "|chuẩn bị xong|xong được nửa|gần như xong|xong phần dự thảo|xong 9/10 nội dung|xong nhưng chưa ký|dự kiến tuần sau xong"
    "|xong trong tuan|chiều nay xong|roi|thoi|👍"
)


def _rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, intent) for intent, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "intent"), _rows(MEANS))
def test_what_is_typed_alone_means(text, intent):
    assert understand(text, today=TODAY).intent == intent


@pytest.mark.parametrize(
    ("text", "intent"), _rows({k: v for k, v in MEANS.items() if k in {"done", "present", "reported"}})
)
def test_the_same_words_with_a_code_mean_the_same_for_that_directive(text, intent):
    for typed in (f"3.5 {text}", f"mục 3.5 {text}"):
        heard = understand(typed, today=TODAY)
        assert (heard.intent, heard.refs) == (intent, (TaskRef("3.5"),)), typed


@pytest.mark.parametrize("text", NEVER_DONE.split("|"))
@pytest.mark.parametrize("form", ["{}", "3.5 {}", "bao cao sep 3.5 {} a", "{} 3.5"])
def test_what_is_not_done_is_never_done(text, form):
    assert understand(form.format(text), today=TODAY).intent != "done"


@pytest.mark.parametrize(
    "text", ["bao cao sep 3.4 sap xong a", "báo cáo anh 3.4 sắp xong ạ", "dạ thưa sếp, 3.4 sắp xong ạ"]
)
def test_courtesy_is_no_report_and_is_not_quoted(text):
    heard = understand(text, today=TODAY)
    assert heard.intent == "progress"
    assert heard.said in {"sap xong", "sắp xong"}


@pytest.mark.parametrize("text", ["huy 3.5", "hủy 3.5", "thôi 3.5", "Huy lam 3.5 roi"])
def test_cancel_never_drops_a_directive(text):
    assert understand(text, today=TODAY).intent not in {"cancel", "drop"}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("gia han 3.4 den 3.5", date(2023, 5, 3)),
        ("gia hạn 3.4 đến 15.7", date(2023, 7, 15)),
        ("gia han 3.4 den 15-7", date(2023, 7, 15)),
        ("gia han 3.4 15/7", date(2023, 7, 15)),
        ("gia han 3,4 den 15,7", date(2023, 7, 15)),
        ("gia han 3.4 truoc 15.7", date(2023, 7, 15)),
        ("gia han 3.4 den mai", date(2023, 4, 29)),
        ("gia han 3.4 den thu 6", date(2023, 5, 5)),
        ("gia han 3.4 den cuoi tuan", date(2023, 4, 28)),
        ("gia han 3.4 den cuoi thang", date(2023, 4, 30)),
        ("gia han 3.4 tu 30/4 den 15/5", date(2023, 5, 15)),
    ],
)
def test_a_date_after_its_word_is_no_code(text, due):
    heard = understand(text, today=TODAY)
    assert (heard.intent, heard.refs, heard.date) == ("extend", (TaskRef("3.4"),), due)


def _forms(text: str) -> list[str]:
    return [
        unicodedata.normalize("NFD", text),
        text.upper(),
        unicodedata.normalize("NFD", text.upper()),
        f"  {text} ",
        f"{text}.",
    ]


@pytest.mark.parametrize(
    "text",
    ["3.5 chưa xong", "xong 3.5 và 3.7", "gia hạn 3.4 đến 15.7", "việc quá hạn của phòng HCTH", "mục 3.5 đã trình Giám đốc",
     "đồng ý", "hoàn tác", "thôi theo dõi 3.5", "trả lại 3.7 thiếu quyết định", "vướng 3.6 chờ số liệu"],
)  # fmt: skip
def test_case_and_composition_change_nothing(text):
    plain = understand(text, today=TODAY)
    for form in _forms(text):
        heard = understand(form, today=TODAY)
        assert (heard.intent, heard.refs, heard.date) == (plain.intent, plain.refs, plain.date), form
