"""A notice being prepared: what was read, what was settled since, and what still needs an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Literal

from core.tasks import WITHHELD, Kind, shown_title

_UNREAD = {"bad_date", "relative_deadline", "several_deadlines"}


@dataclass(frozen=True, slots=True)
class DraftTask:
    """One directive as it will be followed. Units are roster codes.

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
    unknown_units: tuple[str, ...] = ()
    """Units as written that the roster lacks: shown, never followed."""
    follows: int | None = None
    """The directive under follow-up that this one continues."""
    doubts: tuple[str, ...] = ()
    """What was read with low confidence: "field:reason" with the fields code, units, deadline."""
    scanned: tuple[str, str] | None = None
    """The line somebody had better compare with the scan it was read from, and the reference of its picture."""
    restricted: bool = False
    """Whether its words stay inside the agency: messengers show its number, units and deadline."""

    @property
    def shown_title(self) -> str:
        """Return the title as messengers show it."""
        return shown_title(self.title, restricted=self.restricted)

    def shown(self) -> DraftTask:
        """Return the directive as messengers show it: where it is restricted, without the words of the document."""
        if not self.restricted:
            return self
        return replace(
            self, title=WITHHELD, text=WITHHELD, product=None, deadline_text=None, refers_to=(), kind_reason=None,
            unknown_units=(), scanned=None,
        )  # fmt: skip

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

    @property
    def is_proposed(self) -> bool:
        """Tell whether a date that does not count yet is suggested, for a directive somebody was given."""
        return self.needs_date and self.suggested is not None and not self.needs_unit

    @property
    def prints_date(self) -> bool:
        """Tell whether the notice itself names the day, read or not."""
        return (self.due is not None and self.due_basis is None) or bool(_UNREAD & set(self.warnings))


@dataclass(frozen=True, slots=True)
class Amends:
    """The notice under follow-up that a draft corrects, repeats or replaces.

    `before` are its directives as they stood when the draft was begun, `follows` being their own ids. `words` are what
    a correction says was printed where, and what it should be; `unplaced` what it names that stands nowhere. `dropped`
    are the directives with work on them that somebody agreed to let go.
    """

    kind: Literal["correction", "again", "replacement"]
    notice_id: int
    number: str
    year: int
    before: tuple[DraftTask, ...] = ()
    words: tuple[tuple[str, str, str], ...] = ()
    unplaced: tuple[str, ...] = ()
    dropped: tuple[int, ...] = ()

    @property
    def short(self) -> str:
        """Return the notice's number as people say it: 718."""
        return self.number.partition("/")[0]


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """A notice before it is under follow-up, or a change to one that is.

    `read` are its directives as they were read, before anybody settled them.
    """

    number: str
    issued_on: date | None
    issuer: str
    title: str
    signed_by: str | None = None
    tasks: tuple[DraftTask, ...] = ()
    recipients_unknown: tuple[str, ...] = ()
    file_ref: str | None = None
    warnings: tuple[str, ...] = ()
    read: tuple[DraftTask, ...] = ()
    amends: Amends | None = None
    restricted: bool = False
    """Whether the notice asks on its face not to be passed on."""

    @property
    def short(self) -> str:
        """Return the number as people say it: 718, or a question mark where it is unknown."""
        return self.number.partition("/")[0] or "?"

    def task(self, code: str) -> DraftTask | None:
        """Return the directive with this code."""
        return next((task for task in self.tasks if task.code == code), None)

    def with_task(self, changed: DraftTask) -> DraftNotice:
        """Return the draft with one directive replaced by its code."""
        return replace(self, tasks=tuple(changed if task.code == changed.code else task for task in self.tasks))

    @property
    def reference(self) -> str:
        """Return what to type to mean this notice: 718-2023; empty where its number or date is unknown."""
        return f"{self.short}-{self.issued_on.year}" if self.number and self.issued_on else ""

    def units(self) -> tuple[str, ...]:
        """Return every unit named, each once, in the notice's order."""
        return tuple(dict.fromkeys(unit for task in self.tasks for unit in task.units))

    def undated(self) -> tuple[DraftTask, ...]:
        """Return the followed directives without a deadline that counts, but for those that had none before."""
        return tuple(task for task in self.tasks if task.needs_date and not self._was(task, lambda one: one.needs_date))

    def proposed(self) -> tuple[DraftTask, ...]:
        """Return the directives with a date somebody must accept."""
        return tuple(task for task in self.undated() if task.is_proposed)

    def doubted(self) -> tuple[DraftTask, ...]:
        """Return the directives in which something was read with low confidence."""
        return tuple(task for task in self.tasks if task.doubts or task.scanned)

    def without_unit(self) -> tuple[DraftTask, ...]:
        """Return the directives nobody was given, but for those that nobody was given before."""
        return tuple(task for task in self.tasks if task.needs_unit and not self._was(task, lambda one: one.needs_unit))

    def _was(self, task: DraftTask, open_: Callable[[DraftTask], bool]) -> bool:
        """Tell whether this was open already in the directive under follow-up that it continues."""
        if task.follows is None or self.amends is None:
            return False
        return any(open_(one) for one in self.amends.before if one.follows == task.follows)

    @property
    def can_be_followed(self) -> bool:
        """Tell whether number and date are known and every followed directive has a unit."""
        return bool(self.reference) and not self.without_unit()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a leader said about the suggested dates.

    `dates` are single ones by code (`None`: no deadline); `others` says what becomes of the rest: `keep` accepts the
    suggestions, `none` leaves them without a deadline, `open` says nothing, a date is for all of them.
    """

    dates: tuple[tuple[str, date | None], ...] = ()
    others: date | Literal["keep", "none", "open"] = "open"


def accept_dates(draft: DraftNotice, basis: str, opinion: Opinion | None = None) -> DraftNotice:
    """Return the draft with the dates an opinion accepts, on this basis; without one, every suggestion is accepted."""
    said = opinion or Opinion(others="keep")
    named, proposed = dict(said.dates), draft.proposed()
    return replace(draft, tasks=tuple(_decided(task, basis, said.others, named, proposed) for task in draft.tasks))


def _decided(
    task: DraftTask,
    basis: str,
    others: date | Literal["keep", "none", "open"],
    named: dict[str, date | None],
    proposed: tuple[DraftTask, ...],
) -> DraftTask:
    if task.code in named:
        day = named[task.code]
    elif task not in proposed or others == "open":
        return task
    elif isinstance(others, date):
        day = others
    else:
        day = task.suggested if others == "keep" else None
    if day is None:
        return replace(task, due=None, due_time=None, due_basis=None, suggested=None)
    return replace(task, due=day, due_time=None, due_basis=basis)
