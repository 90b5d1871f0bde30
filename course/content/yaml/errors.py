"""What an author is told when a file is wrong: every place, what is wrong there, and what would be right.

course.errors.CourseError
└── ContentError   one or more files cannot be used
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError, one_line


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file, as `path:line:column: what is wrong; what would be right`."""

    path: Path
    """As the reader of the message knows it: relative to the pack, or as given on the command line."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    say: str

    def __str__(self) -> str:
        return f"{self.where}: {self.say}"

    @property
    def where(self) -> str:
        """File, line and column."""
        return f"{one_line(self.path.as_posix())}:{self.line}:{self.column}"


class ContentError(CourseError):
    """All that is wrong with some files, in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_place))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.path.as_posix(), problem.line, problem.column
