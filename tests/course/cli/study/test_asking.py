"""A question in plain lines: all of it is there, nothing gives the answer away, and what is numbered can be typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cli.study.asking import asked, explained, how, spelt
from quiz.answers import parse_answer
from quiz.grading import grade, solution
from quiz.presentation import choices, laid_out, posed, right_order
from quiz.questions import Matching, Multiple, Numeric, Option, Ordering, ShortText, Single
from tests.built_in import PACK
from tests.quiz.test_any_question import QUESTIONS


def bank():
    pack = PACK
    return [question for id in pack.course.lessons for question in pack.lesson(id).bank]


def typed(question):
    """Return the right answer as somebody types it who goes by the numbers shown."""
    match question:
        case Single() | Multiple():
            return ",".join(str(at) for at, option in enumerate(question.options, 1) if option.correct)
        case Ordering():
            shown = [each.id for each in laid_out(question)]
            return ",".join(str(shown.index(id) + 1) for id in right_order(question))
        case Matching():
            offered = [choice.text for choice in choices(question)]
            return ",".join(f"{at}={offered.index(pair.answer) + 1}" for at, pair in enumerate(question.pairs, 1))
        case _:
            return solution(question)


def has_numbers_for_ids(question):
    lists = ("options", "items", "distractors", "pairs", "decoys")
    return any(part.id.isdecimal() for name in lists for part in getattr(question, name, ()))


@given(QUESTIONS.filter(lambda question: not has_numbers_for_ids(question)), st.integers(0, 99))
def test_what_is_shown_can_be_typed(question, seed):
    """The numbers lead to the right answer, in every kind and every order."""
    shown = posed(question, seed)

    assert grade(shown, parse_answer(shown, typed(shown))).correct


@pytest.mark.parametrize("question", bank(), ids=lambda question: question.id)
def test_every_question_of_the_course(question):
    """Stem and parts are there, no reason and no hint is; afterwards each reason is there, and the explanation."""
    shown = posed(question, 4)
    text, after = "\n".join(asked(shown)), "\n".join(explained(shown, solution(shown)))
    parts = [*getattr(shown, "options", ()), *getattr(shown, "items", ()), *getattr(shown, "pairs", ())]

    assert text.startswith(shown.stem.strip())
    assert text.endswith(how(shown))
    assert not [why for why in (shown.explain, *shown.hints, *(part.why for part in parts)) if why in text]
    assert [part.why for part in parts if part.why not in after] == []
    assert shown.explain.strip() in after
    assert "Right." in after
    for sign in text + after:
        name = unicodedata.name(sign, "")
        assert not name.startswith(("BOX DRAWINGS", "BLOCK ELEMENT", "CHECK", "BALLOT")), name
        assert sign == "\n" or sign.isprintable()


OPTIONS = (
    Option(id="x", text="Blue", why="It was there.", correct=True),
    Option(id="y", text="Green", why="It is new.", correct=True),
    Option(id="z", text="Red", why="There is none."),
)
FLEETS = Multiple(id="fleets", stem="Which fleets are there?", explain="Two colours.", options=OPTIONS)


def test_an_option_that_is_ruled_out_says_so():
    """In words."""
    assert "3. ruled out: Red" in list(asked(FLEETS, ("z",)))


def test_every_option_is_explained():
    """What was chosen, what was not, and what belongs to the answer."""
    assert list(explained(FLEETS, ("x", "z"))) == [
        "Your answer: 1. Blue; 3. Red",
        "Not right. 1 right, 1 wrong, 1 missing.",
        "The right answer: 1. Blue; 2. Green",
        "- Blue (right, chosen): It was there.",
        "- Green (right, not chosen): It is new.",
        "- Red (wrong, chosen): There is none.",
        "Two colours.",
    ]


def test_what_was_not_answered_is_explained_too():
    """With the right answer, and no word about a choice that nobody made."""
    assert list(explained(FLEETS, None))[:3] == [
        "Not answered.",
        "The right answer: 1. Blue; 2. Green",
        "- Blue (right): It was there.",
    ]


@given(QUESTIONS, st.one_of(st.text(), st.lists(st.text()).map(tuple), st.dictionaries(st.text(), st.text())))
def test_an_answer_of_any_shape_can_be_told(question, answer):
    """Also one that the history holds of an earlier text of the question."""
    assert isinstance(spelt(question, answer), str)
    assert all(isinstance(line, str) for line in explained(question, answer))


@pytest.mark.parametrize(
    ("question", "say"),
    [
        (Numeric(id="n", stem="?", explain="", value=5, unit="ms"), "Type a number in ms."),
        (Numeric(id="n", stem="?", explain="", value=5), "Type a number."),
        (ShortText(id="t", stem="?", explain="", answers=("canary",)), "Type a word or a name."),
    ],
)
def test_it_says_what_is_typed_where_nothing_is_chosen(question, say):
    """A number with its unit, or a word."""
    assert list(asked(question)) == ["?", say]
