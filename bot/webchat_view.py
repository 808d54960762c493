"""How a conversation looks: the record's lines as bubbles, moments in Vietnamese, and the page's templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.deadlines import local, today
from core.messages import Message
from core.people import Role
from core.workdays import WorkCalendar
from storage.webchat import Line

PAGES = Path(__file__).parent / "pages"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
MORNING = time(7, 30)
ROLES: Mapping[Role, str] = {
    Role.LEADER: "người đứng đầu",
    Role.DEPUTY_LEADER: "cấp phó",
    Role.OFFICE_CHIEF: "chánh văn phòng",
    Role.HEAD: "trưởng đơn vị",
    Role.DEPUTY_HEAD: "cấp phó",
    Role.OFFICER: "chuyên viên",
    Role.CLERK: "tổng hợp",
    Role.ADMIN: "quản trị",
}
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True, slots=True)
class Chip:
    """A file in a bubble."""

    name: str
    size: str
    url: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as it is drawn; `numbered` are the choices where the look has no buttons."""

    id: int
    mine: bool
    title: str
    text: str
    at: datetime
    day: str = ""
    """The day's heading where this message is the first of its day."""
    note: str = ""
    quote: str = ""
    pressed: bool = False
    buttons: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()

    @property
    def clock(self) -> str:
        """Return the hour in Hanoi."""
        return f"{local(self.at):%H:%M}"

    @property
    def summary(self) -> str:
        """Return the first words, for quoting."""
        first = self.title or self.text.split("\n", 1)[0] or ", ".join(chip.name for chip in self.chips)
        return first if len(first) <= 80 else first[:79] + "…"


class View:
    """Draws pages and pieces of them."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._templates = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )

    def page(self, name: str, values: Mapping[str, Any]) -> str:
        """Return a template filled in; everything in it is escaped."""
        return self._templates.get_template(name).render(values)

    def bubbles(self, lines: Sequence[Line], before: date | None = None, *, zalo: bool = False) -> list[Bubble]:
        """Return the lines as bubbles, a day's first one headed by the day; `before` is the day they follow."""
        made = []
        for line in lines:
            day = today(line.at)
            heading = f"{_WEEKDAYS[day.weekday()]} {short(day)}" if day != before else ""
            made.append(_said_by_bot(line, heading, zalo=zalo) if line.from_bot else _said_by_person(line, heading))
            before = day
        return made

    def morning(self, now: datetime) -> datetime:
        """Return the next 07:30 of a working day."""
        here = local(now)
        day = here.date()
        if not self._calendar.is_working(day) or here.time() >= MORNING:
            day = self._calendar.next_working_after(day)
        return datetime.combine(day, MORNING, here.tzinfo)

    def clock(self, now: datetime) -> dict[str, str]:
        """Return what the clock shows in its parts, where it may be moved to, and the next working morning."""
        here, morning = local(now), self.morning(now)
        later = here + timedelta(minutes=1)
        return {
            "day": f"{_WEEKDAYS[here.weekday()]} {short(here.date())}",
            "year": f"/{here.year}",
            "hour": f"{here:%H:%M}",
            "local": f"{later:%Y-%m-%dT%H:%M}",
            "morning": f"{morning:%H:%M} {_WEEKDAYS[morning.weekday()]} {short(morning.date())}",
        }


def short(day: date) -> str:
    """Return a day as people write it: 28/4."""
    return f"{day.day}/{day.month}"


def moment(at: datetime) -> str:
    """Return a moment with its weekday: Thứ Sáu 28/4/2023 07:25."""
    here = local(at)
    return f"{_WEEKDAYS[here.weekday()]} {short(here.date())}/{here.year} {here:%H:%M}"


def size(count: int | None) -> str:
    """Return a number of bytes as people read it."""
    if count is None:
        return ""
    if count >= 1024 * 1024:
        return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")
    return f"{max(1, round(count / 1024))} KB"


def address(chat: str) -> str:
    """Return where a conversation is."""
    return f"/chat/{quote(chat, safe=':')}"


def _chips(line: Line, files: Sequence[Mapping[str, Any]]) -> tuple[Chip, ...]:
    where = f"{address(line.chat)}/files/{line.id}"
    return tuple(
        Chip(file["name"], size(file.get("size")), f"{where}/{number}", file.get("mime") in PICTURES)
        for number, file in enumerate(files)
    )


def _said_by_bot(line: Line, day: str, *, zalo: bool) -> Bubble:
    message = Message.from_json(line.content["message"])
    shown = message.buttons if not zalo else ()
    asked = message.numbered() if zalo and not message.menu else ()
    notes = ["gửi lại"] if line.content.get("resend") else []
    notes += [f"trang {number}/{count}" for number, count in [line.content["page"]] if count > 1]
    return Bubble(
        line.id,
        mine=False,
        title=message.title or "",
        text="\n".join(message.lines),
        at=line.at,
        day=day,
        note=", ".join(notes),
        buttons=tuple(button.label for button in shown),
        numbered=tuple(f"{number} {button.label}" for number, button in asked),
        chips=_chips(line, line.content["files"]),
    )


def _said_by_person(line: Line, day: str) -> Bubble:
    content = line.content
    return Bubble(
        line.id,
        mine=True,
        title="",
        text=content["text"],
        at=line.at,
        day=day,
        quote=content.get("quote") or "",
        pressed=content["kind"] == "button",
        chips=_chips(line, content.get("files", ())),
    )
