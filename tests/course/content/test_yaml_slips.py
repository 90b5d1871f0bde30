"""The slips that authors make in YAML: each is said at the place that has to be changed, with what to do there."""

from __future__ import annotations

import pytest

from course.content.files.course import read_glossary
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml

QUOTES, SAME = "in quotes", "close it with the same sign"
SLIPS = [
    ("a: 1\nsay: Note: go\n", "2:6", QUOTES, "a colon in text"),
    ("say: this:\n", "1:6", QUOTES, "a colon at the end of text"),
    ("- say: Note: go\n", "1:8", QUOTES, "a colon in text, in a list"),
    ("o:\n  - {id: a, text: Note: Green, why: w}\n", "2:19", QUOTES, "a colon in text, in braces"),
    ("o: {text: Note: Green}\n", "1:11", QUOTES, "a colon in the first text in braces"),
    ("a: {x: 1 y: 2}\n", "1:8", "a comma is missing", "no comma in braces"),
    ('a: ["x" "y"]\n', "1:9", "a comma is missing", "no comma between quotes"),
    ("a: *bold* text\n", "1:4", QUOTES, "a star"),
    ("a: &x\n", "1:4", QUOTES, "an ampersand"),
    ("a: !important\n", "1:4", QUOTES, "an exclamation mark"),
    ("a: @home\n", "1:4", QUOTES, "an at sign"),
    ("a: %5 of all\n", "1:4", QUOTES, "a percent sign"),
    ("a:\n  - `code` first\n", "2:5", QUOTES, "a backtick"),
    ("a: , x\n", "1:4", QUOTES, "a comma first"),
    ("a: ? what\n", "1:4", QUOTES, "a question mark first"),
    ("a: - x\n", "1:4", QUOTES, "a dash first"),
    ("a: > 5 ms\n", "1:6", QUOTES, "a sign of blocks first"),
    ("a: [x] marks\nb: 1\n", "1:4", QUOTES, "a bracket first"),
    ("a: {x} marks\nb: 1\n", "1:4", QUOTES, "a brace first"),
    ("a: {{x}} marks\n", "1:4", QUOTES, "a placeholder first"),
    ('a: "Blue" is old\nb: 1\n', "1:4", QUOTES, "a quoted word first"),
    ("a: 'don't do'\nb: 1\n", "1:4", "apostrophe twice", "an apostrophe in single quotes"),
    ("a: {t: 'don't do', b: 1}\n", "1:8", "apostrophe twice", "the same in braces"),
    ('a: "Green goes.\nb: 2\nc: 3\n', "1:4", SAME, "a quote that is never closed"),
    ("a: 'Green goes.\nb: 2\n", "1:4", SAME, "a single one"),
    ('h: ["Think of, b]\nb: 2\n', "1:5", SAME, "one in brackets"),
    ('a: "Green goes.\nb: "two"\nc: 3\n', "1:4", SAME, "one that the next quote closes"),
    ('q:\n  - {a: "x, b: y}\n  - {a: "z", b: y}\n', "2:9", SAME, "one in braces that the next closes"),
    ("a: {b: 1}}\nc: 2\n", "1:10", "take it out", "a brace too many"),
    ("a: [1]]\nc: 2\n", "1:7", "take it out", "a bracket too many"),
    ("a: }\n", "1:4", QUOTES, "a brace by itself"),
    ("a: [1, 2\nb: 3\n", "1:4", "end it with ]", "an open bracket"),
    ("a: {x: 1, y: 2\nb: 3\n", "1:4", "end it with }", "an open brace"),
    ("a:1\nb: 2\n", "1:1", "write `a: 1`", "no space behind a colon"),
    ("b: 2\na:1\n", "2:1", "a colon and a space", "no space behind the last colon"),
    ("a: 1\nb\nc: 2\n", "2:1", "write a colon", "no colon"),
    ("a:\n  b: 1\n   c: 2\n", "3:5", "indent this line", "indented too deep"),
    ("a:\n    b: 1\n  c: 2\n", "3:3", "indent it", "indented too little"),
    ("a:\n  - x\n - y\n", "3:2", "indent it", "an item indented too little"),
    ("a: |\n  one\n two\nb: 1\n", "3:2", "indent it", "a block's line indented too little"),
    ("a:\n\tb: 1\n", "2:1", "use spaces", "a tab"),
    ("a: 1\nb: 2\na: 3\n", "3:1", "keep one", "a key twice"),
    ('a: "C:\\data"\n', "1:7", "single quotes", "a backslash"),
]


@pytest.mark.parametrize(("text", "place", "remedy"), [pytest.param(*each[:3], id=each[3]) for each in SLIPS])
def test_each_slip_is_said_where_it_has_to_be_mended(text, place, remedy):
    """Once, and with the remedy."""
    with pytest.raises(ContentError) as caught:
        read_yaml(text, "f.yaml")
    [problem] = caught.value.problems

    assert (f"{problem.line}:{problem.column}", remedy in problem.say) == (place, True), problem


TERM = (
    "format: 1\nterms:\n"
    "  - {{id: a, term: {term}, definition: D., also: {also}, source: {{url: u, checked: d}}{more}}}\n"
)
MEANT = [
    ({"also": "[Think: hard]"}, "3:45", "text, so put text with a colon in quotes", "a colon in a list"),
    ({"term": "[x]"}, "3:19", "text that begins with a bracket in quotes", "a bracket"),
    ({"also": "-one"}, "3:44", "a list, so put a space behind each dash", "no space behind a dash"),
    ({"more": ", lesson:x"}, "3:78", "put a space behind the colon", "no space behind a colon"),
    ({"term": "T, too"}, "3:22", "put text with a comma in quotes", "a comma in text, in braces"),
    ({"term": "yes", "more": ", lesson: 5"}, "3:88", "text, so put it in quotes", "a number, and a word that is text"),
]


@pytest.mark.parametrize(("given", "place", "remedy"), [pytest.param(*each[:3], id=each[3]) for each in MEANT])
def test_what_yaml_takes_is_said_by_what_was_meant(given, place, remedy):
    """These are valid YAML, and mean something else than their author wanted."""
    text = TERM.format(**({"term": "T", "also": "[]", "more": ""} | given))
    with pytest.raises(ContentError) as caught:
        read_glossary(read_yaml(text, "f.yaml"))
    [problem] = caught.value.problems

    assert (f"{problem.line}:{problem.column}", remedy in problem.say) == (place, True), problem
