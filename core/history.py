"""What an act did to a part, told from how the part stood before and after it."""

from __future__ import annotations

from enum import StrEnum

from core.tasks import CLOSED, Progress, State


class Step(StrEnum):
    """One kind of line in the history of a directive."""

    GIVEN = "given"
    ACKNOWLEDGED = "acknowledged"
    PROGRESS = "progress"
    BLOCKED = "blocked"
    PRESENTED = "presented"
    REPORTED = "reported"
    SUBMITTED = "submitted"
    DONE = "done"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    DROPPED = "dropped"
    MOVED = "moved"
    RESUMED = "resumed"
    HANDED = "handed"
    TAKEN_BACK = "taken_back"
    EXTENDED = "extended"
    PRESENT_BY = "present_by"
    DATED = "dated"
    HANDED_IN = "handed_in"
    ASKED = "asked"
    OPINION = "opinion"
    REFUSED = "refused"
    URGED = "urged"
    REWORDED = "reworded"
    DISPUTED = "disputed"
    CHANGED = "changed"
    LADDER = "ladder"
    PROPOSED = "proposed"
    VIEWED = "viewed"
    REQUESTED = "requested"
    REQUESTED_AGAIN = "requested_again"
    REQUEST_DATED = "request_dated"
    CONTRIBUTED = "contributed"
    CONTRIBUTED_NOTHING = "contributed_nothing"
    CONTRIBUTES_LATER = "contributes_later"


OF_THE_UNIT = frozenset(
    {
        Step.ACKNOWLEDGED, Step.PROGRESS, Step.BLOCKED, Step.PRESENTED, Step.REPORTED, Step.SUBMITTED, Step.DONE,
        Step.HANDED_IN, Step.ASKED, Step.CONTRIBUTED, Step.CONTRIBUTED_NOTHING, Step.CONTRIBUTES_LATER,
    }
)  # fmt: skip
"""What a unit says of its own part: said by anybody else, it was written down for the unit."""

_BY_STATE = {
    State.ACKNOWLEDGED: Step.ACKNOWLEDGED,
    State.BLOCKED: Step.BLOCKED,
    State.PRESENTED: Step.PRESENTED,
    State.REPORTED: Step.REPORTED,
    State.SUBMITTED: Step.SUBMITTED,
    State.RETURNED: Step.RETURNED,
    State.DROPPED: Step.DROPPED,
}


def step_between(before: Progress | None, after: Progress, act: str | None) -> Step:
    """Return what took a part from one version to the next; without a version before, it was given out."""
    if before is None:
        return Step.GIVEN
    if act == "dispute":
        return Step.DISPUTED
    if after.state is State.DROPPED and act == "assign":
        return Step.MOVED
    if after.state is State.DONE:
        return Step.CONFIRMED if before.state is State.SUBMITTED and act == "confirm" else Step.DONE
    if before.state in CLOSED and after.state is State.ASSIGNED:
        return Step.RESUMED
    if after.handed_to != before.handed_to:
        return Step.TAKEN_BACK if after.handed_to is None else Step.HANDED
    if after.due != before.due:
        return Step.EXTENDED if act == "extended" and before.due is not None else Step.DATED
    if after.present_by != before.present_by:
        return Step.PRESENT_BY
    if act == "blocked":
        return Step.BLOCKED
    if after.state is not before.state:
        return _BY_STATE.get(after.state, Step.HANDED_IN if act == "report" else Step.PROGRESS)
    return {"report": Step.HANDED_IN, "reported": Step.REPORTED, "present": Step.PRESENTED}.get(
        act or "", Step.PROGRESS if after != before or act == "progress" else Step.CHANGED
    )
