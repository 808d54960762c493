"""The command line does what it promises, and says in one line why it could not."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cli import build, main
from bot.fakes.telegram import FakeTelegram
from config.settings import Settings
from core.codes import body_of
from tests.postgres import PostgresServer

DATA = Path(__file__).parents[1] / "data" / "notice-718"
ROSTER = str(DATA / "roster.yaml")
NOTICE = str(DATA / "notice-718.docx")
TRUTH = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Said]


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs commands in an empty folder, where there is no database yet."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*argv: str) -> Said:
        code = main(argv)
        return Said(code, *capsys.readouterr())

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def run(fresh: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs commands on an empty database."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return fresh


@pytest.fixture
def sct(run: Run) -> Run:
    """Runs commands where 718's roster is in."""
    assert run("roster", "import", ROSTER).code == 0
    return run


def one_line(said: Said, code: int) -> str:
    assert said.code == code
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err
    return said.err


def every_command() -> Iterator[list[str]]:
    pending: list[tuple[list[str], Any]] = [([], build())]
    while pending:
        path, parser = pending.pop()
        below = [
            action for action in parser._actions if hasattr(action, "choices") and isinstance(action.choices, dict)
        ]
        if not below and path:
            yield path
        for action in below:
            pending += [([*path, name], child) for name, child in action.choices.items()]


@pytest.mark.parametrize("path", sorted(every_command()), ids=" ".join)
def test_every_command_explains_itself_with_an_example(fresh: Run, path: list[str]) -> None:
    said = fresh(*path, "--help")
    assert said.code == 0
    assert f"dondoc {' '.join(path)}" in said.out.partition("ví dụ:")[2]


def test_the_module_is_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 0
    assert "dondoc" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "còn thiếu LỆNH"),
        (["danc"], "không có 'danc'"),
        (["roster"], "còn thiếu"),
        (["roster", "import"], "còn thiếu FILE"),
        (["roster", "import", "x.yaml", "--dry"], "không hiểu --dry"),
        (["roster", "export", "x.doc"], ".yaml hoặc .xlsx"),
        (["invite"], "--all"),
        (["invite", "gd", "--days", "0"], "--days không nhận giá trị '0'"),
        (["tick", "--now", "mai"], "--now không nhận giá trị 'mai'"),
        (["calendar", "off", "30/4"], "NGÀY không nhận giá trị '30/4'"),
        (["notice", "import", NOTICE], "--yes"),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, monkeypatch: pytest.MonkeyPatch, argv: list[str], words: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert words in one_line(run(*argv), 2)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["roster", "import", "none.yaml"], "không có tệp này"),
        (["roster", "import", "."], "đây là thư mục"),
        (["roster", "import", NOTICE], "notice-718.docx"),
        (["roster", "export", "x.yaml"], "dondoc roster import"),
        (["invite", "tp-qltm"], "không có cán bộ tp-qltm"),
        (["notice", "read", sys.executable], "chương trình, không phải văn bản"),
        (["notice", "import", NOTICE, "--yes"], "--agency"),
        (["notice", "import", NOTICE, "--yes", "--agency", "XYZ"], "XYZ"),
    ],
)
def test_failures_end_with_1_and_say_why(run: Run, argv: list[str], words: str) -> None:
    assert words in one_line(run(*argv), 1)


def test_a_missing_or_old_database_names_the_command_that_mends_it(
    fresh: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "dondoc migrate" in one_line(fresh("roster", "import", ROSTER), 1)
    assert not (tmp_path / "data").exists()
    (tmp_path / "old.db").touch()
    monkeypatch.setenv("DATABASE_URL", "sqlite:///old.db")
    for command in (["invite", "--all"], ["run"], ["web"], ["worker"]):
        assert "dondoc migrate" in one_line(fresh(*command), 1)


def test_migrate_makes_the_database_and_its_folder(fresh: Run, tmp_path: Path) -> None:
    first = fresh("migrate")
    assert (first.code, first.err) == (0, "")
    assert (tmp_path / "data" / "dondoc.db").exists()
    second = fresh("migrate")
    assert second.code == 0
    assert second.out != first.out
    assert fresh("roster", "import", ROSTER).code == 0


def test_all_wrong_settings_are_told_at_once_without_their_values(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "not-a-token")
    said = one_line(fresh("migrate"), 1)
    assert "PORT" in said
    assert "TELEGRAM_BOT_TOKEN" in said
    assert "not-a-token" not in said


def test_a_database_out_of_reach_is_no_traceback(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://dondoc:hidden@127.0.0.1:1/dondoc")
    monkeypatch.setenv("SECRET_KEY", "0123456789abcdef")
    said = one_line(fresh("invite", "--all"), 1)
    assert "không kết nối được" in said
    assert "hidden" not in said


def test_what_nobody_expected_is_one_line_and_the_traceback_in_the_log(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.cli.roster.import_roster", broken)
    assert "ZeroDivisionError" in one_line(run("roster", "import", ROSTER), 1)
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert "Traceback" in run("roster", "import", ROSTER).err


def test_a_roster_comes_in_once(run: Run) -> None:
    tried = run("roster", "import", ROSTER, "--dry-run", "--json")
    assert set(tried.json) == {"added", "changed", "ended"}
    assert run("roster", "import", ROSTER, "--json").json == tried.json
    assert len(tried.json["added"]) == 18
    assert run("roster", "import", ROSTER, "--json").json == {"added": [], "changed": [], "ended": []}


@pytest.mark.parametrize("name", ["out.yaml", "out.xlsx"])
def test_an_exported_roster_changes_nothing(sct: Run, name: str) -> None:
    assert sct("roster", "export", name).code == 0
    assert sct("roster", "import", name).out == "Không có gì thay đổi.\n"


def test_the_differences_are_shown(sct: Run, tmp_path: Path) -> None:
    text = Path(ROSTER).read_text(encoding="utf-8")
    text = text.replace("title: Trưởng phòng QLTM", "title: Quyền Trưởng phòng QLTM")
    text = "\n".join(line for line in text.splitlines() if "key: th," not in line)
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    assert sct("roster", "import", "new.yaml", "--dry-run").out.splitlines() == [
        "~ cán bộ tp-qltm: title Trưởng phòng QLTM → Quyền Trưởng phòng QLTM",
        "- cán bộ th",
        "Sẽ thêm 0, đổi 1, kết thúc 1.",
    ]
    assert sct("roster", "import", "new.yaml", "--as", "cvp").out.endswith("Đã thêm 0, đổi 1, kết thúc 1.\n")


def test_every_fault_of_a_roster_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(
        "agency: {code: SCT, name: Sở}\nunits: []\npeople:\n"
        "  - {key: a, title: A, unit: X, role: head}\n  - {key: a, title: A, unit: SCT, role: king}\n",
        encoding="utf-8",
    )
    said = one_line(run("roster", "import", "bad.yaml"), 1)
    assert "3 lỗi" in said
    for word in ("không có đơn vị X", "không có vai trò king", "trùng khóa a"):
        assert word in said


def test_invites_are_printed_once_as_promised(sct: Run) -> None:
    rows = sct("invite", "tp-qltm", "SCT/gd", "--json").json
    assert [row["person"] for row in rows] == ["tp-qltm", "gd"]
    for row in rows:
        assert set(row) == {"person", "code", "link", "expires_at"}
        assert row["code"].startswith("SCT ")
        assert body_of(row["code"]) is not None
        assert row["link"] is None
        assert row["expires_at"].endswith("+07:00")
    everyone = sct("invite", "--all", "gd", "--json").json
    assert len(everyone) == 11


def test_one_unknown_person_and_nobody_is_invited(sct: Run) -> None:
    assert "nobody" in one_line(sct("invite", "gd", "nobody", "--json"), 1)


def test_people_of_two_agencies_are_told_apart(sct: Run, tmp_path: Path) -> None:
    text = Path(ROSTER).read_text(encoding="utf-8").replace("SCT", "SYT")
    (tmp_path / "syt.yaml").write_text(text, encoding="utf-8")
    assert sct("roster", "import", "syt.yaml").code == 0
    assert "SCT/gd hoặc SYT/gd" in one_line(sct("invite", "gd"), 1)
    assert [row["person"] for row in sct("invite", "SYT/gd", "--json").json] == ["SYT/gd"]
    assert "--agency" in one_line(sct("roster", "export", "x.yaml"), 1)
    assert sct("roster", "export", "x.yaml", "--agency", "SYT").code == 0
    # the number says whose notice it is
    assert sct("notice", "import", NOTICE, "--yes", "--json").json["notice"] == "718/TB-SCT"


def test_the_audit_is_exported_and_verified(sct: Run, sqlite_url: str) -> None:
    database = sqlite3.connect(sqlite_url.partition(":///")[2])
    (agency,) = database.execute("SELECT id FROM units WHERE code = 'SCT'").fetchone()
    database.execute(
        "INSERT INTO audit_entries (agency_id, channel, act, subject, said, detail, at, undoable)"
        f" VALUES ({agency}, 'telegram', 'done', '718 3.5', '=1+1', '{{}}', '2023-04-28 01:00:00.000000', false)"
    )
    database.commit()
    assert sct("tick", "--now", "2023-04-28T07:30:00+07:00").code == 0
    assert "còn nguyên" in sct("audit", "verify").out
    rows = list(csv.DictReader(io.StringIO(sct("audit", "export").out)))
    assert (rows[-1]["act"], rows[-1]["said"], rows[-1]["sealed_no"]) == ("done", "'=1+1", str(len(rows)))
    assert sct("audit", "export", "--format", "json").rows[-1]["said"] == "=1+1"
    database.execute("DROP TRIGGER audit_unchanged")
    database.execute("UPDATE audit_entries SET subject = '718 3.9' WHERE act = 'done'")
    database.commit()
    assert f"dòng số {rows[-1]['id']} đã bị sửa" in one_line(sct("audit", "verify"), 1)


def test_a_qr_picture_for_each(sct: Run, tmp_path: Path) -> None:
    rows = sct("invite", "gd", "tp-qltm", "--json", "--qr", "qr").json
    assert [row["qr"] for row in rows] == ["qr/gd.png", "qr/tp-qltm.png"]
    for row in rows:
        picture = tmp_path / row["qr"]
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_mode & 0o077 == 0


async def test_a_link_opens_the_bot(
    sct: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeTelegram() as telegram:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", telegram.token)
        monkeypatch.setenv("TELEGRAM_API_URL", telegram.url)
        arguments = build().parse_args(["invite", "tp-qltm", "--json"])
        assert await arguments.call(arguments) == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert row["link"] == f"https://t.me/dondoc_bot?start={row['code'].replace(' ', '-')}"


def test_without_an_answer_from_telegram_the_codes_come_without_links(
    sct: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1234567:AAFakeTokenForRehearsals")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    said = sct("invite", "gd", "--json")
    assert said.code == 0
    assert said.json[0]["link"] is None
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", ["notice-718.docx", "notice-718.txt"])
def test_a_notice_is_read_as_a_careful_reader_would(fresh: Run, name: str, tmp_path: Path) -> None:
    said = fresh("notice", "read", str(DATA / name), "--json", "--roster", ROSTER)
    assert (said.code, said.err) == (0, "")
    for field in ("number", "issued_on", "issuer", "title", "signed_by", "warnings"):
        assert said.json[field] == TRUTH.get(field, []), field
    for read, true in zip(said.json["tasks"], TRUTH["tasks"], strict=True):
        freely_worded = {"product", "note"}
        assert {key: read[key] for key in true.keys() - freely_worded} == {
            key: true[key] for key in true.keys() - freely_worded
        }
    assert list(tmp_path.iterdir()) == []


def test_reading_takes_the_roster_of_the_database_there_is(
    fresh: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = fresh("notice", "read", NOTICE, "--json").json
    assert "Phòng Quản lý Thương mại" in str(without) or "QLTM" in str(without)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert fresh("notice", "read", NOTICE, "--json").json == without
    assert fresh("roster", "import", ROSTER).code == 0
    assert fresh("notice", "read", NOTICE, "--json").json == (
        fresh("notice", "read", NOTICE, "--json", "--roster", ROSTER).json
    )
    monkeypatch.setenv("PORT", "wrong")
    assert fresh("notice", "read", NOTICE, "--json").json == without


def test_standard_input_is_read(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (DATA / "notice-718.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    said = fresh("notice", "read", "-")
    assert said.code == 0
    assert "718/TB-SCT" in said.out.splitlines()[0]
    assert "10 chỉ đạo" in said.out


def test_a_notice_comes_under_follow_up_once(sct: Run) -> None:
    said = sct("notice", "import", NOTICE, "--yes", "--json", "--as", "cvp")
    assert said.code == 0, said.err
    assert set(said.json) == {"notice", "tasks", "parts", "open_questions", "removed"}
    assert (said.json["notice"], said.json["tasks"]) == ("718/TB-SCT", 10)
    assert said.json["open_questions"] == ["3.2"]
    assert "718/TB-SCT" in one_line(sct("notice", "import", NOTICE, "--yes"), 1)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code"), [("c\n", 0), ("Có\n", 0), ("\n", 1), ("không\n", 1), ("", 1)])
def test_on_a_terminal_it_asks(sct: Run, monkeypatch: pytest.MonkeyPatch, answer: str, code: int) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    said = sct("notice", "import", NOTICE)
    assert said.code == code
    assert "Đưa vào theo dõi?" in said.err
    assert ("Đã đưa 718/TB-SCT" in said.out) == (code == 0)


@pytest.fixture
def versions(tmp_path: Path) -> Callable[[str], str]:
    """Writes 718 as a later version has it, and returns the file's name."""
    whole = (DATA / "notice-718.txt").read_text(encoding="utf-8")
    without = whole[: whole.index("3.7.")] + whole[whole.index("3.8.") :]
    made = {"corrected": whole.replace("trước ngày 30/4/2023", "trước ngày 15/5/2023"), "without": without}

    def write(name: str) -> str:
        path = tmp_path / f"{name}.txt"
        path.write_text(made[name], encoding="utf-8")
        return str(path)

    return write


def test_a_corrected_version_changes_what_it_prints_otherwise(sct: Run, versions: Callable[[str], str]) -> None:
    first = sct("notice", "import", NOTICE, "--yes", "--json").json
    said = sct("notice", "import", versions("corrected"), "--yes", "--json")
    assert said.code == 0, said.err
    assert said.json == first
    assert "718/TB-SCT" in one_line(sct("notice", "import", versions("corrected"), "--yes"), 1)
    # nobody is reminded on the eve of the old date
    assert sct("tick", "--now", "2023-04-27T07:30:00+07:00").out == ""


def test_yes_lets_no_directive_go(sct: Run, versions: Callable[[str], str]) -> None:
    assert sct("notice", "import", NOTICE, "--yes").code == 0
    assert "3.7" in one_line(sct("notice", "import", versions("without"), "--yes", "--json"), 1)
    assert "718/TB-SCT" in one_line(sct("notice", "import", NOTICE, "--yes"), 1)


@pytest.mark.parametrize(("answers", "removed"), [("c\nc\n", ["3.7"]), ("k\nc\n", [])])
def test_on_a_terminal_each_directive_left_out_is_asked_about(
    sct: Run, monkeypatch: pytest.MonkeyPatch, versions: Callable[[str], str], answers: str, removed: list[str]
) -> None:
    assert sct("notice", "import", NOTICE, "--yes").code == 0
    monkeypatch.setattr(sys, "stdin", Terminal(answers))
    said = sct("notice", "import", versions("without"), "--json")
    assert said.code == 0, said.err
    assert "Bỏ mục 3.7" in said.err
    assert (said.json["removed"], said.json["tasks"]) == (removed, 10 - len(removed))


def test_a_correction_and_a_replacement_come_by_command_too(sct: Run) -> None:
    correction, replacement = str(DATA / "752-dinh-chinh.txt"), str(DATA / "760-thay-the.txt")
    assert "718/TB-SCT" in one_line(sct("notice", "import", correction, "--yes"), 1)
    first = sct("notice", "import", NOTICE, "--yes", "--json").json
    assert sct("notice", "import", correction, "--yes", "--json").json == first
    assert "752/SCT-VP" in one_line(sct("notice", "import", correction, "--yes"), 1)
    said = sct("notice", "import", replacement, "--yes", "--json").json
    assert said == {**first, "notice": "760/TB-SCT"}
    assert "760/TB-SCT" in one_line(sct("notice", "import", NOTICE, "--yes"), 1)


def test_a_tick_names_whom_nobody_can_reach(sct: Run) -> None:
    assert sct("notice", "import", NOTICE, "--yes").code == 0
    said = sct("tick", "--now", "2023-04-28T07:30:00+07:00")
    assert said.code == 0, said.err
    head = next(row for row in said.rows if row["person"] == "tp-qltm")
    assert head == {
        "person": "tp-qltm",
        "kind": "digest",
        "date": "2023-04-28",
        "tasks": ["718/TB-SCT 3.5"],
        "queued": False,
    }
    assert sct("tick", "--now", "2023-04-28T06:00").out == ""


def test_days_off_and_worked_instead_are_set_shown_and_forgotten(sct: Run) -> None:
    assert sct("notice", "import", NOTICE, "--yes").code == 0

    def told(day: str) -> list[tuple[str, str]]:
        rows = sct("tick", "--now", f"{day}T07:30:00+07:00").rows
        return [(row["person"], task) for row in rows for task in row["tasks"] if task == "718/TB-SCT 3.5"]

    # due 29/4, the last day worked before it would have been Friday
    said = sct("calendar", "off", "2023-04-28", "--name", "Nghỉ bù")
    assert said.out == "2023-04-28  thứ Sáu   nghỉ  (đặt: Nghỉ bù)\n"
    assert told("2023-04-28") == []
    assert sct("calendar", "work", "2023-04-29").out == "2023-04-29  thứ Bảy   làm việc  (đặt)\n"
    assert told("2023-04-29") == [("tp-qltm", "718/TB-SCT 3.5")]
    shown = sct("calendar", "show", "2023").out.splitlines()
    assert "2023-04-28  thứ Sáu   nghỉ  (đặt: Nghỉ bù)" in shown
    assert "2023-05-01  thứ Hai   nghỉ" in shown
    assert not any(line.startswith("2023-04-27") for line in shown)
    assert sct("calendar", "usual", "2023-04-28", "2023-04-29").out.splitlines() == [
        "2023-04-28  thứ Sáu   làm việc", "2023-04-29  thứ Bảy   nghỉ",
    ]  # fmt: skip
    assert "(đặt" not in sct("calendar", "show", "2023").out


def test_a_pretended_time_is_anchored_once(sct: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sct("notice", "import", NOTICE, "--yes").code == 0
    monkeypatch.setenv("CLOCK_START", "2023-04-28T07:31:00+07:00")
    first = sct("tick").rows
    assert first
    assert {row["date"] for row in first} == {"2023-04-28"}
    assert sct("tick").rows == first


def test_it_is_the_same_on_postgresql(
    fresh: Run, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "0123456789abcdef")
    monkeypatch.setenv("DATABASE_URL", postgres_server.create_database("commands"))
    try:
        assert "dondoc migrate" in one_line(fresh("invite", "--all"), 1)
        assert fresh("migrate").code == 0
        tried = fresh("roster", "import", ROSTER, "--dry-run", "--json").json
        assert fresh("roster", "import", ROSTER, "--json").json == tried
        assert fresh("roster", "export", "out.yaml").code == 0
        assert fresh("roster", "import", "out.yaml", "--json").json == {"added": [], "changed": [], "ended": []}
        assert len(fresh("invite", "--all", "--json").json) == 11
        assert fresh("notice", "import", NOTICE, "--yes", "--json").json["tasks"] == 10
        assert "tp-qltm" in {row["person"] for row in fresh("tick", "--now", "2023-04-28T07:30").rows}
    finally:
        postgres_server.drop_database("commands")
