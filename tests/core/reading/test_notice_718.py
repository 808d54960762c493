"""Notice 718/TB-SCT, which the customer's own careful reader has read."""

import json
import random
import textwrap
import unicodedata

import pytest

from core.reading.printed import as_json
from core.reading.reader import read_notice
from core.reading.titles import LONGEST
from documents.notice_file import lines_of

from .conftest import NOTICE_718

TRUTH = json.loads((NOTICE_718 / "truth.json").read_text(encoding="utf-8"))


def expect_truth(notice):
    read = as_json(notice)
    for field in ("number", "issued_on", "issuer", "title", "signed_by", "warnings"):
        assert read[field] == TRUTH[field], field
    assert [task["code"] for task in read["tasks"]] == [task["code"] for task in TRUTH["tasks"]]
    for task, true in zip(read["tasks"], TRUTH["tasks"], strict=True):
        assert (task.pop("product") is None) == (true["product"] is None), task["code"]
        assert task == {**task, **{field: true[field] for field in true.keys() & task.keys()}}, task["code"]


@pytest.mark.parametrize("name", ["notice-718.docx", "notice-718.txt"])
def test_files_read_as_the_truth_says(name, agency):
    expect_truth(read_notice(lines_of((NOTICE_718 / name).read_bytes(), name), agency))


def wrapped(text, width, *, indent="", hyphens=True):
    return "\n".join(
        "\n".join(textwrap.wrap(line, width, initial_indent=indent, break_on_hyphens=hyphens))
        for line in text.split("\n")
    )


def without_blank(text):
    return "\n".join(line for line in text.split("\n") if line.strip())


def sprinkled(text, seed):
    chance = random.Random(seed)
    return "\n".join(line + "\n" * (chance.random() < 0.3) for line in text.split("\n"))


WIDTHS = (28, 32, 40, 55, 72, 90, 120)
PASTES = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "doubled line ends": lambda text: text.replace("\n", "\n\n"),
    "no empty lines": without_blank,
    "no emphasis": lambda text: text.replace("*", ""),
    "indented": lambda text: textwrap.indent(text, "   "),
    "a greeting before it": lambda text: f"Kính chuyển đồng chí\n{text}",
    "invisible characters": lambda text: "\ufeff" + text.replace("phòng", "ph\u200bòng"),
    **{f"wrapped at {n}": lambda text, n=n: wrapped(text, n) for n in WIDTHS},
    **{f"wrapped at {n}, hyphens kept": lambda text, n=n: wrapped(text, n, hyphens=False) for n in WIDTHS},
    **{f"wrapped at {n}, no empty lines": lambda text, n=n: without_blank(wrapped(text, n)) for n in WIDTHS},
    **{f"wrapped at {n}, doubled": lambda text, n=n: wrapped(text, n).replace("\n", "\n\n") for n in WIDTHS},
    **{f"wrapped at {n}, indented": lambda text, n=n: wrapped(text, n, indent="      ") for n in WIDTHS},
    **{f"stray empty lines {seed}": lambda text, seed=seed: sprinkled(text, seed) for seed in range(3)},
}


@pytest.mark.parametrize("paste", PASTES)
def test_pastes_read_as_the_truth_says(paste, agency, notice_718_text):
    expect_truth(read_notice(PASTES[paste](notice_718_text).splitlines(), agency))


@pytest.mark.parametrize("cut", ["\n3.3. ", "\n2. Trong", "\nhoàn thiện hồ sơ"])
def test_a_text_pasted_in_two_messages_reads_as_one(cut, agency, notice_718_text):
    first, second = notice_718_text.split(cut)
    lines = [*first.strip().splitlines(), *(cut.strip() + (" " if cut.endswith(" ") else "") + second).splitlines()]
    expect_truth(read_notice(lines, agency))


def test_what_another_decision_says_is_named(agency, notice_718_text):
    tasks = {task.code: task for task in read_notice(notice_718_text.splitlines(), agency).tasks}
    assert tasks["3.2"].refers_to == ("QĐ 220", "QĐ 175")
    assert [code for code, task in tasks.items() if task.refers_to] == ["3.2"]
    assert [code for code, task in tasks.items() if task.assigned_by_superior] == ["3.2", "3.2.1", "3.2.2"]


def test_a_recipient_missing_from_the_roster_is_named(agency, notice_718_text):
    assert read_notice(notice_718_text.splitlines(), agency).recipients_unknown == ("BQL các dự án cấp điện nông thôn",)


def test_titles_fit_a_phone_and_differ(agency, notice_718_text):
    titles = [task.short_title for task in read_notice(notice_718_text.splitlines(), agency).tasks]
    assert len(set(titles)) == len(titles)
    assert all(5 < len(title) <= LONGEST for title in titles)
    assert "KH Đề án, Chương trình phát triển TMĐT" in titles
    assert "02 Chương trình MTQG" in titles


def test_without_a_roster_units_keep_the_words_as_written(notice_718_text):
    notice = read_notice(notice_718_text.splitlines(), None)
    tasks = {task.code: task for task in notice.tasks}
    assert notice.issuer == "Sở Công Thương tỉnh Quảng Ngãi"
    assert tasks["3.3"].lead_units == ("phòng KHTCTH",)
    assert tasks["3.3"].cooperating_units == ("phòng QLCN", "phòng QLTM", "phòng QLNL")
    assert tasks["3.5"].due == read_notice(notice_718_text.splitlines(), None).tasks[6].due
