"""Every module that registers commands, imported for that; dispatch reads the registry they fill."""

from handlers import (
    absence,
    acts,
    assign,
    done,
    evidence,
    handing_in,
    handover,
    judging,
    notices,
    people,
    reports,
    settings,
    tasks,
    undelivered,
    undo,
    waiting,
)

__all__ = [
    "absence",
    "acts",
    "assign",
    "done",
    "evidence",
    "handing_in",
    "handover",
    "judging",
    "notices",
    "people",
    "reports",
    "settings",
    "tasks",
    "undelivered",
    "undo",
    "waiting",
]
