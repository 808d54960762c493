"""Deadlines that return: weekly on a day, monthly by a date, each quarter."""

import re

from core.reading.dates import Deadline, clock
from core.reading.model import Period, Recurrence
from core.reading.time_words import IGNORE, PERIODIC, QUARTER_DAY, RECURRING, WEEKDAYS, YEAR_DAY

PERIODS: dict[str, Period] = {
    "ngày": "day",
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "năm": "year",
    "6 tháng": "half_year",
    "06 tháng": "half_year",
    "sáu tháng": "half_year",
}
"""How often something returns, as notices word it."""


def recurring(text: str) -> Deadline | None:
    """How often these words want something done or told; None where they say nothing of it."""
    if match := QUARTER_DAY.search(text):
        day = int(match["d"])
        return Deadline(
            text=match[0].strip(), recurrence=Recurrence("quarter", day=(day - 1 or 31) if match["strict"] else day)
        )
    if match := YEAR_DAY.search(text):
        return Deadline(text=match[0].strip(), recurrence=Recurrence("year"))
    periodic = PERIODIC.search(text)
    for match in RECURRING.finditer(text):
        if periodic and periodic.end() <= match.start() <= periodic.end() + 12:
            # "định kỳ 6 tháng, hàng năm": the first is the shorter
            break
        got = match.groupdict()
        words = match[0].strip(" ,")
        cue = (
            re.search(r"định kỳ|chậm nhất|trước|ngày \d|thứ|mỗi", words, IGNORE)
            or re.search(
                r"(?:báo cáo|gửi|tổng hợp|kiểm tra|họp|rà soát|cập nhật)[\w ,]{0,40}$", text[: match.start()], IGNORE
            )
            or not text[: match.start()].strip()
            or (re.fullmatch(r"\W*[A-ZĐÀ-Ỹ]\w*(?: \w+){0,2}", text[: match.start()].rstrip()))
            or re.match(
                r"(?:,? (?:và )?(?:hàng |hằng )?(?:tháng|quý|6 tháng|năm|đột xuất))*,? (?:\w+ ){0,2}(?:báo cáo|gửi|tổng hợp)",
                text[match.end() :],
            )
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
        every = PERIODS[got["period"].lower()]
        if last is not None and last > 31:
            continue
        return Deadline(
            text=words,
            due_time=clock(got["h"] or got["h2"], got["min"] or got["min2"]),
            recurrence=Recurrence(every, weekly, 31 if got["last"] else last),
        )
    if periodic:
        if periodic["word"]:
            return Deadline(text=periodic[0].strip(), recurrence=Recurrence(PERIODS[periodic["word"].lower()]))
        named: dict[tuple[int, str], Period] = {
            (1, "tháng"): "month",
            (3, "tháng"): "quarter",
            (6, "tháng"): "half_year",
            (12, "tháng"): "year",
            (1, "tuần"): "week",
            (1, "ngày"): "day",
        }
        if every_n := named.get(
            (int(periodic["n"] or periodic["n2"]), (periodic["unit"] or periodic["unit2"]).lower())
        ):
            return Deadline(text=periodic[0].strip(), recurrence=Recurrence(every_n))
        return Deadline(text=periodic[0].strip(), warnings=("relative_deadline",))
    return None
