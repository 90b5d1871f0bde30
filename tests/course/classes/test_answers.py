"""Answers are judged by today's key; what a file claims of them is only compared."""

from __future__ import annotations

import random

import pytest

from course.classes.answers import answers, exams, judge
from course.history import Event
from quiz.grading import solution
from quiz.presentation import posed
from quiz.questions import Single
from tests.course.classes.conftest import NOON


@pytest.fixture(scope="module")
def single(packs):
    """A question with one right option."""
    return next(packs.question(card.id) for card in packs.question_cards() if card.kind == "single")


def wrong(question: Single) -> str:
    return next(option.id for option in question.options if not option.correct)


def answered(question, answer, *, correct, revision=None):
    data = {"answer": answer, "correct": correct, "revision": revision or question.revision, "seed": 0}
    return Event(NOON, "answered", question.id, data)


def test_a_verdict_that_is_claimed_is_compared(packs, single):
    """Right is what the key says; the last answer to a question counts."""
    right, no = solution(single), wrong(single)

    honest = answers([answered(single, no, correct=False), answered(single, right, correct=True)], packs.question)
    lying = answers([answered(single, no, correct=True)], packs.question)

    assert (honest.questions, honest.judged, honest.right, honest.differ) == (1, 1, 1, ())
    assert (lying.right, lying.differ) == (0, (single.id,))


def test_every_question_is_judged_or_it_is_said_why_not(packs):
    """With any seed its own solution is right; mended requests are not run, and earlier revisions left alone."""
    chance = random.Random(5)
    for card in chance.sample(packs.question_cards(), 60):
        question = packs.question(card.id)
        seed = chance.randrange(1000)
        given = solution(posed(question, seed))
        word = judge(packs.question, card.id, given, seed, question.revision)

        assert word == ("long" if card.kind == "fix" else "right"), card.id
        assert judge(packs.question, card.id, given, seed, question.revision + 1) == "outdated"
    assert judge(packs.question, "no-such-question", "a", 0, 1) == "gone"


def test_an_exam_is_judged_again(packs, single):
    """Questions by the key, practical tasks by what their plans do."""
    begun = {"profile": "x", "seed": 1, "minutes": 60, "questions": [single.id], "tasks": ["lab"]}
    events = [
        Event(NOON, "exam-begun", "s", begun),
        Event(NOON, "exam-answered", "s", {"question": single.id, "answer": wrong(single)}),
        Event(NOON, "exam-answered", "s", {"task": "lab", "answer": "plan"}),
        Event(NOON, "exam-ended", "s", {"why": "handed-in", "right": {single.id: True}, "tasks": {"lab": True}}),
    ]

    [again] = exams(events, packs.question, lambda lab, text: (lab, text) == ("lab", "other"))
    [unknown] = exams(events, packs.question, lambda lab, text: None)

    assert (again.claimed, again.right, again.of) == (2, 0, 2)
    assert again.differ == tuple(sorted((single.id, "lab")))
    assert (unknown.right, unknown.differ) == (1, (single.id,))
    assert exams(events[:-1], packs.question, lambda lab, text: None) == ()
