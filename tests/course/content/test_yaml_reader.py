"""YAML is read strictly: the core schema of 1.2, and every mistake at its line and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from course.content.yaml.errors import ContentError
from course.content.yaml.reader import LARGEST_FILE, read_yaml, read_yaml_file


def complaints(text: str) -> list[str]:
    """What is said about a wrong text, without the file's name."""
    with pytest.raises(ContentError) as caught:
        read_yaml(text, "x.yaml")
    return [str(problem).removeprefix("x.yaml:") for problem in caught.value.problems]


VALUES = [
    pytest.param("true", True, id="true"),
    pytest.param("False", False, id="a capital is allowed by YAML 1.2"),
    pytest.param("on", "on", id="on is text"),
    pytest.param("yes", "yes", id="yes is text"),
    pytest.param("n", "n", id="n is text"),
    pytest.param("1:30", "1:30", id="no sexagesimal numbers"),
    pytest.param("2026-11-22", "2026-11-22", id="a date is text"),
    pytest.param("1_000", "1_000", id="no underscores in numbers"),
    pytest.param("010", 10, id="a leading zero is decimal"),
    pytest.param("0o10", 8, id="octal"),
    pytest.param("0x1F", 31, id="hexadecimal"),
    pytest.param("-7", -7, id="negative"),
    pytest.param("1e3", 1000.0, id="an exponent makes a float"),
    pytest.param(".5", 0.5, id="a bare point"),
    pytest.param("~", None, id="null"),
    pytest.param("", None, id="nothing"),
    pytest.param('"5"', "5", id="quotes make text"),
    pytest.param("'on'", "on", id="single quotes"),
    pytest.param('"a\\tb\\n"', "a\tb\n", id="tab and line feed may be escaped"),
    pytest.param("[a, {b: 1}]", ["a", {"b": 1}], id="flow"),
    pytest.param("|\n  two\n  lines\n", "two\nlines\n", id="literal block"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_words_mean_what_yaml_1_2_says(text, value):
    """Booleans and numbers are those of YAML 1.2; everything else is text."""
    data = read_yaml(f"key: {text}", "x.yaml").data["key"]

    assert (data, type(data)) == (value, type(value))


def test_keys_are_text_as_written():
    """A key is always text, whatever it would mean as a value."""
    assert read_yaml("1: a\non: b\ntrue: c\n", "x.yaml").data == {"1": "a", "on": "b", "true": "c"}


ALIASES = (
    "anchors and aliases (& and *) are not used here; put text that begins so in quotes, or write the value out where "
    "it is needed"
)
WRONG = [
    pytest.param("a: 1\na: 2\n", ["2:1: 'a' was given in line 1 already; keep one of the two"], id="duplicate key"),
    pytest.param(
        "x:\n  - {b: 1, c: 2, b: 3}\n",
        ["2:18: 'b' was given in line 2 already; keep one of the two"],
        id="duplicate key in a flow mapping",
    ),
    pytest.param(
        "a: &x 1\nb: *x\n",
        [
            f"1:4: {ALIASES}",
            f"2:4: {ALIASES}",
        ],
        id="anchor and alias",
    ),
    pytest.param(
        "a: !!python/object:os.system x\n",
        ["1:4: tags (!) are not used here; leave it out, and put text that begins with ! in quotes"],
        id="tag",
    ),
    pytest.param("a: .nan\n", ["1:4: .nan is no number that can be used; give a finite one"], id="NaN"),
    pytest.param("a: [-.inf]\n", ["1:5: -.inf is no number that can be used; give a finite one"], id="infinity"),
    pytest.param(
        "a: 1e999\n",
        ["1:4: the number is too large; stay below 1e308, or put text in quotes"],
        id="a float that is infinite",
    ),
    pytest.param(
        "a: " + "9" * 5000,
        ["1:4: the number is too large; stay below 9e+15, or put text in quotes"],
        id="an integer of five thousand digits",
    ),
    pytest.param(
        "? [a]\n: b\n",
        ["1:3: a key must be a word; mappings and lists cannot be keys; put text that begins with a bracket in quotes"],
        id="list as key",
    ),
    pytest.param("", ["1:1: there is nothing here; write the first key"], id="empty"),
    pytest.param("# only this\n", ["1:1: there is nothing here; write the first key"], id="only a comment"),
    pytest.param("a: 1\n---\nb: 2\n", ["2:1: a second document begins here; put it into a file of its own"], id="two"),
    pytest.param(
        "a:\n\tb: 1\n  \tc: 2\n",
        ["2:1: a tab indents this line; use spaces", "3:3: a tab indents this line; use spaces"],
        id="tabs",
    ),
    pytest.param("\ufeffa: 1\n", ["1:1: a byte order mark stands here; save the file as UTF-8 without BOM"], id="BOM"),
    pytest.param("a: x\x1b[31m\n", ["1:5: the invisible character U+001B is not allowed; remove it"], id="raw escape"),
    pytest.param(
        'a: "\\e[31m"\n', ["1:4: the invisible character U+001B is not allowed; remove it"], id="escaped escape"
    ),
    pytest.param('"\\x07": 1\n', ["1:1: the invisible character U+0007 is not allowed; remove it"], id="bell in a key"),
    pytest.param("a: \u202eb\n", ["1:4: the invisible character U+202E is not allowed; remove it"], id="reversed text"),
    pytest.param("a: x\rb\n", ["1:5: the invisible character U+000D is not allowed; remove it"], id="lone return"),
    pytest.param("a: [1, 2\nb: 3\n", ["1:4: this list is not closed, or lacks a comma; end it with ]"], id="open list"),
    pytest.param("a: {b: 1\n", ["1:4: this mapping is not closed, or lacks a comma; end it with }"], id="open mapping"),
    pytest.param(
        "a: 'b\n",
        ["1:4: this quote is never closed; close it with the same sign, or put the whole text in the other quotes"],
        id="open quote",
    ),
    pytest.param(
        "a: b: c\n",
        ["1:4: this text holds a colon with a space behind it; put it in quotes"],
        id="colon in text",
    ),
    pytest.param(
        "a:\n  - b\n c: 1\n",
        ["3:2: this does not fit the keys above; indent it like them, or put the text in quotes"],
        id="indent",
    ),
    pytest.param(
        "- a\nb: 1\n", ["2:1: this is no item like those above; begin it with `- `, or indent it"], id="no item"
    ),
    pytest.param("a: @b\n", ["1:4: text cannot begin with this character; put the text in quotes"], id="at sign"),
    pytest.param("a: %b\n", ["1:4: text cannot begin with this character; put the text in quotes"], id="percent sign"),
    pytest.param(
        'a: "\\q"\n', ["1:5: no escape begins so; use single quotes, or write a backslash as \\\\"], id="escape"
    ),
    pytest.param(
        "a: - b\n",
        ["1:4: no list may begin here; begin it on a line of its own, or put the text in quotes"],
        id="list on the line",
    ),
    pytest.param("[" * 100_000, ["1:34: nested deeper than 32 levels; make it flatter"], id="deep list"),
    pytest.param("{a: " * 1000, ["1:133: nested deeper than 32 levels; make it flatter"], id="deep mapping"),
    pytest.param(
        "a" * (LARGEST_FILE + 1), [f"1:1: the file holds more than {LARGEST_FILE} bytes; split it"], id="large"
    ),
    pytest.param(
        "é: 1\n  ü: &x 2\n",
        ["2:4: no key may stand here; put text with a colon in quotes, or indent this line like the key above"],
        id="columns are characters",
    ),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_every_mistake_has_its_line_and_column(text, said):
    """What is wrong is said where it stands, with what would be right."""
    assert complaints(text) == said


def test_all_mistakes_are_reported_at_once():
    """One reading finds them all, in the order of their lines."""
    said = complaints("a: .inf\nb: &x 1\nb: 2\nc: \x07\nd: [1\n")

    assert [each.split(":")[0] for each in said] == ["1", "2", "3", "4", "5"]


def test_a_hostile_file_is_not_echoed_without_end():
    """No more than fifty problems of a file are reported."""
    assert len(complaints("- *a\n" * 10_000)) == 50
    assert len(complaints("\x01" * 900_000)) == 50


def test_windows_line_ends_are_fine():
    """A carriage return before a line feed is part of the line end."""
    document = read_yaml("a: 1\r\nb: |\r\n  x\r\n", "x.yaml")

    assert document.data == {"a": 1, "b": "x\n"}
    assert document.where(("b",)) == (2, 4)


def test_positions_of_keys_and_values():
    """A value, its key, and the nearest thing around what is not there."""
    document = read_yaml("a:\n  - b: 1\n    c: {d: 2}\n", "x.yaml")

    assert document.where(("a", 0, "c", "d")) == (3, 12)
    assert document.where_key(("a", 0, "c", "d")) == (3, 9)
    assert document.where(("a", 0)) == (2, 5)
    assert document.where_key(("a", 0)) == (2, 5)
    assert document.where(("a", 0, "c", "nothing", 7)) == (3, 8)
    assert document.where_key(("a", 0, "c", "nothing", 7)) == (3, 5)


def test_without_the_c_library_the_same_is_read(monkeypatch):
    """Where PyYAML comes without its C parser, data, positions and refusals are the same."""
    text = "a: [1, {b: on}]\nc: 'x'\n"
    fast = read_yaml(text, "x.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader")

    assert read_yaml(text, "x.yaml") == fast
    assert complaints("a: 1\na: [2\n") == [
        "2:1: 'a' was given in line 1 already; keep one of the two",
        "2:4: this list is not closed, or lacks a comma; end it with ]",
    ]


FILES = [
    pytest.param(b"a: \xe9\n", "1:4: byte E9 is not UTF-8; save the file as UTF-8", id="latin-1"),
    pytest.param(
        "a: 1\n".encode("utf-16"), "1:1: this is no text, or not in UTF-8; save the file as UTF-8", id="UTF-16"
    ),
    pytest.param(b"\x7fELF\x00\x8e", "1:1: this is no text, or not in UTF-8; save the file as UTF-8", id="binary"),
    pytest.param(
        b" " * (LARGEST_FILE + 1), f"1:1: the file holds more than {LARGEST_FILE} bytes; split it", id="large"
    ),
    pytest.param(None, "1:1: there is no such file; write it, or mend its name", id="missing"),
]


@pytest.mark.parametrize(("raw", "said"), FILES)
def test_files_that_cannot_be_read(tmp_path: Path, raw, said):
    """Bytes, sizes and missing files are problems like any other, named from the root."""
    path = tmp_path / "deep" / "x.yaml"
    path.parent.mkdir()
    if raw is not None:
        path.write_bytes(raw)

    with pytest.raises(ContentError) as caught:
        read_yaml_file(path, tmp_path)
    assert str(caught.value) == f"deep/x.yaml:{said}"


YAML_LIKE = st.text(alphabet=st.sampled_from(list("ab:- \n\t{}[],&*!|>'\"#%@`?\\0.1e~<\x1b\ufeff\x85")), max_size=60)


@given(st.one_of(st.text(max_size=200), YAML_LIKE))
def test_no_text_raises_anything_else(text):
    """Whatever a file holds, it is read or refused with a ContentError."""
    try:
        document = read_yaml(text, "x.yaml")
    except ContentError as error:
        assert error.problems
        assert str(error).isprintable() or "\n" in str(error)
    else:
        assert document.where(()) >= (1, 1)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cs", "Cn", "Co"))),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
        max_leaves=10,
    )
)
def test_json_is_read_back(data):
    """JSON, being YAML 1.2, means here what it means there."""
    assert read_yaml(json.dumps(data, ensure_ascii=False), "x.yaml").data == data
