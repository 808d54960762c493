"""Dates as people type them: 15.7, mai, thứ 6, cuối tuần, tháng 5, quý II."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.speech.typed import HEAD, Typed

_RECENT = timedelta(days=180)
_LEAD = (
    r"(?:(?<![a-z])(?P<lead>den|(?<!nhac )toi|truoc(?! han)|cham nhat|(?<!gia )(?<!qua )(?<!den )(?<!het )(?<!tre )(?<!lui )(?<!toi )(?<!truoc )han"
    r"|tu|vao|het|trong|ngay|lui)(?: (?:vao|den|ngay|het|han|sang|chieu|trong))*[ :]*)?"
)
_YEAR = r"(?:[ /.-]| nam )(?P<{0}>20[0-9]{{2}}|[0-9]{{2}}(?![0-9]))"
_NUMBERS: Final = {
    "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "gieng": 1, "mot": 1, "chap": 12, "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = "muoi mot|muoi hai|gieng|chap|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi"
_WEEKDAY = r"(?:thu ?(?P<weekday>[2-7](?![0-9./])|hai|ba|tu|nam|sau|bay)|(?P<sunday>chu nhat|cn)|(?<![a-z])t(?P<short>[2-7])(?![0-9./]))"
_ENGLISH = r"(?P<ennext>next )?(?P<english>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?P<enweek> next week)?"
_WHICH = r"(?: (?:tuan )?(?P<{0}>nay|sau|toi|tiep))?"
_FORMS: Final = (
    (
        r"(?:thu (?:[2-7]|hai|ba|tu|nam|sau|bay),? (?:ngay )?)?(?P<day>[0-3]?[0-9])(?P<mark>[/.,-])(?P<month>[01]?[0-9])"
        r"(?:(?P=mark)(?P<year>20[0-9]{2}|[0-9]{2}))?(?![0-9]|[/.-][0-9]| ?%)"
    ),
    r"(?P<iso>20[0-9]{2}-[01][0-9]-[0-3][0-9])",
    r"(?P<dday>[0-3]?[0-9]) thang (?P<dmonth>[01]?[0-9])(?![0-9])(?:" + _YEAR.format("dyear") + r")?",
    r"(?P<mday>[0-3]?[0-9]) thang nay|(?<=ngay )(?P<nday>[0-3]?[0-9]) thang (?:sau|toi)(?! ?[0-9])",
    r"(?P<today>(?:ngay )?hom nay|trong ngay|(?:sang|trua|chieu|toi) nay)",
    r"(?P<yesterday>(?:sang |chieu )?hom qua)|(?P<before_yesterday>hom kia|hom truoc)",
    r"(?P<tomorrow>(?:ngay |sang |trua |chieu |toi )?(?<!anh )(?<!chi )(?<!co )mai)",
    r"(?P<overmorrow>(?:ngay|sang|chieu) (?:mot|kia)|(?<=den )mot|(?<=truoc )mot)",
    _WEEKDAY + _WHICH.format("which"),
    _ENGLISH,
    r"(?P<nextweek>(?:cuoi )?tuan (?:sau|toi|tiep theo))|(?P<thisweek>(?:cuoi )?tuan nay|cuoi tuan|(?:(?<=trong )|(?<=het ))tuan)",
    r"(?P<halfyear>6 thang dau nam)|(?P<endyear>(?:cuoi|het) nam(?: nay)?)|(?P<midmonth>giua thang(?: nay)?)",
    r"(?P<nextmonth>(?:cuoi )?thang (?:sau|toi)(?! ?[0-9]))|(?:cuoi )?thang (?P<only>1[0-2]|0?[1-9](?![0-9])|"
    + _COUNTS
    + r")(?![a-z])"
    r"(?:" + _YEAR.format("oyear") + r")?|(?P<thismonth>(?:cuoi |het )thang(?: nay)?|thang nay)",
    r"quy (?P<quarter>[1-4](?![0-9])|iv|i{1,3}|mot|hai|ba|bon|tu)(?![a-z])(?:" + _YEAR.format("qyear") + r")?"
    r"|(?P<thisquarter>(?:cuoi|het) quy(?: nay)?)",
    r"(?P<in>[0-9]{1,3}) (?P<inwhat>ngay|tuan|thang) (?:nua|toi)",
    r"(?<=ngay )(?P<onlyday>[0-3]?[0-9])(?![0-9./,%-]| ?(?:lam viec|ngay|thang))",
)
_DATE: Final = re.compile(_LEAD + r"(?<![0-9.,/a-z-])(?:" + "|".join(_FORMS) + ")(?![a-z])")
_FILLER: Final = re.compile(
    r"(?:den|toi|truoc|han|ngay|vao|het|trong|cuoi|sang|chieu|a|nhe|nha|em|xong|la|nay|[ .,;:])*"
)
_MARKS: Final = ".-cn"
_PERIODS: Final = (
    "nextweek", "thisweek", "halfyear", "endyear", "midmonth", "nextmonth", "only", "thismonth", "quarter", "thisquarter",
)  # fmt: skip
_BARE: Final = {"mot": 2, "kia": 2}


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date, the place of its words, the word that led to it ("den", "truoc", "tu" or none), and whether a day was said."""

    day: date
    start: int
    end: int
    lead: str
    exact: bool = True
    year_typed: bool = False


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_some_year(at: Callable[[int], date | None], today: date, *, past: bool) -> date | None:
    """The year-less date: looking back the last one, else this year's unless that is more than half a year gone."""
    this = at(today.year)
    if past:
        return this if this is not None and this <= today else at(today.year - 1)
    if this is None or today - this > _RECENT:
        return at(today.year + 1)
    return this


def _year(typed: str | None) -> int | None:
    return None if typed is None else int(typed) + (2000 if len(typed) == 2 else 0)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[" ".join(word.split())]


def _months_on(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _last_day(year, month + 1)


def _weekday(word: str, which: str | None, today: date) -> date:
    wanted = 6 if word == "cn" else _DAYS.index(word) if word in _DAYS else _count(word) - 2
    monday = today - timedelta(days=today.weekday())
    if which in {"sau", "toi", "tiep"}:
        return monday + timedelta(days=7 + wanted)
    day = monday + timedelta(days=wanted)
    return day if day > today or (which == "nay" and day == today) else day + timedelta(days=7)


def _value(found: re.Match[str], today: date, *, past: bool) -> date | None:
    get = found.groupdict()
    this = _year(get["year"] or get["dyear"] or get["oyear"] or get["qyear"])
    if get["day"] or get["dday"]:
        day, month = int(get["day"] or get["dday"]), int(get["month"] or get["dmonth"])
        if this is not None:
            return _on(this, month, day)
        return _in_some_year(lambda year: _on(year, month, day), today, past=past)
    if get["mday"] or get["nday"]:
        its = _months_on(today, 1 if get["nday"] else 0)
        return _on(its.year, its.month, int(get["mday"] or get["nday"] or 0))
    if get["iso"]:
        return _on(*map(int, get["iso"].split("-")))
    if get["only"]:
        month = _count(get["only"])
    elif get["quarter"]:
        month = _count(get["quarter"]) * 3
    else:
        return _relative(get, today, past=past)
    if this is not None:
        return _last_day(this, month)
    return _in_some_year(lambda year: _last_day(year, month), today, past=past)


def _relative(get: dict[str, str | None], today: date, *, past: bool) -> date | None:
    friday = today + timedelta(days=4 - today.weekday())
    steps = {"today": 0, "yesterday": -1, "before_yesterday": -2, "tomorrow": 1, "overmorrow": 2}
    for name, days in steps.items():
        if get[name]:
            return today + timedelta(days=days)
    if word := get["weekday"] or get["short"] or get["sunday"]:
        return _weekday("cn" if get["sunday"] else word, get["which"], today)
    if get["english"]:
        return _weekday(get["english"], "sau" if get["ennext"] or get["enweek"] else None, today)
    if get["thisweek"]:
        return friday if friday >= today else friday + timedelta(days=7)
    if get["nextweek"]:
        return friday + timedelta(days=7)
    if get["halfyear"]:
        return date(today.year, 6, 30)
    if get["endyear"]:
        return date(today.year, 12, 31)
    if get["midmonth"]:
        return today.replace(day=15)
    if get["thisquarter"]:
        return _last_day(today.year, (today.month + 2) // 3 * 3)
    if get["nextmonth"] or get["thismonth"]:
        return _months_on(today, 1 if get["nextmonth"] else 0)
    if get["in"]:
        count, what = int(get["in"]), get["inwhat"]
        return (
            _months_on(today, count)
            if what == "thang"
            else today + timedelta(days=count * (7 if what == "tuan" else 1))
        )
    day = int(get["onlyday"] or 0)
    here = _on(today.year, today.month, day)
    if past:
        earlier = today.replace(day=1) - timedelta(days=1)
        return here if here is not None and here <= today else _on(earlier.year, earlier.month, day)
    later = _months_on(today, 1)
    return here if here is not None and here >= today else _on(later.year, later.month, day)


def find_dates(folded: str, *, today: date, past: bool = False, marks: str = "") -> Iterator[DateFound]:
    """The dates in folded words; 15.7 and 15-7 need a word such as "đến" before them unless their mark is in `marks`."""
    for found in _DATE.finditer(folded, 0, HEAD):
        mark = "cn" if found["sunday"] == "cn" else found["mark"]
        if mark not in {None, "/"} and mark not in marks and not found["lead"] and (mark == "," or not found["year"]):
            continue
        day = _value(found, today, past=past)
        if day is not None:
            yield _found(found, day)


def _found(found: re.Match[str], day: date) -> DateFound:
    period = found.lastgroup is not None and any(found[name] for name in _PERIODS)
    year = found["year"] or found["dyear"] or found["iso"]
    return DateFound(day, found.start(), found.end(), found["lead"] or "", not period, year is not None)


def date_at(folded: str, start: int, *, today: date) -> DateFound | None:
    """The date that begins right at `start`, the last such day that has come if its year was not typed."""
    found = _DATE.match(folded, start, start + 60)
    day = None if found is None else _value(found, today, past=True)
    return None if found is None or day is None else _found(found, day)


def typed_date(text: str, *, today: date, past: bool = False) -> date | None:
    """The date that the whole text says, or None; with `past`, a year-less date is the last one that has come."""
    folded = Typed.of(text[:80]).folded
    if (days := _BARE.get(folded)) is not None:
        return today + timedelta(days=days)
    found = next(find_dates(folded, today=today, past=past, marks=_MARKS), None)
    if found is None or not _FILLER.fullmatch(folded[: found.start] + " " + folded[found.end :]):
        return None
    return found.day


def typed_days(text: str, *, today: date) -> tuple[date, ...]:
    """The dates that the text mentions, in their order."""
    return tuple(found.day for found in find_dates(Typed.of(text).folded, today=today))
