"""Processor time: of a process with its children, and of a loop that tells how fast the machine is just now."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from statistics import median

import psutil

USUAL = 0.02
"""The processor seconds the calibration loop takes on the machine that normalised figures speak of."""

_PASSES = 3_000
_THING = {"update_id": 1, "message": {"text": "/done 3.5", "chat": {"id": 1, "type": "private"}, "entities": [1, 2, 3]}}


def cpu_seconds(pid: int) -> float:
    """Return user and system time of a process and of its children, living and ended."""
    process = psutil.Process(pid)
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            used = one.cpu_times()
        except psutil.NoSuchProcess:
            continue  # it ended a moment ago: its parent has its time from the next look on
        total += used.user + used.system
        total += getattr(used, "children_user", 0.0) + getattr(used, "children_system", 0.0)
    return total


def calibrate() -> float:
    """Return the processor seconds a fixed piece of ordinary Python takes now."""
    began = time.process_time()
    for number in range(_PASSES):
        text = json.dumps({**_THING, "update_id": number})
        read = json.loads(text)
        words = sorted(text.casefold().split(), key=len)
        if read["update_id"] != number or len(words) < 3:
            raise AssertionError
    return time.process_time() - began


@dataclass(frozen=True, slots=True)
class Sample:
    """One run of one contender. Times are in seconds; `pace` is the calibration loop's, around the run."""

    updates: int
    cpu: float
    database_cpu: float
    load_cpu: float
    lasted: float
    latencies: tuple[float, ...]
    pace: float

    @property
    def cost(self) -> float:
        """The contender's normalised microseconds for one update."""
        return self.cpu / self.updates * USUAL / self.pace * 1e6

    @property
    def database_cost(self) -> float:
        """PostgreSQL's normalised microseconds for one update."""
        return self.database_cpu / self.updates * USUAL / self.pace * 1e6

    @property
    def load_cost(self) -> float:
        """The same for this process: the load and the stand-in."""
        return self.load_cpu / self.updates * USUAL / self.pace * 1e6

    @property
    def latency(self) -> float:
        """The median seconds from an update's first byte to the arrival of its reply."""
        return median(self.latencies)
