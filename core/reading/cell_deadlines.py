"""Deadlines that stand apart from a directive's words: in a table's cell, in the notice's title."""

import re
from dataclasses import replace
from datetime import date

from core.reading.dates import Deadline, month_end, year_meant
from core.reading.deadlines import checked, read_deadline
from core.reading.time_words import IGNORE, QUARTER_WORDS, ROMAN

_CELL_SPAN = re.compile(
    rf"(?:đến|tới|[-–])\s*(?:hết\s+)?(?:ngày\s+)?(?P<end>\d{{1,2}}/\d{{1,2}}/\d{{4}}|tháng\s*\d{{1,2}}\s*/?\s*(?:năm\s+)?\d{{4}}|{QUARTER_WORDS})",
    IGNORE,
)
_CELL_YEAR = re.compile(r"^(?:cả |trong )?năm (20\d\d)", IGNORE)
_CELL_MONTHS = re.compile(
    r"^(?:trong )?tháng\s*\d{1,2}\s*(?:,|và|đến|-)\s*(?:tháng\s*)?(\d{1,2})\s*/\s*(20\d\d)", IGNORE
)


def column_deadline(cell: str, issued: date | None, around: date | None = None) -> Deadline:
    """The deadline a table's cell holds: a bare date, month, quarter or year, or a span, which is due at its end."""
    if not cell:
        return Deadline()
    words, due = cell, None
    if match := _CELL_YEAR.match(cell):
        due = date(int(match[1]), 12, 31)
    elif match := _CELL_MONTHS.match(cell):
        due = month_end(int(match[2]), int(match[1]))
    elif match := _CELL_SPAN.search(cell):
        words = match["end"]
    if due:
        return checked(Deadline(text=cell, due=due), issued, 1)
    if re.match(r"(?:hàng|hằng) ", cell, IGNORE):
        words = f"định kỳ {cell}"
    bare = not re.match(r"trước|chậm|trong|định|hàng|hằng|thường|ngay|cuối|đầu|hết|đến", words, IGNORE)
    cue = "hoàn thành trong " if re.match(r"quý|tháng|(?:6|06) tháng|năm", words, IGNORE) else "thời gian hoàn thành: "
    found = read_deadline(f"{cue}{words}" if bare else words, issued, around)
    return replace(found, text=cell)


def suggested_due(title: str | None, issued: date | None) -> date | None:
    """The end of the last period the title names for the tasks ahead, as a suggestion only."""
    if not title or not re.search(r"nhiệm vụ|giao ban|công tác|kế hoạch|chương trình", title, IGNORE):
        return None
    ends: list[date] = []
    for match in re.finditer(
        rf"{QUARTER_WORDS}|(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm(?:\s*(?P<hy>\d{{4}}))?|tháng\s*(?P<m>\d{{1,2}})(?:\s*(?:/|năm)\s*(?P<my>\d{{4}}))?|(?:nhiệm vụ|công tác|kế hoạch) năm (?P<whole>\d{{4}})",
        title,
        IGNORE,
    ):
        last = (
            ROMAN[match["q"].lower()] * 3
            if match["q"]
            else int(match["m"])
            if match["m"]
            else 6
            if match["half"] and match["half"].lower() == "đầu"
            else 12
        )
        year, _ = year_meant(match["y"] or match["hy"] or match["my"] or match["whole"], last, issued)
        if year and (end := month_end(year, last)):
            ends.append(end)
    latest = max(ends, default=None)
    return latest if latest and (issued is None or latest >= issued) else None
