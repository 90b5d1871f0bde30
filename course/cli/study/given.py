"""An answer as it is given: typed, or where it is a whole request, in a file."""

from __future__ import annotations

from course.cli import plans
from quiz.answers import parse_answer
from quiz.questions import Answer, Fix, Question


def given(question: Question, typed: str) -> Answer:
    """Return the answer; an error of the course where it names a file that cannot be read."""
    return plans.read(typed.strip()) if isinstance(question, Fix) else parse_answer(question, typed)
