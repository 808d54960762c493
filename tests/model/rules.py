"""The rules of following directives, written down a second time, as plainly as they can be; no code of the product's.

A part is a dict, an act a function of the world: it returns the parts as they are afterwards, or `None` where the rules
refuse it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from tests.simulation.rules import HOLIDAYS

HANOI = timezone(timedelta(hours=7))
Part = dict[str, Any]
Key = tuple[str, str]
"""A part's code and unit."""

UNIT_OF = {"tp-qltm": "QLTM", "pp-qltm": "QLTM", "tp-qlnl": "QLNL", "tp-qlcn": "QLCN", "cvp": "VP"}
"""Who acts for which unit without anybody handing anything to them."""
COLLEAGUES = {"pho phong": "pp-qltm", "chuyen vien": "cv-qltm", "toi": None}
OVERSEEN = {"pgd": {"QLTM"}}
CLOSED = {"done", "dropped"}
UNDO = timedelta(minutes=10)


@dataclass
class Request:
    """One request for more time, and which acts made it what it is."""

    part: Key
    until: date
    asked: int
    supported: bool | None = None
    opinion: int | None = None
    outcome: str | None = None
    decided: int | None = None


@dataclass
class Act:
    """What somebody did and can take back: the parts it changed, before and after."""

    number: int
    who: str
    at: datetime
    before: dict[Key, Part] = field(default_factory=dict)
    after: dict[Key, Part] = field(default_factory=dict)
    undone: bool = False
    assigned: bool = False


@dataclass
class World:
    """All there is of one agency."""

    parts: dict[Key, Part]
    needs_document: set[str]
    now: datetime
    confirming: bool = False
    requests: list[Request] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    count: int = 0

    @property
    def today(self) -> date:
        return self.now.astimezone(HANOI).date()

    def _write(self, who: str, changes: dict[Key, Part], *, can_undo: bool = True) -> bool:
        self.count += 1
        before = {key: dict(self.parts[key]) for key in changes if key in self.parts}
        self.parts.update(changes)
        if can_undo:
            after = {key: dict(part) for key, part in changes.items()}
            self.acts.append(Act(self.count, who, self.now, before, after))
        return True

    def may_act(self, who: str, key: Key) -> bool:
        """Tell whether somebody speaks for the unit of this part: acting for it, or handed it."""
        return key in self.parts and (UNIT_OF.get(who) == key[1] or self.parts[key]["handed_to"] == who)

    def _said(self, who: str, key: Key, change: Callable[[Part], Part | None]) -> bool:
        if not self.may_act(who, key) or self.parts[key]["state"] in CLOSED:
            return False
        changed = change(dict(self.parts[key]))
        return changed is not None and self._write(who, {key: changed})

    # what a unit says

    def progress(self, who: str, key: Key, percent: int, words: str) -> bool:
        def change(part: Part) -> Part:
            state = "in_progress" if part["state"] in {"assigned", "acknowledged"} else part["state"]
            return part | {"state": state, "percent": percent, "note": words}

        return self._said(who, key, change)

    def blocked(self, who: str, key: Key, words: str, expected: date) -> bool:
        return self._said(who, key, lambda part: part | {"state": "blocked", "note": words, "expected_on": expected})

    def present(self, who: str, key: Key) -> bool:
        return self._said(who, key, lambda part: part | {"state": "presented", "presented_on": self.today})

    def reported(self, who: str, key: Key) -> bool:
        return self._said(who, key, lambda part: part | {"state": "reported"})

    def done(self, who: str, key: Key, number: str | None, dated: date | None) -> bool:
        def change(part: Part) -> Part | None:
            paper, on = number, dated
            mended = part["mend_by"] is not None
            if mended and paper is None:
                paper, on = part["document"], part["document_on"]
            if key[0] in self.needs_document and part["role"] == "lead" and paper is None:
                return None
            completed, recorded = on or self.today, self.now
            if mended and (paper, on) == (part["document"], part["document_on"]):
                completed = self.today
            if mended and self.now <= part["mend_by"]:
                completed, recorded = part["completed_on"], part["recorded_at"]
            waits = self.confirming and part["role"] != "cooperating"
            return part | {
                "state": "submitted" if waits else "done", "completed_on": completed, "recorded_at": recorded,
                "document": paper, "document_on": on, "missing": None, "mend_by": None,
            }  # fmt: skip

        return self._said(who, key, change)

    def acknowledge(self, who: str) -> bool:
        """Take what is newly assigned as received: of the unit, and what was handed to whoever acts for it."""
        if who not in UNIT_OF:
            return False
        new = {
            key: part | {"state": "acknowledged"}
            for key, part in self.parts.items()
            if part["state"] == "assigned" and self.may_act(who, key)
        }
        return bool(new) and self._write(who, new)

    def hand_over(self, who: str, key: Key, to: str) -> bool:
        if not who.startswith("tp-") or (to != "toi" and who != "tp-qltm"):
            return False
        person = COLLEAGUES[to]
        return UNIT_OF[who] == key[1] and self._said(who, key, lambda part: part | {"handed_to": person})

    # what those above say

    def send_back(self, who: str, key: Key, words: str) -> bool:
        if not self._judges(who, key) or self.parts[key]["state"] not in {"done", "submitted"}:
            return False
        day, left = self.today, 2
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in HOLIDAYS
        until = datetime.combine(day, time(17), HANOI)
        return self._write(who, {key: self.parts[key] | {"state": "returned", "missing": words, "mend_by": until}})

    def confirm(self, who: str, key: Key) -> bool:
        if not self._judges(who, key) or self.parts[key]["state"] != "submitted":
            return False
        return self._write(who, {key: self.parts[key] | {"state": "done"}})

    def _judges(self, who: str, key: Key) -> bool:
        if key not in self.parts or self.parts[key]["role"] == "cooperating":
            return False
        return who == "gd" or (who == "cvp" and key[1] != "VP") or key[1] in OVERSEEN.get(who, ())

    def drop(self, who: str, key: Key) -> bool:
        if who not in {"gd", "cvp"} or key not in self.parts or self.parts[key]["state"] in CLOSED:
            return False
        return self._write(who, {key: self.parts[key] | {"state": "dropped"}})

    def assign(self, who: str, code: str, unit: str, due: date | None) -> bool:
        """Let another unit lead a directive; `due` is the date the new part got, one of those it had."""
        if who != "gd":
            return False
        changes = {}
        for key, part in self.parts.items():
            if key[0] == code and key[1] != unit and part["role"] == "lead" and part["state"] not in CLOSED:
                changes[key] = part | {"state": "dropped"}
        held = self.parts.get((code, unit))
        if held is not None:
            again = {"state": "assigned", "due": due} if held["state"] == "dropped" else {}
            changes[code, unit] = held | {"role": "lead"} | again
        else:
            changes[code, unit] = new_part("lead", due)
        self._write(who, changes)
        self.acts[-1].assigned = True
        return True

    # more time

    def _open_request(self, key: Key) -> Request | None:
        return next((one for one in self.requests if one.part == key and one.outcome is None), None)

    def ask(self, who: str, key: Key, until: date) -> bool:
        if not self.may_act(who, key) or self.parts[key]["state"] in CLOSED or self._open_request(key):
            return False
        due = self.parts[key]["due"]
        if until <= self.today or (due is not None and until <= due):
            return False
        self._write(who, {})
        self.requests.append(Request(key, until, self.count))
        return True

    def say_of_request(self, who: str, key: Key, *, agrees: bool) -> bool:
        one = self._open_request(key)
        if one is None:
            return False
        if who == "pgd":
            if key[1] not in OVERSEEN["pgd"] or one.supported is not None:
                return False
            self._write(who, {})
            one.supported, one.opinion = agrees, self.count
            return True
        if who != "gd":
            return False
        if agrees:
            if self.parts[key]["state"] in CLOSED or one.until <= self.today:
                return False
            basis = f"gd {self.today}"
            self._write(who, {key: self.parts[key] | {"due": one.until, "basis": basis}})
        else:
            self._write(who, {})
        one.outcome, one.decided = "granted" if agrees else "refused", self.count
        return True

    # taking back

    def undo(self, who: str) -> bool:
        last = next((act for act in reversed(self.acts) if act.who == who and not act.undone), None)
        if last is None or self.now - last.at > UNDO:
            return False
        if any(_progress(self.parts[key]) != _progress(part) for key, part in last.after.items()):
            return False
        new = last.after.keys() - last.before.keys()
        if any(one.part in new and one.outcome != "withdrawn" for one in self.requests):
            return False
        if not self._take_back_request(last.number):
            return False
        for key, part in last.before.items():
            self.parts[key] = part if last.assigned else part | {"role": self.parts[key]["role"]}
        for key in new:
            self.parts[key] = self.parts[key] | {"state": "dropped"}  # it was not there: it is followed no more
        last.undone = True
        return True

    def _take_back_request(self, number: int) -> bool:
        for one in self.requests:
            if one.asked == number:
                if one.outcome is not None or one.supported is not None:
                    return False
                one.outcome = "withdrawn"
            elif one.opinion == number:
                if one.outcome is not None:
                    return False
                one.supported = one.opinion = None
            elif one.decided == number:
                if self._open_request(one.part):
                    return False
                one.outcome = one.decided = None
        return True

    # what is counted

    def partition(self) -> dict[str, int]:
        """Count directives by their lead units' parts: one is done when all are, late when any is."""
        counted = dict.fromkeys(("on_time", "late", "in_time", "overdue"), 0)
        for code in {key[0] for key in self.parts}:
            if any(key[0] == code and part["kind"] == "standing" for key, part in self.parts.items()):
                counted["in_time"] += 1  # a standing duty is never done and never late
                continue
            parts = [p for key, p in self.parts.items() if key[0] == code and p["role"] == "lead"]
            parts = [p for p in parts if p["state"] != "dropped"]
            still_open = [p for p in parts if p["state"] != "done"]
            if still_open:
                counted["overdue" if any(map(self.is_overdue, still_open)) else "in_time"] += 1
            elif parts:
                counted["late" if any(_was_late(p) for p in parts) else "on_time"] += 1
        return counted

    def is_overdue(self, part: Part) -> bool:
        if part["due"] is None or self.today <= part["due"]:
            return False
        if part["state"] == "presented":
            return bool(part["presented_on"] > part["due"])
        in_hand = part["state"] == "submitted" or (part["mend_by"] is not None and self.now <= part["mend_by"])
        return not in_hand or _was_late(part)


def _was_late(part: Part) -> bool:
    return part["due"] is not None and part["completed_on"] is not None and part["completed_on"] > part["due"]


def _progress(part: Part) -> Part:
    return {name: value for name, value in part.items() if name not in {"role", "kind"}}


def new_part(role: str, due: date | None) -> Part:
    """Return a part on which nothing was done."""
    empty = dict.fromkeys(
        ("percent", "note", "expected_on", "presented_on", "completed_on", "recorded_at", "document", "document_on",
         "handed_to", "missing", "mend_by", "basis")
    )  # fmt: skip
    return {"role": role, "kind": "tracked", "state": "assigned", "due": due, **empty}
