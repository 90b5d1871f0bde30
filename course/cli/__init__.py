"""The command line: labs, incidents and the study tools without a screen.

Results go to stdout, complaints to stderr. Exit codes: 0 fine, 1 found wanting (a failed grade, findings), 2 wrong
usage or unreadable input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from course.cli.errors import RefusedPlan
from course.cli.signals import Ended, asked_to_end, end
from course.cli.terminal import shown
from course.errors import CourseError

if TYPE_CHECKING:
    import argparse

    from course.cli.arguments import Commands

FINE, WANTING, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; no traceback ever reaches a user for what a user can cause."""
    given = sys.argv[1:] if arguments is None else arguments
    with shown(plain="--plain" in given):
        return _told(given)


def _told(given: Sequence[str]) -> int:
    """Do what was asked, and say in a sentence what kept it from being done."""
    try:
        with asked_to_end(end):
            try:
                return _run(given)
            finally:
                sys.stdout.flush()
    except RefusedPlan as error:
        print(error, file=sys.stderr)
        return WANTING
    except CourseError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        _end_output()
        return FINE
    except OSError as error:
        _end_output()
        print(f"The system does not let mlcourse go on: {error}", file=sys.stderr)
        return UNUSABLE
    except MemoryError:
        print("There is not enough memory for this; close another program, or ask for less.", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt as stop:
        print("Stopped; what was saved stays saved.", file=sys.stderr)
        return stop.code if isinstance(stop, Ended) else 130


def _end_output() -> None:
    """Throw away what nobody can be given any more; Python would complain once more on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(given: Sequence[str]) -> int:
    """Do what was asked. Opening the course needs no parser, and its first screen should not wait for one."""
    if not given:
        from course.cli.open_course import open_course

        return open_course(())
    from course.cli.words import completed

    parser, names = _parser()
    options = parser.parse_args(completed(given, names))
    return int(options.run(options))


def _parser() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """Return what reads the words, and the names of the commands."""
    from course.cli import alarm, compare, doctor, lint, open_course, search, simulate
    from course.cli.arguments import Parser
    from course.cli.authoring import group as authoring
    from course.cli.classes import group as classes
    from course.cli.exercises import incidents, labs
    from course.cli.keeping import commands as keeping
    from course.cli.serving import clock, serve
    from course.cli.study import glossary, quiz
    from course.cli.study.exam import group as exams
    from course.cli.study.lesson import command as lesson

    parser = Parser(
        prog="mlcourse",
        description="Put a new ML model into production without hurting anyone, and prove that you can.",
        epilog="Without a command the course opens; mlcourse ID opens it at a lesson, a lab or an incident. "
        "MLCOURSE_HOME says where your history is kept.",
    )
    parser.add_argument(
        "--pack",
        action="append",
        default=[],
        metavar="PACK",
        help="use this lesson pack too: a folder or a zip (repeatable)",
    )
    parser.add_argument(
        "--plain", action="store_true", help="no drawings and no signs, fit for a screen reader; anywhere in the line"
    )
    commands: Commands = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    open_course.add(parser, commands)
    studying = (lesson, quiz, exams, glossary, keeping)
    running = (simulate, serve, clock, compare, alarm)
    for module in (*studying, labs, incidents, *running, search, lint, authoring, classes, doctor):
        module.add(commands)
    return parser, commands.choices


if __name__ == "__main__":
    sys.exit(main())
