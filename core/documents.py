"""A document that came in: the notice it is, and what it says about another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.corrections import Relation, read_relation
from core.reading.model import KnownAgency, ReadNotice
from core.reading.reader import read_notice


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: a notice, and the other one it corrects or replaces."""

    notice: ReadNotice
    relation: Relation | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing in it can be followed, or corrects what is."""
        corrects = self.relation is not None and self.relation.kind == "correction"
        return not self.notice.tasks and not corrects


def read_document(lines: Sequence[str], agency: KnownAgency | None) -> Document:
    """Return what the lines hold; never raises."""
    return Document(read_notice(lines, agency), read_relation(lines))
