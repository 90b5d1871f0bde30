"""The glossary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.syllabus import Term
from course.tui.glossary.screen import GlossaryScreen
from course.tui.glossary.search import found
from course.tui.home.screen import HomeScreen
from course.tui.lesson.lesson import LessonScreen
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, rows, shown, type_text
from tests.course.tui.fakes import SOURCE, TERMS


def ids(query: str) -> list[str]:
    return [term.id for term in found(TERMS, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", ["baking-period", "blue-fleet", "canary", "rollback"], id="nothing: all"),
        pytest.param("can", ["canary"], id="beginning of the name"),
        pytest.param("fleet", ["blue-fleet"], id="second word of the name"),
        pytest.param("back", ["rollback"], id="inside the name"),
        pytest.param("blue", ["blue-fleet", "rollback"], id="name before definition"),
        pytest.param("quarter", ["canary"], id="in the example"),
        pytest.param("bakin", ["baking-period"], id="part of a word"),
        pytest.param("cannary", ["canary"], id="one letter too many"),
        pytest.param("rolbak", ["rollback"], id="two letters missing"),
        pytest.param("CANARY", ["canary"], id="capitals"),
        pytest.param("bp", ["baking-period"], id="initials"),
        pytest.param("fleet blue", ["blue-fleet"], id="words in any order"),
        pytest.param("zzz", [], id="nothing of the kind"),
        pytest.param("[/]", ["rollback"], id="signs"),
    ],
)
def test_search(query, expected):
    """Names come before definitions, and spelling is forgiven."""
    assert ids(query)[: len(expected)] == expected
    assert bool(ids(query)) == bool(expected)


def test_a_name_that_is_alike_comes_before_what_only_speaks_of_it():
    """Whoever looks for `bake` wants the baking period, and not the first term that is explained with a bake."""
    speaks = Term(
        id="all-at-once", term="All at once", definition="One shift, and one bake.", source=SOURCE, lesson="canary"
    )

    assert [term.id for term in found((speaks, *TERMS), "bake")] == ["baking-period", "all-at-once"]


@given(st.text(max_size=12))
def test_search_finds_only_what_there_is(query):
    """No query raises, invents or repeats a term."""
    hits = found(TERMS, query)

    assert set(hits) <= set(TERMS)
    assert len(set(hits)) == len(hits)


@given(st.sampled_from(TERMS), st.data())
def test_every_beginning_of_a_name_finds_it(term, data):
    """As one types a name, it never drops out of the list."""
    length = data.draw(st.integers(1, len(term.term)))

    assert term in found(TERMS, term.term[:length])


def screen(pilot) -> GlossaryScreen:
    assert isinstance(pilot.app.screen, GlossaryScreen)
    return pilot.app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_typing_searches_and_the_best_hit_is_shown(size):
    """Definition and example stand beside the list at once."""
    async with learner(fakes.study(), "g", size=size) as pilot:
        await type_text(pilot, "cana")

        assert screen(pilot).term.id == "canary"
        assert "A traffic shift in two steps" in read(pilot)
        assert "One of four instances" in read(pilot)


async def test_the_arrows_move_through_the_list_while_typing():
    """The focus stays in the field."""
    async with learner(fakes.study(), "g", "down", "down", "up") as pilot:
        assert screen(pilot).term.id == "blue-fleet"

        await type_text(pilot, "b")

        assert screen(pilot).term.id == "baking-period"


async def test_nothing_found_says_so():
    """An empty list is explained, and no old term stays beside it."""
    async with learner(fakes.study(), "g") as pilot:
        await type_text(pilot, "zzz")

        assert "Nothing found" in shown(pilot)
        assert screen(pilot).term is None
        assert "Baking period" not in shown(pilot)


async def test_related_terms_are_followed_by_keyboard():
    """Tab goes to the related terms, Enter to the first of them."""
    async with learner(fakes.study(), "g") as pilot:
        await type_text(pilot, "cana")
        await press(pilot, "tab", "enter")

        assert screen(pilot).term.id == "baking-period"
        assert len(screen(pilot).hits) == len(TERMS)


async def test_related_terms_are_followed_by_mouse():
    """A click on a related term goes there."""
    async with learner(fakes.study(), "g") as pilot:
        lines = rows(pilot)
        row = next(number for number, text in enumerate(lines) if "See also" in text) + 1

        await pilot.click(offset=(lines[row].index("Canary"), row))
        await pilot.pause()

        assert screen(pilot).term.id == "canary"


async def test_enter_opens_the_lesson_of_a_term():
    """A term leads to where it is explained; Esc leads back to it."""
    async with learner(fakes.study(), "g", "enter") as pilot:
        assert isinstance(pilot.app.screen, LessonScreen)

        await press(pilot, "escape")

        assert screen(pilot).term.id == "baking-period"


async def test_a_term_without_a_lesson_offers_none():
    """What is impossible is not in the footer."""
    async with learner(fakes.study(), "g", "down") as pilot:
        assert screen(pilot).term.id == "blue-fleet"
        assert "Lesson" not in rows(pilot)[-1]

        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, GlossaryScreen)


async def test_definitions_are_never_markup():
    """Square brackets stay square brackets."""
    async with learner(fakes.study(), "g") as pilot:
        await type_text(pilot, "roll")

        assert "Sending all requests back to blue. [/]" in read(pilot)


async def test_the_glossary_is_near_everywhere():
    """g opens it from a lesson, f3 from a field; Esc leads back to the same place."""
    async with learner(fakes.study(), "g", start="canary") as pilot:
        assert isinstance(pilot.app.screen, GlossaryScreen)

        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LessonScreen)

    async with learner(fakes.study(), "g", "escape") as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_glossary_can_be_the_start():
    """It is a place of its own."""
    async with learner(fakes.study(), start="glossary") as pilot:
        assert isinstance(pilot.app.screen, GlossaryScreen)


async def test_a_look_into_a_lesson_is_not_where_the_learner_was():
    """Home still offers what was being done; whoever reads on in the lesson is offered that."""
    at_work = fakes.event("lesson-step", "linear", step=1, of=2, revision=1)
    study = fakes.study(at_work)
    async with learner(study, "g", "enter") as pilot:
        assert isinstance(pilot.app.screen, LessonScreen)
        await press(pilot, "escape", "escape")
        assert "Continue  Linear traffic shifting" in rows(pilot)[3]

        await press(pilot, "g", "enter", "n", "escape", "escape")
        assert "Continue  Canary traffic shifting" in rows(pilot)[3]
