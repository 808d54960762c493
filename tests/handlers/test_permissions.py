"""Who may do what, every role against every command and everybody's directives, another agency's among them."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.drafts import DraftTask
from handlers.following import follow_up
from handlers.roster import import_roster
from handlers.routing import COMMANDS
from storage.database import Database
from tests.handlers.two_agencies import (
    FOREIGN,
    OWN,
    PROVINCE,
    ROLES,
    SECRET,
    Rehearsal,
    Seen,
    Town,
    notice,
    roster,
)  # fmt: skip

LEADER, DEPUTY, CHIEF, HEAD, SECOND, OFFICER, CLERK, ADMIN = ROLES

OK = "allowed"
NOT_YOURS = "not yours"
NO = "not allowed"
UNKNOWN = "unknown"
HEARD = "heard"
"""Answered, and nothing is done by it."""

PERSON = "nobody of the unit"

TARGETS = ("own", "other", "foreign")
"""The directive somebody means: of their own unit, of another, and one of the other agency by its full name."""


def code(role: str, target: str) -> str:
    """Return what somebody types to mean such a directive."""
    if target == "own":
        return "3.8" if role in {CHIEF, CLERK, ADMIN} else "3.7"
    return "3.6" if target == "other" else f"{FOREIGN}/718/3.7"


def _unit_acts(word: str, *, closing: str = OK) -> dict[str, tuple[str, dict[str, tuple[str, str, str]]]]:
    acts_for_all = (closing, closing, UNKNOWN)
    own_only = (closing, NOT_YOURS, UNKNOWN)
    nothing = (NO, NO, NO)
    return {
        word: (
            f"/{word} {{code}}",
            {
                LEADER: acts_for_all, DEPUTY: nothing, CHIEF: acts_for_all, HEAD: own_only, SECOND: own_only,
                OFFICER: (NO, NOT_YOURS, UNKNOWN), CLERK: nothing, ADMIN: nothing,
            },
        )
    }  # fmt: skip


def _same(typed: str, allowed: str, *, outcome: str = OK, otherwise: str = NO) -> tuple[str, dict[str, str]]:
    """The same outcome for every role named by its initial letters, another for the rest."""
    initials = {
        "L": LEADER, "D": DEPUTY, "C": CHIEF, "H": HEAD, "S": SECOND, "O": OFFICER, "K": CLERK, "A": ADMIN,
    }  # fmt: skip
    return typed, {role: outcome if letter in allowed else otherwise for letter, role in initials.items()}


ON_PARTS = {
    "done": ("/done {code}", {**_unit_acts("x")["x"][1], CLERK: (HEARD, HEARD, UNKNOWN)}),
    **_unit_acts("present"),
    **_unit_acts("reported"),
    "progress": ("/progress {code} 60", _unit_acts("x")["x"][1]),
    "blocked": ("/blocked {code} thiếu số liệu", _unit_acts("x")["x"][1]),
    "report": ("/report {code} đã gửi các huyện", _unit_acts("x")["x"][1]),
    "extend": (
        "/extend {code} 15/7 chờ số liệu",
        {
            LEADER: (OK, OK, UNKNOWN), CHIEF: (OK, HEARD, UNKNOWN), HEAD: (OK, NOT_YOURS, UNKNOWN),
            SECOND: (OK, NOT_YOURS, UNKNOWN), OFFICER: (NO, NOT_YOURS, UNKNOWN), CLERK: (HEARD, HEARD, UNKNOWN),
            DEPUTY: (NO, NO, NO), ADMIN: (NO, NO, NO),
        },
    ),
    "files": (
        "/files {code}",
        {
            **dict.fromkeys((LEADER, DEPUTY, CHIEF, CLERK), (HEARD, HEARD, UNKNOWN)),
            **dict.fromkeys((HEAD, SECOND, OFFICER), (HEARD, NOT_YOURS, UNKNOWN)),
            ADMIN: (NO, NO, NO),
        },
    ),
    "acknowledge": (
        "/acknowledge {code}",
        {
            LEADER: (HEARD, HEARD, HEARD), DEPUTY: (HEARD, HEARD, HEARD), CHIEF: (OK, OK, UNKNOWN),
            HEAD: (OK, NOT_YOURS, UNKNOWN), SECOND: (OK, NOT_YOURS, UNKNOWN), OFFICER: (HEARD, HEARD, HEARD),
            CLERK: (HEARD, HEARD, HEARD), ADMIN: (HEARD, HEARD, HEARD),
        },
    ),
    "handover": (
        "/handover {code} pp-qltm",
        {
            LEADER: (NOT_YOURS, NOT_YOURS, UNKNOWN), DEPUTY: (NO, NO, NO), CHIEF: (PERSON, NOT_YOURS, UNKNOWN),
            HEAD: (OK, NOT_YOURS, UNKNOWN), SECOND: (NO, NO, NO), OFFICER: (NO, NO, NO), CLERK: (NO, NO, NO),
            ADMIN: (NO, NO, NO),
        },
    ),
    "assign": (
        "/assign {code} QLCN",
        {
            **{role: (OK, OK, UNKNOWN) if role in {LEADER, CHIEF} else (NO, NO, NO) for role in ROLES},
            DEPUTY: (NO, NO, UNKNOWN),  # but for what they gave themselves
        },
    ),
    **{
        word: (
            typed,
            {
                LEADER: (HEARD, HEARD, UNKNOWN), DEPUTY: (HEARD, NOT_YOURS, UNKNOWN), CHIEF: (NO, HEARD, UNKNOWN),
                **dict.fromkeys((HEAD, SECOND, OFFICER, CLERK, ADMIN), (NO, NO, NO)),
            },
        )
        for word, typed in (("confirm", "/confirm {code}"), ("return", "/return {code} thiếu phụ lục"))
    },
    **{
        word: (
            typed,
            {
                # what they ask of a unit's own directive urges it
                LEADER: (HEARD, HEARD, UNKNOWN) if word == "request" else (NOT_YOURS, NOT_YOURS, UNKNOWN),
                CHIEF: (HEARD, HEARD if word == "request" else NOT_YOURS, UNKNOWN),
                HEAD: (HEARD, NOT_YOURS, UNKNOWN), SECOND: (HEARD, NOT_YOURS, UNKNOWN),
                OFFICER: (NO, NOT_YOURS, UNKNOWN), **dict.fromkeys((DEPUTY, CLERK, ADMIN), (NO, NO, NO)),
            },
        )
        for word, typed in (
            ("request", "/request {code} gửi số liệu trước 20/5"), ("contribute", "/contribute {code} nhất trí"),
            ("nothing", "/nothing {code}"), ("coordination", "/coordination {code}"),
        )
    },
    "snooze": (
        "/snooze {code} 1/6",
        {
            **dict.fromkeys((LEADER, CLERK), (HEARD, HEARD, UNKNOWN)), CHIEF: (OK, NOT_YOURS, UNKNOWN),
            **dict.fromkeys((HEAD, SECOND), (OK, NOT_YOURS, UNKNOWN)), OFFICER: (NO, NOT_YOURS, UNKNOWN),
            **dict.fromkeys((DEPUTY, ADMIN), (NO, NO, NO)),
        },
    ),
    "remind": (
        "/remind {code}",
        # of a unit that a deputy leader does not oversee, they hear that it is not theirs to urge
        {role: (HEARD, HEARD, UNKNOWN) if role in {LEADER, DEPUTY, CHIEF, CLERK} else (NO, NO, NO) for role in ROLES},
    ),
    "propose": (
        "/propose {code} 120/SCT 27/4 không thuộc thẩm quyền",
        {
            **dict.fromkeys((CHIEF, HEAD, SECOND), (OK, NOT_YOURS, UNKNOWN)), OFFICER: (NO, NOT_YOURS, UNKNOWN),
            **dict.fromkeys((LEADER, DEPUTY, CLERK, ADMIN), (NO, NO, NO)),
        },
    ),
    "opinion": (
        "/opinion {code} cần phối hợp",
        {role: (HEARD, HEARD, UNKNOWN) if role in {LEADER, DEPUTY} else (NO, NO, NO) for role in ROLES},
    ),
    "record": (
        "/record {code} 45/TTr 27/4 now",
        {role: (OK, OK, UNKNOWN) if role in {CHIEF, CLERK} else (NO, NO, NO) for role in ROLES},
    ),
    "dispute": (
        "/dispute {code}",
        {
            **dict.fromkeys((CHIEF, HEAD, SECOND), (HEARD, NOT_YOURS, UNKNOWN)), OFFICER: (NO, NOT_YOURS, UNKNOWN),
            **dict.fromkeys((LEADER, DEPUTY, CLERK, ADMIN), (NO, NO, NO)),
        },
    ),
    "drop": (
        "/drop {code} vì đã giao nơi khác",
        {
            **dict.fromkeys(ROLES, (NO, NO, NO)),
            **dict.fromkeys((LEADER, CHIEF), (OK, OK, UNKNOWN)),
            CLERK: (OK, OK, NO),  # left out of the notice being prepared
        },
    ),
    "task": (
        "/task {code}",
        {role: (HEARD, HEARD, UNKNOWN) if role != ADMIN else (NO, NO, NO) for role in ROLES},
    ),
}  # fmt: skip
"""For each role what becomes of it on a directive of their own unit, of another unit, of the other agency."""

AT_LARGE = {
    "overdue": _same("/overdue", "LDCHSOK", outcome=HEARD),
    "due": _same("/due 90", "LDCHSOK", outcome=HEARD),
    "summary": _same("/summary 718", "LDCHSOK", outcome=HEARD),
    "question": _same("718 thế nào rồi?", "LDCHSOK", outcome=HEARD),
    "undelivered": _same("/undelivered", "CK", outcome=HEARD),
    "unacknowledged": _same("/unacknowledged", "LDCHK", outcome=HEARD),
    "waiting": _same("/waiting", "LDCHSOK", outcome=HEARD),
    "confirming": _same("/confirming on", "C"),
    "link": _same("/link", "C", outcome=HEARD),
    "unlink": _same("/unlink", "C", outcome=HEARD),
    "publish": _same("/publish", "LC", outcome=HEARD),
    "review": _same("/review", "LDCK", outcome=HEARD),
    "ladder": _same("/ladder 3.5 before 10, 5", "CK"),
    "new": _same("/new QLCN: rà soát chợ trước 15/5", "LDC", outcome=HEARD),
    "tasks": _same("/tasks", "LDCHSOK", outcome=HEARD),
    "document": _same("45 27/4", "LCHSO", outcome=HEARD),
    "misread": _same("/misread", "LCHSO", outcome=HEARD),
    "delegate": _same("/delegate pp-qltm until 30/6", "CH"),
    "undo": _same("/undo", "LDCHSOKA", outcome=HEARD),
    "start": _same("/start", "LDCHSOKA", outcome=HEARD),
    "help": _same("/help", "LDCHSOKA", outcome=HEARD),
    "settings": _same("/settings", "LDCHSOKA", outcome=HEARD),
    "language": _same("/language en", "LDCHSOKA"),
    "channel": _same("/channel zalo", "LDCHSOKA", outcome=HEARD),
    "hour": _same("/hour 8:30", "LDCHSOKA"),
    "cancel": _same("/cancel", "LDCHSOKA", outcome=HEARD),
    "invite": _same("/invite tp-qlnl", "CKA"),
    "notice": _same("/notice 800", "LCK", outcome=HEARD),
    "edit": _same("/edit 800-2023/3.7 lead QLCN", "CK"),
    "split": _same("/split 800-2023/3.7", "CK", outcome=HEARD),
    "merge": _same("/merge 800-2023/3.7", "CK", outcome=HEARD),
    "consult": _same("/consult 800-2023", "C", outcome=HEARD),
    "approve": _same("/approve 800-2023", "C"),
    "agree": _same("/agree", "LDCK", outcome=HEARD),
    "refuse": _same("/refuse", "LDCK", outcome=HEARD),
}
"""For each role what becomes of a command that names no directive of anybody's."""


@pytest.fixture(scope="module")
async def rehearsed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rehearsal]:
    path = tmp_path_factory.mktemp("town") / "town.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite+aiosqlite:///{path}")
    await Town.build(database)
    await database.close()
    rehearsal = Rehearsal(f"sqlite+aiosqlite:///{path}")
    yield rehearsal
    await rehearsal.close()


@pytest.fixture
def rehearsal(rehearsed: Rehearsal) -> Town:
    rehearsed.seen = Seen()
    return Town(rehearsed)


async def meets(town: Town, who: str, said: str) -> Seen:
    assert isinstance(town.database, Rehearsal)
    await town.dispatcher.receive(town.event(who, said))
    return town.database.seen


def outcome(seen: Seen, who: str) -> str:
    """Tell from the answer and from what was written what became of a command."""
    answer = seen.to(who)
    assert answer, "nobody is left without an answer"
    assert not seen.incidents
    if "chưa được phân quyền" in answer:
        return NO
    if " giao " in answer and ", không phải " in answer:
        return NOT_YOURS
    if "Không có mục" in answer:
        return UNKNOWN
    if "Danh sách cán bộ không có" in answer:
        return PERSON
    return OK if seen.changed or seen.entries else HEARD


def test_the_tables_name_every_command_there_is() -> None:
    assert set(ON_PARTS) | set(AT_LARGE) == set(COMMANDS), "say here who may use a new command"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", ON_PARTS)
async def test_who_may_act_on_whose_directive(rehearsal: Town, command: str, role: str) -> None:
    typed, expected = ON_PARTS[command]
    who = f"{OWN}:{ROLES[role]}"
    for target, wanted in zip(TARGETS, expected[role], strict=True):
        seen = await meets(rehearsal, who, typed.format(code=code(role, target)))
        assert outcome(seen, who) == wanted, (target, seen.to(who))
        assert SECRET not in seen.all
        if wanted != OK:
            assert (seen.changed, seen.entries) == (0, 0)


SEES_BELOW = (LEADER, DEPUTY, CHIEF, CLERK)
"""Who in a province sees the agencies below it."""


def of_below(command: str, role: str) -> str:
    """Return what becomes of a command about a directive of an agency below, from what becomes of a foreign one."""
    foreign = ON_PARTS[command][1][role][2]
    if role not in SEES_BELOW or foreign != UNKNOWN:
        return foreign
    return HEARD if command in {"task", "files"} else NOT_YOURS


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", ON_PARTS)
async def test_who_of_a_province_may_act_on_whose_directive(rehearsal: Town, command: str, role: str) -> None:
    typed, expected = ON_PARTS[command]
    who = f"{PROVINCE}:{ROLES[role]}"
    wanted = dict(zip(TARGETS, expected[role], strict=True)) | {"below": of_below(command, role)}
    for target, becomes in wanted.items():
        named = f"{OWN}/718/3.7" if target == "below" else code(role, target)
        seen = await meets(rehearsal, who, typed.format(code=named))
        assert outcome(seen, who) == becomes, (target, seen.to(who))
        assert SECRET not in seen.all
        assert {one.chat.partition(":")[0] for one in seen.told} == {PROVINCE}
        if becomes != OK:
            assert (seen.changed, seen.entries) == (0, 0)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", AT_LARGE)
async def test_who_of_a_province_may_ask_for_what(rehearsal: Town, command: str, role: str) -> None:
    typed, expected = AT_LARGE[command]
    who = f"{PROVINCE}:{ROLES[role]}"
    seen = await meets(rehearsal, who, typed)
    assert outcome(seen, who) == expected[role], seen.to(who)
    assert SECRET not in seen.all
    assert {one.chat.partition(":")[0] for one in seen.told} == {PROVINCE}
    reports = command in {"overdue", "due", "unacknowledged"} and role in SEES_BELOW
    assert (f"{OWN}/718/" in seen.to(who)) == reports


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", AT_LARGE)
async def test_who_may_ask_for_what(rehearsal: Town, command: str, role: str) -> None:
    typed, expected = AT_LARGE[command]
    who = f"{OWN}:{ROLES[role]}"
    seen = await meets(rehearsal, who, typed)
    assert outcome(seen, who) == expected[role], seen.to(who)
    assert SECRET not in seen.all


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "said",
    [
        "/task SNN/718/3.9", "SNN/718-2023/3.9 xong chưa?", "/done SNN/718/3.9", "xong SNN/718/3.9", "/overdue SNN",
        "quá hạn sở ngoại vụ kín", "/summary SNN", "/assign SNN/718/3.9 QLTM", "/invite SNN", "/invite SNN/tp-qltm",
        "/notice SNN/800", "/edit SNN/800-2023/3.9", "/notice SNN 800", "3.9", "/task 3.9", "/done 3.9",
        "/files SNN/718/3.9", "/remind SNN/718/3.9", "/remind SNN", "/record SNN/718/3.9 QLTM 45 27/4", "/drop SNN/718/3.9 trùng",
        "/confirm SNN/718/3.9", "/return SNN/718/3.9 thiếu", "/opinion SNN/718/3.9 được", "/propose SNN/718/3.9 không hợp",
        "/extend SNN/718/3.9 15/7 chờ", "/handover SNN/718/3.9 tp-qltm", "/request SNN/718/3.9 gửi trước 20/5",
        "/contribute SNN/718/3.9 nhất trí", "/nothing SNN/718/3.9", "/coordination SNN/718/3.9", "/snooze SNN/718/3.9 1/6",
        "/ladder SNN/718/3.9 before 5", "/dispute SNN/718/3.9", "/delegate SNN/tp-qltm until 30/6", "/waiting SNN",
        "/undelivered SNN", "/unacknowledged SNN", "/tasks SNN", "/new SNN: việc riêng trước 15/5", "/assign 3.7 SNN",
        "/summary SNN 719", "SNN 718 den dau roi", "/files 3.9", "/record 3.9 QLTM 45 27/4", "/drop 3.9 trùng", "/publish SNN 718",
        "/notice items 800-2023 7", "/edit 800-2023/3.9 lead QLTM", "/task 718/3.9", "/due 366", "/overdue", "/help",
    ],
)  # fmt: skip
async def test_of_the_other_agency_not_even_its_existence_shows(rehearsal: Town, role: str, said: str) -> None:
    who = f"{OWN}:{ROLES[role]}"
    about_another = await meets(rehearsal, who, said)
    about_nobody = await meets(rehearsal, who, said.replace("SNN", "SKH").replace("ngoại vụ kín", "kế hoạch"))
    heard = about_another.all.casefold()
    assert SECRET.casefold() not in heard or SECRET.casefold() in said.casefold()
    assert heard.replace("snn", "skh").replace("ngoại vụ kín", "kế hoạch") == about_nobody.all.casefold()
    assert {one.chat.partition(":")[0] for one in about_another.told} == {OWN}
    assert not about_another.changed
    assert not about_another.incidents


async def test_a_stranger_is_told_whom_to_ask_whatever_they_type_and_sees_and_changes_nothing(rehearsal: Town) -> None:
    typed = [said for said, _ in (*ON_PARTS.values(), *AT_LARGE.values())]
    said = [one.format(code=code) for one in typed for code in ("3.7", f"{OWN}/718/3.7", f"{FOREIGN}/718/3.9")]
    first = (await meets(rehearsal, "nobody-knows", "xin chào")).all
    for one in dict.fromkeys(said):
        seen = await meets(rehearsal, "nobody-knows", one)
        assert seen.all == first, one
        assert (seen.changed, seen.entries, seen.incidents, seen.jobs) == (0, 0, [], []), one


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "said", ["/task QNG/718/3.8", "/done QNG/718/3.8", "/overdue QNG", "/summary QNG", "quá hạn QNG"]
)
async def test_from_below_nothing_is_seen_of_the_province(rehearsal: Town, role: str, said: str) -> None:
    who = f"{OWN}:{ROLES[role]}"
    above = await meets(rehearsal, who, said)
    nobody = await meets(rehearsal, who, said.replace("QNG", "SKH"))
    assert above.all.casefold().replace("qng", "skh") == nobody.all.casefold()
    assert not above.changed


@pytest.mark.parametrize("pressed", ["/done 718-2023/3.6", "/progress 718-2023/3.6 50", "/task 718-2023/3.9"])
async def test_a_button_with_somebody_elses_directive_behind_it_gives_no_right(rehearsal: Town, pressed: str) -> None:
    who = f"{OWN}:tp-qltm"
    await rehearsal.dispatcher.receive(rehearsal.event(who, pressed, kind="button"))
    assert isinstance(rehearsal.database, Rehearsal)
    seen = rehearsal.database.seen
    assert "giao QLNL" in seen.to(who) or "không có 3.9" in seen.to(who) or "Không có mục" in seen.to(who)
    assert (seen.changed, seen.entries, seen.incidents) == (0, 0, [])


@pytest.fixture
async def town(sqlite_database: Database) -> Town:
    return await Town.build(sqlite_database)


async def test_a_number_binds_to_ones_own_choices_only(town: Town) -> None:
    """What somebody else was asked, in either agency, is nobody else's to answer."""
    assert "1 3.5" in await town.says(f"{FOREIGN}:tp-qltm", "ok xong roi")
    assert "1 3.5" in await town.says(f"{OWN}:tp-qltm", "ok xong roi")
    assert "Số 1 trả lời cho câu hỏi nào" in await town.says(f"{OWN}:pp-qltm", "1")
    assert "Mục 3.5 có sản phẩm" in await town.says(f"{OWN}:tp-qltm", "1")
    assert "Mục 3.5 có sản phẩm" in await town.says(f"{FOREIGN}:tp-qltm", "1")


async def test_a_reply_counts_only_for_messages_of_ones_own_chat(town: Town) -> None:
    await town.says(f"{FOREIGN}:tp-qltm", "/task 3.9")
    theirs = str(await town.last("outbox"))
    assert "Đồng chí báo xong mục nào?" in await town.says(f"{OWN}:tp-qltm", "xong", replied_to=theirs)
    await town.says(f"{OWN}:tp-qltm", "/task 3.7")
    mine = str(await town.last("outbox"))
    assert "Đồng chí báo xong mục nào?" in await town.says(f"{OWN}:pp-qltm", "xong", replied_to=mine)
    assert "Đã ghi 3.7" in await town.says(f"{OWN}:tp-qltm", "xong", replied_to=mine)
    assert (await town.state("3.7", agency=FOREIGN))[0] == "assigned"


async def test_the_same_words_touch_the_speakers_own_agency_only(town: Town) -> None:
    for agency in (OWN, FOREIGN):
        other = FOREIGN if agency == OWN else OWN
        before = await town.state("3.7", agency=other)
        assert "Đã ghi 3.7" in await town.says(f"{agency}:tp-qltm", "/done 718/3.7")
        assert await town.state("3.7", agency=other) == before
    assert "Đã ghi 3.9" in await town.says(f"{FOREIGN}:tp-qltm", f"/done {FOREIGN}/718/3.9")


async def test_a_unit_sees_its_own_lines_and_leadership_all_of_its_agency(town: Town) -> None:
    town.clock.at = town.clock.at.replace(month=7)
    everybody = await town.says(f"{OWN}:gd", "/overdue")
    assert "3.6" in everybody
    assert "3.8" in everybody
    own = await town.says(f"{OWN}:cv-qltm", "/overdue")
    assert "3.5" in own
    assert "3.6" not in own
    assert "Tổng 2 nhiệm vụ" in own
    assert "Tổng 6 nhiệm vụ" in await town.says(f"{OWN}:gd", "/summary")
    assert "Tổng 7 nhiệm vụ" in await town.says(f"{FOREIGN}:gd", "/summary")
    asked = await town.says(f"{OWN}:tp-qltm", "/task 3.6")
    assert "Vướng mắc thủy điện theo kết luận" in asked
    assert "chưa báo tình hình" not in asked
    assert "chưa báo tình hình" in await town.says(f"{OWN}:th", "/task 3.6")


async def test_a_province_sees_below_it_what_adds_up(town: Town) -> None:
    town.clock.at = town.clock.at.replace(month=7)
    leader = f"{PROVINCE}:gd"
    late = await town.says(leader, "/overdue")
    assert "Tổng 12 nhiệm vụ" in late
    assert late.index("QNG – Tỉnh Quảng Ngãi:") < late.index("SCT – Sở Công Thương:") < late.index("SCT/718/3.6")
    whole = await town.says(leader, "/summary")
    assert "Tổng 12 nhiệm vụ" in whole
    assert "SCT: 6 việc" in whole
    assert "QLTM: 2 việc" in whole
    one = await town.says(leader, "/summary SCT")
    assert "Tổng 6 nhiệm vụ" in one
    assert "QLTM: 2 việc" in one
    assert "Tổng 2 nhiệm vụ" in await town.says(leader, "/summary QLTM")
    for said in ("/summary SCT 718", "SCT 718 den dau roi", "/summary SCT/718"):
        told = await town.says(leader, said)
        assert "TB 718 đến" in told, said
        assert "Tổng 6 nhiệm vụ" in told, said
    assert "719" in await town.says(leader, "/summary SCT 719")
    assert "Tổng 6 nhiệm vụ" in await town.says(f"{PROVINCE}:th", "/overdue SCT")
    own = await town.says(f"{PROVINCE}:cv-qltm", "/overdue")
    assert "Tổng 2 nhiệm vụ" in own
    assert "SCT" not in own
    assert "Không có đơn vị" in await town.says(leader, "/summary SNN")


async def test_a_province_reads_a_directive_below_it_and_acts_on_none(town: Town) -> None:
    leader = f"{PROVINCE}:gd"
    shown = await town.says(leader, "/task SCT/718/3.7")
    assert shown.startswith("Sở Công Thương: 3.7 – TB 718")
    about = str(await town.last("outbox"))
    before = await town.state("3.7")
    assert "SCT/718-2023/3.7 giao QLTM (SCT), không phải QNG" in await town.says(leader, "xong", replied_to=about)
    assert await town.state("3.7") == before


async def test_a_code_that_only_agencies_below_have_is_found_or_asked_about(town: Town) -> None:
    leader = f"{PROVINCE}:gd"
    more = replace(
        notice(OWN), number="901/TB-SCT", tasks=(DraftTask("5.1", "Mở hội chợ.", "Hội chợ", lead=("QLTM",)),)
    )
    async with town.database.work(town.clock.now()) as work:
        await follow_up(work, town.catalogue, town.agencies[OWN], more, by=None, entry_id=None)
    for said in ("/task 5.1", "901/5.1 den dau roi", "/task SCT/5.1"):
        assert "Sở Công Thương: 5.1 – TB 901" in await town.says(leader, said), said
    for nobody in (f"{FOREIGN}:gd", f"{PROVINCE}:tp-qltm"):
        assert "Hội chợ" not in await town.says(nobody, "/task 5.1")
    async with town.database.work(town.clock.now()) as work:
        await import_roster(work, replace(roster(FOREIGN), agency_parent=PROVINCE))
        await follow_up(work, town.catalogue, town.agencies[FOREIGN], more, by=None, entry_id=None)
    (asked,) = await town.messages(leader, "/task 5.1")
    assert [button.command for button in asked.buttons] == ["/task SCT/901-2023/5.1", "/task SNN/901-2023/5.1"]
    assert "Sở Công Thương: 5.1" in await town.says(leader, "1")


async def test_what_is_between_two_agencies_sees_below_and_is_seen_from_above(town: Town) -> None:
    """A department of a department: everybody above sees it, nobody beside it."""
    async with town.database.work(town.clock.now()) as work:
        await import_roster(work, replace(roster(FOREIGN), agency_parent=OWN))
    town.clock.at = town.clock.at.replace(month=7)
    assert "Tổng 19 nhiệm vụ" in await town.says(f"{PROVINCE}:gd", "/summary")
    assert "Tổng 13 nhiệm vụ" in await town.says(f"{OWN}:gd", "/summary")
    assert "Tổng 7 nhiệm vụ" in await town.says(f"{FOREIGN}:gd", "/summary")
    late = await town.says(f"{PROVINCE}:gd", "/overdue trang 2")
    assert "SNN/718/" in late


async def test_a_code_is_made_for_people_of_ones_own_agency(town: Town) -> None:
    assert "Mã mời" in await town.says(f"{OWN}:th", "/invite tp-qltm")
    (row,) = await town.rows("invites", "person_id")
    (person,) = await town.rows("people", "agency_id", f"id = {row.person_id}")
    assert person.agency_id == town.agencies[OWN]


async def test_who_left_or_lost_the_office_is_let_do_nothing(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql(
            "UPDATE memberships SET valid_until = '2023-04-27' WHERE person_id = "
            f"(SELECT id FROM people WHERE \"key\" = 'tp-qltm' AND agency_id = {town.agencies[OWN]})"
        )
        await work.connection.exec_driver_sql(
            "UPDATE people SET ended_at = '2023-04-27 00:00:00' "
            f"WHERE \"key\" = 'tp-qlnl' AND agency_id = {town.agencies[OWN]}"
        )
    before = await town.everything()
    for said in ("/done 3.7", "/tasks", "/task 3.7", "ok", "3.7 xong 80%"):
        assert "chưa được phân quyền" in await town.says(f"{OWN}:tp-qltm", said)
        assert "chưa được liên kết" in await town.says(f"{OWN}:tp-qlnl", said)
    assert await town.everything() == before
