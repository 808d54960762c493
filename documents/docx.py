"""Word files: every visible word in order, tables, text boxes and tracked insertions included."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from documents.errors import UnreadableFile
from documents.legacy import of_font
from documents.package import main_part, package, part
from documents.tracking import task_lines
from documents.word_numbering import Numbering, read_numbering
from documents.word_xml import STRICT, WORD, parser

_GONE = ("del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange")
_OFF = {"0", "false", "off"}
_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T")
_OLD_FONTS = (re.compile(rb'"\.Vn'), re.compile(rb'"VNI-'))
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MAX_CHARACTERS = 4_000_000


@dataclass(slots=True)
class _Cell:
    lines: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False
    """It is the lower part of a cell that spans several rows."""


class _Words:
    """Takes the lines out of one document in which `_settle` has left nothing but words and their places."""

    def __init__(self, w: str, numbering: Numbering | None, *, joins: bool) -> None:
        self._numbering, self._joins = numbering, joins
        self._p, self._tbl, self._tr, self._tc = f"{w}p", f"{w}tbl", f"{w}tr", f"{w}tc"
        self._settings, self._text, self._val = f"{w}pPr", f"{w}t", f"{w}val"
        self._listed, self._style, self._list_id, self._depth = f"{w}numPr", f"{w}pStyle", f"{w}numId", f"{w}ilvl"
        self._cell_settings, self._span, self._merge = f"{w}tcPr", f"{w}gridSpan", f"{w}vMerge"
        self._no_words = {self._cell_settings, f"{w}sdtPr", f"{w}tblPr", f"{w}sectPr"}
        self._left = MAX_CHARACTERS
        self._held = ""

    def lines(self, container: etree._Element) -> list[str]:
        """The lines of what stands in a body, a cell or a control."""
        found: list[str] = []
        for element in container:
            tag = element.tag
            if tag == self._p:
                found += self._paragraph(element)
            elif tag == self._tbl:
                found += self._table(element)
            elif tag not in self._no_words and len(element):
                found += self.lines(element)
        return found

    def _paragraph(self, element: etree._Element) -> list[str]:
        text = "".join([piece.text or "" for piece in element.iter(self._text)])
        self._left -= len(text)
        if self._left < 0:
            raise _TooMuch
        if self._numbering is not None and text and not text.isspace():
            text = self._numbered(element[0], self._numbering, text)
        if self._joins:
            if element.get(_JOINED):
                self._held += text
                return []
            text, self._held = self._held + text, ""
        return text.split("\n") if "\n" in text else [text]

    def _numbered(self, settings: etree._Element, numbering: Numbering, text: str) -> str:
        """The text with the automatic number of its paragraph before it."""
        if settings.tag != self._settings:
            return text
        listed = style = None
        for setting in settings:
            if setting.tag == self._listed:
                listed = setting
            elif setting.tag == self._style:
                style = numbering.styles.get(setting.get(self._val) or "")
        if listed is None and style is None:
            return text
        return self._label(numbering, listed, style) + text.lstrip()

    def _label(self, numbering: Numbering, listed: etree._Element | None, style: tuple[str, int] | None) -> str:
        list_id: str | None = None
        depth: int | None = None
        for detail in listed if listed is not None else ():
            worth = detail.get(self._val)
            if detail.tag == self._list_id:
                list_id = worth
            elif detail.tag == self._depth:
                depth = int(worth) if worth and worth.isdigit() and len(worth) < 3 else 0
        if list_id is None and style is not None:
            list_id, depth = style[0], style[1] if depth is None else depth
        return numbering.label(list_id, depth or 0) if list_id is not None else ""

    def _table(self, element: etree._Element) -> list[str]:
        rows = [[self._cell(cell) for cell in self._within(row, self._tc)] for row in self._within(element, self._tr)]
        given = task_lines(_filled(rows))
        if given is not None:
            return ["", *given, ""]
        return [line for row in rows for cell in row if not cell.goes_on for line in (*cell.lines, "")]

    def _within(self, element: etree._Element, wanted: str) -> Iterator[etree._Element]:
        """The rows of a table or the cells of a row, those in controls and insertions too."""
        for child in element:
            if child.tag == wanted:
                yield child
            elif child.tag not in {self._tbl, self._p} and len(child):
                yield from self._within(child, wanted)

    def _cell(self, element: etree._Element) -> _Cell:
        cell = _Cell(self.lines(element))
        if not len(element) or element[0].tag != self._cell_settings:
            return cell
        for setting in element[0]:
            if setting.tag == self._span:
                worth = setting.get(self._val)
                cell.span = min(int(worth), 64) if worth and worth.isdigit() and len(worth) < 4 else 1
            elif setting.tag == self._merge:
                cell.goes_on = setting.get(self._val) != "restart"
        return cell


_JOINED = "dondoc-joined"


class _TooMuch(Exception):
    """More text than any notice has."""


def _filled(rows: list[list[_Cell]]) -> list[list[str]]:
    """The words of a table by row and column, those of a merged cell in each of its places."""
    filled: list[list[str]] = []
    for row in rows:
        above = filled[-1] if filled else []
        words: list[str] = []
        for cell in row:
            at = len(words)
            own = "\n".join(line for line in cell.lines if line.strip())
            words += [above[at] if cell.goes_on and at < len(above) else own] * cell.span
        filled.append(words)
    return filled


def docx_lines(data: bytes, name: str) -> list[str]:
    """A Word file's paragraphs as lines, an empty line after each table cell; raises UnreadableFile.

    A table that gives out work is put as `documents.tracking` says it; footnotes, comments and headers are left out.
    """
    with package(data, name) as archive:
        main = main_part(archive)
        if main is None:
            raise UnreadableFile("unsupported", name)
        paths = set(archive.namelist())
        numbering = part(archive, "word/numbering.xml", name) if "word/numbering.xml" in paths else None
        styles = part(archive, "word/styles.xml", name) if numbering and "word/styles.xml" in paths else None
        document = part(archive, main, name)
    if _DOCTYPE.search(document[:4000]):
        raise UnreadableFile("entities", name)
    try:
        root = etree.parse(io.BytesIO(document), parser()).getroot()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("broken", name) from error
    w = f"{{{STRICT if str(root.tag).startswith(f'{{{STRICT}}}') else WORD}}}"
    joins = _settle(root, w)
    if any(font.search(document) for font in _OLD_FONTS):
        _undisguise(root, w)
    try:
        return _Words(w, read_numbering(numbering, styles, document), joins=joins).lines(root)
    except _TooMuch as error:
        raise UnreadableFile("too_big", name) from error


def _settle(root: etree._Element, w: str) -> bool:
    """Make the document what a reader of it sees: deletions gone, hidden words too, text boxes before their paragraph.

    Tells whether paragraphs were joined, their mark having been deleted.
    """
    signs = {f"{w}{name}": sign for name, sign in _SIGNS.items()}
    gone = [w + name for name in _GONE]
    special = [*gone, "{*}Fallback", *(w + name for name in ("vanish", "showingPlcHdr", "txbxContent"))]
    found: set[str] = set()
    for element in list(root.iter(*signs, *special)):
        sign = signs.get(element.tag)
        if sign is None:
            found.add(element.tag.rpartition("}")[2])
        elif (above := element.getparent()) is not None and above.tag == f"{w}r":
            element.tag, element.text = f"{w}t", sign
    if not found:
        return False
    joins = False
    for mark in root.iter(f"{w}pPr"):
        if mark.find(f"{w}rPr/{w}del") is not None and (paragraph := mark.getparent()) is not None:
            paragraph.set(_JOINED, "1")
            joins = True
    for control in list(root.iter(f"{w}showingPlcHdr")):
        holder = next((above for above in control.iterancestors(f"{w}sdt")), None)
        content = holder.find(f"{w}sdtContent") if holder is not None else None
        if content is not None:
            content.clear()
    etree.strip_elements(root, *gone, "{*}Fallback", with_tail=False)
    for mark in list(root.iter(f"{w}vanish")):
        settings = mark.getparent()
        run = settings.getparent() if settings is not None else None
        if run is not None and run.tag == f"{w}r" and mark.get(f"{w}val") not in _OFF:
            for piece in run.findall(f"{w}t"):
                run.remove(piece)
    for box in list(root.iter(f"{w}txbxContent")):
        around = next((above for above in box.iterancestors(f"{w}p")), None)
        if around is not None:
            for block in (*box, around.makeelement(f"{w}p")):
                around.addprevious(block)
    return joins


def _undisguise(root: etree._Element, w: str) -> None:
    for fonts in root.iter(f"{w}rFonts"):
        undo = of_font(fonts.get(f"{w}ascii") or fonts.get(f"{w}hAnsi") or "")
        run = next(fonts.iterancestors(f"{w}r"), None)
        if undo is not None and run is not None:
            for piece in run.findall(f"{w}t"):
                piece.text = undo(piece.text or "")
