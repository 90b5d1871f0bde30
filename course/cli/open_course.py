"""`mlcourse` without a command: the course itself."""

from __future__ import annotations

import argparse
import os
import sys

from course import wiring
from course.cli.present import complain


def add(parser: argparse.ArgumentParser) -> None:
    """Make opening the course what happens without a command."""
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open the screens, if there is a terminal to open them in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain(
            "The course needs a terminal. Run mlcourse in one, or see mlcourse --help for commands that need none."
        )
        return 2
    if os.environ.get("TERM", "") == "dumb":
        complain(
            "This terminal (TERM=dumb) cannot show the course. See mlcourse --help for commands that need no screen."
        )
        return 2
    from course.tui.app import CourseApp

    study = wiring.study(wiring.places(os.environ, options.pack))
    app = CourseApp(study)
    try:
        app.run()
    finally:
        study.journal.close()
    return app.return_code or 0
