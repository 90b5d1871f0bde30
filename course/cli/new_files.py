"""Files that a command writes all at once, and over one that is there only if it is the command's own."""

from __future__ import annotations

import os
from pathlib import Path

from course.cli.errors import UsageError
from course.errors import one_line


def must_be_new(path: Path) -> None:
    """Raise UsageError if there is a file of this name."""
    if path.exists() or path.is_symlink():
        raise UsageError(f"{one_line(path)} is there already; nothing was written over. Name another file.")


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that appears all at once; UsageError if that cannot be, or if there is one."""
    must_be_new(path)
    write_whole(path, content)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file that appears all at once, also in place of another one; UsageError if that cannot be."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"{one_line(path)} cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
