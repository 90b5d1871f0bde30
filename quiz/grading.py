"""When an answer is right: all or nothing for every kind (spec exam), and what is said of each part of it.

A wrong answer is a value and so is a malformed one; nothing that a learner types raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from quiz.choosing import grade_multiple, grade_single
from quiz.numbers import number_text
from quiz.placing import grade_matching, grade_ordering
from quiz.presentation import right_order
from quiz.questions import Answer, Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single
from quiz.verdict import Verdict
from quiz.writing import grade_number, grade_words


def grade(question: Question, answer: Answer) -> Verdict:
    """Judge an answer; one of the wrong shape, or with unknown ids, is not valid."""
    match question:
        case Single():
            return grade_single(question, _ids(answer))
        case Multiple():
            return grade_multiple(question, _ids(answer))
        case Ordering():
            return grade_ordering(question, _ids(answer))
        case Matching():
            return grade_matching(question, answer if isinstance(answer, Mapping) else {})
        case Numeric():
            return grade_number(question, answer if isinstance(answer, str) else "")
        case ShortText():
            return grade_words(question, answer if isinstance(answer, str) else "")
        case Fix():
            return question.judge.judge(answer if isinstance(answer, str) else "")
        case _:
            assert_never(question)


def solution(question: Question) -> Answer:
    """Return the right answer, or one of them."""
    match question:
        case Single():
            return next((option.id for option in question.options if option.correct), "")
        case Multiple():
            return tuple(option.id for option in question.options if option.correct)
        case Ordering():
            return right_order(question)
        case Matching():
            return {pair.id: pair.id for pair in question.pairs}
        case Numeric():
            return number_text(question.value)
        case ShortText():
            return question.answers[0]
        case Fix():
            return question.solution
        case _:
            assert_never(question)


def takes_long(question: Question) -> bool:
    """Is grading it nothing to wait for on a screen?"""
    return isinstance(question, Fix)


def _ids(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer, Mapping):
        return ()
    return (answer,) if isinstance(answer, str) else tuple(answer)
