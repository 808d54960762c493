"""Which entries of a notice's outline are directives, and what their headings hand down to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.reading.assignment import Assignment, heading_units, listed, read_assignment
from core.reading.building import Lead, Setting, build_task
from core.reading.codes import code_of
from core.reading.deadlines import read_deadline
from core.reading.directives import (
    announces,
    inner_parts,
    is_approval,
    is_assessment,
    is_background,
    is_description,
    is_imperative,
    is_sanction,
)
from core.reading.loose import Shared, shared
from core.reading.model import ReadTask
from core.reading.references import by_superior
from core.reading.structure import Item, Marker, is_closing

_BRACKETED = re.compile(
    r"\(((?:Phòng|Sở|Ban|Văn phòng|Trung tâm|UBND|Chi cục|Công an|Công chức|Tổ|Khoa|Thanh tra|Hội|Đoàn|Trạm|Đội)\s[^()]{3,80})\)[\s.;,/]*$"
)
"""The unit in brackets at the end of what it is to do."""
_GIVES = re.compile(r"(?:Giao|Đề nghị|Yêu cầu)\s")
_BINDS = re.compile(r"trước|chậm nhất|hoàn thành|xong|thời hạn|định kỳ", re.IGNORECASE)


def _leaf(item: Item, code: str, lead: Lead, setting: Setting) -> Iterator[ReadTask | Shared]:
    paragraphs = item.paragraphs
    pointing = {at: it for at, text in enumerate(paragraphs) if (it := _pointer(at, text, setting))}
    yield from _directives(
        item, [text for at, text in enumerate(paragraphs) if at not in pointing], code, lead, setting
    )
    yield from pointing.values()


def _pointer(at: int, text: str, setting: Setting) -> Shared | None:
    if at == 0 and read_assignment(text, setting.directory).given:
        return None
    return shared(text, setting.issued, setting.around)


def _directives(item: Item, paragraphs: list[str], code: str, lead: Lead, setting: Setting) -> Iterator[ReadTask]:
    if not paragraphs:
        return
    while len(paragraphs) > 1 and (
        is_closing(paragraphs[-1])
        or _only_threatens(paragraphs, setting)
        or (paragraphs[-1].endswith("./.") and _only_closes(paragraphs[-1], setting))
    ):
        paragraphs.pop()
    text = " ".join(paragraphs).removesuffix("/.").rstrip()
    if len(paragraphs) > 1 and (heading := heading_units(paragraphs[0], setting.directory)).given:
        lead = replace(lead, assignment=heading, announced=True, asked=False)
        text = " ".join(paragraphs[1:]).removesuffix("/.").rstrip()
    if item.marker is Marker.SECTION:
        if is_background(text):
            return
        if len(paragraphs) > 1 and paragraphs[0].isupper():
            text = " ".join(paragraphs[1:]).removesuffix("/.").rstrip()
        lead = replace(lead, announced=False)
    if len(text) < 8 or (is_sanction(text) and not read_assignment(paragraphs[0], setting.directory).given):
        return
    parts = inner_parts(text)
    outside = text
    for part in parts:
        outside = outside[: part.start] + " " * (part.end - part.start) + outside[part.end :]
    own = _own(outside, paragraphs, lead, setting)
    if is_approval(text) and not own.given and (lead.asked or not (lead.assignment and lead.assignment.given)):
        return
    looks_back = is_assessment(text) and item.marker is not Marker.DASH and own.explicit_at is None
    if looks_back or (is_closing(text) and not own.given):
        return
    named = own.given or any(ref.kind == "known" for ref in own.cooperating)
    if not (named or lead.announced or is_imperative(text) or (lead.assignment and lead.assignment.given)):
        return
    if not named and not is_imperative(text) and not lead.announced and is_assessment(text):
        return
    task = build_task(code, text, own, lead, setting)
    yield task
    below = Lead(code, announced=True, superior=task.assigned_by_superior)
    for part in parts:
        yield build_task(
            f"{code}.{part.label}", part.text, read_assignment(part.text, setting.directory), below, setting
        )


def _own(text: str, paragraphs: Sequence[str], lead: Lead, setting: Setting) -> Assignment:
    """Whom the item's words name; where a lead-in names them, a paragraph behind the item does not change that."""
    own = read_assignment(text, setting.directory)
    if not own.given and (bracketed := _BRACKETED.search(text)) is not None:
        return listed(bracketed[1], "", setting.directory)
    if (
        len(paragraphs) > 1
        and not paragraphs[0].endswith(":")
        and lead.assignment
        and lead.assignment.given
        and own.given
    ):
        first = read_assignment(paragraphs[0], setting.directory)
        if not first.given and _GIVES.match(paragraphs[-1]):
            return first
    return own


def _only_threatens(paragraphs: Sequence[str], setting: Setting) -> bool:
    """Whether the last paragraph says what happens to those who fail, behind one that gives something to do."""
    return is_sanction(paragraphs[-1]) and read_assignment(paragraphs[0], setting.directory).given


def _only_closes(paragraph: str, setting: Setting) -> bool:
    found = read_assignment(paragraph, setting.directory)
    return not any(ref.kind in {"known", "named"} for ref in (*found.lead, *found.implementing))


def read_entries(items: Sequence[Item], lead: Lead, setting: Setting, dashes: int = 0) -> Iterator[ReadTask | Shared]:
    """The directives among entries that stand side by side, `dashes` of which came before."""
    previous: Item | None = None
    kept: list[Item] = []
    for item in items:
        if previous and not item.children and item.marker in {Marker.DASH, Marker.LETTER} and is_description(item.text):
            previous.lines.extend(item.lines)
            continue
        kept.append(item)
        previous = item
    for item in kept:
        dashes += item.marker is Marker.DASH
        yield from _tasks(item, code_of(item, lead.prefix, dashes), lead, setting)


def _tasks(item: Item, code: str, lead: Lead, setting: Setting) -> Iterator[ReadTask | Shared]:
    if not item.children:
        yield from _leaf(item, code, lead, setting)
        return
    text = item.text
    if is_background(text) and not read_assignment(text, setting.directory).given:
        return
    if is_assessment(text) and not announces(text) and all(child.marker is Marker.DASH for child in item.children):
        return
    heading = heading_units(item.paragraphs[0], setting.directory) if item.paragraphs else Assignment()
    own = heading if heading.given else read_assignment(text, setting.directory)
    deadline = read_deadline(text, setting.issued, setting.around)
    below = Lead(
        prefix="" if item.marker is Marker.SECTION else code,
        assignment=own if own.given else None if own.elsewhere else lead.assignment,
        deadline=deadline if deadline.decided and _BINDS.search(deadline.text or "") else lead.deadline,
        announced=lead.announced
        or own.given
        or announces(text)
        or (item.marker is Marker.SECTION and "nhiệm vụ" in text.lower()),
        superior=lead.superior or by_superior(text),
        asked=lead.asked and not own.given,
    )
    yield from read_entries(item.children, below, setting)
