"""What people type while the process dies again and again, and what must have come of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from core.tasks import State

UNITS = 12
PLAIN = 8
WITH_PRODUCT = 6
DAY = "20/4"


def codes_of(unit: int) -> list[str]:
    """The codes a unit leads: those without a product, then those with one."""
    each = PLAIN + WITH_PRODUCT
    numbers = range(unit % 6 * each + 1, unit % 6 * each + each + 1)
    return [f"{3 + unit // 6}.{number}" for number in numbers]


@dataclass(frozen=True, slots=True)
class Step:
    """One message: who types what, the code its answer names, and the act it records, if it records one."""

    who: int
    text: str
    code: str
    act: str | None = None


@dataclass(slots=True)
class Outcome:
    """What the database must hold once every step took effect exactly once."""

    states: dict[str, State] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)


class Head:
    """A head of a unit who reports on its parts; every answer they get is worded like no other."""

    def __init__(self, unit: int, random: Random, outcome: Outcome) -> None:
        self.unit = unit
        self._random = random
        self._outcome = outcome
        own = codes_of(unit)
        self._plain = random.sample(own[:PLAIN], PLAIN)
        self._with_product = random.sample(own[PLAIN:], WITH_PRODUCT)
        self._open = list(own)
        self._closed: list[str] = []
        self._foreign_codes = [code for other in range(UNITS) if other != unit for code in codes_of(other)]
        self._unknown_codes = [f"9.{number}" for number in range(1, 100)]
        random.shuffle(self._foreign_codes)

    def phrase(self) -> list[Step]:
        """Return the next message, or two that belong together."""
        kinds = ["unknown", "foreign"]
        kinds += ["done", "done", "undone"] * bool(self._plain)
        kinds += ["numbered", "asked"] * bool(self._with_product)
        kinds += ["blocked"] * bool(self._open)
        kinds += ["again"] * bool(self._closed)
        steps: list[Step] = getattr(self, f"_{self._random.choice(kinds)}")()
        return steps

    def single(self) -> list[Step]:
        """Return one message that changes nothing."""
        return self._unknown()

    def _done(self) -> list[Step]:
        code = self._plain.pop()
        self._close(code)
        return [self._acts(f"/done {code}", code, "done")]

    def _undone(self) -> list[Step]:
        code = self._plain.pop()
        before = self._outcome.states.get(code, State.ASSIGNED)
        steps = [self._acts(f"xong {code}", code, "done"), self._acts("/undo", code, "undo")]
        self._outcome.states[code] = before
        return steps

    def _numbered(self) -> list[Step]:
        code = self._with_product.pop()
        number = self._number(code)
        return [self._acts(f"/done {code} {number} {DAY}", code, "done")]

    def _asked(self) -> list[Step]:
        code = self._with_product.pop()
        number = self._number(code)
        return [Step(self.unit, f"/done {code}", code), self._acts(f"{number} {DAY}", code, "done")]

    def _blocked(self) -> list[Step]:
        code = self._open.pop(self._random.randrange(len(self._open)))
        self._outcome.states[code] = State.BLOCKED
        return [self._acts(f"/blocked {code} thiếu số liệu", code, "blocked")]

    def _again(self) -> list[Step]:
        code = self._closed.pop(self._random.randrange(len(self._closed)))
        return [Step(self.unit, f"/done {code}", code)]

    def _foreign(self) -> list[Step]:
        code = self._foreign_codes.pop()
        return [Step(self.unit, f"/done {code}", code)]

    def _unknown(self) -> list[Step]:
        code = self._unknown_codes.pop()
        return [Step(self.unit, f"/done {code}", code)]

    def _number(self, code: str) -> str:
        number = str(self._random.randrange(10, 1000))
        self._outcome.documents[code] = number
        self._close(code)
        return number

    def _close(self, code: str) -> None:
        self._outcome.states[code] = State.DONE
        self._closed.append(code)
        if code in self._open:
            self._open.remove(code)

    def _acts(self, text: str, code: str, act: str) -> Step:
        self._outcome.changes[code] += 1
        return Step(self.unit, text, code, act)


def make_stream(count: int, random: Random) -> tuple[list[Step], Outcome]:
    """Return `count` messages of all heads, mixed, each head's own in order, and what must have come of them."""
    outcome = Outcome()
    heads = [Head(unit, random, outcome) for unit in range(UNITS)]
    lines: dict[int, list[Step]] = {head.unit: [] for head in heads}
    made = 0
    while made < count:
        head = random.choice(heads)
        steps = head.phrase() if made + 2 <= count else head.single()
        lines[head.unit] += steps
        made += len(steps)
    turns = [unit for unit, line in lines.items() for _ in line]
    random.shuffle(turns)
    queues = {unit: iter(line) for unit, line in lines.items()}
    return [next(queues[unit]) for unit in turns], outcome
