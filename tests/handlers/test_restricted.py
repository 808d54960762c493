"""Of a restricted notice messengers show numbers, units and deadlines; its words stay on the paper."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import func, select

from core.text import flat
from storage.database import Database
from storage.schema import outbox
from tests.handlers.notice_office import Office
from tests.handlers.test_reminders import leave, ticked

NOTICE = """SỞ CÔNG THƯƠNG
{stamp}
Số: 902/TB-SCT
Quảng Ngãi, ngày 10 tháng 4 năm 2023
THÔNG BÁO
Kết luận của Giám đốc Sở tại cuộc họp ngày 07/4/2023
Giám đốc Sở kết luận như sau:
1. Phòng QLTM chủ trì, phối hợp với Phòng QLNL tham mưu Kế hoạch Bạch Đằng trình UBND tỉnh trước ngày 30/4/2023.
2. Phòng QLNL rà soát kho Chi Lăng, báo cáo Giám đốc Sở trước ngày 25/4/2023.
3. Phòng QLCN kiểm tra tuyến Như Nguyệt trước ngày 20/4/2023.
Nơi nhận:
- Như trên;
- Lưu: VT.
"""
SECRETS = ("bach dang", "chi lang", "nhu nguyet", "ham tu", "ke hoach bach", "ra soat kho")
SAID = (
    ("th", "thong bao"), ("th", "902 tung muc"), ("th", "tiep"), ("th", "sua 1"), ("th", "sua 1 han 28/4"),
    ("th", "sua 2 noi dung: ra soat kho Chi Lang va kho Ham Tu"), ("th", "gop 2 va 3"), ("th", "hoan tac"),
    ("th", "trinh"), ("cvp", "thong bao"), ("cvp", "duyet"), ("cvp", "dua vao theo doi"),
    ("tp-qltm", "ok"), ("tp-qltm", "viec"), ("tp-qltm", "xem 902/1"), ("tp-qltm", "xong"), ("tp-qltm", "xong 902/1"),
    ("tp-qltm", "thoi"), ("tp-qltm", "902/1 vuong cho so lieu, 25/4"), ("tp-qltm", "da trinh ubnd"), ("tp-qltm", "thoi"),
    ("tp-qltm", "nop 902/1"), ("tp-qltm", "thoi"), ("tp-qltm", "gia han 902/1 den 15/5 vi thieu nguoi"),
    ("tp-qltm", "gui"), ("tp-qltm", "tep 902/1"), ("tp-qlnl", "viec"), ("tp-qlnl", "xong 902/2 45 21/4"),
    ("tp-qlnl", "xem 2"), ("gd", "qua han"), ("gd", "902 den dau roi"), ("gd", "tong hop"), ("gd", "sap den han 90"),
    ("gd", "xem 902/1"), ("gd", "xem 902/2"), ("gd", "tra lai 902/2 thieu so lieu"), ("gd", "cho xac nhan"),
    ("gd", "nhac qltm"), ("gd", "gui"), ("cvp", "phan cong 902/3 QLNL"), ("cvp", "thoi theo doi 902/3 vi trung"),
    ("th", "chua nhan"), ("th", "chua tiep nhan"), ("cvp", "giao ban"), ("th", "tep 902/2"),
)  # fmt: skip


async def played(office: Office, stamp: str) -> str:
    """Let a notice with this stamp come in, be settled, followed and worked on; return all that leaves, mornings too."""
    office.clock.at += timedelta(days=7)
    await office.says("th", NOTICE.format(stamp=stamp))
    for who, said in SAID:
        await office.says(who, said)
    left = []
    for day in range(1, 15):
        moment = (office.clock.at + timedelta(days=day)).replace(hour=7, minute=40)
        await ticked(office.database, moment)
        left += [message.plain() for message in await leave(office.database, moment)]
    assert left
    async with office.database.read(office.clock.now()) as work:
        told = (await work.connection.execute(select(outbox.c.content))).scalars().all()
    return flat(re.sub(r"\s+", " ", "\n".join((*(str(one) for one in told), *left))))


async def test_the_words_of_a_restricted_notice_reach_nobody(sqlite_database: Database) -> None:
    said = await played(await Office.open(sqlite_database), "HẠN CHẾ")
    assert "[han che]" in said
    assert "902" in said
    assert {secret for secret in SECRETS if secret in said} == set()


async def test_of_any_other_notice_they_are_shown(sqlite_database: Database) -> None:
    said = await played(await Office.open(sqlite_database), "")
    assert {secret for secret in SECRETS[:3] if secret in said} == set(SECRETS[:3])


OWN_WORDS = "Gia Long"
SAYING = (
    ("tp-qltm", "902/1 vuong cho tin kho Gia Long, 25/4"), ("tp-qltm", "gia han 902/1 den 15/5 vi Gia Long cham"),
    ("tp-qltm", "gui"), ("gd", "khong dong y 902/1 vi Gia Long gap"), ("tp-qltm", "gia han 902/1 den 20/5 vi Gia Long cham"),
    ("tp-qltm", "gui"), ("gd", "cho xac nhan"), ("cvp", "xem 902/1"),
    ("tp-qltm", "kien nghi 902/1 120/SCT 10/4 Gia Long khong thuoc phong"), ("gd", "cho xac nhan"),
    ("gd", "/opinion 902/1"), ("gd", "giu nguyen viec Gia Long nhu ket luan"), ("th", "902/2 qlnl xong ttr 45 ngay 11/4"),
    ("th", "ghi nhan"), ("tp-qlnl", "sai 902/2 vi Gia Long chua xong"), ("tp-qlnl", "xong 902/2 45 11/4"),
    ("gd", "tra lai 902/2 thieu Gia Long"), ("tp-qlnl", "xong 902/2"), ("gd", "nhac 902/1"), ("gd", "sua"),
    ("gd", "de nghi phong bao cao ngay ve Gia Long trong hom nay"), ("gd", "gui"),
    ("gd", "thoi theo doi 902/3 vi trung Gia Long"), *((who, f"xem 902/{code}") for who in ("gd", "cvp", "th", "tp-qltm",
    "tp-qlnl", "tp-qlcn") for code in (1, 2, 3)), ("gd", "qua han"), ("cvp", "902 den dau roi"), ("gd", "cho xac nhan"),
)  # fmt: skip


async def test_what_people_say_of_a_restricted_directive_is_carried_to_nobody_else(sqlite_database: Database) -> None:
    office = await Office.open(sqlite_database)
    office.clock.at += timedelta(days=7)
    await office.says("th", NOTICE.format(stamp="HẠN CHẾ"))
    for who, said in (("th", "trinh"), ("cvp", "dua vao theo doi")):
        await office.says(who, said)
    carried, withheld = list[tuple[str, str]](), 0
    for who, said in SAYING:
        office.clock.at += timedelta(minutes=11)
        async with office.database.read(office.clock.now()) as work:
            since = (await work.connection.execute(select(func.max(outbox.c.id)))).scalar_one()
        await office.says(who, said)
        async with office.database.read(office.clock.now()) as work:
            rows = (await work.connection.execute(select(outbox).where(outbox.c.id > since))).all()
        for row in rows:
            told = f"{row.content} {row.intent}"
            if OWN_WORDS in said and row.person_id == office.people[who]:
                continue  # whoever said it hears it back
            withheld += "[HẠN CHẾ]" in told
            carried += [(said, told)] if OWN_WORDS in told else []
    for day in range(1, 40):
        moment = (office.clock.at + timedelta(days=day)).replace(hour=7, minute=40)
        await ticked(office.database, moment)
        carried += [("tick", one.plain()) for one in await leave(office.database, moment) if OWN_WORDS in one.plain()]
    assert carried == []
    assert withheld > 20


async def test_whoever_says_words_that_are_not_carried_is_told_so(sqlite_database: Database) -> None:
    office = await Office.open(sqlite_database)
    office.clock.at += timedelta(days=7)
    for who, said in (
        ("th", NOTICE.format(stamp="HẠN CHẾ")), ("th", "trinh"), ("cvp", "dua vao theo doi"), ("tp-qlnl", "xong 902/2 45 11/4"),
    ):  # fmt: skip
        await office.says(who, said)
    for said in ("tra lai 902/2 thieu so lieu", "nhac 902/1", "sua"):
        told = "\n".join(await office.says("gd", said))
        assert ("lời của đồng chí không gửi qua đây" in told) == (said != "nhac 902/1"), told
        assert "2 Sửa" not in told
    assert "đôn đốc 1 QLTM lần 1" in "\n".join(await office.says("gd", "gui"))
    for who, said in (("tp-qltm", "kien nghi 902/1 vi trung"), ("tp-qltm", "1")):
        await office.says(who, said)
    for who, said in (
        ("gd", "/refuse 902/1 kiến nghị vi can lam"), ("gd", "thoi theo doi 902/3 vi trung"), ("gd", "thoi theo doi 902/1"),
    ):  # fmt: skip
        told = "\n".join(await office.says(who, said))
        assert ("lời của đồng chí không gửi qua đây" in told) == (said != "thoi theo doi 902/1"), told


async def test_a_unit_that_asks_or_reports_in_words_is_told_that_they_are_not_carried(
    sqlite_database: Database,
) -> None:
    office = await Office.open(sqlite_database)
    office.clock.at += timedelta(days=7)
    for who, said in (("th", NOTICE.format(stamp="HẠN CHẾ")), ("th", "trinh"), ("cvp", "dua vao theo doi")):
        await office.says(who, said)
    for who, said, has_words in (
        ("tp-qltm", "902/1 vuong cho so lieu, 25/4", True), ("tp-qltm", "902/1 vuong", False), ("tp-qltm", "cho so lieu", True),
        ("tp-qltm", "902/1 dang lam", True), ("tp-qltm", "902/1 xong 60%", True), ("tp-qltm", "gia han 902/1 den 15/5 cho huyen", True),
        ("tp-qltm", "902/1 de nghi cac phong gui so lieu truoc 25/4", True), ("tp-qlnl", "gui y kien 902/1 thong nhat noi dung", True),
        ("tp-qlnl", "kien nghi 902/2 vi trung", False), ("tp-qlnl", "1", True),
        ("th", "902/3 qlcn xong ttr 45 ngay 11/4", False), ("th", "ghi nhan", False), ("tp-qlcn", "sai 902/3 vi chua xong", True),
    ):  # fmt: skip
        told = "\n".join(await office.says(who, said))
        assert told.count("lời của đồng chí không gửi qua đây") == has_words, (said, told)
