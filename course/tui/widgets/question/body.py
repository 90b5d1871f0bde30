"""Where an answer is given: a widget for each kind of question, and in a sentence what to do."""

from __future__ import annotations

from typing import assert_never

from course.tui.widgets.question.choice import ChoiceBody
from course.tui.widgets.question.field import FieldBody
from course.tui.widgets.question.fix import FixBody
from course.tui.widgets.question.matching import MatchingBody
from course.tui.widgets.question.ordering import OrderingBody
from quiz.questions import Answer, Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

Body = ChoiceBody | OrderingBody | MatchingBody | FieldBody | FixBody
"""Where the answer is given, and where afterwards each part of it is explained."""


def body_of(question: Question, answer: Answer | None) -> Body:
    """Return the widget for this kind of question."""
    match question:
        case Single() | Multiple():
            return ChoiceBody(question, answer)
        case Ordering():
            return OrderingBody(question, answer)
        case Matching():
            return MatchingBody(question, answer)
        case Numeric() | ShortText():
            return FieldBody(question, answer)
        case Fix():
            return FixBody(question, answer)
        case _:
            assert_never(question)


def task_of(question: Question) -> str:
    """Return what to do with this kind of question."""
    match question:
        case Single():
            return "Choose one"
        case Multiple():
            return "Tick all that apply"
        case Ordering() if question.distractors:
            return "Put in order what belongs: space takes a row, ↑ ↓ move it, x sets it aside"
        case Ordering():
            return "Put in order: space takes a row, ↑ and ↓ move it"
        case Matching():
            return "Match: a number gives the row that answer and goes on; ↑ and ↓ choose a row"
        case Numeric():
            return "Work out a number"
        case ShortText():
            return "Write a sentence" if question.concepts else "Type a word"
        case Fix():
            return "Mend the request: e goes into it, esc comes back, ⏎ has it judged"
        case _:
            assert_never(question)
