"""What a reader takes from a notice, and whom it can recognise."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Period = Literal["day", "week", "month", "quarter", "half_year", "year"]
Kind = Literal["tracked", "standing", "untracked"]


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the agency with every name it goes by."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """The agency whose notices are read."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    units: tuple[KnownUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a directive falls due; weekday is 1 (Monday) to 7, day the last day of the month that is in time."""

    every: Period
    weekday: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One directive as printed, with what could be recognised in it.

    Units are roster codes, else the words as written. Warnings: no_unit, unknown_unit, no_deadline, bad_date,
    past_due, due_on_issue_day, year_inferred, several_deadlines, relative_deadline. `report_to` is whom product or
    report go to, in the notice's words. `doubts` name what was read with low confidence, and why: "field:reason" with
    the fields code, units, deadline.
    """

    code: str
    text: str
    lead_units: tuple[str, ...] = ()
    implementing_units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    all_units: bool = False
    kind: Kind = "tracked"
    deadline_text: str | None = None
    due: date | None = None
    due_time: time | None = None
    suggested_due: bool = False
    recurrence: Recurrence | None = None
    product: str | None = None
    requires_report: bool = False
    warnings: tuple[str, ...] = ()
    short_title: str = ""
    refers_to: tuple[str, ...] = ()
    assigned_by_superior: bool = False
    report_to: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice as read; what could not be found is None and named in warnings (no_number, no_date, no_tasks).

    `restricted` notices ask on their face not to be passed on.
    """

    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None
    signed_by: str | None
    tasks: tuple[ReadTask, ...] = ()
    warnings: tuple[str, ...] = ()
    recipients_unknown: tuple[str, ...] = ()
    restricted: bool = False
