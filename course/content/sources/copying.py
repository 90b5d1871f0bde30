"""A folder from anybody, copied into another: its files and nothing that they lead to.

What begins with a dot stays behind: it is what other programs keep there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from course.content.sources.bounds import Bounds
from course.content.sources.refusal import NotTaken

_LEFT_BEHIND = ("__pycache__",)
_NEVER_WAITING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What was a file a moment ago may be a link or a pipe by now; neither is followed or waited for."""


def copy_folder(source: Path, into: Path) -> None:
    """Copy a folder into a new one; NotTaken, naming the file, if anything in it is neither a file nor a folder, or it
    is too much. Then the new folder may hold a part of it."""
    bounds = Bounds(source)
    into.mkdir(parents=True)
    waiting = [PurePosixPath()]
    while waiting:
        beside = waiting.pop()
        for name, kind in _entries(source, beside):
            bounds.entry(name)
            if stat.S_ISDIR(kind):
                (into / name).mkdir()
                waiting.append(name)
            elif stat.S_ISREG(kind):
                _copy_file(source, into / name, name, bounds)
            elif stat.S_ISLNK(kind):
                raise NotTaken(source, "is a link; put the file itself there", str(name))
            else:
                raise NotTaken(source, "is a device or a pipe; leave it out", str(name))


def _entries(source: Path, beside: PurePosixPath) -> Iterator[tuple[PurePosixPath, int]]:
    """Yield the names in a folder with what they are."""
    try:
        with os.scandir(source / beside) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in _LEFT_BEHIND:
                    continue
                if not entry.name.isprintable():
                    raise NotTaken(source, "has a name with signs that cannot be seen; rename it", entry.name)
                yield beside / entry.name, entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        raise NotTaken(source, f"cannot be read; {error.strerror}", str(beside) if beside.name else None) from error


def _copy_file(source: Path, target: Path, name: PurePosixPath, bounds: Bounds) -> None:
    try:
        handle = os.open(source / name, os.O_RDONLY | _NEVER_WAITING)
    except OSError as error:
        raise NotTaken(source, f"cannot be read; {error.strerror}", str(name)) from error
    with open(handle, "rb") as file:  # noqa: PTH123 - of a handle
        bounds.copy(file, target, name)
