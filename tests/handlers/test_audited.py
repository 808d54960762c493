"""Every act is in the audit with who, when and on which channel; what is about a directive, in its history in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from tests.handlers.two_agencies import OWN, Town

ROOT = Path(__file__).parents[2]
HEAD, SECOND, OTHER, THIRD = f"{OWN}:tp-qltm", f"{OWN}:pp-qltm", f"{OWN}:tp-qlnl", f"{OWN}:tp-qlcn"
CLERK, CHIEF, LEADER, DEPUTY = f"{OWN}:th", f"{OWN}:cvp", f"{OWN}:gd", f"{OWN}:pgd"

PLAYED = (
    (HEAD, "ok", "acknowledge", "3.7", "tiếp nhận"),
    (HEAD, "3.7 duoc 40% dang lam", "progress", "3.7", "báo tiến độ 40 %"),
    (HEAD, "vuong 3.7 cho so lieu, 20/5", "blocked", "3.7", 'báo vướng: "cho so lieu"'),
    (HEAD, "giao 3.7 cho pp-qltm", "handover", "3.7", "giao cho Phó Trưởng phòng QLTM"),
    (HEAD, "gia han 3.7 den 15/6 cho nha thau", "extend", "3.7", "xin gia hạn đến 15/6/2023"),
    (DEPUTY, "dong y", "opinion", "3.7", "thống nhất với đề nghị gia hạn"),
    (LEADER, "dong y", "extended", "3.7", "gia hạn lần 1"),
    (HEAD, "gia han 3.7 den 30/6 cho nha thau", None, "", ""),
    (DEPUTY, "dong y", None, "", ""),
    (LEADER, "khong dong y", "refused", "3.7", "không đồng ý gia hạn"),
    (LEADER, "don doc 3.7", None, "", ""),
    (LEADER, "gửi", "remind", "3.7", "đôn đốc lần 1"),
    (LEADER, "sửa 3.7 nội dung: Vận hành Sàn TMĐT của tỉnh", "change", "3.7", "sửa nội dung"),
    (CHIEF, "/ladder 3.7 before 10, 5", "ladder", "3.7", "đặt lịch nhắc"),
    (HEAD, "kien nghi 3.7 120/SCT 27/4 khong thuoc tham quyen", "propose", "3.7", "kiến nghị:"),
    (LEADER, "y kien 3.7 giu nguyen viec nay", "answer", "3.7", 'có ý kiến về kiến nghị: "giu nguyen viec nay"'),
    (HEAD, "trình 3.7", "present", "3.7", "đã trình ngày"),
    (HEAD, "da ky cho so 3.7", "reported", "3.7", "báo đã xong, chờ số văn bản"),
    (HEAD, "nop 3.7 da gui cac huyen", "report", "3.7", "nộp kết quả"),
    (HEAD, "xong 3.7", "done", "3.7", "báo xong"),
    (LEADER, "tra lai 3.7 thieu phu luc", "return", "3.7", 'trả lại: "thieu phu luc"'),
    (CHIEF, "/confirming on", "confirming", "", ""),
    (HEAD, "xong 3.7", None, "", ""),
    (LEADER, "/confirm 3.7 QLTM", "confirm", "3.7", "xác nhận hoàn thành"),
    (CHIEF, "/confirming off", None, "", ""),
    (CLERK, "/record 3.5 QLTM 45 27/4 now", "record", "3.5", "ghi nhận thay, báo xong"),
    (HEAD, "/dispute 3.5 chua co so", "dispute", "3.5", "báo ghi nhận thay chưa đúng"),
    (THIRD, "3.3 de nghi QLTM gui phuong an truoc 9/5", "request", "3.3", "đề nghị QLTM gửi ý kiến phối hợp"),
    (THIRD, "/request 3.3 nhắc", "request-again", "3.3", "nhắc QLTM gửi ý kiến phối hợp"),
    (HEAD, "3.3 de nghi them thoi gian", "answer-more_time", "3.3", "xin thêm thời gian gửi ý kiến phối hợp"),
    (THIRD, "/agree", "request-date", "3.3", "lùi hạn gửi ý kiến phối hợp đến"),
    (HEAD, "/contribute 3.3 nhat tri", "answer-given", "3.3", "gửi ý kiến phối hợp"),
    (THIRD, "3.3 de nghi QLTM gui phuong an truoc 19/5", None, "", ""),
    (HEAD, "/nothing 3.3", "answer-nothing", "3.3", "báo không có nội dung phối hợp"),
    (LEADER, "/assign 3.6 QLCN", "assign", "3.6", "thôi giao, chuyển đơn vị khác"),
    (LEADER, "/drop 3.6 trung voi 3.3", "drop", "3.6", 'thôi theo dõi: "trung voi 3.3"'),
    (LEADER, "/undo", "undo", "3.6", "đã hoàn tác"),
    (CHIEF, "việc mới QLTM: rà soát chợ trước 30/6", None, "", ""),
    (CHIEF, "giao", "new", "V1", "giao việc, hạn"),
)  # fmt: skip
"""Who says what; the act it is in the audit, the directive it is about, and what that one's history says of it."""

OF_NO_DIRECTIVE = {
    "settings", "confirming", "link", "unlink", "publish", "invite", "delegate", "roster",
    "edit", "dates", "submit", "consult", "read",  # of a notice that is being prepared
    "follow", "amend",  # its directives are given, or changed, by them: the history says so of each
    "snooze",  # for one person alone
    "refused",  # a stamp of secrecy
    "period",  # the clock's: the next period of what returns
    "review", "review-day",  # the meeting's: all that is open is asked about
}  # fmt: skip
"""Acts that are about no one directive under follow-up, or are nobody else's business."""


def _written() -> Iterator[tuple[str, str]]:
    """Yield each act that the source writes down, with its file; "*" where it is not said outright."""
    for path in (*ROOT.glob("handlers/**/*.py"), *ROOT.glob("bot/**/*.py")):
        if "fakes" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            match node.func:
                case ast.Attribute(attr="record", value=ast.Name(id="context")):
                    given = node.args[0]
                case ast.Attribute(attr="add", value=ast.Attribute(attr="audit")):
                    given = node.args[3]
                case ast.Name(id="save") if len(node.args) == 4:
                    given = node.args[1]
                case ast.Name(id="take_back") if len(node.args) > 2:
                    given = node.args[2]
                case _:
                    continue
            yield str(path.relative_to(ROOT)), _said(given)


def _said(given: ast.expr) -> str:
    if isinstance(given, ast.Constant):
        return str(given.value)
    return f"{given.values[0].value}*" if isinstance(given, ast.JoinedStr) else "*"  # type: ignore[attr-defined]


def test_every_act_there_is_is_played_here_or_is_about_no_directive() -> None:
    written = set(_written())
    assert {path for path, act in written if act == "*"} == {"handlers/importing.py", "handlers/undo.py"}
    acts = {act for _, act in written} - {"*", "answer-*"}
    played = {act for _, _, act, _, _ in PLAYED if act}
    assert acts - played - OF_NO_DIRECTIVE == set()
    assert acts >= OF_NO_DIRECTIVE, "none is named here that is written nowhere"


async def test_every_act_is_in_the_audit_and_in_the_history_in_words(database: Database) -> None:
    town = await Town.build(database)
    for who, said, act, code, words in PLAYED:
        town.clock.at += timedelta(minutes=7)
        before = await town.last("audit_entries")
        answer = await town.says(who, said)
        rows = await town.rows("audit_entries", "act, person_id, channel, at, said, detail, id", f"id > {before}")
        if act is None:
            continue
        assert [row.act for row in rows if row.act == act], (said, answer)
        (person,) = await town.rows(
            "people", "id", f"\"key\" = '{who.partition(':')[2]}' AND agency_id = {town.agencies[OWN]}"
        )
        for row in rows:
            assert (row.person_id, row.channel, row.said) == (person.id, "plain", said), said
            assert str(row.at)[:16].replace("T", " ") == f"{(town.clock.at - timedelta(hours=7)):%Y-%m-%d %H:%M}"
        if not code:
            continue
        stamp = f"{town.clock.at:%H:%M} {town.clock.at.day}/{town.clock.at.month}"
        told = await town.says(LEADER, f"xem {code}")
        lines = [line for line in told.split("\n") if words in line]
        assert any(line.startswith(stamp) for line in lines) or (lines and act == "undo"), (said, told)
    async with town.database.work(town.clock.now()) as work:
        while await work.seals.seal():
            pass
        assert (await work.seals.verify(town.agencies[OWN])).breach is None
        acts = await town.rows("audit_entries", "id, act", f"agency_id = {town.agencies[OWN]}")
        changed = await work.changes.of_entries([row.id for row in acts])
    by_act = {row.act: changed[row.id] for row in acts if row.id in changed}
    assert by_act["extended"] == [
        {
            "part": "718/TB-SCT 3.7 QLTM",
            "before": {"due_on": "2023-05-31", "due_basis": None},
            "after": {"due_on": "2023-06-15", "due_basis": by_act["extended"][0]["after"]["due_basis"]},
        }
    ]
    assert by_act["new"][0]["before"] is None
    silent = {"extend", "opinion", "refused", "remind", "change", "ladder", "propose", "answer", "confirming", "follow", "roster",
              "request", "request-again", "request-date", "answer-more_time", "answer-given", "answer-nothing"}  # fmt: skip
    assert {row.act for row in acts} - set(by_act) <= silent, "every other act says what was before and after"


@pytest.mark.parametrize(
    ("who", "said", "was"),
    [
        (HEAD, "/language en", "vi"), (HEAD, "/hour 8:30", "07:30"), (LEADER, "/hour 8", "07:00"),
        (CHIEF, "/confirming on", "off"), (HEAD, "/channel plain", "plain"),
    ],
)  # fmt: skip
async def test_a_setting_is_written_down_with_what_it_was(
    sqlite_database: Database, who: str, said: str, was: str
) -> None:
    town = await Town.build(sqlite_database)
    await town.says(who, said)
    row = (await town.rows("audit_entries", "detail", "act IN ('settings', 'confirming')"))[-1]
    assert f'"was":"{was}"' in str(row.detail).replace(" ", "").replace("'", '"')
