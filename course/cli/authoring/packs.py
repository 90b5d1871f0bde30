"""`mlcourse pack`: which packs there are, and adding and removing one's own.

What they do is imported when one of them is asked for: other commands need none of it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.arguments import Commands, command


def add(commands: Commands) -> None:
    """Add the command and those under it."""
    about = "the packs of this course, and adding and removing one of your own"
    packs = commands.add_parser("pack", help=about, description=about[0].upper() + about[1:])
    more = packs.add_subparsers(metavar="COMMAND", required=True)

    command(more, "list", "all packs: where they are from, what they hold, and which are left out", _list)

    new = command(more, "add", "check a pack and copy it beside your history, so that it is always there", _add)
    new.add_argument("source", type=Path, metavar="FILE.zip|FOLDER", help="a zip, or the folder that holds course.yaml")
    new.add_argument("--replace", action="store_true", help="put it in the place of the added pack that has its id")
    new.add_argument("--prove", action="store_true", help="run the proofs of its labs and incidents too")

    old = command(more, "remove", "take an added pack out again; what you did in it stays in your history", _remove)
    old.add_argument("id", metavar="ID", help="as of mlcourse pack list")


def _list(options: argparse.Namespace) -> int:
    from course.cli.authoring.pack_list import show

    return show(options)


def _add(options: argparse.Namespace) -> int:
    from course.cli.authoring.pack_adding import add_pack

    return add_pack(options)


def _remove(options: argparse.Namespace) -> int:
    from course.cli.authoring.pack_adding import remove_pack

    return remove_pack(options)
