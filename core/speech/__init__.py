"""Understanding what a person typed: understand(text, today=...) -> Utterance. Nothing typed ever raises."""

from datetime import date

from core.speech.clauses import several
from core.speech.commands import COMMANDS, nearest
from core.speech.courtesy import pleasantry
from core.speech.dates import typed_date, typed_days
from core.speech.dictated import as_written
from core.speech.documents import complete_document
from core.speech.labels import named_label
from core.speech.model import DocumentRef, TaskRef, Utterance
from core.speech.refs import read_ref, task_refs
from core.speech.understanding import quickly, understood

__all__ = [
    "COMMANDS",
    "DocumentRef",
    "TaskRef",
    "Utterance",
    "complete_document",
    "named_label",
    "nearest",
    "pleasantry",
    "read_ref",
    "task_refs",
    "typed_date",
    "typed_days",
    "understand",
    "understand_all",
]


def understand(text: str, *, today: date, bot_name: str | None = None) -> Utterance:
    """What the message says, as one utterance; `today` (business date, Hanoi) places dates without a year."""
    return quickly(text) or understood(as_written(text), today=today, bot_name=bot_name)


def understand_all(text: str, *, today: date, bot_name: str | None = None) -> tuple[Utterance, ...]:
    """What the message says, one utterance for each clause that has its own directive; ordinary messages give one."""
    told = quickly(text)
    if told is not None:
        return (told,)
    text = as_written(text)
    return several(text, lambda clause: understood(clause, today=today, bot_name=bot_name), bot_name=bot_name) or (
        understood(text, today=today, bot_name=bot_name),
    )
