"""Questions on paper: nothing of the key is in a page that is to be without it."""

from __future__ import annotations

import re
from html import escape

import pytest

from course.printed.markdown import flow, phrase
from course.printed.questions import question
from course.report import plots
from quiz.presentation import posed
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, ShortText, Single
from tests.built_in import PACK

LESSONS = ("canary", "linear", "missing-data", "requests", "costs")
KINDS = {Single, Multiple, Ordering, Matching, Numeric, ShortText, Fix}
SEED = 7


@pytest.fixture(scope="module")
def asked():
    """Many questions of the course, of all kinds."""
    pack = PACK
    return [each for id in LESSONS for each in pack.whole_lesson(id).bank]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Pictures are drawn elsewhere."""
    monkeypatch.setattr(plots, "picture", lambda plot: b"picture")


def secrets(given):
    """Yield what nobody may read who is to answer: reasons, explanation, solution."""
    shown = posed(given, SEED)
    yield shown.explain
    match shown:
        case Single() | Multiple():
            yield from (option.why for option in shown.options)
        case Ordering():
            yield from (each.why for each in (*shown.items, *shown.distractors))
        case Matching():
            yield from (each.why for each in (*shown.pairs, *shown.decoys))
        case Numeric():
            yield from (each.why for each in shown.slips)
        case ShortText():
            yield from (each.why for each in shown.slips)
            yield from (each.say for each in (*shown.concepts, *shown.wrong))
            yield from shown.answers if shown.concepts else ()
        case Fix():
            yield shown.solution


def page(given, *, answers):
    return "\n".join(question(given, 1, SEED, answers=answers))


def spellings(text):
    return {text, text.strip(), escape(text), escape(text.strip()), phrase(text), flow(text).strip()} - {""}


def test_there_is_no_key_without_answers(asked):
    """Neither in the text nor in an attribute nor in a comment."""
    told = [
        (each.id, secret)
        for each in asked
        for secret in secrets(each)
        if any(spelt in page(each, answers=False) for spelt in spellings(secret))
    ]

    assert {type(each) for each in asked} == KINDS
    assert told == []
    assert not any("<!--" in page(each, answers=False) for each in asked)


def test_with_answers_all_reasons_are_there(asked):
    """Each of the same texts is."""
    kept = [
        (each.id, secret)
        for each in asked
        for secret in secrets(each)
        if not any(spelt in page(each, answers=True) for spelt in spellings(secret))
    ]

    assert kept == []


def test_a_key_says_what_to_write(asked):
    """Beside each prompt the letter of its partner, beside each step its place: whoever marks need not work it out."""
    for each in asked:
        shown, text = posed(each, SEED), page(each, answers=True)
        if isinstance(shown, Matching):
            for pair in shown.pairs:
                [letter] = re.findall(rf"<li>(\w+): {re.escape(phrase(pair.answer))}</li>", text)
                assert f"<li>{letter} – {phrase(pair.prompt)}: " in text
        if isinstance(shown, Ordering):
            for place, item in enumerate(shown.items, 1):
                assert f"<li>{place}. {phrase(item.text)}: " in text


def test_nothing_tells_which_option_is_right(asked):
    """Options look alike: but for their texts, the page of a question is the same whatever is right of it."""
    for each in asked:
        if isinstance(each, Single | Multiple):
            shown = posed(each, SEED)
            [room] = [line for line in question(each, 1, SEED, answers=False) if line.startswith('<ul class="room">')]
            for option in shown.options:
                room = room.replace(f"<li>☐ {phrase(option.text)}</li>", "", 1)

            assert room == '<ul class="room"></ul>'


def test_an_ordering_is_not_printed_in_order(asked):
    """The right order is nowhere to be read off."""
    for each in asked:
        if isinstance(each, Ordering):
            text = page(each, answers=False)
            places = [text.index(f"</span> {phrase(item.text)}</li>") for item in each.items]

            assert places != sorted(places)


def test_a_computed_question_has_the_figures_of_its_seed(asked):
    """The same seed gives the same page, another one other figures."""
    computed = next(each for each in asked if each.computed is not None)
    one, same, other = ("".join(question(computed, 1, seed, answers=True)) for seed in (3, 3, 4))

    assert one == same
    assert one != other
