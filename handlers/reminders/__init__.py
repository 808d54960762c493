"""What happens as time passes: messages are planned once, and written when they leave."""

from handlers.reminders.composer import Composer
from handlers.reminders.planning import Planned, tick

__all__ = ["Composer", "Planned", "tick"]
