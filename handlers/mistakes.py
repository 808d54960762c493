"""Every mistake a person can make, and the sentence that says what to do about it."""

from __future__ import annotations

import re
from dataclasses import replace

from core import errors
from core.deadlines import local
from core.errors import UserError
from core.messages import Button, Message
from core.text import clean
from handlers.catalogue import Catalogue
from handlers.phrasing import clock_time, day_month, full_date

_MOST = 12
"""Codes named in one sentence."""

_QUOTED = 80
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def key_of(mistake: type[UserError]) -> str:
    """Return the catalogue key of a mistake: UnknownTask is worded under error-unknown-task."""
    return "error-" + _CAPITAL.sub("-", mistake.__name__).lower()


def answer_to(mistake: UserError, catalogue: Catalogue, language: str) -> Message:
    """Return what to say to somebody who made this mistake."""

    def t(key: str, **arguments: object) -> str:
        return catalogue.text(language, key, **arguments)

    key = key_of(type(mistake))
    match mistake:
        case errors.UnknownTask():
            own = ", ".join(mistake.open_codes[:_MOST])
            own += ", …" if len(mistake.open_codes) > _MOST else ""
            text = t(
                key,
                code=mistake.code,
                notice=mistake.notice or "",
                first=mistake.first or "",
                last=mistake.last or "",
                known="yes" if mistake.first else "no",
                own=own,
                has="yes" if own else "no",
            )
            return Message.of(text)
        case errors.UnknownNotice():
            known = ", ".join(mistake.known)
            return Message.of(t(key, number=_quoted(mistake.number), known=known, has="yes" if known else "no"))
        case errors.NotYours():
            return Message.of(t(key, code=mistake.code, units=", ".join(mistake.units), own=mistake.own))
        case errors.NotCooperating():
            return Message.of(t(key, code=mistake.code, unit=_quoted(mistake.unit), units=", ".join(mistake.units)))
        case errors.StillAsked():
            return Message.of(t(key, code=mistake.code, units=", ".join(mistake.units)))
        case errors.NotAsked():
            return Message.of(t(key, code=mistake.code, has="yes" if mistake.code else "no"))
        case errors.AlreadyAnswered(code=code, unit=unit, state=state, at=at):
            return Message.of(
                t(key, code=code, unit=unit, state=state, time=clock_time(at), date=day_month(local(at).date()))
            )
        case errors.WhichNotice():
            buttons = [Button(label, f"/{mistake.command} {ref}") for ref, label in mistake.choices]
            return replace(Message.of(t(key, code=mistake.code, count=len(buttons)), *buttons), said=mistake.said)
        case errors.WhichTask():
            buttons = [Button(label, command or "/cancel", not command) for command, label in mistake.choices]
            specific = f"{key}-{mistake.command}"
            text = t(specific if catalogue.has("vi", specific) else key)
            if mistake.more:
                text += "\n" + t("which-task-more", count=mistake.more)
            return replace(Message.of(text, *buttons), said=mistake.said)
        case errors.AlreadyClosed():
            date = full_date(mistake.completed_on) if mistake.completed_on else ""
            text = t(key, code=mistake.code, state=mistake.state, date=date, document=mistake.document or "",
                     has="yes" if mistake.document else "no")  # fmt: skip
            return Message.of(text)
        case errors.UnknownCommand():
            buttons = [
                Button(f"{t(f'label-{name}')} {mistake.refs}".strip(), f"/{name} {mistake.refs}".strip())
                for name in mistake.nearest
            ]
            return Message.of(t(key, near="yes" if buttons else "no"), *buttons)
        case errors.NoticeReplaced(number=number, by=other) | errors.NothingCorrected(number=number, corrected=other):
            return Message.of(t(key, number=_quoted(number), other=_quoted(other)))
        case errors.StillThere():
            return Message.of(t(key, number=mistake.number, codes=", ".join(mistake.codes[:_MOST])))
        case errors.DateInFuture():
            return Message.of(t(key, date=full_date(mistake.on)))
        case errors.NotReported():
            return Message.of(t(key, code=mistake.code, state=t(f"state-{mistake.state}")))
        case errors.JustReturned():
            return Message.of(t(key, code=mistake.code, missing=_quoted(mistake.missing)))
        case errors.ProposalAnswered(by=by):
            return Message.of(t(key, code=mistake.code, by=by, known="yes" if by else "no", view=mistake.view))
        case errors.NotLater():
            return Message.of(t(key, code=mistake.code, date=full_date(mistake.now)))
        case errors.AlreadyPosted():
            return Message.of(t(key, date=full_date(mistake.meeting)))
        case errors.DatePassed():
            return Message.of(t(key, date=full_date(mistake.on)))
        case errors.NotAllowed():
            return Message.of(t(key, command=t(f"label-{mistake.command}")))
        case errors.UnknownUnit():
            return Message.of(t(key, name=_quoted(mistake.name), known=", ".join(mistake.known)))
        case errors.UnreadableNotice():
            return Message.of(t(f"{key}-{mistake.kind}", name=_quoted(mistake.name)))
        case (
            errors.DocumentNeeded(code=value)
            | errors.NeverDone(code=value)
            | errors.NobodyCooperates(code=value)
            | errors.ActedUpon(code=value)
            | errors.AlreadyAsked(code=value)
            | errors.AlreadyProposed(code=value)
            | errors.NotRecorded(code=value)
            | errors.ChangedMeanwhile(code=value)
            | errors.UnknownPerson(name=value)
            | errors.NoDate(said=value)
            | errors.NoDirectives(name=value)
            | errors.AlreadyFollowed(number=value)
            | errors.ConfidentialNotice(level=value)
        ):
            return Message.of(t(key, value=_quoted(value)))
        case errors.TooManyCodes(minutes=count) | errors.NothingChosen(number=count):
            return Message.of(t(key, count=count))
        case _:
            return Message.of(t(key))


def _quoted(said: str) -> str:
    """Return somebody's words on one line, and no more of them than it takes to know them again."""
    words = clean(said)
    return words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1].rstrip()}…"
