"""Whatever somebody does, at any moment of the random days: undo leaves everything as it was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.handlers.two_agencies import OWN
from tests.model.machine import KEYS, Following, as_day
from tests.model.rules import Key, new_part

ACTS: list[tuple[str, tuple[str, ...]]] = [
    ("gd", ("/assign 718/{code} QLCN",)),
    ("gd", ("/assign 718/{code} QLNL, phối hợp QLTM, VP",)),
    ("cvp", ("/assign 718/{code} phối hợp QLCN",)),
    ("cvp", ("thôi theo dõi 718/{code} {unit} vì đã giao nơi khác",)),
    ("gd", ("thôi theo dõi 718/{code} vì trùng",)),
    ("gd", ("sửa 718/{code} hạn {later}",)),
    ("cvp", ("sửa 718/{code} nội dung rà soát lại toàn bộ",)),
    ("gd", ("việc mới {unit}, phối hợp QLCN: rà soát chợ trước {later}", "giao")),
    ("pgd", ("việc mới QLTM: rà soát chợ trước {later}", "giao")),
    ("tp-qltm", ("kiến nghị 718/{code} cv 120 ngày {day} không thuộc thẩm quyền",)),
    ("pp-qltm", ("kiến nghị 718/{code} không phù hợp", "báo trước")),
    ("tp-qlnl", ("kiến nghị 718/{code} không phù hợp", "chờ có văn bản")),
    ("tp-qltm", ("giao 718/{code} cho chuyen vien",)),
    ("tp-qltm", ("/delegate cv-qltm until {later}",)),
    ("cvp", ("tp qltm nghi phep {day} den {later}, pho phong lam thay",)),
    ("tp-qltm", ("gia hạn 718/{code} đến {later} vì chờ số liệu",)),
    ("tp-qlcn", ("718/3.3 đề nghị QLTM gửi số liệu trước {later}",)),
    ("tp-qltm", ("/contribute 718/3.3 đủ số liệu",)),
    ("tp-qltm", ("/nothing 718/3.3",)),
    ("tp-qltm", ("/extend 718/3.3 QLTM {later}",)),
    ("tp-qlcn", ("/request 718/3.3 QLTM {later}",)),
    ("tp-qlcn", ("/request 718/3.3 QLTM giữ hạn",)),
    ("th", ("/record 718/{code} {unit} 45/TTr {day} now",)),
    ("cvp", ("trả lại 718/{code} {unit} thiếu phụ lục",)),
    ("gd", ("xác nhận 718/{code} {unit}",)),
    ("pgd", ("/agree 718/{code} {unit}",)),
    ("gd", ("/refuse 718/{code} {unit}",)),
    ("gd", ("/opinion 718/{code} {unit} kiến nghị xem lại",)),
    ("tp-qltm", ("718/{code} nhắc lại mai",)),
    ("tp-qltm", ("nộp 718/{code} đã gửi các huyện",)),
    ("tp-qltm", ("xong 718/{code} 46 {day}",)),
]  # fmt: skip

_STANDS = {
    "assignments": ("version", "entry_id"),
    "tasks": (),
    "extensions WHERE outcome IS NULL OR outcome <> 'withdrawn'": ("asked_entry", "opinion_entry", "decided_entry"),
    "proposals WHERE withdrawn_at IS NULL": (),
    "inquiries WHERE withdrawn_at IS NULL": (),
    "inquiry_answers WHERE state <> 'withdrawn'": (),
    "delegations WHERE ended_at IS NULL": (),
    "snoozes WHERE ended_at IS NULL": (),
    "submissions WHERE withdrawn_at IS NULL": (),
}
"""What there is of people's acts, and what of it counts them only."""


class TakingBack(Following):
    """Lets people do and take back anything at all between the acts the model knows."""

    @rule(act=st.sampled_from(ACTS), key=st.sampled_from(KEYS))
    def take_back(self, act: tuple[str, tuple[str, ...]], key: Key) -> None:
        """Do something and undo it at once; where it was refused, nothing was done by it."""
        who, sentences = act
        before, last = self.standing(), self.last_act()
        for sentence in sentences:
            self.says(who, self.filled(sentence, key))
        told = self.heard
        if self.last_act() == last:
            self.leave(who)
            assert self.standing() == before, (act, key, told)
            return
        self.undone(who, before, (act, key, told))
        self.leave(who)

    @rule(key=st.sampled_from([key for key in KEYS if key[1] != "VP"]))
    def dispute(self, key: Key) -> None:
        """Let a unit say that what was recorded for it is wrong, and take that back; then the office its record."""
        head = f"tp-{key[1].lower()}"
        before, last = self.standing(), self.last_act()
        self.says("th", self.filled("/record 718/{code} {unit} 45/TTr {day} now", key))
        if self.last_act() == last:
            self.leave("th")
            return
        recorded = self.standing()
        self.says(head, f"sai 718/{key[0]}")
        if "Đã bỏ ghi nhận thay" in self.heard:
            self.undone(head, recorded, (key, self.heard))
        self.undone("th", before, (key, self.heard))
        self.leave("th")
        self.leave(head)

    def filled(self, sentence: str, key: Key) -> str:
        today = self.town.clock.at.date()
        day, later = today, today + timedelta(days=90)
        return sentence.format(code=key[0], unit=key[1], day=f"{day.day}/{day.month}/{day.year}",
                               later=f"{later.day}/{later.month}/{later.year}")  # fmt: skip

    def leave(self, who: str) -> None:
        self.run(self.town.says(f"{OWN}:{who}", "/cancel"))
        self.world.now = self.town.clock.at

    def undone(self, who: str, before: dict[str, Any], what: Any) -> None:
        self.says(who, "hoàn tác")
        assert "hoàn tác" in self.heard.casefold() or "rút" in self.heard, (what, self.heard)
        after = self.standing()
        known = {row["id"] for row in before["assignments"]}
        for row in self.rows():
            if row.id not in known:  # nothing is deleted: it is followed no more
                assert row.state == "dropped", (what, row)
                self.world.parts.setdefault((row.code, row.unit), self._begun(row))
        after["assignments"] = [row for row in after["assignments"] if row["id"] in known]
        tasks = {row["id"] for row in before["tasks"]}
        after["tasks"] = [row for row in after["tasks"] if row["id"] in tasks]
        for table, rows in before.items():
            assert after[table] == rows, (table, what, self.heard)

    def _begun(self, row: Any) -> dict[str, Any]:
        return new_part(row.role, as_day(row.due_on)) | {"state": "dropped"}

    def last_act(self) -> int:
        (row,) = self.run(self.town.rows("audit_entries", "max(id) AS id", "undoable"))
        return int(row.id or 0)

    def standing(self) -> dict[str, Any]:
        """Return everything that people's acts made, as it stands."""
        found = {}
        for table, counts in _STANDS.items():
            name, _, where = table.partition(" WHERE ")
            rows = self.run(self.town.rows(name, "*", f"{where or '1 = 1'} ORDER BY id"))
            found[name] = [{k: v for k, v in row._mapping.items() if k not in counts} for row in rows]
        return found
