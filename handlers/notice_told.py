"""What is said once a notice is in force: who was told, and who has to be phoned."""

from __future__ import annotations

from core.drafts import DraftNotice
from core.messages import Button, Message
from handlers.following import Followed, unit_words
from handlers.notice_words import Words


def done(t: Words, notice: DraftNotice, followed: Followed, key: str) -> Message:
    """Return the sentence of this key, whom the news reached, and what still has no deadline."""
    reached = sum(told.reached for told in followed.told)
    lines = [t(key, number=notice.short)]
    if followed.told or notice.amends is None:
        lines.append(t("notice-told", reached=reached, count=len(followed.told)))
    missed = [
        t("notice-unlinked", title=told.heads[0].title)
        if told.heads
        else t("notice-headless", unit=unit_words(told.unit))
        for told in followed.told
        if not told.reached
    ]
    if missed:
        lines.append(t("notice-missed", names=", ".join(missed)))
    if undated := len(notice.undated()):
        lines.append(t("notice-followed-undated", count=undated))
    button = Button(t("notice-button-follow-up"), f"/summary {_shown(notice)}")
    return Message(tuple(lines), None, () if key == "notice-approved" else (button,), menu=True)


def _shown(notice: DraftNotice) -> str:
    corrects = notice.amends is not None and notice.amends.kind == "correction"
    return notice.amends.number if corrects and notice.amends is not None else notice.number
