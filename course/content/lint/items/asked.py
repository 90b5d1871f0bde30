"""Questions at their places in the files, so that advice can point at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course.content.pack import Pack
from course.content.schema.mentions import places
from course.content.yaml.document import Document, Trail
from course.content.yaml.errors import Problem
from quiz.questions import Multiple, Option, Question, Single


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where its file asks it."""

    question: Question
    lesson: str
    document: Document
    trail: Trail

    def problem(self, trail: Trail, say: str) -> Problem:
        """Return what is to be said of a value inside."""
        return Problem(self.document.path, *self.document.where((*self.trail, *trail)), say)

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.document.path.as_posix()}:{self.document.where(self.trail)[0]}"

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from, as the file gives it."""
        return self.question.options if isinstance(self.question, Single | Multiple) else ()


def all_asked(pack: Pack) -> Iterator[Asked]:
    """Yield every question of a pack, in learning order; ContentError where a lesson is wrong."""
    for id, entry in pack.course.lessons.items():
        bank = {question.id: question for question in pack.whole_lesson(id).bank}
        for name in (*entry.file.questions, *entry.file.practice):
            document = pack.folder.document(entry.folder / name)
            for trail in _trails(document):
                question = bank.get(_at(document.data, trail).get("id"))
                if question is not None:
                    yield Asked(question, id, document, trail)


def _trails(document: Document) -> Iterator[Trail]:
    """Yield where questions stand; those of a case are its parts."""
    for pattern in (("questions", ...), ("questions", ..., "parts", ...)):
        yield from (trail for trail, each in places(document.data, pattern) if isinstance(each, Mapping))


def _at(data: Any, trail: Trail) -> Any:  # noqa: ANN401 - whatever the file holds
    for step in trail:
        data = data[step]
    return data
