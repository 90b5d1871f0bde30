"""Which figures a seed stands for."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quiz.computed.computed import Computed, Span
from quiz.computed.drawing import LANES, MOST_TRIED, combinations, drawn
from quiz.presentation import posed
from quiz.questions import Numeric, Option, Single, Slip

OVERS = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.one_of(
        st.lists(st.integers(1, 99), min_size=2, max_size=9, unique=True).map(tuple),
        st.builds(lambda low, length, step: Span(from_=low, to=low + length, step=step), *[st.integers(1, 30)] * 3),
    ),
    min_size=1,
)


def share(**changes):
    """A question after the share of a canary."""
    given = {
        "id": "share",
        "stem": "{size} of {instances}?",
        "explain": "{share} %",
        "hints": ("Not {of_both}.",),
        "figure": "share",
        "tolerance": 0.1,
        "slips": (Slip(answer="{of_both}", why="{rest}"),),
        "accepts": ("{share}",),
        "computed": Computed(from_="canary", over={"instances": (8, 9, 10, 12, 20, 40), "size": (1, 2, 3, 4)}),
    }
    return Numeric(**{**given, **changes})


@given(OVERS, st.integers(0, 10**9))
@example({"a": tuple(range(44)), "b": tuple(range(21)), "c": tuple(range(11))}, 0)  # more than all seeds look at
def test_all_combinations_are_dealt_out_once(over, start):
    """Over as many seeds in a row as there are lanes, each combination has one seed that may take it, as far as a seed
    looks."""
    computed = Computed(from_="any", over=over)
    found = [tuple(each.values()) for seed in range(start, start + LANES) for each in drawn(computed, seed, "q")]

    assert len(found) == len(set(found)) == min(combinations(computed), LANES * MOST_TRIED)


@given(st.integers(0, 10**12))
def test_seeds_in_a_row_never_show_the_same_figures(seed):
    """Not the next one, and none of the nineteen that follow."""
    stems = [posed(share(), each).stem for each in range(seed, seed + LANES)]

    assert len(set(stems)) == LANES


@given(st.integers(0, 10**12))
def test_a_posed_question_is_whole_and_the_same_for_the_same_seed(seed):
    """Its key and all of its texts are filled in; posing it again changes nothing."""
    question = posed(share(), seed)
    size, _, instances = question.stem.removesuffix("?").split()

    assert question == posed(share(), seed)
    assert posed(question, seed + 1) == question
    assert question.value == pytest.approx(100 * int(size) / int(instances), abs=0.05)
    assert "{" not in repr(question)


def test_figures_that_cannot_be_told_apart_are_passed_over():
    """A slip is never the right answer, and no option stands there twice, as long as other values avoid it."""
    over = {name: Span(from_=1, to=9) for name in ("first", "second", "third")}
    options = tuple(
        Option(id=id, text=text, why="{sum}", correct=id == "right")
        for id, text in (("right", "{share}"), ("first", "{by_count}"), ("beside", "{beside}"))
    )
    question = Single(id="q", stem="{first}", explain="", options=options, computed=Computed(from_="weight", over=over))

    assert all(len({option.text for option in posed(question, seed).options}) == 3 for seed in range(200))


def test_texts_are_formatted_as_they_are_read():
    """Thousands apart, no `.0`, and otherwise as the text says; what no figure is called stays."""
    computed = Computed(from_="harm", over={"rate": (50,), "share": (100,), "errors": (50,), "minutes": (60,)})
    question = Numeric(
        id="q", stem="{reached} {share:.1f} {rate} {nothing} {Not}", explain="", figure="harmed", computed=computed
    )

    assert posed(question, 0).stem == "180,000 100.0 50 {nothing} {Not}"
