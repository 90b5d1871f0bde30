"""What `mlcourse check` would say of a file of questions that was just made, before it lies in any lesson."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course.content.files.questions import read_questions
from course.content.lint.check import complain_of_question
from course.content.schema.ids import question_ids
from course.content.yaml.document import Complaints
from course.content.yaml.errors import ContentError, Problem
from course.content.yaml.reader import read_yaml


def findings(text: str, path: Path) -> tuple[Problem, ...]:
    """Return the problems in the order of the file."""
    return tuple(sorted(_found(text, path), key=lambda problem: (problem.line, problem.column)))


def _found(text: str, path: Path) -> Iterator[Problem]:
    try:
        document = read_yaml(text, path)
        questions = {question.id: question for question in read_questions(document)}
    except ContentError as error:
        yield from error.problems
        return
    complaints = Complaints(document)
    for given in question_ids(document, cases=False):
        complain_of_question(complaints, questions[given.id], given.trail[:-1])
    yield from complaints.problems
