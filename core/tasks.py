"""Parts of directives: their states, and the moves that change them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from core.deadlines import Deadline, TimeState, time_state, today
from core.errors import AlreadyClosed, DateInFuture, DocumentNeeded, NotReported


class State(StrEnum):
    """What somebody said or did; never mixed with how the time stands."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    PRESENTED = "presented"
    REPORTED = "reported"
    SUBMITTED = "submitted"
    DONE = "done"
    RETURNED = "returned"
    PAUSED = "paused"
    DROPPED = "dropped"


CLOSED = frozenset({State.DONE, State.DROPPED})


class PartRole(StrEnum):
    """What a unit is to a task."""

    LEAD = "lead"
    IMPLEMENTING = "implementing"
    COOPERATING = "cooperating"


class Kind(StrEnum):
    """Whether a directive is followed to an end, asked about, or left alone."""

    TRACKED = "tracked"
    STANDING = "standing"
    UNTRACKED = "untracked"


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything about one unit's part that acts change; each version of it is kept."""

    state: State = State.ASSIGNED
    due: Deadline | None = None
    percent: int | None = None
    note: str | None = None
    expected_on: date | None = None
    presented_on: date | None = None
    completed_on: date | None = None
    recorded_at: datetime | None = None
    document: str | None = None
    document_on: date | None = None
    present_by: date | None = None
    """Hạn trình: the day by which the product must lie before the leadership."""
    handed_to: int | None = None
    """The person of the unit it was handed to."""
    missing: str | None = None
    mend_by: datetime | None = None
    """What a returned report lacks, and until when the first report's date stands if it is mended."""

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.state not in CLOSED

    def being_mended(self, now: datetime) -> bool:
        """Tell whether a returned report can still be mended so that its first date stands."""
        return self.is_open and self.mend_by is not None and now <= self.mend_by


WITHHELD: Final = "[HẠN CHẾ]"
"""What stands for the words of a restricted directive: the stamp itself."""


def shown_title(title: str, *, restricted: bool) -> str:
    """Return a title as messengers show it: of a restricted directive only that it is one."""
    return WITHHELD if restricted else title


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part of one task, with what is needed to talk about it."""

    id: int
    task_id: int
    agency_id: int
    notice_id: int
    notice_number: str
    notice_year: int
    code: str
    title: str
    kind: Kind
    needs_document: bool
    unit_id: int
    unit_code: str
    role: PartRole
    version: int
    progress: Progress
    original_due: date | None = None
    product: str | None = None
    deadline_text: str | None = None
    successor_id: int | None = None
    replaced: bool = False
    """Whether another notice stands in the place of this one; `successor_id` is the directive that goes on there."""
    former: tuple[str, int] | None = None
    """The number and year of the replaced notice under which this part was asked for."""
    restricted: bool = False
    """Whether the words of its document stay inside the agency; title and product are withheld here already."""
    period: str = ""
    """Which turn of what returns it is; nothing for what does not."""

    def shown(self, words: str | None) -> str:
        """Return what somebody said of the part as messengers carry it to others: of a restricted one that it was said."""
        return shown_title(words, restricted=self.restricted) if words else ""

    def time_state(self, now: datetime) -> TimeState:
        """Return how the part stands against its deadline."""
        return time_state(self.progress.due, now)


def acknowledge(progress: Progress) -> Progress:
    """Return the progress after "đã tiếp nhận"; never a step back, never done."""
    return replace(progress, state=State.ACKNOWLEDGED) if progress.state is State.ASSIGNED else progress


def advance(progress: Progress, note: str | None, percent: int | None) -> Progress:
    """Return the progress after a report of how it goes, the head's words kept as typed."""
    _must_be_open(progress)
    state = State.IN_PROGRESS if progress.state in {State.ASSIGNED, State.ACKNOWLEDGED} else progress.state
    return replace(
        progress, state=state, note=note or progress.note, percent=progress.percent if percent is None else percent
    )


def block(progress: Progress, reason: str, expected_on: date | None) -> Progress:
    """Return the progress with what holds it up and the day it is expected."""
    _must_be_open(progress)
    return replace(progress, state=State.BLOCKED, note=reason or progress.note, expected_on=expected_on)


def present(progress: Progress, on: date, now: datetime) -> Progress:
    """Return the progress after "đã trình, chờ ký": the unit's clock stops on that day."""
    _must_be_open(progress)
    if on > today(now):
        raise DateInFuture(on)
    return replace(progress, state=State.PRESENTED, presented_on=on)


def report_without_document(progress: Progress) -> Progress:
    """Return the progress after "đã báo, chờ số văn bản": not done, the number is still asked for."""
    _must_be_open(progress)
    return replace(progress, state=State.REPORTED)


def complete(
    progress: Progress,
    now: datetime,
    *,
    needs_document: bool,
    document: str | None = None,
    document_on: date | None = None,
    confirming: bool = False,
) -> Progress:
    """Return the progress after "xong", dated by its document where there is one.

    A report mended in the time given for it keeps its first date, and without another document the one it had.
    Raises `DocumentNeeded` where a product is due and no number and date were given, `DateInFuture` for a document of
    tomorrow, `AlreadyClosed` for a part that is closed.
    """
    _must_be_open(progress)
    returned = progress.mend_by is not None
    if returned and document is None:
        document, document_on = progress.document, progress.document_on
    if needs_document and (document is None or document_on is None):
        raise DocumentNeeded
    same = returned and (document, document_on) == (progress.document, progress.document_on)
    completed_on, recorded_at = today(now) if same or document_on is None else document_on, now
    if max(completed_on, document_on or completed_on) > today(now):
        raise DateInFuture(max(completed_on, document_on or completed_on))
    if progress.being_mended(now) and progress.completed_on is not None:
        completed_on, recorded_at = progress.completed_on, progress.recorded_at or now
    return replace(
        progress,
        state=State.SUBMITTED if confirming else State.DONE,
        completed_on=completed_on,
        recorded_at=recorded_at,
        document=document,
        document_on=document_on,
        missing=None,
        mend_by=None,
    )


def confirm(progress: Progress) -> Progress:
    """Return the progress once a leader has found the report in order; raises `NotReported` where there is none."""
    if progress.state is not State.SUBMITTED:
        _must_be_open(progress)
        raise NotReported(progress.state)
    return replace(progress, state=State.DONE)


def send_back(progress: Progress, missing: str, mend_by: datetime) -> Progress:
    """Return the progress of a report that lacks something; raises `NotReported` where there is none to return."""
    if progress.state not in {State.SUBMITTED, State.DONE}:
        _must_be_open(progress)
        raise NotReported(progress.state)
    return replace(progress, state=State.RETURNED, missing=missing, mend_by=mend_by)


def on_time(progress: Progress) -> bool:
    """Tell whether a done part met its deadline, by the document's date."""
    due, done = progress.due, progress.completed_on
    if due is None or done is None or done != due.on:
        return due is None or done is None or done < due.on
    # on the last day itself an hour counts, but only if it was reported that day: a document tells no hour
    reported = progress.recorded_at
    return due.at is None or reported is None or today(reported) != done or not due.missed_by(reported)


def _must_be_open(progress: Progress) -> None:
    if not progress.is_open:
        raise AlreadyClosed(progress.state, progress.completed_on, progress.document)
