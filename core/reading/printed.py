"""A read notice as the stable interface prints it."""

from typing import Any

from core.reading.model import ReadNotice, ReadTask, Recurrence

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _recurrence(value: Recurrence | None) -> dict[str, Any] | None:
    if value is None:
        return None
    weekday = None if value.weekday is None else WEEKDAYS[value.weekday - 1]
    return {"every": value.every, "weekday": weekday, "day": value.day}


def _task(task: ReadTask) -> dict[str, Any]:
    return {
        "code": task.code,
        "text": task.text,
        "lead_units": list(task.lead_units),
        "implementing_units": list(task.implementing_units),
        "cooperating_units": list(task.cooperating_units),
        "all_units": task.all_units,
        "kind": task.kind,
        "deadline_text": task.deadline_text,
        "due": task.due.isoformat() if task.due else None,
        "due_time": task.due_time.strftime("%H:%M") if task.due_time else None,
        "suggested_due": task.suggested_due,
        "recurrence": _recurrence(task.recurrence),
        "product": task.product,
        "requires_report": task.requires_report,
        "warnings": list(task.warnings),
        "report_to": task.report_to,
        "doubts": list(task.doubts),
    }


def as_json(notice: ReadNotice) -> dict[str, Any]:
    """The object `notice read --json` prints, ready for json.dumps."""
    return {
        "number": notice.number,
        "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
        "issuer": notice.issuer,
        "title": notice.title,
        "signed_by": notice.signed_by,
        "tasks": [_task(task) for task in notice.tasks],
        "warnings": list(notice.warnings),
        "restricted": notice.restricted,
    }
