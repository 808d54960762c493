"""What a `/done` costs from the webhook to the delivered reply, and what it costs beside the alternatives."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median
from uuid import uuid4

from bench import contenders
from bench.contenders import Contender
from bench.measure import Sample
from bench.office import settle_in
from tests.postgres import PostgresServer

ECHO, FLOOR, PRODUCT, EMBEDDED = "echo", "floor", "product", "product on SQLite"
ALL = (ECHO, FLOOR, PRODUCT, EMBEDDED)
PEOPLE = 40
MANY, ONE = 32, 1
"""How many updates are in flight."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: rounds, and the updates of one run with many in flight and with one.

    `past` is how many messages the office has exchanged before.
    """

    rounds: int = 14
    many: int = 224
    one: int = 84
    warm_up: int = 160
    past: int = 10_000

    @property
    def directives(self) -> int:
        """How many directives each head of a unit needs to have."""
        return ceil((self.warm_up + self.rounds * (self.many + self.one)) / PEOPLE) + 10


@dataclass(slots=True)
class Results:
    """Every sample by contender and by how many updates were in flight."""

    samples: dict[tuple[str, int], list[Sample]] = field(default_factory=dict)

    def add(self, name: str, in_flight: int, sample: Sample) -> None:
        """Keep a sample."""
        self.samples.setdefault((name, in_flight), []).append(sample)

    def cost(self, name: str, in_flight: int) -> float:
        """Return the median of a contender's own normalised microseconds for one update."""
        return median(sample.cost for sample in self.samples[name, in_flight])

    def ratio(self, name: str, to: str, in_flight: int) -> float:
        """Return the median over the rounds of what one costs for each unit the other costs in the same round."""
        pairs = zip(self.samples[name, in_flight], self.samples[to, in_flight], strict=True)
        return median(mine.cost / theirs.cost for mine, theirs in pairs)


async def run(plan: Plan, server: PostgresServer, names: Sequence[str] = ALL) -> Results:
    """Measure the named contenders in turn, round after round, then check that nothing was lost or done twice."""
    results = Results()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        field = await _start(stack, plan, server, folder, names)
        for contender in field:
            await contender.load.run(plan.warm_up, MANY)
        for number in range(plan.rounds):
            _say(f"round {number + 1} of {plan.rounds}")
            # short runs close to each other, each contender first in its turn: what else the machine does hits all alike
            turn = number % len(field)
            for in_flight, updates in ((MANY, plan.many), (ONE, plan.one)):
                for contender in field[turn:] + field[:turn]:
                    sample = await contender.measure(updates, in_flight, server.pid)
                    results.add(contender.name, in_flight, sample)
        _say("checking that every part is done once and every reply arrived once")
        for contender in field:
            await contender.check()
    return results


async def _start(
    stack: AsyncExitStack, plan: Plan, server: PostgresServer, folder: Path, names: Sequence[str]
) -> list[Contender]:
    _say(f"an office of {PEOPLE} units with {plan.directives} directives each")
    template = f"bench_{uuid4().hex[:8]}"
    stack.callback(server.drop_database, template)
    await settle_in(server.create_database(template), PEOPLE, plan.directives, plan.past)
    embedded = f"sqlite+aiosqlite:///{folder}/dondoc.db"
    if EMBEDDED in names:
        await settle_in(embedded, PEOPLE, plan.directives, plan.past)

    def copy(name: str) -> str:
        stack.callback(server.drop_database, f"{template}_{name}")
        return server.create_database(f"{template}_{name}", template=template)

    starts: dict[str, Callable[[], AbstractAsyncContextManager[Contender]]] = {
        ECHO: lambda: contenders.echo(PEOPLE),
        FLOOR: lambda: contenders.floor(PEOPLE, copy(FLOOR)),
        PRODUCT: lambda: contenders.product(PRODUCT, PEOPLE, copy(PRODUCT), folder),
        EMBEDDED: lambda: contenders.product(EMBEDDED, PEOPLE, embedded, folder),
    }
    _say("starting everybody")
    return [await stack.enter_async_context(starts[name]()) for name in names]


def table(results: Results) -> str:
    """Return the figures for people to read."""
    lines = []
    for in_flight in (MANY, ONE):
        lines += ["", f"{in_flight} in flight" if in_flight > 1 else "one at a time", _HEAD]
        for name in ALL:
            samples = results.samples[name, in_flight]
            lines.append(
                f"{name:<18}{results.cost(name, in_flight):>9,.0f}{results.ratio(name, ECHO, in_flight):>9.2f}"
                f"{results.ratio(name, FLOOR, in_flight):>9.2f}{median(s.database_cost for s in samples):>12,.0f}"
                f"{median(s.updates / s.lasted for s in samples):>11,.0f}"
                f"{median(s.latency for s in samples) * 1000:>10.1f}{median(s.load_cost for s in samples):>9,.0f}"
            )
    return "\n".join(lines)


_HEAD = f"{'':<18}{'CPU us':>9}{'x echo':>9}{'x floor':>9}{'postgres us':>12}{'updates/s':>11}{'ms':>10}{'load us':>9}"


def _say(words: str) -> None:
    print(f"# {words}", file=sys.stderr, flush=True)
