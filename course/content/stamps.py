"""Has a file changed since it was read? Light enough to be asked on the way to the first screen."""

from __future__ import annotations

from pathlib import Path

Stamp = list[int] | None
"""Size and time of a file, as JSON keeps them; None where there is none."""


def stamp(path: Path) -> Stamp:
    """Return what is different after a change of the file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]
