"""`mlcourse` without a command: the course itself."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from course import wiring
from course.cli.signals import asked_to_end, end, end_with

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
    import asyncio

    from course.tui.app import CourseApp

    study = wiring.study(wiring.places(os.environ, packs))
    app = CourseApp(study)

    def leave(number: int) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # before the first screen or after the last one
            end(number)
        else:
            loop.call_soon_threadsafe(partial(app.exit, return_code=128 + number))

    try:
        with asked_to_end(leave):
            end_with(sys.stdin.fileno())
            app.run()
    finally:
        study.journal.close()
        if study.journal.keeping.state == "not saved":
            print(study.journal.warning, file=sys.stderr)
    return app.return_code or 0


def _without_screen(why: str) -> int:
    print(f"{why}; mlcourse --help shows the commands that need no screen.", file=sys.stderr)
    return 2
