"""`mlcourse` without a command, or with the name of a place: the course itself."""

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

    from course.cli.arguments import Commands
    from course.tui.app import CourseApp

ASIDE = ("glossary", "playground", "practice", "review")
"""Places that belong to no lesson; those that are commands too are opened with the word open."""


def add(parser: argparse.ArgumentParser, commands: Commands) -> None:
    """Make opening the course what happens without a command, and add the command that opens it at a place."""
    parser.set_defaults(run=lambda options: open_course(options.pack, plain=options.plain))
    opening = commands.add_parser("open", help="open the course at a place; the word open may be left out")
    opening.add_argument(
        "place", metavar="ID", help="a lesson, a lab, an incident, or glossary, playground, practice, review"
    )
    opening.set_defaults(run=open_at)


def open_at(options: argparse.Namespace) -> int:
    """Open the screens at a place; a lesson is read in plain lines where there are none, or with --plain."""
    from difflib import get_close_matches

    from course.cli.errors import UsageError
    from course.cli.surroundings import catalog
    from course.errors import one_line

    outline = catalog(options).outline
    lessons = [topic.id for topic in outline.topics]
    exercises = [id for topic in outline.topics for id in (*topic.labs, *topic.incidents)]
    if options.place not in (*lessons, *exercises, *ASIDE):
        near = get_close_matches(options.place, [*lessons, *exercises, *ASIDE], 1)
        meant = f"; did you mean {near[0]}?" if near else "; see mlcourse --help, or mlcourse lesson"
        raise UsageError(f"there is no command and no place {one_line(options.place)[:40]!r}{meant}")
    if options.place in lessons and no_screen(plain=options.plain):
        from course.cli.study.lesson.command import read

        return read(options, options.place)
    return open_course(options.pack, options.place, plain=options.plain)


def open_course(packs: Sequence[str], start: str | None = None, *, plain: bool = False) -> int:
    """Open the screens, if there is a terminal to open them in."""
    if why := no_screen(plain=plain):
        return _without_screen(why)
    gc.disable()  # until the first screen is painted: nothing is thrown away before, and looking for it takes a sixth
    from course.tui.app import CourseApp

    study = wiring.study(wiring.places(os.environ, packs))
    return run_screens(CourseApp(study, start))


def run_screens(app: CourseApp) -> int:
    """Run them until they are left, and close the history; return the exit code."""
    import asyncio

    study = app.study

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


def no_screen(*, plain: bool) -> str:
    """Return why the screens cannot be shown; empty if they can."""
    if plain:
        return "The screens draw, so with --plain they stay closed"
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()):
        return "The course needs a terminal. Run mlcourse in one"
    if os.environ.get("TERM", "") == "dumb":
        return "This terminal (TERM=dumb) cannot show the course"
    return ""


def _without_screen(why: str) -> int:
    print(f"{why}; mlcourse --help shows the commands that need no screen.", file=sys.stderr)
    return 2
