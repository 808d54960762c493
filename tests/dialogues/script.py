"""Reads a dialogue: who says what, and what must be heard, one line each.

@ 2023-04-28T07:25            the business clock moves here, and ticks
tp-qltm > /done 3.5           somebody says this
th > (tệp notice-718.docx)    somebody sends a file of tests/data/notice-718
tp-qltm ! Chưa có số          somebody presses the button with this label
tp-qltm < chờ số văn bản      in answer they hear this, somewhere in what came since they spoke
tp-qltm <! hoàn thành ngày    and not this
tp-qltm = 1                   exactly so many messages came since they spoke
! telegram, webhook           the rest is for these wires only
# a remark
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from core.deadlines import HANOI

Kind = Literal["clock", "says", "sends", "presses", "hears", "hears_not", "count"]

_LINE = re.compile(r"^(?P<who>[a-z][a-z0-9-]*) (?P<mark><!|<|>|!|=) (?P<text>.*)$")
_FILE = re.compile(r"^\(tệp (?P<name>[^)]+)\)(?: (?P<caption>.*))?$")
_KINDS: dict[str, Kind] = {">": "says", "!": "presses", "<": "hears", "<!": "hears_not", "=": "count"}


@dataclass(frozen=True, slots=True)
class Step:
    line: int
    kind: Kind
    who: str
    text: str
    file: str | None = None
    moment: datetime | None = None


def read(path: Path) -> list[Step]:
    steps = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = raw.rstrip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("@ "):
            moment = datetime.fromisoformat(text[2:].strip()).replace(tzinfo=HANOI)
            steps.append(Step(number, "clock", "", text, moment=moment))
            continue
        match = _LINE.match(text)
        if match is None:
            raise ValueError(f"{path.name}:{number}: {text}")
        said, kind = match["text"].replace("\\n", "\n"), _KINDS[match["mark"]]
        if kind == "says" and (file := _FILE.match(said)) is not None:
            steps.append(Step(number, "sends", match["who"], file["caption"] or "", file=file["name"]))
        else:
            steps.append(Step(number, kind, match["who"], said))
    return steps
