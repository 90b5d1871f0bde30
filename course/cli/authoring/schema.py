"""`mlcourse schema [FOLDER]`: what an editor completes and underlines by, a JSON Schema for each kind of file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from course.cli.arguments import Commands, command
from course.cli.errors import UsageError
from course.cli.present import counted, print_json
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

State = Literal["new", "replaced", "unchanged"]
FOLDER = Path("schemas")
HEAD = 2_000
"""Characters in which one of our files says that it is ours."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "schema", "write JSON Schemas of lessons, questions and labs for an editor", run)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=FOLDER, metavar="FOLDER", help=f"where to (default: {FOLDER})"
    )


def run(options: argparse.Namespace) -> int:
    """Write them; earlier ones are replaced, and no other file is touched."""
    from course.cli.new_files import write_whole
    from course.content.editors.schemas import OURS, SUFFIX, schemas

    texts = {options.folder / name: text for name, text in schemas().items()}
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{one_line(options.folder)} cannot be made a folder: {error.strerror}") from error
    states = {path: _state(path, text, OURS) for path, text in texts.items()}
    for path, text in texts.items():
        if states[path] != "unchanged":
            write_whole(path, text)
    if options.json:
        files = [{"file": path, "kind": path.name.removesuffix(SUFFIX), "was": state} for path, state in states.items()]
        print_json({"folder": options.folder, "files": files})
        return 0
    print(f"{counted(len(texts), 'schema')} in {one_line(options.folder)}: {_counts(tuple(states.values()))}.")
    print("An editor uses one that a file names in its first line:")
    print(f"# yaml-language-server: $schema=../{FOLDER}/lesson{SUFFIX}")
    return 0


def _state(path: Path, text: str, ours: str) -> State:
    """Return what writing the text will do; UsageError where something else is in its place."""
    if not path.exists() and not path.is_symlink():
        return "new"
    found = _text(path, len(text) + 1)
    if ours not in found[:HEAD]:
        say = "is there already, and mlcourse has not written it; nothing was written over. Name another folder."
        raise UsageError(f"{one_line(path)} {say}")
    return "unchanged" if found == text else "replaced"


def _text(path: Path, most: int) -> str:
    """Return the first characters of a file; nothing of what is no plain file, or no text."""
    if path.is_symlink() or not path.is_file():
        return ""
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            return file.read(max(most, HEAD))
    except OSError as error:
        raise UsageError(f"{one_line(path)} cannot be read: {error.strerror}") from error


def _counts(states: tuple[State, ...]) -> str:
    kinds: tuple[State, ...] = ("new", "replaced", "unchanged")
    return ", ".join(f"{states.count(each)} {each}" for each in kinds if each in states)
