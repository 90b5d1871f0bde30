"""One learner's own questions."""

from __future__ import annotations

from quiz.exams.score import Share
from quiz.items.own import own
from tests.quiz.items.answers import later, questions, response


def test_what_troubles_a_learner_comes_first():
    """What they were wrong about for sure, then what they know least."""
    answers = [
        response("known", "me"),
        response("shaky", "me", correct=False, confidence="guess", answer="c"),
        response("shaky", "me", at=later(9), confidence="guess", seconds=30.0),
        response("sure", "me", correct=False, confidence="sure", at=later(3)),
        response("sure", "me", at=later(1), seconds=10.0),
        response("sure", "me", at=later(2), seconds=20.0),
        response("removed", "me"),
    ]
    sure, shaky, known = own(answers, questions("known", "shaky", "sure"))

    assert (sure.item, sure.answers, sure.first_right, sure.seconds) == ("sure", Share(2, 3), True, 15.0)
    assert (sure.sure_and_wrong, sure.chosen) == (1, (("Option b", 1),))
    assert (shaky.item, shaky.first_right, shaky.guessed_and_right) == ("shaky", False, 1)
    assert (known.item, known.answers, known.chosen) == ("known", Share(1, 1), ())
