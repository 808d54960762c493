"""Drafts as they are kept: a JSON-ready form and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from core.drafts import Amends, DraftNotice, DraftTask
from core.tasks import Kind


def to_json(draft: DraftNotice) -> dict[str, Any]:
    """Return a JSON-ready form that `from_json` turns back into an equal draft."""
    plain = {name: getattr(draft, name) for name in ("number", "issuer", "title", "signed_by", "file_ref")}
    return {
        **plain,
        "issued_on": draft.issued_on.isoformat() if draft.issued_on else None,
        "recipients_unknown": list(draft.recipients_unknown),
        "warnings": list(draft.warnings),
        "tasks": tasks_to_json(draft.tasks),
        "read": tasks_to_json(draft.read),
        "amends": _amends_to_json(draft.amends) if draft.amends is not None else None,
        "restricted": draft.restricted,
    }


def from_json(data: dict[str, Any]) -> DraftNotice:
    """Return the draft `to_json` was called on."""
    amends = data.get("amends")
    return DraftNotice(
        data["number"],
        date.fromisoformat(data["issued_on"]) if data["issued_on"] else None,
        data["issuer"],
        data["title"],
        data["signed_by"],
        tasks_from_json(data["tasks"]),
        tuple(data["recipients_unknown"]),
        data["file_ref"],
        tuple(data["warnings"]),
        tasks_from_json(data.get("read", ())),
        _amends_from_json(amends) if amends is not None else None,
        data.get("restricted", False),
    )


def tasks_to_json(tasks: Iterable[DraftTask]) -> list[dict[str, Any]]:
    """Return directives in a JSON-ready form that `tasks_from_json` turns back into equal ones."""
    return [_task_to_json(task) for task in tasks]


def tasks_from_json(data: Iterable[dict[str, Any]]) -> tuple[DraftTask, ...]:
    """Return the directives `tasks_to_json` was called on."""
    return tuple(_task_from_json(task) for task in data)


def _amends_to_json(amends: Amends) -> dict[str, Any]:
    return {
        "kind": amends.kind,
        "notice_id": amends.notice_id,
        "number": amends.number,
        "year": amends.year,
        "before": tasks_to_json(amends.before),
        "words": [list(one) for one in amends.words],
        "unplaced": list(amends.unplaced),
        "dropped": list(amends.dropped),
    }


def _amends_from_json(data: dict[str, Any]) -> Amends:
    return Amends(
        data["kind"],
        data["notice_id"],
        data["number"],
        data["year"],
        tasks_from_json(data["before"]),
        tuple((code, old, new) for code, old, new in data["words"]),
        tuple(data["unplaced"]),
        tuple(data["dropped"]),
    )


_TUPLES = ("lead", "implementing", "cooperating", "refers_to", "warnings", "unknown_units", "doubts")


def _task_to_json(task: DraftTask) -> dict[str, Any]:
    data: dict[str, Any] = {name: getattr(task, name) for name in task.__slots__}
    data.update({name: list(data[name]) for name in _TUPLES})
    data["kind"] = task.kind.value
    data["scanned"] = list(task.scanned) if task.scanned is not None else None
    for name in ("due", "due_time", "suggested"):
        data[name] = data[name].isoformat() if data[name] is not None else None
    return data


def _task_from_json(data: dict[str, Any]) -> DraftTask:
    values = dict(data)
    values.update({name: tuple(values.get(name, ())) for name in _TUPLES})
    values["kind"] = Kind(values["kind"])
    scanned = values.get("scanned")
    values["scanned"] = (scanned[0], scanned[1]) if scanned else None
    values["due"] = date.fromisoformat(values["due"]) if values["due"] else None
    values["suggested"] = date.fromisoformat(values["suggested"]) if values["suggested"] else None
    values["due_time"] = time.fromisoformat(values["due_time"]) if values["due_time"] else None
    return DraftTask(**values)
