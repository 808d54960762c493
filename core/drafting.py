"""From a notice as read to a draft somebody settles: only what the notice prints counts, the rest is suggested."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace

from core.drafts import DraftNotice, DraftTask
from core.reading.model import ReadNotice, ReadTask
from core.tasks import Kind

_LONGEST_TITLE = 60


def draft_of(notice: ReadNotice, known: Collection[str], own: str = "") -> DraftNotice:
    """Return what was read as a draft; `known` are the roster's unit codes, any other unit is shown but not followed.

    What is given to the agency itself, whose code is `own`, nobody in it was given yet.
    """
    tasks = tuple(replace(draft_task(task, known, own), restricted=notice.restricted) for task in notice.tasks)
    return DraftNotice(
        notice.number or "",
        notice.issued_on,
        notice.issuer or "",
        notice.title or "",
        notice.signed_by,
        tasks,
        notice.recipients_unknown,
        warnings=notice.warnings,
        read=tasks,
        restricted=notice.restricted,
    )


def draft_task(task: ReadTask, known: Collection[str], own: str = "") -> DraftTask:
    """Return one directive as read, as a draft has it."""
    lead, implementing, cooperating = (
        tuple(unit for unit in units if unit in known)
        for units in (task.lead_units, task.implementing_units, task.cooperating_units)
    )
    if not lead and not task.lead_units:
        # whoever alone carries it out answers for it: leadership counts by lead unit
        lead, implementing = implementing, ()
    named = (*task.lead_units, *task.implementing_units, *task.cooperating_units)
    elsewhere = task.deadline_text is not None and bool(task.refers_to)
    suggested = task.due if task.suggested_due and task.kind == "tracked" and not elsewhere else None
    return DraftTask(
        code=task.code,
        text=task.text,
        title=task.short_title or task.text[:_LONGEST_TITLE],
        kind=Kind(task.kind),
        lead=lead,
        implementing=tuple(unit for unit in implementing if unit not in lead),
        cooperating=tuple(unit for unit in cooperating if unit not in lead + implementing),
        all_units=task.all_units,
        deadline_text=task.deadline_text,
        due=None if task.suggested_due else task.due,
        due_time=None if task.suggested_due else task.due_time,
        suggested=suggested,
        recurrence=asdict(task.recurrence) if task.recurrence is not None else None,
        product=task.product,
        needs_document=task.requires_report,
        by_superior=task.assigned_by_superior,
        refers_to=task.refers_to,
        warnings=task.warnings,
        unknown_units=tuple(dict.fromkeys(unit for unit in named if unit not in known and unit != own)),
        doubts=task.doubts,
    )
