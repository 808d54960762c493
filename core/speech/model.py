"""What a message is understood to say."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskRef:
    """A directive as a person names it: its code, and the notice, year and agency where they were said."""

    code: str
    notice: str | None = None
    year: int | None = None
    agency: str | None = None

    def __str__(self) -> str:
        """The shortest form that reads back as the same reference: 3.5, 718/3.5, 718-2023/3.5, SCT/718/3.5."""
        parts = [] if self.agency is None else [self.agency]
        if self.notice is not None:
            number, slash, symbol = self.notice.partition("/")
            year = "" if self.year is None else f"-{self.year}"
            parts.append(f"{number}{year}{slash}{symbol}")
        return "/".join([*parts, self.code])


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document's number and date as far as they were typed; `year_typed` says whether the date's year was."""

    number: str
    dated: dt.date | None = None
    kind: str | None = None
    suffix: str | None = None
    year_typed: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message understood: an intent (a command's name), what it is about, and the words left over.

    `said` is what to quote (as typed, without slash command, references and courtesy); `rest` is what is left once
    the command's own words and the values read from it are taken away. `before` says that the date was given as
    "trước" (strictly before), `inferred` that no command was named: the words only sound like it; `exact` that it was named by a slash, as buttons do. Neither `said` nor `rest` keeps line breaks.
    """

    intent: str
    refs: tuple[TaskRef, ...] = ()
    document: DocumentRef | None = None
    date: dt.date | None = None
    percent: int | None = None
    choice: int | None = None
    rest: str = ""
    said: str = ""
    nearest: tuple[str, ...] = ()
    mentions_unit: str | None = None
    notice: str | None = None
    before: bool = False
    inferred: bool = False
    exact: bool = False
