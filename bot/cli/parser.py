"""The command line's grammar, and what it says to somebody who gets it wrong."""

from __future__ import annotations

import argparse
import re
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 -- argparse has no public name for it
"""Where commands are registered."""

Call = Callable[[argparse.Namespace], Awaitable[int]]
"""What a command does; returns the exit code."""

_VIETNAMESE = (
    (r"the following arguments are required: (.+)", r"còn thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu \1"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 không có \2; chọn một trong: \3"),
    (r"argument (.+): expected .+", r"\1 cần một giá trị"),
    (r"argument (.+): invalid .+ value: (.+)", r"\1 không nhận giá trị \2"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 không dùng cùng \2"),
    (r"one of the arguments (.+) is required", r"cần một trong: \1"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese; wrong usage ends with 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **options,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Help,
        )
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong and end with 2."""
        for pattern, sentence in _VIETNAMESE:
            if found := re.fullmatch(pattern, message):
                message = found.expand(sentence)
                break
        self.exit(2, f"{self.prog}: {message}. Xem: {self.prog} --help\n")


def add_actor(parser: Parser) -> None:
    """Let a command that acts be told who acts."""
    parser.add_argument("--as", dest="by", metavar="PERSON", help="người thực hiện (mặc định: người vận hành)")


def add_command(commands: Commands, name: str, does: str, call: Call, *examples: str) -> Parser:
    """Register a command under its name, with what it does in one sentence and examples of its use."""
    parser = commands.add_parser(
        name, help=does, description=f"{does}.", epilog="\n".join(["ví dụ:", *(f"  {line}" for line in examples)])
    )
    parser.set_defaults(call=call)
    return parser


def add_group(commands: Commands, name: str, does: str) -> Commands:
    """Register a word that commands follow, such as `roster`."""
    group = commands.add_parser(name, help=does, description=f"{does}.")
    return group.add_subparsers(title="lệnh", metavar="LỆNH", required=True)
