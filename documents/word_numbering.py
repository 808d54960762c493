"""Automatic numbers of Word paragraphs, which the text itself does not hold."""

import re
from dataclasses import dataclass, field

from lxml import etree

from documents.word_xml import NAMES, local, parser, value

_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ROOT = re.compile(rb"<w:styles\b[^>]*>")
_NUMBERS = re.compile(rb"<w:numPr\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMANS:
        while number >= worth and len(text) < 40:
            text += letters
            number -= worth
    return text


def _shown(number: int, style: str) -> str:
    match style:
        case "upperRoman":
            return _roman(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "lowerLetter" | "upperLetter":
            letter = _LETTERS[(number - 1) % 26]
            return letter.upper() if style == "upperLetter" else letter
        case "decimalZero":
            return f"{number:02d}"
        case _:
            return str(number)


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Gives each numbered paragraph its label, in document order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    anew: dict[str, dict[int, int]] = field(default_factory=dict)
    """Where a list begins to count at its first paragraph, whatever others of its kind have counted."""
    unread: bytes | None = None
    """The definition of the lists, which is long and looked at when the first number is asked for."""

    def label(self, list_id: str, depth: int) -> str:
        """The label of the next paragraph of a list at a depth, "" where the list is unknown."""
        if self.unread is not None:
            definition, self.unread = self.unread, None
            _lists(definition, self)
        kind = self.lists.get(list_id)
        if kind is None or list_id == "0":
            return ""
        levels = self.levels.get(kind, {})
        for level_anew, first in self.anew.pop(list_id, {}).items():
            self.counts.setdefault(kind, {})[level_anew] = first - 1
        counts = self.counts.setdefault(kind, {})
        level = levels.get(depth, _Level())
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.style == "bullet":
            return "- "
        if level.style == "none":
            return ""
        for above in range(depth):
            counts.setdefault(above, levels.get(above, _Level()).start)
        shown = re.sub(
            r"%([1-9])",
            lambda match: _shown(counts.get(int(match[1]) - 1, 1), levels.get(int(match[1]) - 1, _Level()).style),
            level.text,
        )
        return f"{shown} " if shown.strip() else ""


# an expression is found faster in so much text than a word by `in`
_NUMBERED = re.compile(rb"numPr")
_STYLED = re.compile(rb'pStyle\s[^>]*?"([^"]+)"')


def read_numbering(numbering: bytes | None, styles: bytes | None, document: bytes) -> Numbering | None:
    """The lists a Word file defines, None where its text numbers no paragraph; a damaged definition defines none."""
    direct = _NUMBERED.search(document) is not None
    used = {style.decode("utf-8", "replace") for style in _STYLED.findall(document)}
    if not direct and not used:
        return None
    found = Numbering(unread=numbering)
    try:
        # the styles of a file go into the hundreds, and most number nothing
        if numbering and styles and b"numPr" in styles:
            _styles(styles, found)
    except etree.XMLSyntaxError:
        found.styles.clear()
    return found if direct or used & found.styles.keys() else None


def _lists(definition: bytes, found: Numbering) -> None:
    try:
        root = etree.fromstring(definition, parser())
    except etree.XMLSyntaxError:
        return
    for element in root:
        if local(element) == "abstractNum":
            levels: dict[int, _Level] = {}
            for entry in element.iterfind("w:lvl", NAMES):
                level = _Level()
                for detail in entry:
                    match local(detail):
                        case "numFmt":
                            level.style = value(detail) or "decimal"
                        case "lvlText":
                            level.text = value(detail) or ""
                        case "start":
                            level.start = _number(value(detail), 1)
                        case _:
                            pass
                levels[_number(value(entry, "ilvl"), 0)] = level
            found.levels[value(element, "abstractNumId") or ""] = levels
        elif local(element) == "num":
            target = element.find("w:abstractNumId", NAMES)
            if target is not None:
                list_id = value(element, "numId") or ""
                found.lists[list_id] = value(target) or ""
                found.anew[list_id] = _anew(element)


def _anew(element: etree._Element) -> dict[int, int]:
    starts = {}
    for override in element.iterfind("w:lvlOverride", NAMES):
        start = override.find("w:startOverride", NAMES)
        if start is not None:
            starts[_number(value(override, "ilvl"), 0)] = _number(value(start), 1)
    return starts


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else otherwise


def _styles(styles: bytes, found: Numbering) -> None:
    head = _ROOT.search(styles)
    last = -1
    for listed in _NUMBERS.finditer(styles):
        # the few that number something are parsed alone, and not hundreds of styles
        start = styles.rfind(b"<w:style ", 0, listed.start())
        end = styles.find(b"</w:style>", listed.start())
        if head is None or start < 0 or end < 0 or start == last:
            continue
        last = start
        one = etree.fromstring(head[0] + styles[start:end] + b"</w:style></w:styles>", parser())
        number, depth = one.find(".//w:numId", NAMES), one.find(".//w:ilvl", NAMES)
        if number is not None:
            found.styles[value(one[0], "styleId") or ""] = (
                value(number) or "",
                _number(value(depth), 0) if depth is not None else 0,
            )
