"""What is said of a zip or a folder that no pack can be taken from.

course.errors.CourseError
└── NotTaken   a sentence that names it, and what in it
"""

from __future__ import annotations

from pathlib import Path

from course.content.yaml.wording import shown
from course.errors import CourseError, one_line


class NotTaken(CourseError):
    """A zip or a folder that no pack can be taken from; nothing of it was kept."""

    def __init__(self, source: Path, say: str, inside: str | None = None) -> None:
        where = "" if inside is None else f": {shown(inside)}"
        super().__init__(f"{one_line(source)}{where} {say}")
