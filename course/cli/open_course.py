"""`mlcourse` without a command: the course itself."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from course import wiring

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Make opening the course what happens without a command."""
    parser.set_defaults(run=lambda options: open_course(options.pack))


def open_course(packs: Sequence[str]) -> int:
    """Open the screens, if there is a terminal to open them in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _without_screen("The course needs a terminal. Run mlcourse in one")
    if os.environ.get("TERM", "") == "dumb":
        return _without_screen("This terminal (TERM=dumb) cannot show the course")
    gc.disable()  # until the first screen is painted: nothing is thrown away before, and looking for it takes a sixth
    from course.tui.app import CourseApp

    study = wiring.study(wiring.places(os.environ, packs))
    app = CourseApp(study)
    try:
        app.run()
    finally:
        study.journal.close()
    return app.return_code or 0


def _without_screen(why: str) -> int:
    print(f"{why}; mlcourse --help shows the commands that need no screen.", file=sys.stderr)
    return 2
