"""`dondoc calendar …`: which days are worked, where the Government announced something the program does not know yet."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, timedelta

from bot.cli import session
from bot.cli.parser import Commands, add_command, add_group
from core.deadlines import local
from core.workdays import CalendarDay, WorkCalendar
from handlers.catalogue import Catalogue

_SOURCE = "dondoc calendar"


def add(commands: Commands) -> None:
    """Register the commands."""
    group = add_group(commands, "calendar", "lịch làm việc: ngày nghỉ, ngày làm bù ngoài lịch đã biết")
    show = add_command(
        group,
        "show",
        "in những ngày khác lịch tuần (thứ Hai đến thứ Sáu làm việc) trong một năm",
        _show,
        "dondoc calendar show",
        "dondoc calendar show 2027",
    )
    show.add_argument("year", type=_year, nargs="?", metavar="NĂM", help="mặc định: năm nay")
    off = add_command(
        group,
        "off",
        "đặt những ngày này là ngày nghỉ; lời nhắc tính lại từ lượt kế tiếp",
        _off,
        "dondoc calendar off 2027-02-05 --name 'Nghỉ Tết'",
    )
    work = add_command(
        group,
        "work",
        "đặt những ngày này là ngày làm việc, như ngày làm bù",
        _work,
        "dondoc calendar work 2027-02-20 --name 'Làm bù'",
    )
    usual = add_command(
        group,
        "usual",
        "bỏ điều đã đặt cho những ngày này, theo lại lịch chung",
        _usual,
        "dondoc calendar usual 2027-02-05",
    )
    for parser in (off, work, usual):
        parser.add_argument("days", type=date.fromisoformat, nargs="+", metavar="NGÀY", help="như 2027-02-05")
    for parser in (off, work):
        parser.add_argument("--name", default="", metavar="TÊN", help="vì sao, như 'Nghỉ Tết'")


def _year(said: str) -> int:
    return date(int(said), 1, 1).year


async def _show(arguments: Namespace) -> int:
    given = session.settings()
    async with session.opened(given) as database, database.read(await session.business_now(database, given)) as work:
        entries = {entry.day: entry for entry in await work.clock.calendar()}
        calendar = WorkCalendar(entries.values())
        day = date(arguments.year or local(work.now).year, 1, 1)
    year = day.year
    while day.year == year:
        entry = entries.get(day)
        if entry is not None or calendar.is_working(day) is not (day.weekday() < 5):
            print(_line(day, entry, working=calendar.is_working(day)))
        day += timedelta(days=1)
    return 0


def _line(day: date, entry: CalendarDay | None, *, working: bool) -> str:
    weekday = Catalogue().text("vi", f"weekday-{day.weekday()}")
    said = f"{day}  {weekday:<8}  {'làm việc' if working else 'nghỉ'}"
    if entry is None:
        return said
    return f"{said}  (đặt: {entry.name})" if entry.name else f"{said}  (đặt)"


async def _off(arguments: Namespace) -> int:
    return await _set(arguments, working=False)


async def _work(arguments: Namespace) -> int:
    return await _set(arguments, working=True)


async def _set(arguments: Namespace, *, working: bool) -> int:
    given = session.settings()
    async with session.opened(given) as database, database.work(await session.business_now(database, given)) as work:
        for day in arguments.days:
            await work.clock.set_day(day, working=working, name=arguments.name, source=_SOURCE)
    for day in arguments.days:
        print(_line(day, CalendarDay(day, working, arguments.name), working=working))
    return 0


async def _usual(arguments: Namespace) -> int:
    given = session.settings()
    async with session.opened(given) as database, database.work(await session.business_now(database, given)) as work:
        for day in arguments.days:
            await work.clock.unset_day(day)
        calendar = WorkCalendar(await work.clock.calendar())
    for day in arguments.days:
        print(_line(day, None, working=calendar.is_working(day)))
    return 0
