"""`python -m bench` measures all there is: one command (`command`), messages leaving (`delivery`), files (`reading`), ticks
(`reminders`).
"""

from __future__ import annotations

import argparse
import asyncio

from bench import command, delivery, reading, reminders
from tests.postgres import PostgresServer


def main() -> None:
    """Run what is asked for and print its figures."""
    usual = command.Plan()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=["all", "command", "delivery", "reading", "reminders"],
        default="all",
        help="which benchmark",
    )
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="how often everybody has a turn")
    parser.add_argument("--many", type=int, default=usual.many, help="updates of a run with 32 in flight")
    parser.add_argument("--one", type=int, default=usual.one, help="updates of a run one at a time")
    parser.add_argument("--messages", type=int, default=600, help="messages that leave (3000 take two minutes)")
    given = parser.parse_args()
    plan = command.Plan(given.rounds, given.many, given.one)
    if given.what in {"all", "command", "delivery"}:
        with PostgresServer() as server:
            if given.what in {"all", "command"}:
                print(command.table(asyncio.run(command.run(plan, server))))
            if given.what in {"all", "delivery"}:
                url = server.create_database("bench_delivery")
                print(delivery.table(asyncio.run(delivery.run(delivery.Plan(given.messages), url))))
    if given.what in {"all", "reminders"}:
        with PostgresServer() as server:
            print(reminders.table(asyncio.run(reminders.run(server))))
    if given.what in {"all", "reading"}:
        print(reading.table(reading.costs()))
        print(reading.accuracy())


if __name__ == "__main__":
    main()
