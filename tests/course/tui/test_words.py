"""Text from lessons on its way to the terminal."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tui.drawing.words import CODE, count, inert, inline, named, plain


@given(st.text(st.characters()))
def test_nothing_that_a_terminal_would_obey_is_left(text):
    """No control character but newline and tab, and nothing that turns the direction of writing."""
    safe = inert(text)

    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in safe)
    assert not any(0x7F <= ord(letter) < 0xA0 for letter in safe)
    assert safe.encode().decode() == safe
    assert not any(0x202A <= ord(letter) <= 0x202E or 0x2066 <= ord(letter) <= 0x2069 for letter in safe)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\x1b[31mred", "␛[31mred", id="escape codes become visible"),
        pytest.param("one\r\ntwo", "one\ntwo", id="line ends of another system"),
        pytest.param("a\x07b", "a␇b", id="the bell"),
        pytest.param("caf\udce9.yaml", "caf�.yaml", id="a name in another encoding"),
        pytest.param("Grüße, 日本 ✓", "Grüße, 日本 ✓", id="letters of all people"),
    ],
)
def test_text_stays_text(text, expected):
    """What can be read stays; what acts is shown."""
    assert inert(text) == expected


@pytest.mark.parametrize("hostile", ["**a ", "*a ", "`a ", "*a **b `c ", "**a*", "``a` ", "***", "*a"], ids=repr)
def test_sentences_are_read_in_one_go(hostile):
    """Twice the marks take twice the steps: a mark that is never closed is not looked for from every place."""
    few, many = (_steps(hostile * times) for times in (400, 800))

    assert many / few == pytest.approx(2, rel=0.1)


def _steps(text):
    """The calls that it takes to style a sentence, with those into the patterns, each of which looks at one mark."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        inline(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("a **b** *c* `d`", [("b", "bold"), ("c", "italic"), ("d", CODE)], id="one of each"),
        pytest.param("``a`b``", [("a`b", CODE)], id="a tick in code"),
        pytest.param("`a``", [], id="ticks that do not match"),
        pytest.param("**a `b` c**", [("a `b` c", "bold")], id="none in another"),
        pytest.param("2 * 3 * 4, a*b*c", [], id="stars that are no marks"),
        pytest.param("**a b*", [("*a b", "italic")], id="half closed"),
        pytest.param("***a***", [("*a", "bold")], id="three"),
        pytest.param("* a * b", [], id="nothing to style"),
    ],
)
def test_spans(text, spans):
    """What is between marks is styled as in Markdown, marks that mean nothing are text."""
    content = inline(text)

    assert [(content.plain[span.start : span.end], span.style) for span in content.spans] == spans


@given(st.text(alphabet="[]/=@bi red'\"\\$!`*", max_size=30))
def test_brackets_are_never_markup(text):
    """Whatever stands in square brackets reaches the screen."""
    assert plain(text).plain == inert(text)
    assert plain(text).spans == []


@pytest.mark.parametrize(
    ("text", "expected", "styles"),
    [
        ("a `b` c", "a b c", [(2, 3, CODE)]),
        ("``a`b``", "a`b", [(0, 3, CODE)]),
        ("**a** *b*", "a b", [(0, 1, "bold"), (2, 3, "italic")]),
        pytest.param("2 * 3 * 4", "2 * 3 * 4", [], id="multiplication"),
        pytest.param("2*3*4", "2*3*4", [], id="multiplication without spaces"),
        pytest.param("`**a**`", "**a**", [(0, 5, CODE)], id="stars in code"),
        pytest.param("an `open tick", "an `open tick", [], id="an open tick"),
        pytest.param("[bold]`x`[/]", "[bold]x[/]", [(6, 7, CODE)], id="brackets"),
    ],
)
def test_sentences_know_code_and_emphasis(text, expected, styles):
    """Backticks and stars as in Markdown, and nothing else."""
    content = inline(text)

    assert content.plain == expected
    assert [tuple(span) for span in content.spans] == styles


@given(st.text())
def test_no_word_is_lost_in_a_sentence(text):
    """Styling takes away only the signs that style."""
    letters = [letter for letter in inert(text) if letter not in "`*"]

    assert [letter for letter in inline(text).plain if letter not in "`*"] == letters


def test_things_are_counted_in_english():
    """One question, two questions, two boxes."""
    assert count(1, "question") == "1 question"
    assert count(2, "question") == "2 questions"
    assert count(0, "box", "boxes") == "0 boxes"
    assert named("first-guarded-update") == "First guarded update"
