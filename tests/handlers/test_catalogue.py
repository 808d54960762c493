"""Every sentence is there in both languages, is used, and can be said."""

from __future__ import annotations

import ast
import re
import textwrap
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from fluent.syntax import ast as ftl

from core import errors
from core.errors import UserError
from core.speech import COMMANDS as SPOKEN
from core.speech import understand
from core.tasks import State
from documents.errors import Trouble
from handlers.catalogue import LANGUAGES, Catalogue
from handlers.commands import register_all
from handlers.mistakes import answer_to, key_of
from handlers.routing import COMMANDS
from tests.handlers.sentences import (
    WORDING,
    calls,
    constants,
    entries,
    is_reachable,
    messages,
    trees,
    variables,
    ways_to_say,
    written,
)
from tests.office import MORNING

register_all()
CATALOGUE = Catalogue()
MISTAKES = {value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, UserError)} - {
    UserError
}


@cache
def kinds_of_unreadable_notices() -> set[str]:
    named = {
        node.args[0].value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if ast.unparse(node.func).endswith("UnreadableNotice")
    }
    return {*named, *get_args(Trouble), "unavailable"}


def test_the_code_was_found() -> None:
    assert "handlers/acts.py" in trees()
    assert len(calls()) > 100
    assert {file.name[-6:] for file in WORDING} == {f"{language}.ftl" for language in LANGUAGES}


@pytest.mark.parametrize("file", WORDING, ids=lambda file: file.name)
def test_a_file_of_wording_holds_nothing_fluent_cannot_read(file: Path) -> None:
    assert [entry.content for entry in written(file) if isinstance(entry, ftl.Junk)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_worded_twice(language: str) -> None:
    assert [key for key, times in Counter(one.id.name for one in messages(language)).items() if times > 1] == []


def test_both_languages_word_the_same_keys() -> None:
    assert entries("vi").keys() == entries("en").keys()


def test_a_sentence_fills_in_the_same_in_both_languages() -> None:
    both = entries("vi").keys() & entries("en").keys()
    assert [key for key in both if entries("vi")[key].value is None or entries("en")[key].value is None] == []
    assert [key for key in both if variables(key, "vi") != variables(key, "en")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_reads_well_whichever_variants_it_takes(language: str) -> None:
    for key in entries(language):
        for arguments in ways_to_say(key, language):
            text = CATALOGUE.text(language, key, **arguments)
            assert text.strip() == text, key
            assert not re.search(r" [,;:?]| \.(?!\w)|  |,,|\.\.|\(\)", text), f"{key}: {text}"


@pytest.mark.parametrize("file", WORDING, ids=lambda file: file.name)
def test_sentences_are_calm_and_composed_the_usual_way(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert "!" not in text
    assert not re.search(r"[^\S\n]$", text, re.MULTILINE)


def test_every_key_the_code_names_is_worded() -> None:
    unknown = [(call.where, key) for call in calls() for key in call.keys if key not in entries("vi")]
    unknown += [
        (call.where, one)
        for call in calls()
        for one in call.patterns
        if not one.startswith(".+") and not any(re.fullmatch(one, key) for key in entries("vi"))
    ]
    assert unknown == []


def test_every_call_fills_in_all_its_sentence_needs() -> None:
    lacking = [
        (call.where, key, missing)
        for call in calls()
        for key in call.keys
        if call.given is not None and key in entries("vi") and (missing := variables(key) - call.given)
    ]
    assert lacking == []


def test_no_sentence_is_left_over() -> None:
    left = {key for key in entries("vi") if not key.startswith("error-") and not is_reachable(key)}
    assert left == set()


def test_every_mistake_is_worded_and_no_wording_is_of_a_mistake_nobody_makes() -> None:
    simple = {key_of(mistake) for mistake in MISTAKES - {errors.UnreadableNotice}}
    unreadable = {f"{key_of(errors.UnreadableNotice)}-{kind}" for kind in kinds_of_unreadable_notices()}
    specific = {key for key in entries("vi") if key.removeprefix("error-which-task-") in constants()}
    assert simple | unreadable <= entries("vi").keys()
    assert {key for key in entries("vi") if key.startswith("error-")} - simple - unreadable - specific == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_label_and_a_line_of_help_and_nothing_else_has(language: str) -> None:
    for prefix in ("label-", "help-"):
        own = {key.removeprefix(prefix) for key in entries(language) if key.startswith(prefix)}
        assert own - {"title", "foot"} == set(COMMANDS), f"each has a {prefix}… in handlers/wording/{language}.ftl"


def test_every_command_can_be_typed() -> None:
    # a number and date, and a question in plain words, are commands nobody names
    missing = set(COMMANDS) - {"document", "question"} - set(SPOKEN)
    assert missing == set(), "what people type for it stands in core/speech/commands.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_in_one_docstring_what_it_does(name: str) -> None:
    doc = COMMANDS[name].run.__doc__
    assert doc
    assert doc.strip().endswith(".")


def test_whoever_is_refused_a_command_hears_its_label() -> None:
    refused = {
        node.args[-1].value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"NotAllowed", "must_be"}
        if isinstance(node.args[-1], ast.Constant)
    }
    assert refused <= set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", sorted(set(COMMANDS) - {"start", "help", "notice", "settings", "language", "question"})
)
def test_the_examples_in_the_help_are_understood(name: str, language: str) -> None:
    examples = CATALOGUE.text(language, f"help-{name}").partition(": ")[2]
    for example in re.split(r" hoặc | or ", examples) if examples else ():
        assert understand(example, today=date(2023, 4, 28)).intent == name, example


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_name_and_a_sentence_about_a_part(language: str) -> None:
    for prefix in ("state-", "standing-"):
        assert {key.removeprefix(prefix) for key in entries(language) if key.startswith(prefix)} == set(State)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("late", [0, 1, 5])
def test_a_part_stands_in_a_sentence_with_and_without_what_may_be_missing(
    state: State, late: int, language: str
) -> None:
    full: dict[str, Any] = {"done": "27/4/2023", "document": "45/TTr-SCT", "presented": "27/4", "expected": "15/5"}
    for has in ("yes", "no"):
        text = CATALOGUE.text(
            language, f"standing-{state}", unit="QLTM", late=late, words="sắp xong", quoted=has, dated=has, has=has,
            percent=90 if has == "yes" else -1, due="trước 30/4", lacks=has, missing="phụ lục",
            mend="17:00 01/6", **full,
        )  # fmt: skip
        assert text.startswith("QLTM: ")
        assert text.endswith(".")
        assert "  " not in text
        assert " ," not in text


EXAMPLES: list[UserError] = [
    errors.UnknownTask("9.9"),
    errors.UnknownNotice("719"),
    errors.UnknownNotice("719", ("718/TB-SCT",)),
    errors.UnknownTask("9.9", "718", "3.1", "3.8", ("3.5", "3.7")),
    errors.NotYours("3.6", ("QLNL", "KTAT"), "QLTM"),
    errors.WhichNotice("3.5", "done", (("718-2023/3.5", "TB 718 (2023)"), ("9-2024/3.5", "TB 9 (2024)"))),
    errors.WhichTask("done", (("/done 718-2023/3.5", "3.5 KH Đề án TMĐT"), ("", "Chưa xong mục nào"))),
    errors.WhichTask("question", (("/task 3.5", "3.5 KH Đề án TMĐT"),), more=3),
    errors.NothingOpen(),
    errors.NotInGroup(),
    errors.GroupTaken(),
    errors.NoGroup(),
    errors.NotForAll(),
    errors.AlreadyPosted(date(2023, 5, 29)),
    errors.AlreadyClosed("done", date(2023, 4, 27), "45/TTr-SCT", "3.5"),
    errors.AlreadyClosed("done", date(2023, 4, 27), None, "3.5"),
    errors.AlreadyClosed("dropped", code="3.5"),
    errors.DocumentNeeded("3.5"),
    errors.NeverDone("3.1"),
    errors.NotReported("in_progress", "3.5"),
    errors.NotRecorded("3.5"),
    errors.AlreadyProposed("3.4"),
    errors.ProposalAnswered("3.4", "Giám đốc Sở", "agreed"),
    errors.JustReturned("3.5", "thiếu phụ lục"),
    errors.DatePassed(date(2023, 4, 20)),
    errors.NotLater("3.5", date(2023, 4, 29)),
    errors.AlreadyAsked("3.5"),
    errors.NobodyCooperates("3.5"),
    errors.NotCooperating("3.3", "VP", ("QLCN", "QLTM", "QLNL")),
    errors.StillAsked("3.3", ("QLCN", "QLTM")),
    errors.NotAsked("3.3"),
    errors.NotAsked(),
    *(errors.AlreadyAnswered("3.3", "QLNL", state, MORNING) for state in ("given", "nothing", "more_time")),
    errors.DateInFuture(date(2023, 5, 5)),
    *(errors.NotAllowed(name) for name in COMMANDS),
    errors.UnknownCommand("abc", ("done", "tasks")),
    errors.UnknownCommand("abc", ("done",), "3.5"),
    errors.UnknownCommand("abc"),
    errors.NothingToUndo(),
    errors.ActedUpon("3.5"),
    errors.ChangedMeanwhile("3.5"),
    errors.UnknownUnit("XYZ", ("QLTM", "QLNL")),
    errors.UnknownPerson("Nguyễn Văn A"),
    errors.BadCode(),
    errors.TooManyCodes(1),
    errors.TooManyCodes(14),
    errors.NoDate("mai mốt"),
    *(errors.UnreadableNotice(kind, "718.docx") for kind in sorted(kinds_of_unreadable_notices())),
    errors.ConfidentialNotice("TỐI MẬT"),
    errors.NoDirectives("718.docx"),
    errors.AlreadyFollowed("718/TB-SCT"),
    errors.NoticeReplaced("718/TB-SCT", "760/TB-SCT"),
    errors.NothingCorrected("752/SCT-VP", "718"),
    errors.StillThere("718/TB-SCT", ("3.7",)),
    errors.NoDraft(),
    errors.NothingChosen(3),
]


def test_there_is_an_example_of_every_mistake() -> None:
    assert {type(example) for example in EXAMPLES} == MISTAKES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mistake", EXAMPLES, ids=repr)
def test_every_mistake_is_answered_with_a_sentence_a_phone_shows_whole(mistake: UserError, language: str) -> None:
    message = answer_to(mistake, CATALOGUE, language)
    assert message.plain().strip()
    assert "{" not in message.plain()
    assert all(button.label and button.command for button in message.buttons)
    assert len(wrapped("\n".join(message.lines))) <= 6


def test_a_choice_that_names_no_command_opts_out() -> None:
    asked = answer_to(errors.WhichTask("done", (("/done 3.5", "3.5"), ("", "Chưa xong"))), CATALOGUE, "vi")
    assert [(button.command, button.opt_out) for button in asked.buttons] == [("/done 3.5", False), ("/cancel", True)]
    assert asked.lines == ("Đồng chí báo xong mục nào? Trả lời số:",)


def wrapped(text: str, width: int = 46) -> list[str]:
    return [piece for line in text.splitlines() for piece in textwrap.wrap(line, width) or [""]]


MAIN: dict[str, dict[str, Any]] = {
    "done-recorded": {
        "code": "3.5", "date": "27/4/2023", "standing": "on-time", "due": "trước 30/4", "days": 0, "has": "yes",
        "document": "45/TTr-SCT", "dated": "27/4/2023", "role": "cooperating", "earlier": "no", "day": "",
        "awaits": "no", "mended": "no",
    },
    "document-asked": {"code": "3.5", "product": "KH thực hiện Đề án TMĐT, UBND tỉnh ban hành"},
    "present-recorded": {"code": "3.5", "date": "27/4", "late": "no", "due": ""},
    "progress-recorded": {"code": "3.4", "words": "sap xong", "dated": "yes", "due": "30/6 *"},
    "acknowledge-recorded": {"unit": "QLTM", "time": "07:40", "date": "05/4"},
    "stranger": {},
    "stranger-is-it-you": {"title": "Trưởng phòng Quản lý thương mại", "agency": "Sở Công Thương"},
    "media-voice": {},
    "incident": {"number": "A1B2C3"},
    "late-line": {
        "code": "3.6", "title": "Phương án cung ứng xăng dầu", "unit": "QLNL", "quoted": "yes",
        "words": "cho so lieu cua cac huyen", "dated": "yes", "expected": "15/7",
    },
    "digest-line-late": {
        "code": "3.5", "title": "KH Đề án TMĐT", "due": "trước 30/4", "days": 5, "shown": "yes",
        "state": "Đã báo, chờ số văn bản",
    },
    "digest-how-late": {"code": "3.5", "document": " 45 27/4"},
    "media-voice-which": {"code": "3.5"},
    "digest-how": {"code": "3.5"},
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", MAIN)
def test_the_main_messages_fit_a_phone(key: str, language: str) -> None:
    text = CATALOGUE.text(language, key, **MAIN[key])
    assert len(wrapped(text)) <= 6, text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key", [key for key in entries("vi") if re.match(r"(notice-(button|choice)|button|label|choice-none)", key)]
)
def test_what_stands_on_a_button_fits_it(key: str, language: str) -> None:
    assert len(CATALOGUE.text(language, key, code="3.2.1")) <= 40


@pytest.mark.parametrize(("days", "said"), [(1, "1 day late"), (12, "12 days late")])
def test_english_counts_one_day_and_several(days: int, said: str) -> None:
    arguments = MAIN["done-recorded"] | {"standing": "late", "days": days}
    assert said in CATALOGUE.text("en", "done-recorded", **arguments)


def test_a_language_nobody_worded_falls_back_to_vietnamese() -> None:
    assert CATALOGUE.text("fr", "undo-done") == CATALOGUE.text("vi", "undo-done") == "Đã hoàn tác."
    with pytest.raises(KeyError):
        CATALOGUE.text("vi", "no-such-sentence")


def test_what_is_filled_in_is_not_wrapped_in_invisible_marks() -> None:
    for language in LANGUAGES:
        text = CATALOGUE.text(language, "tasks-title", unit="QLTM", count=3)
        assert not any(unicodedata.category(char) == "Cf" for char in text)
