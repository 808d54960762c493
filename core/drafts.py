"""A notice being prepared: what was read, what was settled since, and what still needs an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from core.tasks import Kind


@dataclass(frozen=True, slots=True)
class DraftTask:
    """One directive as it will be followed. Units are roster codes, or the words as written where none is known.

    `due` counts; `suggested` is only proposed and counts once accepted with a basis.
    """

    code: str
    text: str
    title: str
    kind: Kind = Kind.TRACKED
    kind_reason: str | None = None
    lead: tuple[str, ...] = ()
    implementing: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    all_units: bool = False
    deadline_text: str | None = None
    due: date | None = None
    due_time: time | None = None
    due_basis: str | None = None
    suggested: date | None = None
    recurrence: dict[str, Any] | None = None
    product: str | None = None
    needs_document: bool = False
    by_superior: bool = False
    refers_to: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Return every unit that gets a part."""
        return self.lead + self.implementing + self.cooperating

    @property
    def needs_unit(self) -> bool:
        """Tell whether nobody was given this directive."""
        return self.kind is Kind.TRACKED and not self.lead and not self.all_units

    @property
    def needs_date(self) -> bool:
        """Tell whether a followed directive has no deadline that counts."""
        return self.kind is Kind.TRACKED and self.due is None and self.recurrence is None


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """A notice before it is under follow-up."""

    number: str
    issued_on: date | None
    issuer: str
    title: str
    signed_by: str | None = None
    tasks: tuple[DraftTask, ...] = ()
    recipients_unknown: tuple[str, ...] = ()
    file_ref: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """Return the number as people say it: 718."""
        return self.number.partition("/")[0]

    def task(self, code: str) -> DraftTask | None:
        """Return the directive with this code."""
        return next((task for task in self.tasks if task.code == code), None)

    def with_task(self, changed: DraftTask) -> DraftNotice:
        """Return the draft with one directive replaced by its code."""
        return replace(self, tasks=tuple(changed if task.code == changed.code else task for task in self.tasks))

    def units(self) -> tuple[str, ...]:
        """Return every unit named, each once, in the notice's order."""
        return tuple(dict.fromkeys(unit for task in self.tasks for unit in task.units))


def accept_dates(draft: DraftNotice, basis: str, dates: dict[str, date | None] | None = None) -> DraftNotice:
    """Return the draft with every suggested date accepted on this basis.

    `dates` overrides single ones by code; `None` there leaves that directive without a deadline.
    """
    dates = dates or {}
    accepted = []
    for task in draft.tasks:
        day = dates.get(task.code, task.suggested) if task.needs_date else None
        accepted.append(task if day is None else replace(task, due=day, due_basis=basis))
    return replace(draft, tasks=tuple(accepted))


def to_json(draft: DraftNotice) -> dict[str, Any]:
    """Return a JSON-ready form that `from_json` turns back into an equal draft."""
    plain = {name: getattr(draft, name) for name in ("number", "issuer", "title", "signed_by", "file_ref")}
    return {
        **plain,
        "issued_on": draft.issued_on.isoformat() if draft.issued_on else None,
        "recipients_unknown": list(draft.recipients_unknown),
        "warnings": list(draft.warnings),
        "tasks": [_task_to_json(task) for task in draft.tasks],
    }


def from_json(data: dict[str, Any]) -> DraftNotice:
    """Return the draft `to_json` was called on."""
    return DraftNotice(
        data["number"],
        date.fromisoformat(data["issued_on"]) if data["issued_on"] else None,
        data["issuer"],
        data["title"],
        data["signed_by"],
        tuple(_task_from_json(task) for task in data["tasks"]),
        tuple(data["recipients_unknown"]),
        data["file_ref"],
        tuple(data["warnings"]),
    )


_TUPLES = ("lead", "implementing", "cooperating", "refers_to", "warnings")


def _task_to_json(task: DraftTask) -> dict[str, Any]:
    data: dict[str, Any] = {name: getattr(task, name) for name in task.__slots__}
    data.update({name: list(data[name]) for name in _TUPLES})
    data["kind"] = task.kind.value
    for name in ("due", "due_time", "suggested"):
        data[name] = data[name].isoformat() if data[name] is not None else None
    return data


def _task_from_json(data: dict[str, Any]) -> DraftTask:
    values = dict(data)
    values.update({name: tuple(values[name]) for name in _TUPLES})
    values["kind"] = Kind(values["kind"])
    values["due"] = date.fromisoformat(values["due"]) if values["due"] else None
    values["suggested"] = date.fromisoformat(values["suggested"]) if values["suggested"] else None
    values["due_time"] = time.fromisoformat(values["due_time"]) if values["due_time"] else None
    return DraftTask(**values)
