"""What happens as time passes: messages are planned once, and written when they leave."""

from handlers.reminders.absences import IS_BACK, STANDS_IN, Absences
from handlers.reminders.answers import ANSWERED, Answers
from handlers.reminders.composer import Composer
from handlers.reminders.hourly import KIND as HOURLY
from handlers.reminders.hourly import Hourly
from handlers.reminders.inquiries import AGAIN, FIRST, SUMMED_UP, Asked
from handlers.reminders.planned import Planned
from handlers.reminders.planning import tick
from handlers.reminders.posting import POST, PostAsked
from handlers.reminders.reviewing import REVIEW_AGAIN, ReviewAgain
from handlers.reminders.ticking import KIND as TICKED
from handlers.reminders.ticking import Ticked, tick_off

__all__ = [
    "AGAIN",
    "ANSWERED",
    "FIRST",
    "HOURLY",
    "IS_BACK",
    "POST",
    "REVIEW_AGAIN",
    "STANDS_IN",
    "SUMMED_UP",
    "TICKED",
    "Absences",
    "Answers",
    "Asked",
    "Composer",
    "Hourly",
    "Planned",
    "PostAsked",
    "ReviewAgain",
    "Ticked",
    "tick",
    "tick_off",
]
