"""When a directive is due, as its words say it."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from core.reading.header import day
from core.reading.model import Period, Recurrence


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


ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_WEEKDAYS = {"hai": 1, "2": 1, "ba": 2, "3": 2, "tư": 3, "4": 3, "năm": 4, "5": 4, "sáu": 5, "6": 5, "bảy": 6, "7": 6}
_DATE = r"(?P<d>\d{1,2})\s*(?:[/.-]\s*(?P<m>\d{1,2})(?!\s*%)(?:\s*[/.-]\s*(?P<y>\d{4}|\d{2})(?!\d))?|\s+tháng\s+(?P<m2>\d{1,2})(?:\s*(?:năm|/)\s*(?P<y2>\d{4}))?)"
_TIME = r"(?P<h>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<min>\d{2})?(?:\s*phút)?(?:\s*(?:sáng|chiều))?"
_DONE = r"(?:(?:thời gian|thời hạn)\s*(?:thực hiện|hoàn thành)?\s*:?\s*)?(?:(?:hoàn thành|xong|hoàn tất)\s*,?\s*)?"
_CUE = r"(?P<cue>(?:chậm nhất|muộn nhất|trễ nhất)(?:\s*(?:là|vào|đến|trước|trong))*|(?:trước|không quá|không muộn hơn)(?:\s+hết)?|(?:đến|tới)(?:\s+hết)?|(?:hạn(?: chót| cuối| cuối cùng)?|thời hạn)\s*(?:là|đến|:)?|hết|vào|trong)"
_MONTH = r"t?háng\s*(?P<m>\d{1,2})(?:\s*(?:/|năm)\s*(?P<y>\d{4}))?(?!\s*(?:/|\d))"
_QUARTER = r"quý\s*(?P<q>IV|I{1,3}|0?[1-4])(?![\w])(?:\s*(?:/|-|năm)?\s*(?P<y>\d{4}))?"
_EVERY = r"(?:hàng|hằng|mỗi)\s*"
_PERIOD = r"(?P<period>ngày|tuần|tháng|quý|6 tháng|06 tháng|sáu tháng|năm)"
_I = re.IGNORECASE

EXACT = re.compile(rf"{_DONE}{_CUE}\s*(?:{_TIME}\s*,?\s*)?(?:hết\s+)?(?:ngày)?\s*{_DATE}", _I)
TIMED = re.compile(rf"{_DONE}{_CUE}\s*{_TIME}\s*,?\s*(?:ngày\s*)?{_DATE}", _I)
BARE = re.compile(
    rf"(?:thời gian (?:thực hiện|hoàn thành)|hoàn thành|thời hạn|hạn)\s*:?\s*(?:vào\s*)?(?:ngày)?\s*{_DATE}", _I
)
ON_DAY = re.compile(rf"(?:trong|vào|gửi|nộp|báo cáo)\s+ngày\s*{_DATE}", _I)
MONTH = re.compile(
    rf"{_DONE}(?P<cue>(?:chậm nhất\s+)?(?:ngay\s+)?t?trong|chậm nhất|(?:đến\s+)?hết|cuối|đầu|trước)\s+{_MONTH}", _I
)
QUARTER = re.compile(
    rf"{_DONE}(?P<cue>(?:chậm nhất\s+)?(?:ngay\s+)?trong|chậm nhất|(?:đến\s+)?hết|cuối|đầu|trước)\s+{_QUARTER}", _I
)
HALF = re.compile(rf"{_DONE}(?P<cue>trong|hết)\s+(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm(?:\s*(?P<y>\d{{4}}))?", _I)
YEAR = re.compile(
    rf"{_DONE}(?:(?P<cue>trong|cuối)|(?<=hoàn thành )(?:đến\s+)?hết|(?<=xong )(?:đến\s+)?hết|(?<=thành trong ))\s*năm\s+(?P<y>20\d\d)(?!\s*[-–])",
    _I,
)
BARE_MONTH = re.compile(rf"(?:\(|:\s*|;\s*|^)(?P<text>{_MONTH})\s*\)?[.;]?$", _I)
WEEK = re.compile(rf"{_DONE}trong tuần(?: (?P<which>này|sau|tới|đến))?(?!\s+(?:và|lũy|làm việc))", _I)
WITHIN = re.compile(
    rf"{_DONE}(?:trong|sau) (?:thời hạn|vòng|thời gian)?\s*(?P<n>\d{{1,3}})\s*(?P<unit>ngày làm việc|ngày|tuần|tháng)(?:,?\s*(?:kể )?từ (?:khi|ngày|thời điểm)?\s*(?P<since>[^.;:)]{{3,80}}))?",
    _I,
)
AFTER_EVENT = re.compile(
    r"(?<![\w])ngay sau (?:kỳ nghỉ Tết|kỳ nghỉ lễ|Tết[^.,;]{0,20}|cuộc họp|hội nghị|khi [^.,;]{5,60})", _I
)
RECURRING = re.compile(
    rf"(?:định kỳ,?\s*)?(?:(?:chậm nhất\s+|trước\s+|vào\s+)*(?:{_TIME}\s*,?\s*)?(?:ngày\s+)?(?:(?P<d>\d{{1,2}})|thứ\s+(?P<wd>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<last>cuối))?\s*,?\s*)?{_EVERY}{_PERIOD}"
    rf"(?:,?\s*(?:chậm nhất\s+|trước\s+|vào\s+)+(?:{_TIME.replace('<h>', '<h2>').replace('<min>', '<min2>')}\s*,?\s*)?(?:ngày\s+)?(?:thứ\s+(?P<wd2>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<d2>\d{{1,2}})(?!\s*[/.\d])))?",
    _I,
)
PERIODIC = re.compile(
    r"định kỳ\s*(?:(?P<n>\d{1,2})\s*(?P<unit>tháng|tuần|ngày)(?:\s*/?\s*(?:1|một)?\s*lần)?|(?P<word>quý|tháng|tuần|năm|ngày))",
    _I,
)
REFERENCE = re.compile(
    r"(?:theo )?đúng (?:thời gian|thời hạn)(?: (?:quy định|yêu cầu|được giao|đã đề ra|đã giao))?(?! mức)", _I
)
STANDING = re.compile(
    r"^thường xuyên(?=\W)|(?:[:(;]|thời gian(?: thực hiện)?:?)\s*(?P<text>thường xuyên)\s*\)?[.;]?\s*$|\bvà (?P<text2>thường xuyên)\s*[.;)]?\s*$",
    _I,
)

_VEILS = (
    re.compile(r"(?:số|Số)\s*:?\s*\d+[\w/&.–-]*(?:\s*,)?\s*ngày\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"),
    re.compile(r"\(\s*nhằm[^)]*\)", _I),
    re.compile(
        r"(?:vào lúc|dự kiến|kể từ ngày|tính đến|tính từ|từ ngày|quá \d+ (?:tháng|ngày)|(?:có )?hiệu lực|kết thúc vào|họp|diễn ra|khai mạc)\s[^.;:()]{0,60}?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?",
        _I,
    ),
    re.compile(r"dự kiến[^.;:()]{0,60}?(?:tháng|quý|năm) [\dIVX]+(?:[/\s]+(?:năm )?\d{4})?", _I),
    re.compile(r"(?:tầm nhìn )?(?:đến|tới) năm 20\d\d|giai đoạn\s*20\d\d\s*[-–]\s*20\d\d", _I),
    re.compile(
        r"(?:chỉ tiêu|mục tiêu|kế hoạch|dự toán|kết quả|tình hình|số liệu|hội nghị|thu nhập) (?:\w+ ){0,2}(?:hàng|hằng) (?:năm|tháng|quý|tuần)",
        _I,
    ),
    re.compile(
        r"(?:khối lượng|phát sinh|kết quả|tình hình|đột xuất|so với|công tác|số liệu)[\w ,]{0,20} trong (?:tuần|tháng|quý|năm)(?: \d{1,2})?",
        _I,
    ),
    re.compile(r"24/24 giờ|1/500|trước, trong và sau", _I),
)


def _veil(text: str) -> str:
    for pattern in _VEILS:
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
        cue = re.search(r"định kỳ|chậm nhất|trước|ngày \d|thứ|mỗi", words, _I) or re.search(
            r"(?:báo cáo|gửi|tổng hợp|kiểm tra|họp|rà soát|cập nhật)[\w ,]{0,40}$", text[: match.start()], _I
        )
        if not cue:
            continue
        weekday = got["wd"] or got["wd2"]
        number = got["d"] or got["d2"]
        last = int(number) if number else None
        strict = re.search(r"trước\s+(?:ngày\s+)?(?:\d|thứ)", words, _I) is not None and not (got["h"] or got["h2"])
        weekly = _WEEKDAYS[weekday.lower()] if weekday else None
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
    if not title or not re.search(r"nhiệm vụ|giao ban|công tác|kế hoạch|chương trình", title, _I):
        return None
    ends: list[date] = []
    for match in re.finditer(
        rf"{_QUARTER}|(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm(?:\s*(?P<hy>\d{{4}}))?|tháng\s*(?P<m>\d{{1,2}})(?:\s*(?:/|năm)\s*(?P<my>\d{{4}}))?|(?:nhiệm vụ|công tác|kế hoạch) năm (?P<whole>\d{{4}})",
        title,
        _I,
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
