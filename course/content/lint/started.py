"""What `mlcourse check` would say of a file of questions that was just made, before it lies in any lesson."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course.content.files.questions import read_questions, sound_questions
from course.content.lint.answers import complain_of_question
from course.content.mending import NoLabs
from course.content.yaml.document import Complaints
from course.content.yaml.errors import ContentError, Problem
from course.content.yaml.reader import read_yaml


def findings(text: str, path: Path) -> tuple[Problem, ...]:
    """Return the problems in the order of the file."""
    return tuple(sorted(_found(text, path), key=lambda problem: (problem.line, problem.column)))


def _found(text: str, path: Path) -> Iterator[Problem]:
    document = read_yaml(text, path)
    try:
        read_questions(document)
    except ContentError as error:
        yield from error.problems
    complaints = Complaints(document)
    for question, trail in sound_questions(document, NoLabs()):
        complain_of_question(complaints, question, trail, NoLabs())
    yield from complaints.problems
