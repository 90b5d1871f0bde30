"""An order of which not all belongs: all or nothing, and a reason for each row, also for what was rightly left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.answers import parse_answer
from quiz.grading import grade, solution
from quiz.presentation import laid_out, posed
from quiz.questions import Item, Option, Ordering
from quiz.second_try import told
from quiz.shares import share

QUESTION = Ordering(
    id="steps",
    stem="Which steps, in which order?",
    explain="So.",
    items=tuple(Item(id=id, text=id.upper(), why=f"{id} stands there.") for id in "abc"),
    distractors=(Option(id="x", text="X", why="x belongs nowhere."), Option(id="y", text="Y", why="y neither.")),
)


@pytest.mark.parametrize(
    ("given", "say"),
    [
        ("bac", "1 of 3 stand in their place."),
        ("ab", "2 of 3 stand in their place, 1 missing."),
        ("xabc", "3 of 3 stand in their place, 1 belongs to no place."),
        ("bc", "2 of 3 stand in their place, 1 missing."),
        ("xy", "0 of 3 stand in their place, 2 belong to no place, 3 missing."),
    ],
)
def test_anything_but_the_whole_order_is_wrong(given, say):
    """And it is said what is the matter; one mistake moves no other."""
    verdict = grade(QUESTION, tuple(given))

    assert verdict.valid
    assert not verdict.correct
    assert verdict.say == say


@pytest.mark.parametrize("given", ["", "aab", "abq"])
def test_nothing_twice_or_unknown_is_no_answer(given):
    """It costs nothing."""
    assert not grade(QUESTION, tuple(given)).valid


def test_every_row_has_its_reason():
    """What was given first, in its order, then what was left out."""
    verdict = grade(QUESTION, ("b", "x", "c"))

    assert [(each.id, each.chosen, each.right, each.correct) for each in verdict.details] == [
        ("b", True, True, True),
        ("x", True, False, False),
        ("c", True, True, True),
        ("a", False, False, True),
        ("y", False, True, False),
    ]
    assert all(each.why for each in verdict.details)


def test_shares_and_the_second_try():
    """Nothing right in place is worth nothing; what does not belong is told with its reason, what belongs is not."""
    some, none = grade(QUESTION, ("a", "x")), grade(QUESTION, ("x",))

    assert share(QUESTION, some) == 2 / 5
    assert share(QUESTION, none) == 0
    assert told(QUESTION, some) == (
        "1 of 3 stand in their place, 1 belongs to no place, 2 missing.",
        "Up to place 1 all is right; place 2 is not.",
        "X: x belongs nowhere.",
    )


@given(st.integers(0, 500))
def test_it_is_shown_mixed_and_typed_by_its_numbers(seed):
    """Distractors stand anywhere between the rest, and numbers are places as shown."""
    shown = posed(QUESTION, seed)
    assert isinstance(shown, Ordering)
    ids = [each.id for each in laid_out(shown)]
    typed = ",".join(str(ids.index(id) + 1) for id in "abc")

    assert sorted(ids) == ["a", "b", "c", "x", "y"]
    assert [id for id in ids if id in "abc"] != ["a", "b", "c"]
    assert solution(shown) == ("a", "b", "c")
    assert grade(shown, parse_answer(shown, typed)).correct
    assert grade(shown, parse_answer(shown, "b a")) == grade(QUESTION, ("b", "a"))
