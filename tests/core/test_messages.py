"""Messages keep their structure through JSON, and their choices keep their numbers."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from core.messages import Button, Message, OutgoingFile
from tests.core.parts import PATIENT

YES, LATER, NO = (
    Button("Đúng", "/agree"),
    Button("Chưa có số", "/reported 3.5"),
    Button("Không", "/cancel", opt_out=True),
)

buttons = st.builds(Button, st.text(max_size=8), st.text(max_size=8), st.booleans())
messages = st.builds(
    Message,
    st.lists(st.text(max_size=12), max_size=4).map(tuple),
    st.none() | st.text(max_size=12),
    st.lists(buttons, max_size=5).map(tuple),
    st.lists(st.builds(OutgoingFile, st.text(max_size=4), st.text(max_size=4), st.text(max_size=4)), max_size=2).map(tuple),
    st.booleans(),
)  # fmt: skip


@PATIENT
@given(messages)
def test_a_message_comes_back_from_json_as_it_went(message: Message) -> None:
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message


def test_a_plain_message_takes_little_room() -> None:
    assert Message(("Đã hoàn tác.",)).to_json() == {"lines": ["Đã hoàn tác."]}


@PATIENT
@given(messages)
def test_choices_count_from_one_and_opting_out_is_zero(message: Message) -> None:
    numbered = message.numbered()
    assert [button for _, button in numbered] == list(message.buttons)
    assert all((number == 0) is button.opt_out for number, button in numbered)
    choices = [number for number, button in numbered if not button.opt_out]
    assert choices == list(range(1, len(choices) + 1))


def test_opting_out_does_not_use_up_a_number_wherever_it_stands() -> None:
    message = Message.of("Đồng chí nói mục nào?", YES, NO, LATER)
    assert message.numbered() == ((1, YES), (0, NO), (2, LATER))
    assert message.plain() == "Đồng chí nói mục nào?\n1 Đúng\n0 Không\n2 Chưa có số"


def test_the_buttons_of_a_menu_are_not_numbered_in_text() -> None:
    assert Message.of("Đã ghi.", YES, menu=True).plain() == "Đã ghi."


def test_a_first_line_with_a_hash_is_the_title() -> None:
    assert Message.of("# Cài đặt\nNgôn ngữ: Tiếng Việt\n") == Message(("Ngôn ngữ: Tiếng Việt", ""), "Cài đặt")
    assert Message.of("# Cài đặt") == Message((), "Cài đặt")
    assert Message.of("#3.5\nhai") == Message(("#3.5", "hai"))


@PATIENT
@given(st.text())
def test_text_without_a_title_is_kept_line_by_line(text: str) -> None:
    message = Message.of(text)
    if message.title is None:
        assert "\n".join(message.lines) == text
        assert message.plain() == text
    else:
        assert text.startswith(f"# {message.title}")


def test_other_buttons_leave_the_rest_alone() -> None:
    file = OutgoingFile("7", "718.docx", "application/msword")
    message = Message(("a",), "t", (YES,), (file,))
    assert message.with_buttons(NO, menu=True) == Message(("a",), "t", (NO,), (file,), menu=True)
