"""What can be wrong with a file; sentences about it are worded elsewhere."""

from typing import Literal, NamedTuple

Trouble = Literal[
    "unsupported",
    "program",
    "broken",
    "too_big",
    "swollen",
    "too_many_pages",
    "too_many_scans",
    "huge_picture",
    "encrypted",
    "macro",
    "entities",
    "strange_paths",
    "empty",
    "illegible",
    "slow",
    "no_ocr",
    "no_doc",
    "odd_letters",
    "heic",
]


class UnreadableFile(Exception):
    """A file no text can be taken from: `kind` says why, `name` is the name it came with."""

    def __init__(self, kind: Trouble, name: str) -> None:
        super().__init__(kind, name)
        self.kind = kind
        self.name = name


class NeedsRecognising(UnreadableFile):
    """A picture of text, which can only be read by looking at it; `pages` says how many there are."""

    def __init__(self, pages: int, name: str) -> None:
        super().__init__("no_ocr", name)
        self.pages = pages


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
