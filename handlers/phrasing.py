"""How dates, deadlines and directives are written in an official sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from core.deadlines import Deadline, local
from core.messages import Button
from core.papers import paper_called
from core.speech import TaskRef
from core.tasks import Part
from core.text import fold
from core.workdays import WorkCalendar
from storage.reports import Line


class Teller(Protocol):
    """What a list needs of whoever tells it: the reader's language, the moment and the working calendar."""

    @property
    def now(self) -> datetime:
        """Return the business moment."""
        ...

    @property
    def today(self) -> date:
        """Return the business day in Hanoi."""
        ...

    @property
    def calendar(self) -> WorkCalendar:
        """Return the working calendar."""
        ...

    def t(self, key: str, **arguments: Any) -> str:
        """Return a sentence in the reader's language."""
        ...


def day_month(day: date) -> str:
    """Return a date as an office writes it: 04/4, 30/4, 02/01 (a zero before days under 10 and months 1 and 2)."""
    return f"{day.day:02d}/{day.month:02d}" if day.month < 3 else f"{day.day:02d}/{day.month}"


def full_date(day: date) -> str:
    """Return a date with its year: 27/4/2023."""
    return f"{day_month(day)}/{day.year}"


def near_date(day: date, now: date) -> str:
    """Return a date, with its year only where that is not this year's."""
    return day_month(day) if day.year == now.year else full_date(day)


def clock_time(moment: datetime) -> str:
    """Return the Hanoi time of a moment: 07:40."""
    return f"{local(moment):%H:%M}"


def due_words(due: Deadline | None, phrase: str | None, now: date) -> str | None:
    """Return a deadline the way the notice says it: "trước 30/4" for a strict one, else "30/6", an asterisk after one
    the notice does not print; `None` where there is none.
    """
    if due is None:
        return None
    mark = " *" if due.basis is not None else ""
    hour = f"{due.at:%H:%M} " if due.at is not None else ""
    if due.basis is None and due.at is None and phrase is not None and fold(phrase).startswith("truoc"):
        return f"trước {near_date(due.on + timedelta(days=1), now)}"
    return f"{hour}{near_date(due.on, now)}{mark}"


def part_due(part: Part, now: date) -> str | None:
    """Return a part's deadline in words."""
    return due_words(part.progress.due, part.deadline_text, now)


def due_or_none(part: Part, now: date) -> dict[str, Any]:
    """Return a part's deadline as an argument of sentences, and whether it `had` one."""
    due = part_due(part, now)
    return {"due": due or "", "had": "yes" if due else "no"}


def short_number(notice_number: str) -> str:
    """Return a notice's number as people say it: 718 of 718/TB-SCT."""
    return notice_number.partition("/")[0]


def source_called(t: Callable[..., str], number: str) -> str:
    """Return the paper a directive comes from as people say it: TB 718, CV 123; given without one, that it was."""
    return paper_called(number) or t("source-given")


def units_given(t: Callable[..., str], lead: Sequence[str], partners: Sequence[str]) -> str:
    """Return who leads and who cooperates, "QLTM chủ trì, VP phối hợp"; nothing where nobody does."""
    if not lead and not partners:
        return ""
    kind = "both" if lead and partners else "lead" if lead else "with"
    return t("assign-units", kind=kind, lead=", ".join(lead), partners=", ".join(partners))


def reference(part: Part | Line, agency: str | None = None) -> str:
    """Return what to type to mean exactly this directive: 718-2023/3.5, or SCT/718-2023/3.5 of another agency."""
    return str(TaskRef(part.code, short_number(part.notice_number), part.notice_year, agency))


def acts_on(t: Callable[..., str], part: Part) -> list[Button]:
    """Return what a unit says most of one directive, a button each."""
    ref = reference(part)
    return [
        Button(t("button-done", code=part.code), f"/done {ref}"),
        Button(t("button-present", code=part.code), f"/present {ref}"),
        Button(t("button-blocked", code=part.code), f"/blocked {ref}"),
    ]


def label(part: Part, now: date) -> str:
    """Return a part on one line of a list of choices: 3.5 KH Đề án TMĐT (trước 30/4)."""
    due = part_due(part, now)
    return f"{part.code} {part.title}" + (f" ({due})" if due else "")
