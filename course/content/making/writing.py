"""Writes what was made: all of it or nothing, and never over a file that is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from course.content.making.made import CannotBeMade, Change, Made
from course.errors import one_line


def write(made: Made) -> tuple[Path, ...]:
    """Write all files and return them, new ones first; CannotBeMade if one of them is in the way, or has changed since
    it was read; then all is as it was before."""
    _check(made)
    with ExitStack() as undo:
        try:
            for folder in _folders(made):
                if not folder.exists():
                    folder.mkdir()
                    undo.callback(folder.rmdir)
            for name, text in made.new.items():
                _create(made.root / name, text, undo)
            for name, change in made.changed.items():
                _replace(made.root / name, change, undo)
        except OSError as error:
            say = f"{one_line(error.filename)} cannot be written: {error.strerror}. Nothing was written"
            raise CannotBeMade(say) from error
        undo.pop_all()
    return tuple(made.root / name for name in (*made.new, *made.changed))


def _check(made: Made) -> None:
    root = made.root.resolve()
    for name in (*made.new, *made.changed):
        if not (root / name).parent.resolve().is_relative_to(root):
            raise CannotBeMade(f"{one_line(name)} would lie outside of the pack, by a link; nothing was written")
    for name in made.new:
        path = made.root / name
        if path.exists() or path.is_symlink():
            raise CannotBeMade(f"{one_line(path)} is there already; nothing was written over. Choose another name")
    for name, change in made.changed.items():
        if _plain(made.root / name) != change.before:
            raise CannotBeMade(f"{one_line(made.root / name)} has just been changed; nothing was written. Say it again")


def _folders(made: Made) -> Iterator[Path]:
    """Yield every folder that is needed, outer ones first."""
    yield from reversed([made.root, *made.root.parents][: _missing(made.root)])
    seen = set[PurePosixPath]()
    for name in made.new:
        for folder in reversed(name.parents[:-1]):
            if folder not in seen:
                seen.add(folder)
                yield made.root / folder


def _missing(path: Path) -> int:
    """Return how many folders of a path do not exist, the last ones."""
    return sum(not each.exists() for each in (path, *path.parents))


def _create(path: Path, text: str, undo: ExitStack) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        undo.callback(path.unlink)
        file.write(text)


def _replace(path: Path, change: Change, undo: ExitStack) -> None:
    """Put a changed text in the place of a file, with the line ends that it has."""
    there = path.read_bytes()
    end = "\r\n" if b"\r\n" in there else "\n"
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    undo.callback(draft.unlink, missing_ok=True)
    draft.write_text(change.after, encoding="utf-8", newline=end)
    draft.chmod(target.stat().st_mode)
    undo.callback(target.write_bytes, there)
    draft.replace(target)


def _plain(path: Path) -> str | None:
    try:
        return path.read_bytes().decode().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None
