"""What the arguments of several commands have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from course.errors import one_line

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Apart: TypeAlias = Callable[[list[str]], tuple[list[str], list[str]]]
"""Takes the words of a command; returns those to be parsed, and those that are left as they are."""


class Parser(argparse.ArgumentParser):
    """A parser that repeats an argument on one line, whatever is in it."""

    apart: Apart | None = None
    """What it leaves alone becomes `apart` of the options."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - as it is overridden
        """Parse the words, without those that are to be left alone."""
        if self.apart is None or args is None:
            return super().parse_known_args(args, namespace)
        words, left = self.apart(list(args))
        options, unknown = super().parse_known_args(words, namespace)
        options.apart = left
        return options, unknown

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and leave with exit code 2."""
        super().error(one_line(message))


def command(group: Commands, name: str, help: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    """Add a command that prints for people or, with --json, for programs; return it for arguments of its own."""
    parser = group.add_parser(name, help=help, description=help[0].upper() + help[1:])
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.set_defaults(run=run)
    return parser


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return the type of an argument that is a whole number within these bounds."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"must be a whole number from {low} to {high}, got {text[:20]!r}")
        return number

    return read


COUNT = whole(1, 1000)
SEED = whole(0, 2**32 - 1)
