"""What asks to be reminded later, and what only tells that somebody was reminded."""

from __future__ import annotations

from datetime import date

import pytest

from core.speech import TaskRef, understand

MONDAY = date(2023, 5, 22)


@pytest.mark.parametrize(
    ("typed", "code", "until"),
    [
        ("nhắc lại mai", None, date(2023, 5, 23)),
        ("3.6 nhắc lại thứ 5", "3.6", date(2023, 5, 25)),
        ("nhac lai 3.6 25/5", "3.6", date(2023, 5, 25)),
        ("nhac toi 3.4 thu hai", "3.4", date(2023, 5, 29)),
        ("thu 5 nhac lai 3.6", "3.6", date(2023, 5, 25)),
        ("de mai nhac lai 3.6 nhe", "3.6", date(2023, 5, 23)),
        ("3.6 hoan nhac den thu sau", "3.6", date(2023, 5, 26)),
        ("/snooze 3.6 2023-05-25", "3.6", date(2023, 5, 25)),
        ("3.6 remind me thursday", "3.6", date(2023, 5, 25)),
        ("remind me again 3.6 next friday", "3.6", date(2023, 6, 2)),
        ("Remind me Thursday", None, date(2023, 5, 25)),
        ("/snooze 25/5", None, date(2023, 5, 25)),
    ],
)
def test_a_reminder_is_put_off(typed: str, code: str | None, until: date) -> None:
    heard = understand(typed, today=MONDAY)
    assert (heard.intent, heard.refs, heard.date) == ("snooze", (TaskRef(code),) if code else (), until)


@pytest.mark.parametrize("typed", ["3.4 da nhac lai cac huyen", "3.4 phong da nhac lai huyen gui so lieu truoc thu 5"])
def test_whom_the_unit_reminded_is_no_request(typed: str) -> None:
    assert understand(typed, today=MONDAY).intent != "snooze"


def test_urging_stays_urging() -> None:
    assert understand("nhac phong qlnl 3.6", today=MONDAY).intent == "remind"
