"""Where the pack lies in what was unpacked: at the root, or in the one folder that some zips have there."""

from __future__ import annotations

from pathlib import Path

from course.content.sources.finding import COURSE_FILE
from course.content.sources.refusal import NotTaken

_NOT_OURS = "__MACOSX"
"""What a Mac puts beside the folder that was packed."""


def pack_root(folder: Path, source: Path) -> Path:
    """Return the folder that holds course.yaml; NotTaken, naming where it came from, if that is not plain."""
    if (folder / COURSE_FILE).is_file():
        return folder
    inside = [each for each in sorted(folder.iterdir()) if each.is_dir() and each.name != _NOT_OURS]
    roots = [each for each in inside if (each / COURSE_FILE).is_file()]
    if len(roots) == 1:
        return roots[0]
    if roots:
        raise NotTaken(source, f"holds {len(roots)} packs; give each by itself")
    raise NotTaken(source, f"holds no {COURSE_FILE}, at its root or in a folder there; give the folder that does")
