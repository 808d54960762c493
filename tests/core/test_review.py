"""Which meeting comes next, where single ones are held on another day."""

from __future__ import annotations

from datetime import date

from core.reminders.review import ReviewRule, prepared_for
from core.workdays import WorkCalendar

CALENDAR = WorkCalendar()


def test_a_meeting_that_was_held_early_does_not_come_back_as_the_next_one_is_moved() -> None:
    rule, before = ReviewRule().move(date(2023, 4, 20), date(2023, 4, 17), CALENDAR)
    assert before == date(2023, 4, 24)
    rule, before = rule.move(date(2023, 5, 31), date(2023, 4, 21), CALENDAR)
    assert before == date(2023, 5, 29)
    assert rule.next_meeting(date(2023, 4, 21), CALENDAR) == date(2023, 5, 31)
    assert prepared_for(rule, date(2023, 4, 21), CALENDAR) is None
    assert not rule.meets_on(date(2023, 4, 24), CALENDAR)


def test_nor_where_days_off_put_its_usual_day_into_the_next_month() -> None:
    rule = ReviewRule(weekday=None, day=30)
    assert rule.next_meeting(date(2023, 4, 17), CALENDAR) == date(2023, 5, 4)
    rule, _ = rule.move(date(2023, 4, 28), date(2023, 4, 17), CALENDAR)
    rule, _ = rule.move(date(2023, 5, 31), date(2023, 5, 2), CALENDAR)
    assert rule.next_meeting(date(2023, 5, 2), CALENDAR) == date(2023, 5, 31)


def test_a_rule_forgets_the_meetings_of_months_gone_by() -> None:
    rule, _ = ReviewRule().move(date(2023, 4, 20), date(2023, 4, 17), CALENDAR)
    rule, _ = rule.move(date(2023, 8, 30), date(2023, 8, 1), CALENDAR)
    assert rule.moved == (("2023-08", date(2023, 8, 30)),)
