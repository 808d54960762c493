"""What is said once a notice is in force, and the count of whom it reached."""

from __future__ import annotations

from core.drafts import DraftNotice
from core.messages import Button, Message
from handlers.context import Context
from handlers.following import Followed, unit_words
from handlers.notice_words import Words
from handlers.office_word import count_of
from storage.drafts import Draft


def done(t: Words, notice: DraftNotice, followed: Followed, key: str) -> Message:
    """Return the sentence of this key, how many heads are being told, and what still has no deadline."""
    lines = [t(key, number=notice.short)]
    if followed.told:
        lines.append(t("notice-telling", count=len(followed.told)))
    if undated := len(notice.undated()):
        lines.append(t("notice-followed-undated", count=undated))
    button = Button(t("notice-button-follow-up"), f"/summary {_shown(notice)}")
    return Message(tuple(lines), None, () if key == "notice-approved" else (button,), menu=True)


async def count(context: Context, draft: Draft, followed: Followed, entry: int) -> None:
    """Let whoever approved and whoever prepared it hear how many heads the news really reached."""
    units = [(unit_words(told.unit), [head.person_id for head in told.heads]) for told in followed.told]
    agency, number = context.actor.agency_id, _shown(draft.notice).partition("/")[0]
    for other in dict.fromkeys(one for one in (context.actor.person_id, draft.prepared_by) if one is not None):
        for way in (await context.work.accounts.reach(other))[:1] if units else ():
            context.rows.append(count_of(context.work, agency, units, number, entry, other, way.channel))


def _shown(notice: DraftNotice) -> str:
    corrects = notice.amends is not None and notice.amends.kind == "correction"
    return notice.amends.number if corrects and notice.amends is not None else notice.number
