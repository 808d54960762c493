"""When a directive is due, as its words say it."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from core.reading.header import day
from core.reading.model import Period, Recurrence
from core.reading.time_words import (
    AFTER_EVENT,
    BARE,
    BARE_MONTH,
    EXACT,
    HALF,
    IGNORE,
    MONTH,
    ON_DAY,
    PERIODIC,
    QUARTER,
    QUARTER_WORDS,
    RECURRING,
    REFERENCE,
    ROMAN,
    STANDING,
    TIMED,
    VEILS,
    WEEK,
    WEEKDAYS,
    WITHIN,
    YEAR,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What an item says of time; all empty where it says nothing."""

    text: str | None = None
    due: date | None = None
    due_time: time | None = None
    recurrence: Recurrence | None = None
    standing: bool = False
    by_reference: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the words themselves tell when to act."""
        return self.due is not None or self.recurrence is not None or self.standing


def _veil(text: str) -> str:
    for pattern in VEILS:
        text = pattern.sub(lambda match: "\x00" * len(match[0]), text)
    return text


def month_end(year: int, month: int) -> date | None:
    """The last day of a month, None where there is no such month."""
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 and 1 <= year <= 9999 else None


def _year(text: str | None, month: int, issued: date | None) -> tuple[int | None, bool]:
    """The year meant, and whether it was inferred from the day of issue."""
    if text:
        return (int(text) if len(text) == 4 else 2000 + int(text)), False
    if issued is None:
        return None, True
    return issued.year + (1 if issued.month >= 10 and month <= 3 else 0), True


def _clock(hour: str | None, minute: str | None) -> time | None:
    return time(int(hour), int(minute or 0)) if hour and int(hour) < 24 and int(minute or 0) < 60 else None


def _strict(cue: str | None) -> bool:
    return bool(cue) and "trước" in str(cue).lower() and "hết" not in str(cue).lower()


def _exact(match: re.Match[str], issued: date | None) -> Deadline:
    got = match.groupdict()
    month = int(got["m"] or got["m2"])
    year, inferred = _year(got["y"] or got["y2"], month, issued)
    when = day(year, month, int(got["d"])) if year else None
    clock = _clock(got.get("h"), got.get("min"))
    warnings = ("year_inferred",) if inferred and when else ()
    if when is None:
        return Deadline(text=match[0], warnings=("bad_date",))
    if _strict(got.get("cue")) and clock is None and when > date.min:
        when -= timedelta(days=1)
    return Deadline(text=match[0], due=when, due_time=clock, warnings=warnings)


def _span(match: re.Match[str], issued: date | None, first: int, last: int) -> Deadline:
    """A deadline in the months `first` to `last`: their end, their beginning or the day before them by the cue."""
    got = match.groupdict()
    year, inferred = _year(got.get("y"), last, issued)
    cue = (got.get("cue") or "").lower()
    end = month_end(year, last) if year else None
    start = day(year, first, 1) if year else None
    if end is None or start is None:
        return Deadline(text=match[0], warnings=("bad_date",))
    if "trước" in cue and start > date.min:
        end = start - timedelta(days=1)
    elif "đầu" in cue:
        end = start + timedelta(days=9)
    return Deadline(text=match[0], due=end, warnings=("year_inferred",) if inferred else ())


def _month(match: re.Match[str], issued: date | None) -> Deadline:
    got = match.groupdict()
    if got.get("m9") and (end := month_end(int(got["y9"]), int(got["m9"]))):
        return Deadline(text=match[0], due=end)
    return _span(match, issued, int(match["m"]), int(match["m"]))


def _quarter(match: re.Match[str], issued: date | None) -> Deadline:
    quarter = ROMAN[match["q"].lower()]
    return _span(match, issued, quarter * 3 - 2, quarter * 3)


def _half(match: re.Match[str], issued: date | None) -> Deadline:
    return _span(match, issued, *((1, 6) if match["half"].lower() == "đầu" else (7, 12)))


def _whole_year(match: re.Match[str], issued: date | None) -> Deadline:
    return _span(match, issued, 1, 12)


def _week(match: re.Match[str], issued: date | None) -> Deadline:
    if issued is None:
        return Deadline(text=match[0], warnings=("relative_deadline",))
    weeks = 0 if (match["which"] or "này").lower() == "này" else 1
    return Deadline(text=match[0], due=issued + timedelta(days=5 - issued.isoweekday() + 7 * weeks))


def _within(match: re.Match[str], issued: date | None) -> Deadline:
    since = (match["since"] or "").lower()
    from_issue = re.match(r"(?:ngày )?(?:ban hành|ký|có thông báo|thông báo này|kết luận này)", since)
    days = {"ngày": 1, "tuần": 7}.get(match["unit"].lower())
    if issued and from_issue and days:
        return Deadline(text=match[0].strip(), due=issued + timedelta(days=days * int(match["n"])))
    return Deadline(text=match[0].strip(), warnings=("relative_deadline",))


def _after_event(match: re.Match[str], _: date | None) -> Deadline:
    return Deadline(text=match[0], warnings=("relative_deadline",))


_PERIODS: dict[str, Period] = {
    "ngày": "day",
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "năm": "year",
    "6 tháng": "half_year",
    "06 tháng": "half_year",
    "sáu tháng": "half_year",
}
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Deadline]], ...] = (
    (TIMED, _exact),
    (EXACT, _exact),
    (BARE, _exact),
    (ON_DAY, _exact),
    (MONTH, _month),
    (QUARTER, _quarter),
    (HALF, _half),
    (YEAR, _whole_year),
    (BARE_MONTH, _month),
    (WEEK, _week),
    (WITHIN, _within),
    (AFTER_EVENT, _after_event),
)


def _recurring(text: str) -> Deadline | None:
    for match in RECURRING.finditer(text):
        got = match.groupdict()
        words = match[0].strip(" ,")
        cue = re.search(r"định kỳ|chậm nhất|trước|ngày \d|thứ|mỗi", words, IGNORE) or re.search(
            r"(?:báo cáo|gửi|tổng hợp|kiểm tra|họp|rà soát|cập nhật)[\w ,]{0,40}$", text[: match.start()], IGNORE
        )
        if not cue:
            continue
        weekday = got["wd"] or got["wd2"]
        number = got["d"] or got["d2"]
        last = int(number) if number else None
        strict = re.search(r"trước\s+(?:ngày\s+)?(?:\d|thứ)", words, IGNORE) is not None and not (got["h"] or got["h2"])
        weekly = WEEKDAYS[weekday.lower()] if weekday else None
        if strict and last:
            last = last - 1 or 31
        if strict and weekly:
            weekly = weekly - 1 or 7
        every = _PERIODS[got["period"].lower()]
        if last is not None and last > 31:
            continue
        return Deadline(
            text=words,
            due_time=_clock(got["h"] or got["h2"], got["min"] or got["min2"]),
            recurrence=Recurrence(every, weekly, 31 if got["last"] else last),
        )
    if periodic := PERIODIC.search(text):
        if periodic["word"]:
            return Deadline(text=periodic[0].strip(), recurrence=Recurrence(_PERIODS[periodic["word"].lower()]))
        named: dict[tuple[int, str], Period] = {
            (1, "tháng"): "month",
            (3, "tháng"): "quarter",
            (6, "tháng"): "half_year",
            (12, "tháng"): "year",
            (1, "tuần"): "week",
            (1, "ngày"): "day",
        }
        if every_n := named.get((int(periodic["n"]), periodic["unit"].lower())):
            return Deadline(text=periodic[0].strip(), recurrence=Recurrence(every_n))
        return Deadline(text=periodic[0].strip(), warnings=("relative_deadline",))
    return None


def read_deadline(text: str, issued: date | None) -> Deadline:
    """The deadline these words set, dates of cited documents and plan horizons left aside.

    "trước ngày D" means the day before D. Of several the first exact one counts and several_deadlines warns.
    """
    veiled = _veil(text)
    if recurring := _recurring(veiled):
        return _shown(recurring, text, veiled)
    found: list[tuple[int, int, Deadline]] = []
    taken: list[tuple[int, int]] = []
    for rank, (pattern, reader) in enumerate(_RULES):
        for match in pattern.finditer(veiled):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append((0 if rank <= 3 else rank, match.start(), _shown(reader(match, issued), text, veiled)))
    found.sort(key=lambda entry: (entry[2].due is None, entry[0], entry[1]))
    if found:
        return _checked(found[0][2], issued, len({entry[2].due for entry in found if entry[2].due}))
    if always := STANDING.search(veiled):
        return Deadline(text=(always["text"] or always["text2"] or always[0]).strip(), standing=True)
    if reference := REFERENCE.search(veiled):
        return Deadline(text=reference[0], by_reference=True)
    return Deadline()


def _shown(deadline: Deadline, text: str, veiled: str) -> Deadline:
    """The deadline with its phrase as printed, without the marks around it."""
    if deadline.text is None:
        return deadline
    start = veiled.find(deadline.text)
    phrase = text[start : start + len(deadline.text)] if start >= 0 else deadline.text
    return replace(deadline, text=phrase.replace("\x00", "").strip(" ,:;(."))


def _checked(deadline: Deadline, issued: date | None, dates: int) -> Deadline:
    warnings = list(deadline.warnings)
    if deadline.due and issued:
        if deadline.due < issued:
            warnings.append("past_due")
        elif deadline.due == issued:
            warnings.append("due_on_issue_day")
    if dates > 1:
        warnings.append("several_deadlines")
    return replace(deadline, warnings=tuple(warnings))


def suggested_due(title: str | None, issued: date | None) -> date | None:
    """The end of the last period the title names for the tasks ahead, as a suggestion only."""
    if not title or not re.search(r"nhiệm vụ|giao ban|công tác|kế hoạch|chương trình", title, IGNORE):
        return None
    ends: list[date] = []
    for match in re.finditer(
        rf"{QUARTER_WORDS}|(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm(?:\s*(?P<hy>\d{{4}}))?|tháng\s*(?P<m>\d{{1,2}})(?:\s*(?:/|năm)\s*(?P<my>\d{{4}}))?|(?:nhiệm vụ|công tác|kế hoạch) năm (?P<whole>\d{{4}})",
        title,
        IGNORE,
    ):
        last = (
            ROMAN[match["q"].lower()] * 3
            if match["q"]
            else int(match["m"])
            if match["m"]
            else 6
            if match["half"] and match["half"].lower() == "đầu"
            else 12
        )
        year, _ = _year(match["y"] or match["hy"] or match["my"] or match["whole"], last, issued)
        if year and (end := month_end(year, last)):
            ends.append(end)
    latest = max(ends, default=None)
    return latest if latest and (issued is None or latest >= issued) else None
