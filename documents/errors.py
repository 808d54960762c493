"""What can be wrong with a file; sentences about it are worded elsewhere."""

from typing import Literal, NamedTuple

Trouble = Literal["unsupported", "broken", "too_big", "encrypted", "macro", "empty"]


class UnreadableFile(Exception):
    """A file no text can be taken from: `kind` says why, `name` is the name it came with."""

    def __init__(self, kind: Trouble, name: str) -> None:
        super().__init__(kind, name)
        self.kind = kind
        self.name = name


class RosterFault(NamedTuple):
    """One thing wrong in a roster file: where (sheet row or list entry), what kind, and the offending value."""

    where: str
    kind: str
    value: str


class RosterProblem(Exception):
    """A roster file that cannot be used, with every fault found in it."""

    def __init__(self, faults: tuple[RosterFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults
