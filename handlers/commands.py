"""Every module that registers commands, imported for that; dispatch reads the registry they fill."""

from handlers import acts, assign, notices, people, reports, settings, tasks, undelivered, undo

__all__ = ["acts", "assign", "notices", "people", "reports", "settings", "tasks", "undelivered", "undo"]
