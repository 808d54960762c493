from __future__ import annotations

import html
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_render import render, render_anew, utf16
from core.messages import Button, Message, OutgoingFile

LETTER = OutgoingFile("letter", "Công văn.docx", "application/msword")


def shown(page: str) -> str:
    return html.unescape(re.sub(r"</?b>", "", page))


def labels(message: Message) -> list[list[str]]:
    return [[button["text"] for button in row] for row in render(message)[-1].keyboard or []]


def test_a_title_is_bold_and_everything_is_escaped() -> None:
    (part,) = render(Message(("3.5 <i>KH</i> & đề án",), "Việc < 5 ngày"))
    assert part.html == "<b>Việc &lt; 5 ngày</b>\n3.5 &lt;i&gt;KH&lt;/i&gt; &amp; đề án"


def test_text_is_composed() -> None:
    (part,) = render(Message((unicodedata.normalize("NFD", "hạn"),), unicodedata.normalize("NFD", "Việc")))
    assert part.html == "<b>Việc</b>\nhạn"


def test_what_is_sent_again_says_so() -> None:
    (part,) = render(Message.of("Đã ghi"))
    assert part.parameters(5, resend=True)["text"] == "(gửi lại)\nĐã ghi"
    assert part.parameters(5, resend=False) == {
        "chat_id": 5,
        "text": "Đã ghi",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def test_short_buttons_share_a_row() -> None:
    buttons = [Button(label, "/x") for label in ("Đúng", "Sai", "Việc khác của phòng QLTM", "Xong", "Thôi")]
    assert labels(Message.of("?", *buttons)) == [
        ["Đúng", "Sai"],
        ["Việc khác của phòng QLTM"],
        ["Xong", "Thôi"],
    ]


def test_the_button_that_opts_out_comes_last() -> None:
    message = Message.of("?", Button("Thôi", "/stop", opt_out=True), Button("Xem thêm", "/more"), menu=True)
    assert labels(message) == [["Xem thêm", "Thôi"]]


def test_a_button_telegram_cannot_carry_becomes_a_line_to_type() -> None:
    long = Button("Ghi nhận", "ghi nhận " + "ệ" * 20)
    (part,) = render(Message.of("Chọn", long, Button("Xem", "/task 3.5")))
    assert part.html.split("\n") == ["Chọn", f"Ghi nhận: {long.command}"]
    assert part.keyboard == [[{"text": "Xem", "callback_data": "/task 3.5"}]]


def test_a_command_is_measured_in_composed_bytes() -> None:
    command = unicodedata.normalize("NFD", "ệ" * 21)
    (part,) = render(Message.of("Chọn", Button("Xem", command)))
    assert part.keyboard == [[{"text": "Xem", "callback_data": "ệ" * 21}]]


def test_long_texts_break_at_line_ends_and_the_last_page_has_the_buttons() -> None:
    lines = tuple(f"3.{number} Trình Ủy ban nhân dân tỉnh kế hoạch & đề án" for number in range(200))
    parts = render(Message(lines, "Việc", (Button("Xem tiếp", "/tasks all"),)))
    assert len(parts) > 1
    assert parts[0].html.startswith("<b>Việc</b>\n3.0")
    assert [bool(part.keyboard) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert "\n".join(shown(part.html) for part in parts) == "\n".join(("Việc", *lines))


def test_a_page_is_measured_as_telegram_does() -> None:
    assert len(render(Message(("&" * 4000,)))) == 1
    assert len(render(Message(("👍" * 2000,)))) == 1
    assert len(render(Message(("👍" * 2100,)))) == 2


def test_a_lone_file_takes_a_short_text_along() -> None:
    (part,) = render(Message(("Bảng tiến độ",), files=(LETTER,), buttons=(Button("Xem", "/x"),)))
    assert (part.file, part.html, part.keyboard is not None) == (LETTER, "Bảng tiến độ", True)
    (bare,) = render(Message((), files=(LETTER,)))
    assert (bare.file, bare.html) == (LETTER, "")


def test_several_files_follow_the_text() -> None:
    parts = render(Message(("Bảng",), files=(LETTER, LETTER)))
    assert [(part.html, part.file) for part in parts] == [("Bảng", None), ("", LETTER), ("", LETTER)]
    assert [part.file for part in render(Message((), files=(LETTER, LETTER)))] == [LETTER, LETTER]


def test_a_message_of_nothing_still_is_one() -> None:
    assert [part.html for part in render(Message(("", " ")))] == ["…"]


@given(st.lists(st.text(max_size=2500), max_size=8), st.one_of(st.none(), st.text(max_size=5000)))
def test_no_text_makes_a_page_telegram_refuses(lines: list[str], title: str | None) -> None:
    for part in render(Message(tuple(lines), title)):
        assert part.html
        assert utf16(shown(part.marked(resend=True))) <= 4096
        assert part.html.count("<") in (0, 2)


@given(
    st.lists(st.text("abc đ<&", min_size=1, max_size=60), min_size=1, max_size=150),
    st.sets(st.integers(0, 149), max_size=15),
)
def test_a_list_ticked_off_takes_the_pages_it_had(lines: list[str], ticked: set[int]) -> None:
    message = Message(tuple(f"3.{number} {line}" for number, line in enumerate(lines)), "Việc hôm nay")
    pages = len(render(message))
    anew = Message(
        tuple(f"✓ {line} – Đã hoàn thành" if number in ticked else line for number, line in enumerate(message.lines)),
        message.title,
        edits=tuple(str(page) for page in range(pages)),
    )
    made = render_anew(anew)
    assert len(made) == pages
    assert all(utf16(shown(part.html)) <= 4096 for part in made)
    assert "\n".join(shown(part.html) for part in made).split() == f"{anew.title}\n{chr(10).join(anew.lines)}".split()


def test_what_takes_no_place_is_not_drawn() -> None:
    assert render_anew(Message(("a",), edits=("1", "2"))) == ()
    assert render_anew(Message(tuple("x" * 4000 for _ in range(3)), edits=("1", "2"))) == ()
    assert render_anew(Message(("a",), files=(LETTER,), edits=("1",))) == ()
