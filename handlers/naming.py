"""Whom of an agency somebody means: by roster key, by unit and office, or by title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.errors import UnknownPerson, WhichTask
from core.people import Role
from core.text import fold
from storage.people import Office

_ROLE_WORDS = (
    (r"deputy_leader|pho giam doc|pgd", Role.DEPUTY_LEADER),
    (r"deputy_head|deputy|pho|pp", Role.DEPUTY_HEAD),
    (r"office_chief|chanh van phong|cvp", Role.OFFICE_CHIEF),
    (r"leader|giam doc|gd", Role.LEADER),
    (r"head|truong|tp", Role.HEAD),
    (r"officer|chuyen vien|cv", Role.OFFICER),
    (r"clerk|tong hop|van thu", Role.CLERK),
    (r"admin|quan tri", Role.ADMIN),
)
"""The words for an office, those that hold others before them."""


def role_said(words: str) -> Role | None:
    """Return the office that folded words name."""
    return next((role for word, role in _ROLE_WORDS if re.search(rf"\b(?:{word})\b", words)), None)


def meant(words: str, offices: Sequence[Office]) -> list[Office]:
    """Return the offices that folded words can mean: a key, a unit with or without an office, a title."""
    by_key = [office for office in offices if fold(office.key) in words.split()]
    if by_key:
        return by_key
    in_unit = [office for office in offices if fold(office.unit_code) in words.split()]
    if not in_unit:
        exactly = [office for office in offices if words == fold(office.title)]
        return exactly or [office for office in offices if words in fold(office.title)]
    role = role_said(words)
    found = _in_office(role or Role.HEAD, in_unit)
    # a unit's head may be called its director; an office nobody holds there is nobody's
    return found or (in_unit if role is None else [one for one in in_unit if role_said(fold(one.title)) is role])


def colleague(words: str, offices: Sequence[Office], command: str) -> Office:
    """Return the one colleague of a unit that folded words mean; `command` is what each choice runs.

    Raises `UnknownPerson` where they mean nobody, `WhichTask` where they mean several.
    """
    named = [office for office in offices if fold(office.key) in words.split()]
    if not named and (role := role_said(words)) is not None:
        named = _in_office(role, offices)
    if not named and len(words) > 2:
        named = [office for office in offices if fold(office.title) in words or words in fold(office.title)]
    people = list({office.person_id: office for office in named}.values())
    if not people:
        raise UnknownPerson(words)
    if len(people) > 1:
        raise WhichTask("person", tuple((command.format(key=one.key), one.title) for one in people))
    return people[0]


def _in_office(role: Role, offices: Sequence[Office]) -> list[Office]:
    held = {role, Role.OFFICE_CHIEF} if role is Role.HEAD else {role}
    return [office for office in offices if office.role in held]
