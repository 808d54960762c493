"""When a directive is due, as its words say it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from core.reading.dates import Deadline, clock, month_end, year_meant
from core.reading.header import day
from core.reading.recurrences import recurring
from core.reading.time_words import (
    AFTER_EVENT,
    ANOTHER,
    BARE,
    BARE_MONTH,
    EXACT,
    HALF,
    MONTH,
    ON_DAY,
    QUARTER,
    REFERENCE,
    ROMAN,
    SLIPS,
    STANDING,
    TIMED,
    VEILS,
    WEEK,
    WITHIN,
    YEAR,
)


def _veil(text: str) -> str:
    for pattern, meant in SLIPS:
        text = pattern.sub(meant, text)
    for pattern in VEILS:
        text = pattern.sub(lambda match: "\x00" * len(match[0]), text)
    return text


def _strict(cue: str | None) -> bool:
    return bool(cue) and "trước" in str(cue).lower() and "hết" not in str(cue).lower()


def _exact(match: re.Match[str], issued: date | None) -> Deadline:
    got = match.groupdict()
    month = int(got["m"] or got["m2"])
    year, inferred = year_meant(got["y"] or got["y2"], month, issued)
    when = day(year, month, int(got["d"])) if year else None
    hour = clock(got.get("h"), got.get("min"))
    warnings = ("year_inferred",) if inferred and when else ()
    if when is None:
        return Deadline(text=match[0], warnings=("bad_date",))
    if _strict(got.get("cue")) and hour is None and when > date.min:
        when -= timedelta(days=1)
    return Deadline(text=match[0], due=when, due_time=hour, warnings=warnings)


def _span(match: re.Match[str], issued: date | None, first: int, last: int) -> Deadline:
    """A deadline in the months `first` to `last`: their end, their beginning or the day before them by the cue."""
    got = match.groupdict()
    year, inferred = year_meant(got.get("y"), last, issued)
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
    if match["q9"]:
        year, inferred = year_meant(match["y9"] or match["y"], 3 * ROMAN[match["q9"].lower()], issued)
        if year and (end := month_end(year, 3 * ROMAN[match["q9"].lower()])):
            return Deadline(text=match[0], due=end, warnings=("year_inferred",) if inferred else ())
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


def read_deadline(text: str, issued: date | None, around: date | None = None) -> Deadline:
    """The deadline these words set, dates of cited documents and plan horizons left aside.

    "trước ngày D" means the day before D. Of several the first exact one counts that had not passed when the notice
    was issued, and several_deadlines warns. Where the day of issue is unknown a year is inferred from `around`.
    """
    veiled = _veil(text)
    if again := recurring(veiled):
        return _shown(again, text, veiled)
    found: list[tuple[int, int, Deadline]] = []
    taken: list[tuple[int, int]] = []
    for rank, (pattern, reader) in enumerate(_RULES):
        for match in pattern.finditer(veiled):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append(
                (
                    0 if rank <= 3 else rank,
                    match.start(),
                    _shown(
                        reader(match, issued or (around if reader is not _week and reader is not _within else None)),
                        text,
                        veiled,
                    ),
                )
            )
    found.sort(key=lambda entry: (entry[2].due is None, _is_past(entry[2], issued), entry[0], entry[1]))
    if found:
        first = found[0][2]
        printed = first.text or ""
        if ANOTHER.match(veiled, veiled.find(printed) + len(printed)) if printed in veiled else False:
            found[0] = (*found[0][:2], replace(first, warnings=(*first.warnings, "several_deadlines")))
        return checked(found[0][2], issued, len({entry[2].due for entry in found if entry[2].due}))
    if always := STANDING.search(veiled):
        return Deadline(text=(always["text"] or always["text2"] or always[0]).strip(), standing=True)
    if reference := REFERENCE.search(veiled):
        return Deadline(text=reference[0], by_reference=True)
    return Deadline()


def _is_past(deadline: Deadline, issued: date | None) -> bool:
    """Whether the date had passed when the notice was issued: one that was missed, where the item sets another."""
    return bool(issued and deadline.due and deadline.due < issued)


def _shown(deadline: Deadline, text: str, veiled: str) -> Deadline:
    """The deadline with its phrase as printed, without the marks around it."""
    if deadline.text is None:
        return deadline
    start = veiled.find(deadline.text)
    phrase = text[start : start + len(deadline.text)] if start >= 0 else deadline.text
    return replace(deadline, text=phrase.replace("\x00", "").strip(" ,:;(."))


def checked(deadline: Deadline, issued: date | None, dates: int) -> Deadline:
    """The deadline with what is odd about its date: passed, the day of issue, one of several."""
    warnings = list(deadline.warnings)
    if deadline.due and issued:
        if deadline.due < issued:
            warnings.append("past_due")
        elif deadline.due == issued:
            warnings.append("due_on_issue_day")
    if dates > 1:
        warnings.append("several_deadlines")
    return replace(deadline, warnings=tuple(warnings))
