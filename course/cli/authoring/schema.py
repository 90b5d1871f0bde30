"""`mlcourse schema [FOLDER]`: what an editor completes and underlines by, a JSON Schema for each kind of file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.arguments import Commands, command
from course.cli.present import counted, print_json
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

FOLDER = Path("schemas")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "schema", "write JSON Schemas of lessons, questions and labs for an editor", run)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=FOLDER, metavar="FOLDER", help=f"where to (default: {FOLDER})"
    )


def run(options: argparse.Namespace) -> int:
    """Write them; earlier ones are replaced, and no other file is touched."""
    from course.cli.authoring.own_files import counts, write_own
    from course.content.editors.schemas import OURS, SUFFIX, schemas

    states = write_own({options.folder / name: text for name, text in schemas().items()}, OURS)
    if options.json:
        files = [{"file": path, "kind": path.name.removesuffix(SUFFIX), "was": state} for path, state in states.items()]
        print_json({"folder": options.folder, "files": files})
        return 0
    print(f"{counted(len(states), 'schema')} in {one_line(options.folder)}: {counts(states)}.")
    print("An editor uses one that a file names in its first line:")
    print(f"# yaml-language-server: $schema=../{FOLDER}/lesson{SUFFIX}")
    return 0
