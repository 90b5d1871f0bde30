"""Where terms stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.syllabus import Source, Term
from course.terms import Spotter

SOURCE = Source(url="https://a.org/", checked="2026-11-27")


def term(name, *also):
    """A term of this name."""
    return Term(id=name.casefold().replace(" ", "-"), term=name, also=also, definition="What it is.", source=SOURCE)


CANARY, BAKE, BAKING = term("Canary"), term("Bake"), term("Baking period", "final bake")
ROLLBACK = term("Auto-rollback")


def found(text, *terms):
    """Return what is spotted, as it stands in the text."""
    return [text[spot.start : spot.end] for spot in Spotter(terms).spots(text)]


@pytest.mark.parametrize(
    ("text", "spotted"),
    [
        pytest.param("A canary and a Canary.", ["canary"], id="the first alone, in any case"),
        pytest.param("Two canaries sing.", ["canaries"], id="plural in -ies"),
        pytest.param("All bakes are long.", ["bakes"], id="plural in -s"),
        pytest.param("The baking periods.", ["baking periods"], id="plural of several words"),
        pytest.param("The final bake ends.", ["final bake"], id="another spelling, and not the shorter term in it"),
        pytest.param("An auto rollback, an auto-rollback.", ["auto rollback"], id="hyphens are spaces"),
        pytest.param("The canaryfish, half-baked, scanary.", [], id="not within words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_spots(text, spotted):
    """Whole words, each term once."""
    assert found(text, CANARY, BAKE, BAKING, ROLLBACK) == spotted


def test_a_page_is_one_text_in_pieces():
    """What the first piece has, the second does not have again; the terms are told in the order of the page."""
    spotter = Spotter([BAKE, CANARY])

    assert [spot.term for spot in spotter.spots("A canary.")] == [CANARY]
    assert [spot.term for spot in spotter.spots("A canary that bakes, or: one that can bake.")] == [BAKE]
    assert spotter.found == [CANARY, BAKE]


def test_without_terms_nothing_is_found():
    """A lesson may have none."""
    assert not found("A canary.")


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_no_text_and_no_spelling_is_a_pattern(text, names):
    """Whatever an author writes is looked for as it stands."""
    for spot in Spotter([term(name) for name in names]).spots(text):
        assert text[spot.start : spot.end]
