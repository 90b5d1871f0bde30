"""How much of an answer is right, beside all or nothing."""

from __future__ import annotations

import pytest

from quiz.grading import grade
from quiz.questions import Item, Matching, Multiple, Numeric, Option, Ordering, Pair, Single
from quiz.shares import share, status

COMMON = {"id": "q", "stem": "?", "explain": "."}
OPTIONS = tuple(Option(id=id, text=id, why="", correct=id in "ab") for id in "abcd")
SINGLE = Single(**COMMON, options=OPTIONS[1:])
MULTIPLE = Multiple(**COMMON, options=OPTIONS)
ORDERING = Ordering(**COMMON, items=tuple(Item(id=id, text=id, why="") for id in "abcd"))
MATCHING = Matching(**COMMON, pairs=tuple(Pair(id=id, prompt=id, answer=id.upper(), why="") for id in "ab"))
NUMERIC = Numeric(**COMMON, value=5.0)


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        pytest.param(SINGLE, "b", (1.0, "right"), id="the one"),
        pytest.param(SINGLE, "c", (0.0, "wrong"), id="choosing one has no parts"),
        pytest.param(MULTIPLE, ("b", "a"), (1.0, "right"), id="both"),
        pytest.param(MULTIPLE, ("a", "c"), (0.5, "partly"), id="one ticked, one left out"),
        pytest.param(MULTIPLE, ("a",), (0.75, "partly"), id="one is missing"),
        pytest.param(MULTIPLE, ("c",), (0.0, "wrong"), id="leaving out alone is no knowledge"),
        pytest.param(ORDERING, ("a", "b", "d", "c"), (0.5, "partly"), id="two stand in their place"),
        pytest.param(ORDERING, ("b", "a", "d", "c"), (0.0, "wrong"), id="none stands in its place"),
        pytest.param(ORDERING, ("a",), (0.0, "invalid"), id="no order"),
        pytest.param(MATCHING, {"a": "a", "b": "a"}, (0.5, "partly"), id="one partner"),
        pytest.param(NUMERIC, "4", (0.0, "wrong"), id="a number has no parts"),
        pytest.param(NUMERIC, "four", (0.0, "invalid"), id="no number"),
    ],
)
def test_a_share_and_its_word(question, answer, expected):
    """Partly is wrong, and the share says how far."""
    verdict = grade(question, answer)

    assert (share(question, verdict), status(question, verdict)) == expected
