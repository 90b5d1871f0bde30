"""`mlcourse preview [PACK]`: a pack on screen while it is written."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli.arguments import Commands
from course.cli.errors import UsageError
from course.cli.open_course import no_screen, run_screens
from course.cli.surroundings import places
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

    from course.previews import Spot
    from course.watching.preview import PackPreview

MISSING = "mlcourse preview needs mlcourse[authoring]; install it with: pip install 'mlcourse[authoring]'"
NO_SCREEN = "{why}; mlcourse check {pack} says what is wrong with the pack."


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "preview",
        help="show a lesson pack while you write it: each save is seen at once, and so is what is wrong",
        description="Show a lesson pack on screen while you write it. What you save is shown at once; what is wrong "
        "stands in its place, with line and column. Nothing that you do in there is kept.",
    )
    parser.add_argument(
        "previewed", nargs="?", metavar="PACK", help="its folder; without it: the pack that you are in the folder of"
    )
    parser.add_argument(
        "--at", metavar="ID", help="begin at a lesson, a question, a lab, an incident, an exam or a term"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open the screens, and show what is saved until they are left."""
    folder = _folder(options.previewed)
    if find_spec("watchfiles") is None:
        raise UsageError(MISSING)
    if why := no_screen(plain=options.plain):
        print(NO_SCREEN.format(why=why, pack=one_line(folder)), file=sys.stderr)
        return 2
    study, watched = wiring.preview(places(options), folder)
    at = _spot(watched, options.at) if options.at else None

    from course.tui.preview.app import PreviewApp

    return run_screens(PreviewApp(study, watched, at))


def _folder(named: str | None) -> Path:
    """Return the folder of the pack."""
    from course.watching.preview import pack_at

    if named is None:
        found = pack_at(Path.cwd())
        if found is None:
            raise UsageError("there is no course.yaml in this folder or above it; name the folder of a pack")
        return found
    folder = Path(named)
    if not folder.is_dir():
        raise UsageError(f"{one_line(folder)} is not a folder; give the folder that holds course.yaml")
    if pack_at(folder) != folder:
        raise UsageError(f"there is no course.yaml in {one_line(folder)}; give the folder that holds it")
    return folder


def _spot(watched: PackPreview, id: str) -> Spot:
    """Return the place of that id; if the pack cannot be read, whatever can be found in it."""
    found = watched.spot_named(id)
    if found is None:
        near = get_close_matches(id, list(watched.ids()), 1)
        meant = f"; did you mean {near[0]}?" if near else "; see mlcourse check for what is in it"
        raise UsageError(f"there is no {one_line(id)[:40]!r} in this pack{meant}")
    return found
