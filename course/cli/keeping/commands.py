"""`mlcourse progress`, and `export`, `import`, `report`, `share` and `reset` under it.

What they do is imported when one of them is asked for: other commands need none of it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.arguments import Commands, command


def add(commands: Commands) -> None:
    """Add the command and those under it."""
    progress = command(commands, "progress", "what you have done so far, and what to do with its history", _show)
    more = progress.add_subparsers(metavar="COMMAND")

    out = command(more, "export", "write your history into a file, to take it to another machine", _export)
    out.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    out.add_argument("--csv", action="store_true", help="a table instead, with a row for each answer")

    back = command(more, "import", "take a history into yours: nothing twice, nothing lost", _take_in)
    back.add_argument("file", type=Path, metavar="FILE", help="written by mlcourse progress export")

    page = command(more, "report", "write your progress as one HTML page with figures", _report)
    page.add_argument("file", type=Path, metavar="FILE.html", help="a file that is not there yet")

    command(more, "share", "how much is mastered, as text and picture to show to others", _share)

    forget = command(more, "reset", "let what you did with something no longer count", _reset)
    forget.add_argument(
        "what", metavar="WHAT", help="question:ID, term:ID, lesson:ID, lab:ID, incident:ID, or all; a copy is kept"
    )
    forget.add_argument("--yes", action="store_true", help="do not ask")


def _show(options: argparse.Namespace) -> int:
    from course.cli.keeping.show import show

    return show(options)


def _export(options: argparse.Namespace) -> int:
    from course.cli.keeping.moving import export

    return export(options)


def _take_in(options: argparse.Namespace) -> int:
    from course.cli.keeping.moving import take_in

    return take_in(options)


def _report(options: argparse.Namespace) -> int:
    from course.cli.keeping.report import report

    return report(options)


def _share(options: argparse.Namespace) -> int:
    from course.cli.sharing import share_progress

    return share_progress(options)


def _reset(options: argparse.Namespace) -> int:
    from course.cli.keeping.reset import reset

    return reset(options)
