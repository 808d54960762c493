"""`python -m bench` measures all there is to measure, `python -m bench command` what one command costs."""

from __future__ import annotations

import argparse
import asyncio

from bench import command
from tests.postgres import PostgresServer


def main() -> None:
    """Run what is asked for and print its figures."""
    usual = command.Plan()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", "command"], default="all", help="which benchmark")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="how often everybody has a turn")
    parser.add_argument("--many", type=int, default=usual.many, help="updates of a run with 32 in flight")
    parser.add_argument("--one", type=int, default=usual.one, help="updates of a run one at a time")
    given = parser.parse_args()
    plan = command.Plan(given.rounds, given.many, given.one)
    with PostgresServer() as server:
        print(command.table(asyncio.run(command.run(plan, server))))


if __name__ == "__main__":
    main()
