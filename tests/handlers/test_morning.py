"""The morning's message as a phone shows it: one message on every messenger, and what is left out is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.telegram_render import render as on_telegram
from bot.zalo_bot import no_link
from bot.zalo_bot_render import render as on_zalo
from core.partition import Partition
from core.reminders.addressees import Addressee
from core.reminders.digest import digest
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.reminders.contents import Contents
from handlers.reminders.morning import morning
from handlers.telling import Telling
from tests.core.parts import hanoi, part

NOW = hanoi(2023, 7, 6, 7, 30)
CALENDAR = WorkCalendar()
TITLE = "Kế hoạch phân phối mạng lưới điện nông thôn tỉnh"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_head_with_forty_items_gets_one_message_on_every_messenger_worst_first(language: str) -> None:
    parts = [
        part(f"3.{number}", date(2023, 7, 8) - timedelta(days=number), id=number, title=TITLE)
        for number in range(1, 41)
    ]
    made = digest(parts, NOW, CALENDAR, missed=(date(2023, 7, 4), date(2023, 7, 5)))
    assert made is not None
    contents = Contents(
        Addressee(1, ((1, "QLTM"),)), ("QLTM",), made, None, None, (), Partition(), (),
        (date(2023, 7, 4), date(2023, 7, 5)), made.overdue[-1:], "deputy",
    )  # fmt: skip
    telling = Telling(Catalogue(), language, NOW, CALENDAR)
    message = morning(contents, telling)
    assert (len(on_telegram(message)), len(on_zalo(message, no_link))) == (1, 1)
    codes = [line.split()[0] for line in message.lines if TITLE in line]
    assert codes == [f"3.{number}" for number in range(40, 28, -1)]
    assert telling.t("digest-more", count=28) in message.lines
    assert message.buttons
