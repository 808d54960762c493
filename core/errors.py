"""What a person can get wrong: errors that carry data; the wording catalogue has the sentences.

The wording key of an error is `error-` and its class name in kebab case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class UserError(Exception):
    """A mistake somebody can mend; answered with a sentence that says how."""


@dataclass(eq=False)
class UnknownTask(UserError):
    """No directive of the person's notices has this code."""

    code: str
    notice: str | None = None
    first: str | None = None
    last: str | None = None
    open_codes: tuple[str, ...] = ()


@dataclass(eq=False)
class UnknownNotice(UserError):
    """The agency follows no notice of this number."""

    number: str
    known: tuple[str, ...] = ()


@dataclass(eq=False)
class NotYours(UserError):
    """The directive belongs to other units of the agency."""

    code: str
    units: tuple[str, ...]
    own: str


@dataclass(eq=False)
class WhichNotice(UserError):
    """Two notices have this code; the person must say which."""

    code: str
    command: str
    choices: tuple[tuple[str, str], ...]
    """Each a reference that names the notice, and the label to show."""
    said: str = ""
    """What the person said, which a choice completes."""


@dataclass(eq=False)
class WhichTask(UserError):
    """The command needs a code; these are the open ones it could mean, and so many `more` than are shown."""

    command: str
    choices: tuple[tuple[str, str], ...]
    more: int = 0
    said: str = ""


@dataclass(eq=False)
class NothingOpen(UserError):
    """The person's units have no open part."""


@dataclass(eq=False)
class AlreadyClosed(UserError):
    """The part is closed."""

    state: str
    completed_on: date | None = None
    document: str | None = None
    code: str = ""


@dataclass(eq=False)
class NotReported(UserError):
    """Nothing was reported done that could be confirmed or returned."""

    state: str
    code: str = ""


@dataclass(eq=False)
class NotRecorded(UserError):
    """The office recorded nothing of this on the unit's behalf, or it was taken back already."""

    code: str


@dataclass(eq=False)
class JustReturned(UserError):
    """A leader asked for something a moment ago that this report cannot know of yet."""

    code: str
    missing: str


@dataclass(eq=False)
class DatePassed(UserError):
    """A day to come was expected."""

    on: date


@dataclass(eq=False)
class NotLater(UserError):
    """An extension would not move the date later."""

    code: str
    now: date


@dataclass(eq=False)
class AlreadyAsked(UserError):
    """More time was asked for, and nobody has decided yet."""

    code: str


@dataclass(eq=False)
class NobodyCooperates(UserError):
    """No other unit has a part in the directive that its lead could ask."""

    code: str


@dataclass(eq=False)
class NotCooperating(UserError):
    """A unit was named that has no part in the directive; `units` have one."""

    code: str
    unit: str
    units: tuple[str, ...]


@dataclass(eq=False)
class StillAsked(UserError):
    """These units have a question about the directive open already."""

    code: str
    units: tuple[str, ...]


@dataclass(eq=False)
class NotAsked(UserError):
    """The lead unit asks nothing of the sender's; without a `code`, of any directive."""

    code: str = ""


@dataclass(eq=False)
class AlreadyAnswered(UserError):
    """The unit has answered what it was asked; `state` says how, `at` when."""

    code: str
    unit: str
    state: str
    at: datetime


@dataclass(eq=False)
class AlreadyProposed(UserError):
    """Something was proposed about this already, and the leader has not answered yet."""

    code: str


@dataclass(eq=False)
class ProposalAnswered(UserError):
    """Somebody has answered the proposal already: `by` whom, and how."""

    code: str
    by: str
    view: str


@dataclass(eq=False)
class NeverDone(UserError):
    """A standing directive has no end to report."""

    code: str


@dataclass(eq=False)
class DocumentNeeded(UserError):
    """A product is due here: its number and date close the part."""

    code: str = ""


@dataclass(eq=False)
class DateInFuture(UserError):
    """A thing done cannot be dated after today."""

    on: date


@dataclass(eq=False)
class NotAllowed(UserError):
    """The person's office does not let them do this."""

    command: str


@dataclass(eq=False)
class UnknownCommand(UserError):
    """Nothing was understood; these are the nearest commands, about the directives named."""

    said: str
    nearest: tuple[str, ...] = ()
    refs: str = ""


class NotInGroup(UserError):
    """What is meant for a group was typed in a private chat."""


class GroupTaken(UserError):
    """The group cannot be linked: it is another's, which is not said."""


@dataclass(eq=False)
class AlreadyPosted(UserError):
    """What was approved for the groups is in them already."""

    meeting: date


class NotForAll(UserError):
    """What somebody wants to post speaks of delays, counts days or tags people."""


class NoGroup(UserError):
    """The agency has linked no group something could be posted in."""


@dataclass(eq=False)
class NothingToUndo(UserError):
    """The sender has done nothing in the last minutes that can be taken back."""


@dataclass(eq=False)
class ActedUpon(UserError):
    """Somebody has already acted on the result, so it can no longer be taken back."""

    code: str


@dataclass(eq=False)
class ChangedMeanwhile(UserError):
    """Somebody else changed the part between reading and writing."""

    code: str


@dataclass(eq=False)
class UnknownUnit(UserError):
    """No unit of the agency is called that."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class UnknownPerson(UserError):
    """The roster has no such person."""

    name: str


@dataclass(eq=False)
class BadCode(UserError):
    """The invite code is wrong, used or expired."""


@dataclass(eq=False)
class TooManyCodes(UserError):
    """Too many wrong codes came from this account; it must wait."""

    minutes: int


@dataclass(eq=False)
class NoDate(UserError):
    """A date was expected and none was understood."""

    said: str


@dataclass(eq=False)
class UnreadableNotice(UserError):
    """The file could not be read as a notice. `kind` says why."""

    kind: str
    name: str


@dataclass(eq=False)
class ConfidentialNotice(UserError):
    """The notice carries a stamp of state secrecy, `level`: it is not read, and nothing of it is kept."""

    level: str


@dataclass(eq=False)
class NoDirectives(UserError):
    """The text was read but holds no numbered directive."""

    name: str


@dataclass(eq=False)
class AlreadyFollowed(UserError):
    """The notice is already under follow-up."""

    number: str


@dataclass(eq=False)
class NoticeReplaced(UserError):
    """The notice was replaced: another one stands in its place."""

    number: str
    by: str


@dataclass(eq=False)
class NothingCorrected(UserError):
    """The document changes nothing in the notice it speaks of."""

    number: str
    corrected: str


@dataclass(eq=False)
class StillThere(UserError):
    """The new text has these directives no more, and nobody said that they may be let go."""

    number: str
    codes: tuple[str, ...]


@dataclass(eq=False)
class NoDraft(UserError):
    """There is no notice being prepared."""


@dataclass(eq=False)
class NothingChosen(UserError):
    """A bare number came, but no question is waiting for one."""

    number: int
