"""A pack while it is written, as the screens of `mlcourse preview` are handed it: values, and who gives them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from course.syllabus import Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """What a line of a file is about, as a place in the course."""

    kind: Literal["outline", "lesson", "question", "lab", "incident", "glossary", "exam"]
    """`question` is one that stands on no page."""
    id: str = ""
    """Empty for the outline; of the glossary that of a term, if it is about one."""
    step: int | None = None
    """Of a lesson; None if it is about all of it."""
    share: float = 0.0
    """How far down the page, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is wrong, with the lines around it."""

    file: str
    """Relative to the pack."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    say: str
    """What is wrong; what would be right."""
    excerpt: tuple[tuple[int, str], ...] = ()
    """Lines with their numbers; empty where there is nothing to be seen."""
    caret: int = 0
    """Where in the excerpt's line the column is, in characters from 0."""
    spot: Spot | None = None
    """Where in the course it belongs; None if it is nowhere to be seen."""

    @property
    def where(self) -> str:
        """File, line and column."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A lesson as far as it goes, and what is wrong with it. An empty page stands for what cannot be read."""

    lesson: Lesson
    faults: tuple[Fault, ...] = ()
    """Each has this lesson's spot, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Files were saved, or taken away, and say something else than before; the catalog has them."""

    files: tuple[str, ...]
    """Relative to the pack, what changed last at the end."""
    spot: Spot | None
    """Where in the course the last of them belongs that can be seen anywhere."""


class Preview(Protocol):
    """A pack that is watched."""

    @property
    def name(self) -> str:
        """What the pack's folder is called."""

    def changes(self) -> AsyncIterator[Changed]:
        """Yield each change, for as long as somebody listens; whatever is wrong with the files ends nothing."""

    def draft(self, id: str) -> Draft:
        """Return a lesson of any pack; KeyError if there is none."""

    def faults_at(self, spot: Spot) -> tuple[Fault, ...]:
        """Return why something other than a lesson cannot be shown, or not as it is now; may take long."""

    def version(self, spot: Spot) -> object:
        """Return something that is equal for as long as the files of a place say the same; None of a place that is not
        there."""

    def check(self, stopped: Callable[[], bool]) -> tuple[Fault, ...]:
        """Return everything that is wrong with the pack, but for what only a run could tell; takes long, and gives up
        once `stopped`."""

    def spot_named(self, id: str) -> Spot | None:
        """Return the place of a lesson, a question, a prediction, a lab, an incident, a term or an exam; None if there
        is none of this id."""
