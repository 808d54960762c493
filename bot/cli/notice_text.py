"""A read notice as people see it on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.comparing import difference
from core.drafts import Amends, DraftNotice
from core.reading.model import ReadNotice, ReadTask
from handlers.amend_pages import amend_title, changes_lines
from handlers.catalogue import Catalogue
from handlers.following import words_in

_SHORT = 90
_WARNINGS = {
    "no_unit": "chưa rõ đơn vị",
    "unknown_unit": "có đơn vị ngoài danh sách",
    "no_deadline": "văn bản không in thời hạn",
    "bad_date": "ngày in không có thật",
    "past_due": "hạn trước ngày ban hành",
    "due_on_issue_day": "hạn đúng ngày ban hành",
    "year_inferred": "năm của hạn là suy ra",
    "several_deadlines": "có nhiều thời hạn",
    "relative_deadline": "thời hạn tính theo việc khác",
    "no_number": "không thấy số văn bản",
    "no_date": "không thấy ngày ban hành",
    "no_tasks": "không thấy chỉ đạo nào",
}


def changed(draft: DraftNotice, amends: Amends) -> str:
    """Return what a document changes in a notice under follow-up, as the chat says it."""
    words = words_in(Catalogue(), "vi")
    day = draft.issued_on or date(amends.year, 1, 1)
    lines = changes_lines(words, amends, difference(draft), day)
    return "\n".join([amend_title(words, draft, amends), *lines])


def told(notice: ReadNotice) -> str:
    """Return all that was read, a few lines for each directive."""
    return "\n".join(_lines(notice))


def _lines(notice: ReadNotice) -> list[str]:
    lines = [
        f"{notice.number or 'Không rõ số'}, {_day(notice.issued_on) or 'không rõ ngày'}",
        *(part for part in (notice.issuer, notice.title) if part),
        f"Người ký: {notice.signed_by}" if notice.signed_by else "Không rõ người ký",
        f"{len(notice.tasks)} chỉ đạo:",
    ]
    for task in notice.tasks:
        lines += ["", *_task(task)]
    if notice.warnings:
        lines += ["", f"Lưu ý: {_warned(notice.warnings)}"]
    return lines


def _task(task: ReadTask) -> list[str]:
    text = " ".join(task.text.split())
    lines = [f"{task.code}  {text if len(text) <= _SHORT else text[:_SHORT].rsplit(' ', 1)[0] + '…'}"]
    units = {
        "chủ trì": task.lead_units,
        "triển khai": task.implementing_units,
        "phối hợp": task.cooperating_units,
    }
    named = [f"{word}: {', '.join(codes)}" for word, codes in units.items() if codes]
    if task.all_units:
        named.append("các phòng, đơn vị")
    lines.append(f"   {'; '.join(named) or 'chưa rõ đơn vị'}")
    hour = f" {task.due_time:%H:%M}" if task.due_time else ""
    due = f"{'gợi ý ' if task.suggested_due else ''}{_day(task.due)}{hour}" if task.due else "không có"
    lines.append(f"   hạn: {due}" + (f" ({task.deadline_text})" if task.deadline_text else ""))
    if task.product:
        lines.append(f"   sản phẩm: {task.product}")
    if task.warnings:
        lines.append(f"   lưu ý: {_warned(task.warnings)}")
    return lines


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _warned(warnings: Iterable[str]) -> str:
    return ", ".join(_WARNINGS.get(warning, warning) for warning in warnings)
