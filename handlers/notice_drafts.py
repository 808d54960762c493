"""Which draft somebody means, and what they may do with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from core.errors import AlreadyFollowed, NoDraft, NotAllowed, UnknownTask
from core.people import OFFICE, Role
from core.speech import TaskRef, Utterance, typed_date
from core.text import clean, fold
from handlers.context import Context
from handlers.phrasing import day_month
from storage.drafts import OPEN_DRAFT, Draft

CHIEF = frozenset({Role.OFFICE_CHIEF})
LEADER = frozenset({Role.LEADER})
CONCERNED = OFFICE | LEADER
"""Those who see a notice before it is under follow-up."""

_REFERENCE = re.compile(r"(?<![\d/.])(\d{1,5})-(\d{4})(?![\d/])")
_PLACE = re.compile(r"[0-9]{1,4}")
_OPINION = re.compile(r"\by kien\b.*\b(?:gd|giam doc)\b")

_ON_THEIR_OWN = frozenset({
    "cancel", "choice", "notice", "approve", "consult", "help", "tasks", "task", "undo", "document", "summary",
    "overdue", "due", "question", "invite", "settings", "language", "start", "edit", "assign",
})  # fmt: skip
"""What is never the words somebody was asked for."""


def is_prose(context: Context) -> bool:
    """Tell whether the message can be the sentence that was asked for."""
    said, typed = context.said, context.incoming.text.strip()
    if said.refs and said.intent in {"done", "present", "reported"}:
        return False
    return bool(typed) and not typed.startswith("/") and said.intent not in _ON_THEIR_OWN


def words(said: Utterance) -> str:
    """Return what was said beside the command and the notice it names."""
    return _REFERENCE.sub(" ", said.rest).strip()


async def find_draft(context: Context, statuses: Collection[str] = OPEN_DRAFT) -> Draft:
    """Return the open draft the message names, else the newest.

    Raises `AlreadyFollowed` where the notice it names is under follow-up, `NoDraft` where there is none.
    """
    drafts = [draft for draft in await context.work.drafts.open(context.actor.agency_id) if draft.status in statuses]
    number, year = _named(context.said)
    if number is None:
        if not drafts:
            raise NoDraft
        return drafts[0]
    for draft in drafts:
        same = draft.notice.short == number.partition("/")[0]
        if same and (year is None or draft.notice.issued_on is None or draft.notice.issued_on.year == year):
            return draft
    if await context.work.notices.find(context.actor.agency_id, number, year):
        raise AlreadyFollowed(number)
    raise NoDraft


def _named(said: Utterance) -> tuple[str | None, int | None]:
    for ref in said.refs:
        if ref.notice is not None:
            return ref.notice, ref.year
    if (found := _REFERENCE.search(said.rest)) is not None:
        return found[1], int(found[2])
    return said.notice, None


def index_of(draft: Draft, code: str) -> int:
    """Return where in the draft the directive with this code stands; raises `UnknownTask`."""
    codes = [task.code for task in draft.notice.tasks]
    for index, own in enumerate(codes):
        if fold(own) == fold(code):
            return index
    raise UnknownTask(code, draft.notice.short, codes[0] if codes else None, codes[-1] if codes else None)


def code_said(said: Utterance, draft: Draft) -> tuple[TaskRef | None, str]:
    """Return the directive named, a bare "5" or "II" included, and the words left beside it."""
    if said.refs:
        return said.refs[0], words(said)
    first, _, rest = words(said).partition(" ")
    if first and any(fold(task.code) == fold(first) for task in draft.notice.tasks):
        return TaskRef(first), rest
    return None, words(said)


def place_said(context: Context) -> int:
    """Return which one of several a command asks for, counted from 1; the first where it does not say."""
    return next((int(word) for word in words(context.said).split() if _PLACE.fullmatch(word)), 1)


def must_be(context: Context, roles: frozenset[Role], command: str) -> None:
    """Raise `NotAllowed` unless the sender holds one of these offices."""
    if not context.actor.is_any(roles):
        raise NotAllowed(command)


def is_chief(context: Context) -> bool:
    """Tell whether the sender approves notices."""
    return context.actor.is_any(CHIEF)


def locked(context: Context, draft: Draft) -> bool:
    """Tell whether the draft lies before the office chief, and the sender is another."""
    return draft.status != "preparing" and not is_chief(context)


def office_basis(typed: str, today: date) -> str:
    """Return the basis of a date as it is kept: "y kien GD 05/4" becomes "ý kiến Giám đốc 05/4", others stay as typed."""
    if _OPINION.search(fold(typed)) is None:
        return clean(typed)[:120]
    said = typed_date(re.sub(r"[^\d/.]+", " ", typed).strip(), today=today, past=True)
    return f"ý kiến Giám đốc {day_month(said or today)}"


async def in_preparation(context: Context, ref: TaskRef) -> bool:
    """Tell whether a reference can mean a directive of a notice that is still being prepared."""
    agency = context.actor.agency_code
    if ref.agency is not None and fold(ref.agency) != fold(agency):
        return False
    drafts = await context.work.drafts.open(context.actor.agency_id)
    named = [draft for draft in drafts if ref.notice is None or draft.notice.short == ref.notice.partition("/")[0]]
    return bool(named) and any(fold(task.code) == fold(ref.code) for task in named[0].notice.tasks)
