"""Files that a command writes again and again: its own are replaced, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from course.cli.errors import UsageError
from course.cli.new_files import write_whole
from course.errors import one_line

State = Literal["new", "replaced", "unchanged"]
HEAD = 8_000
"""Characters in which one of our files says that it is ours."""


def write_own(texts: Mapping[Path, str], ours: str) -> dict[Path, State]:
    """Write the texts, each of which has `ours` near its beginning, and return what became of each; UsageError, before
    anything is written, if a file is in the way that has it not, or a folder cannot be made."""
    for folder in {path.parent for path in texts}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{one_line(folder)} cannot be made a folder: {error.strerror}") from error
    states = {path: _state(path, text, ours) for path, text in texts.items()}
    for path, text in texts.items():
        if states[path] != "unchanged":
            write_whole(path, text)
    return states


def counts(states: Mapping[Path, State]) -> str:
    """Return how many there are of each, in words."""
    kinds: tuple[State, ...] = ("new", "replaced", "unchanged")
    found = list(states.values())
    return ", ".join(f"{found.count(each)} {each}" for each in kinds if each in found)


def _state(path: Path, text: str, ours: str) -> State:
    """Return what writing the text will do; UsageError where something else is in its place."""
    try:
        if not path.exists() and not path.is_symlink():
            return "new"
        found = _text(path, len(text) + 1)
    except OSError as error:
        raise UsageError(f"{one_line(path)} cannot be read: {error.strerror}") from error
    if ours not in found[:HEAD]:
        say = "is there already, and mlcourse has not written it; nothing was written over. Choose another place."
        raise UsageError(f"{one_line(path)} {say}")
    return "unchanged" if found == text else "replaced"


def _text(path: Path, most: int) -> str:
    """Return the first characters of a file; nothing of what is no plain file, or no text."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return file.read(max(most, HEAD))
