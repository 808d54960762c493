"""Reads a dialogue: who says what, and what must be heard, one line each.

? tp-qlcn gd-ttkc             nobody is behind these accounts yet (only where accounts are linked by codes)
! telegram, plain             the rest is for these wires only; "! all" opens it to every wire again
@ 2023-04-28T07:25            the business clock moves here, and ticks
@ leaves                      what waited so that an undo could void it leaves now
tp-qltm > /done 3.5           somebody says this
tp-qltm ^ xong                somebody says this in reply to the latest message they got
tp-qltm ^ (tin 3.7 Ban) xong  in reply to the latest message with these words
th > (tệp notice-718.docx)    somebody sends a file of tests/data/notice-718, perhaps with a caption
th > (dán notice-718.txt)     somebody pastes its words, which the messenger cuts every 4,096 characters
tp-qltm > (tin thoại)         somebody sends a voice message
tp-qltm > (ảnh) xong 3.7      somebody sends a picture, perhaps with a caption
tp-qltm ! Chưa có số          somebody presses the button with this label
th ~ code ([A-Z]+ .*)         what this finds in what came is kept, and any $code later stands for it
tp-qltm < chờ số văn bản      in answer they hear this, somewhere in what came since they spoke
tp-qltm <! hoàn thành ngày    and not this
tp-qltm = 1                   exactly so many messages came since they spoke
# a remark
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from core.deadlines import HANOI

Kind = Literal[
    "clock", "leaves", "unlinked", "says", "replies", "sends", "pastes", "speaks", "shows", "presses", "keeps", "hears",
    "hears_not", "count",
]  # fmt: skip

_LINE = re.compile(r"^(?P<who>[a-z][a-z0-9-]*) (?P<mark><!|<|>|!|=|\^|~) (?P<text>.*)$")
_PAREN = re.compile(r"^\((?P<what>tệp|dán|tin thoại|ảnh)(?: (?P<name>[^)]+))?\)(?: (?P<caption>.*))?$")
_TO = re.compile(r"^\(tin (?P<words>[^)]+)\) (?P<text>.*)$")
_KINDS: dict[str, Kind] = {
    ">": "says", "^": "replies", "!": "presses", "~": "keeps", "<": "hears", "<!": "hears_not", "=": "count",
}  # fmt: skip
_PARENS: dict[str, Kind] = {"tệp": "sends", "dán": "pastes", "tin thoại": "speaks", "ảnh": "shows"}
SPEAKING = frozenset({"says", "replies", "sends", "pastes", "speaks", "shows", "presses"})


@dataclass(frozen=True, slots=True)
class Step:
    """One line: `file` is the name a file has, `about` what the message replied to says or the name to keep under."""

    line: int
    kind: Kind
    who: str
    text: str
    file: str | None = None
    about: str | None = None
    moment: datetime | None = None
    wires: tuple[str, ...] = ()

    def is_for(self, wire: str) -> bool:
        """Tell whether the line is played on this wire."""
        return not self.wires or any(wire.startswith(name) for name in self.wires)


def read(path: Path, wire: str = "") -> list[Step]:
    """Return the steps of a dialogue, for one wire if it is named; raises `ValueError` for what is no step."""
    return [step for step in _steps(path) if not wire or step.is_for(wire)]


@cache
def _steps(path: Path) -> tuple[Step, ...]:
    steps: list[Step] = []
    wires: tuple[str, ...] = ()
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = raw.rstrip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("! "):
            wires = tuple(name.strip() for name in text[2:].split(",") if name.strip() != "all")
            continue
        step = _step(number, text, wires)
        if step is None:
            raise ValueError(f"{path.name}:{number}: {text}")
        steps.append(step)
    return tuple(steps)


def _step(number: int, text: str, wires: tuple[str, ...]) -> Step | None:
    if text == "@ leaves":
        return Step(number, "leaves", "", text, wires=wires)
    if text.startswith("@ "):
        moment = datetime.fromisoformat(text[2:].strip()).replace(tzinfo=HANOI)
        return Step(number, "clock", "", text, moment=moment, wires=wires)
    if text.startswith("? "):
        return Step(number, "unlinked", "", text[2:], wires=wires)
    match = _LINE.match(text)
    if match is None:
        return None
    who, kind, said = match["who"], _KINDS[match["mark"]], match["text"].replace("\\n", "\n").replace("\\t", "\t")
    if kind == "says" and (paren := _PAREN.match(said)) is not None:
        return Step(number, _PARENS[paren["what"]], who, paren["caption"] or "", file=paren["name"], wires=wires)
    if kind == "replies" and (to := _TO.match(said)) is not None:
        return Step(number, kind, who, to["text"], about=to["words"], wires=wires)
    if kind == "keeps":
        name, _, pattern = match["text"].partition(" ")
        return Step(number, kind, who, pattern, about=name, wires=wires)
    return Step(number, kind, who, said, wires=wires)
