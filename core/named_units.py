"""Which units a sentence begins with, and what each is to do: "QLTM, phối hợp VP: …", "các phòng: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.reading.directory import Directory
from core.reading.model import KnownAgency
from core.text import flat

_LEADS: Final = re.compile(
    r"[ ,;:]*(?:(?:giao|cho|to|unit|lead|chu tri|don vi|phong|truong phong|tp|dong chi|d/c)(?![a-z])[ :.]*)+"
)
_CHAIRS: Final = re.compile(r" *chu tri(?![a-z])")
_WITH: Final = re.compile(
    r"[ ,;:]*(?:(?:va|cung|,) *)?(?:phoi hop|cung phoi hop|cooperating)(?: +(?:voi|cung|with))?(?![a-z])[ :]*"
)
_AND: Final = re.compile(r" *(?:[,;&+]|va(?![a-z])|and(?![a-z])|voi(?![a-z])) *")
_EVERYONE: Final = re.compile(
    r"(?:tat ca )?(?:cac|toan bo) (?:phong|don vi)(?: (?:chuyen mon|truc thuoc))?(?: (?:thuoc )?so)?(?![a-z])"
)
_TO: Final = re.compile(r"[ ,;:.–-]*")
_HEAD: Final = 60


@dataclass(frozen=True, slots=True)
class UnitsNamed:
    """The units a sentence begins with, and where they end."""

    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    end: int
    everyone: bool = False

    def __bool__(self) -> bool:
        """Tell whether anybody is named."""
        return bool(self.lead or self.cooperating or self.everyone)


def named_units(text: str, agency: KnownAgency) -> UnitsNamed:
    """Return the units the words begin with: "QLTM, phối hợp VP", "giao phòng QLTM chủ trì", "các phòng"."""
    folded = flat(text)
    lead: list[str] = []
    cooperating: list[str] = []
    role, at, end = lead, 0, 0
    spellings = _spellings(agency)
    while True:
        at = _after(_LEADS, folded, at) if role is lead else at
        if not lead and (everyone := _EVERYONE.match(folded, at)) is not None:
            partners = named_units_after(text, everyone.end(), agency)
            return UnitsNamed((), partners.cooperating, partners.end, everyone=True)
        found = next(((code, len(name)) for name, code in spellings if _stands(folded, at, name)), None)
        if found is None:
            break
        role.append(found[0])
        at = end = _after(_CHAIRS, folded, at + found[1])
        if (switch := _WITH.match(folded, at)) is not None:
            role, at = cooperating, switch.end()
            continue
        joined = _AND.match(folded, at)
        if joined is None:
            break
        at = joined.end()
        if (switch := _WITH.match(folded, at)) is not None:
            role, at = cooperating, switch.end()
    if not lead and not cooperating and (only := _WITH.match(folded)) is not None:
        partners = named_units(text[only.end() :], agency)
        return UnitsNamed((), partners.lead, only.end() + partners.end if partners else 0)
    stop = _after(_TO, folded, end) if lead or cooperating else 0
    return UnitsNamed(tuple(dict.fromkeys(lead)), tuple(u for u in dict.fromkeys(cooperating) if u not in lead), stop)


def named_units_after(text: str, start: int, agency: KnownAgency) -> UnitsNamed:
    """Return the cooperating units named from there on, and where they end."""
    switch = _WITH.match(flat(text), start)
    if switch is None:
        return UnitsNamed((), (), _after(_TO, flat(text), start))
    partners = named_units(text[switch.end() :], agency)
    return UnitsNamed((), partners.lead, switch.end() + partners.end)


def described_unit(text: str, agency: KnownAgency) -> UnitsNamed:
    """Return the one unit that the words before a colon come close to: "quản lý thương mại: …"."""
    head, colon, _ = text.partition(":")
    directory = Directory(agency)
    code = (directory.code(head) or directory.code(f"phòng {head}")) if colon and len(head) <= _HEAD else None
    if code is None or code == agency.code:
        return UnitsNamed((), (), 0)
    return UnitsNamed((code,), (), len(head) + 1)


def _spellings(agency: KnownAgency) -> list[tuple[str, str]]:
    """Return every way to write a unit, folded, the longest first, with its code."""
    names: dict[str, str] = {}
    for unit in agency.units:
        for name in (unit.code, unit.name, *unit.aliases):
            names.setdefault(flat(name), unit.code)
            names.setdefault(f"phong {flat(name)}", unit.code)
    return sorted(names.items(), key=lambda pair: -len(pair[0]))


def _stands(folded: str, at: int, name: str) -> bool:
    return folded.startswith(name, at) and not folded[at + len(name) : at + len(name) + 1].isalnum()


def _after(pattern: re.Pattern[str], folded: str, at: int) -> int:
    found = pattern.match(folded, at)
    return found.end() if found is not None else at
