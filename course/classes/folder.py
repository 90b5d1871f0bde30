"""A folder of submissions, read one file at a time: what is none is told, and keeps nobody else from being graded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.classes.submission import NotASubmission, Submission, read
from course.errors import CourseError, one_line


class NoFolder(CourseError):
    """What was named is no folder of submissions, nor one of them."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is not graded."""

    file: str
    """Its name, without characters that a terminal obeys."""
    why: str


def submissions(place: Path) -> Iterator[tuple[str, Submission] | Unread]:
    """Yield what each file holds, in the order of their names; NoFolder if there is none to look into.

    `place` may be one file. Names that begin with a dot are passed over, as the system does.
    """
    for path in files(place):
        try:
            yield one_line(path.name), read(path)
        except NotASubmission as error:
            yield Unread(one_line(path.name), error.why)


def files(place: Path) -> list[Path]:
    """Return what lies in a folder, in the order of the names; NoFolder if it cannot be looked into."""
    try:
        if place.is_dir():
            return sorted((path for path in place.iterdir() if path.name[0] != "."), key=lambda path: path.name)
    except OSError as error:
        raise NoFolder(f"{one_line(place)} cannot be looked into: {error.strerror}") from error
    if not place.exists():
        raise NoFolder(f"there is no {one_line(place)}; name the folder that the submissions are in")
    return [place]
