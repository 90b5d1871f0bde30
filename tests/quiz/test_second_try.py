"""Before a second try it is said what is wrong with an answer, and nothing of what is right."""

from __future__ import annotations

import pytest

from quiz.grading import grade, solution
from quiz.questions import Item, Matching, Multiple, Numeric, Option, Ordering, Pair, ShortText, Single, Slip
from quiz.second_try import told

OPTIONS = (
    Option(id="a", text="Alpha", why="because alpha", correct=True),
    Option(id="b", text="Beta", why="because beta"),
    Option(id="c", text="Gamma", why="because gamma", correct=True),
)
SAID = {"id": "q", "stem": "?", "explain": "so"}
SINGLE = Single(**SAID, options=(*OPTIONS[:2], Option(id="d", text="Delta", why="because delta")))
MULTIPLE = Multiple(**SAID, options=OPTIONS)
ORDERING = Ordering(**SAID, items=tuple(Item(id=x, text=x.upper(), why=f"why {x}") for x in "abc"))
MATCHING = Matching(
    **SAID,
    pairs=tuple(Pair(id=x, prompt=f"prompt {x}", answer=f"answer {x}", why=f"why {x}") for x in "ab"),
    decoys=(Option(id="z", text="nobody", why="why z"),),
)
NUMERIC = Numeric(**SAID, value=240, unit="requests", slips=(Slip(answer="960", why="Only a quarter."),))
WORDS = ShortText(**SAID, answers=("shadow",), slips=(Slip(answer="canary", why="A canary answers."),))


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (SINGLE, "b", ("Not this one.", "Beta: because beta")),
        (MULTIPLE, ("a", "b"), ("1 right, 1 wrong, 1 missing.", "Beta: because beta")),
        (MULTIPLE, ("a",), ("1 right, 0 wrong, 1 missing.",)),
        (ORDERING, ("a", "c", "b"), ("1 of 3 stand in their place.", "Up to place 1 all is right; place 2 is not.")),
        (ORDERING, ("b", "a", "c"), ("1 of 3 stand in their place.", "The first place is wrong already.")),
        (MATCHING, {"a": "z", "b": "b"}, ("1 of 2 pairs are right.", "Not that answer for: prompt a")),
        (NUMERIC, "960", ("Only a quarter.",)),
        (WORDS, "canary", ("A canary answers.",)),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
def test_what_is_said(question, answer, said):
    """The verdict's sentence, then what does not belong where it was put."""
    assert told(question, grade(question, answer)) == said


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, ORDERING, MATCHING, NUMERIC, WORDS], ids=lambda q: q.kind)
def test_of_a_right_answer_there_is_nothing_to_tell_but_that(question):
    """No reason is left over."""
    assert told(question, grade(question, solution(question))) == ("Right.",)
