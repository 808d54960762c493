"""Random acts of random people, typed as sentences to the real bot and told to the model, which must agree after each."""

from __future__ import annotations

import asyncio
import itertools
import re
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage.database import Database
from tests.handlers.two_agencies import FOREIGN, OWN, SECRET, Town
from tests.model.rules import Key, World, new_part

PEOPLE = ["tp-qltm", "pp-qltm", "cv-qltm", "tp-qlnl", "tp-qlcn", "gd", "pgd", "cvp", "th"]
OF_UNITS = ["tp-qltm", "pp-qltm", "cv-qltm", "tp-qlnl", "tp-qlcn"]
KEYS: list[Key] = [("3.5", "QLTM"), ("3.7", "QLTM"), ("3.6", "QLNL"), ("3.3", "QLCN"), ("3.3", "QLNL"), ("3.8", "VP")]
MARK = "zk"
"""Begins every word that only our agency may read."""

whom = st.sampled_from(PEOPLE)
unit_people = st.sampled_from(OF_UNITS)
keys = st.sampled_from(KEYS)
few_days = st.integers(0, 6)


class Following(RuleBasedStateMachine):
    """Plays one agency's follow-up of notice 718, with another agency looking on."""

    furnished: ClassVar[Path]
    """A file with the people and notices of both agencies, copied for each run."""

    @initialize(confirming=st.booleans())
    def begin(self, confirming: bool) -> None:
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "model.db"
        shutil.copy(self.furnished, path)
        self.database = Database(f"sqlite+aiosqlite:///{path}")
        self.words = (f"{MARK}{a}{b}" for a, b in itertools.product("abcdefgh", repeat=2))
        self.papers = itertools.count(100)
        self.run(self._open())
        parts = {
            (row.code, row.unit): new_part(row.role, as_day(row.due_on)) | {"kind": row.kind} for row in self.rows()
        }
        self.world = World(parts, {"3.5"}, self.town.clock.at)
        if confirming:
            self.says("cvp", "/confirming on")
            self.world.confirming = True

    def run(self, coroutine: Any) -> Any:
        return self.runner.run(coroutine)

    async def _open(self) -> None:
        self.town = Town(self.database)
        async with self.database.read(self.town.clock.now()) as work:
            self.town.agencies = {agency.code: agency.id for agency in await work.people.agencies()}
            everyone = await work.people.everyone(self.town.agencies[OWN])
            self.people = {person.id: person.key for person in everyone}

    def teardown(self) -> None:
        if hasattr(self, "database"):
            try:
                self.run(self._sealed())
            finally:
                self.run(self.database.close())
                self.runner.close()
                self.folder.cleanup()

    async def _sealed(self) -> None:
        """Seal what was done and follow the chain: nothing of it was changed."""
        async with self.database.work(self.town.clock.now()) as work:
            while await work.seals.seal():
                pass
        async with self.database.read(self.town.clock.now()) as work:
            for agency in self.town.agencies.values():
                assert (await work.seals.verify(agency)).breach is None

    def says(self, who: str, words: str, agency: str = OWN) -> str:
        """Type a sentence two minutes after the last one; what was asked in answer is left."""
        self.town.clock.at += timedelta(minutes=2)
        told = str(self.run(self.town.says(f"{agency}:{who}", words)))
        self.heard = told
        return told

    def acts(self, who: str, words: str) -> None:
        """Type a sentence that the model is told of at the same moment."""
        self.says(who, words)
        self.run(self.town.says(f"{OWN}:{who}", "/cancel"))
        self.world.now = self.town.clock.at

    def rows(self) -> list[Any]:
        columns = "a.*, u.code AS unit"
        where = "a.agency_id = u.agency_id AND a.unit_id = u.id AND u.agency_id = {}"
        found: list[Any] = self.run(
            self.town.rows("assignments a, units u", columns, where.format(self.town.agencies[OWN]))
        )
        return found

    # the rules

    @rule(who=whom, key=keys, percent=st.integers(1, 99))
    def progress(self, who: str, key: Key, percent: int) -> None:
        words = next(self.words)
        if who == "gd" or (who == "cvp" and key[1] != "VP"):
            return  # they may speak for every unit, which is not this agency's habit
        self.acts(who, f"tiến độ 718/{key[0]} {percent}% {words}")
        self.world.progress(who, self.meant(who, key), percent, words)

    @rule(who=unit_people, key=keys, days=few_days)
    def blocked(self, who: str, key: Key, days: int) -> None:
        words, until = next(self.words), self.town.clock.at.date() + timedelta(days=days + 1)
        self.acts(who, f"vướng 718/{key[0]} {words}, {until.day}/{until.month}")
        self.world.blocked(who, self.meant(who, key), words, until)

    @rule(who=unit_people, key=keys)
    def present(self, who: str, key: Key) -> None:
        self.acts(who, f"trình 718/{key[0]}")
        self.world.present(who, self.meant(who, key))

    @rule(who=unit_people, key=keys)
    def reported(self, who: str, key: Key) -> None:
        self.acts(who, f"/reported 718/{key[0]}")
        self.world.reported(who, self.meant(who, key))

    @rule(who=st.sampled_from([*OF_UNITS, "pgd", "th"]), key=keys, paper=st.booleans(), days=few_days)
    def done(self, who: str, key: Key, paper: bool, days: int) -> None:
        number, dated = None, None
        words = f"xong 718/{key[0]}"
        if paper and key[0] == "3.5" and who in OF_UNITS:
            number, dated = str(next(self.papers)), self.town.clock.at.date() - timedelta(days=days)
            words += f" {number} {dated.day}/{dated.month}"
        self.acts(who, words)
        self.world.done(who, self.meant(who, key), number, dated)

    @rule(who=whom)
    def acknowledge(self, who: str) -> None:
        self.acts(who, "ok")
        self.world.acknowledge(who)

    @rule(who=st.sampled_from(["tp-qltm", "pp-qltm", "tp-qlnl"]), key=keys,
          to=st.sampled_from(["pho phong", "chuyen vien", "toi"]))  # fmt: skip
    def hand_over(self, who: str, key: Key, to: str) -> None:
        self.acts(who, f"giao 718/{key[0]} cho {to}")
        self.world.hand_over(who, self.meant(who, key), to)

    @rule(who=whom, key=keys)
    def send_back(self, who: str, key: Key) -> None:
        words = next(self.words)
        self.acts(who, f"trả lại 718/{key[0]} {key[1]} thiếu {words}")
        self.world.send_back(who, key, words)

    @rule(who=whom, key=keys)
    def confirm(self, who: str, key: Key) -> None:
        self.acts(who, f"xác nhận 718/{key[0]} {key[1]}")
        self.world.confirm(who, key)

    @rule(who=whom, key=keys)
    def drop(self, who: str, key: Key) -> None:
        self.acts(who, f"thôi theo dõi 718/{key[0]} {key[1]} vì {next(self.words)}")
        self.world.drop(who, key)

    @rule(who=st.sampled_from(["gd", "tp-qltm", "pgd", "th"]), code=st.sampled_from(["3.5", "3.6", "3.7"]),
          unit=st.sampled_from(["QLTM", "QLNL", "QLCN"]))  # fmt: skip
    def assign(self, who: str, code: str, unit: str) -> None:
        self.acts(who, f"/assign 718/{code} {unit}")
        made = next((row for row in self.rows() if (row.code, row.unit) == (code, unit)), None)
        due = as_day(made.due_on) if made is not None else None
        assert due in {part["due"] for key, part in self.world.parts.items() if key[0] == code} or made is None
        self.world.assign(who, code, unit, due)

    @rule(who=unit_people, key=keys, days=st.integers(-3, 60))
    def ask_for_time(self, who: str, key: Key, days: int) -> None:
        meant = self.meant(who, key)
        due = self.world.parts[meant]["due"] if meant in self.world.parts else None
        until = (due or self.town.clock.at.date()) + timedelta(days=days)
        self.acts(who, f"gia hạn 718/{key[0]} đến {until.day}/{until.month}/{until.year} vì {next(self.words)}")
        self.world.ask(who, meant, until)

    @precondition(lambda self: any(one.outcome is None for one in self.world.requests))
    @rule(who=st.sampled_from(["gd", "pgd"]), agrees=st.booleans(), data=st.data())
    def say_of_request(self, who: str, agrees: bool, data: st.DataObject) -> None:
        waiting = [one.part for one in self.world.requests if one.outcome is None]
        code, unit = data.draw(st.sampled_from(waiting))
        self.acts(who, f"/{'agree' if agrees else 'refuse'} 718/{code} {unit}")
        self.world.say_of_request(who, (code, unit), agrees=agrees)

    @rule(who=whom)
    def undo(self, who: str) -> None:
        self.acts(who, "hoàn tác")
        taken_back = self.world.undo(who)
        assert ("Đã hoàn tác" in self.heard) == taken_back, self.heard

    @rule(minutes=st.sampled_from([9, 60 * 24, 60 * 24 * 5]))
    def time_passes(self, minutes: int) -> None:
        self.town.clock.at += timedelta(minutes=minutes)
        self.world.now = self.town.clock.at

    @rule(words=st.sampled_from(["xem {}", "xong {}", "vướng {} x", "trả lại {} QLTM thiếu x", "thôi theo dõi {} vì x",
                                 "/summary SCT", "quá hạn SCT", "hoàn tác"]),
          key=keys, who=st.sampled_from(["tp-qltm", "gd", "cvp"]))  # fmt: skip
    def looked_at_from_elsewhere(self, words: str, key: Key, who: str) -> None:
        told = self.says(who, words.format(f"SCT/718/{key[0]}"), FOREIGN)
        self.world.now = self.town.clock.at
        assert MARK not in told
        assert "Sở Công Thương" not in told

    def meant(self, who: str, key: Key) -> Key:
        """Return whose part somebody means who names no unit: their own unit's."""
        unit = {"tp-qlnl": "QLNL", "tp-qlcn": "QLCN", "cvp": "VP"}.get(who, "QLTM" if "qltm" in who else "")
        return key[0], unit

    # what must hold

    @invariant()
    def every_part_stands_as_the_rules_say(self) -> None:
        if not hasattr(self, "world"):
            return
        stored = {(row.code, row.unit): row for row in self.rows()}
        assert stored.keys() == self.world.parts.keys()
        for key, part in self.world.parts.items():
            row = stored[key]
            for name in ("state", "role", "percent", "note", "missing", "document"):
                said, wanted = getattr(row, name), part[name]
                same = said == wanted or (wanted is not None and said is not None and str(wanted) in str(said))
                assert same, (key, name, said, wanted, self.heard)
            for name, column in [("due", "due_on"), *((n, n) for n in ("expected_on", "presented_on", "completed_on",
                                                                       "document_on"))]:  # fmt: skip
                assert as_day(getattr(row, column)) == part[name], (key, name, self.heard)
            assert self.people.get(row.handed_to) == part["handed_to"], (key, "handed_to", self.heard)
            assert _moment(row.mend_by) == part["mend_by"], (key, "mend_by", self.heard)

    @invariant()
    def the_figures_are_the_rules_and_add_up(self) -> None:
        if not hasattr(self, "world"):
            return
        told = str(self.run(self.town.says(f"{OWN}:gd", "/summary")))
        found = re.search(
            r"Tổng (\d+) .*?Hoàn thành (\d+)/\d+ \(đúng hạn (\d+), trễ (\d+)\)\s+Chưa xong (\d+): trong hạn (\d+), quá hạn (\d+)",
            told,
            re.DOTALL,
        )
        assert found is not None, told
        total, done, on_time, late, still_open, in_time, overdue = map(int, found.groups())
        assert (done, still_open, total) == (on_time + late, in_time + overdue, done + still_open)
        wanted = self.world.partition()
        assert {"on_time": on_time, "late": late, "in_time": in_time, "overdue": overdue} == wanted, told
        assert SECRET not in told


def as_day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
