"""Questions are read from YAML by kind, and each must be answerable."""

from __future__ import annotations

import pytest

from course.content.files.questions import read_questions
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from quiz.questions import Item, Matching, Multiple, Numeric, Option, Ordering, Pair, ShortText, Single, Slip

ALL_KINDS = """\
format: 1
questions:
  - id: one
    kind: single
    stem: S
    options: [{id: a, text: A, why: W, correct: true}, {id: b, text: B, why: W}]
    explain: E
    objectives: {mla-c01: ["3.1"]}
    accepts: [a]
    rejects: [b]
  - id: some
    kind: multiple
    stem: S
    options:
      - {id: a, text: A, why: W, correct: true}
      - {id: b, text: B, why: W, correct: true}
      - {id: c, text: C, why: W}
    explain: E
    accepts: [[a, b]]
    rejects: [[a], [a, c]]
  - id: order
    kind: ordering
    stem: S
    items: [{id: x, text: X, why: W}, {id: y, text: Y, why: W}]
    explain: E
    accepts: [[x, y]]
    rejects: [[y, x]]
  - id: match
    kind: matching
    stem: S
    pairs: [{id: p, prompt: P, answer: A, why: W}, {id: q, prompt: Q, answer: B, why: W}]
    decoys: [{id: r, text: R, why: W}]
    explain: E
    accepts: [{p: p, q: q}]
    rejects: [{p: q, q: p}]
  - id: number
    kind: numeric
    stem: S
    value: 5
    tolerance: 0.1
    unit: s
    slips: [{answer: "6", why: W}]
    explain: E
    accepts: ["5"]
    rejects: ["6"]
  - id: word
    kind: short-text
    stem: S
    answers: [Canary]
    explain: E
    hints: [H]
    revision: 2
    accepts: [canary]
    rejects: [linear]
"""


def said(text: str) -> list[str]:
    """What is wrong with a questions file."""
    with pytest.raises(ContentError) as caught:
        read_questions(read_yaml(text, "q.yaml"))
    return [str(problem).removeprefix("q.yaml:") for problem in caught.value.problems]


def test_every_kind_is_read():
    """Each kind becomes its own class with its own fields."""
    a, b = Option(id="a", text="A", why="W", correct=True), Option(id="b", text="B", why="W")
    one, some, order, match, number, word = read_questions(read_yaml(ALL_KINDS, "q.yaml"))

    assert one == Single(
        id="one",
        stem="S",
        options=(a, b),
        explain="E",
        objectives={"mla-c01": ("3.1",)},
        accepts=("a",),
        rejects=("b",),
    )
    assert isinstance(some, Multiple)
    assert some.accepts == (("a", "b"),)
    assert isinstance(order, Ordering)
    assert order.items == (Item(id="x", text="X", why="W"), Item(id="y", text="Y", why="W"))
    assert isinstance(match, Matching)
    assert match.pairs[0] == Pair(id="p", prompt="P", answer="A", why="W")
    assert match.accepts == ({"p": "p", "q": "q"},)
    assert isinstance(number, Numeric)
    assert (number.value, number.tolerance, number.slips) == (5.0, 0.1, (Slip(answer="6", why="W"),))
    assert word == ShortText(
        id="word",
        stem="S",
        answers=("Canary",),
        explain="E",
        hints=("H",),
        revision=2,
        accepts=("canary",),
        rejects=("linear",),
    )


WRONG = [
    pytest.param(
        "{id: b, text: B, why: W}]\n    explain: E\n    obj",
        "{id: b, text: B, why: W, correct: true}]\n    explain: E\n    obj",
        ["6:5: 2 options are correct; a single question has exactly one"],
        id="two right",
    ),
    pytest.param(
        "why: W, correct: true}, {id: b, text: B, why: W}]",
        "why: W}, {id: b, text: B, why: W}]",
        ["6:5: no options are correct; a single question has exactly one"],
        id="none right",
    ),
    pytest.param(
        "{id: b, text: B, why: W, correct: true}\n      - {id: c",
        "{id: b, text: B, why: W}\n      - {id: c",
        ["14:5: 1 option is correct; a multiple question has at least two"],
        id="multiple with one",
    ),
    pytest.param(
        "[{id: a, text: A, why: W, correct: true}, {id: b, text: B, why: W}]",
        "[{id: a, text: A, why: ' ', correct: true}, {id: b, text: B}]",
        [
            "6:37: `why` is empty; it must be text that says something",
            "6:58: `why` is missing; add it here, it must be text",
        ],
        id="no why",
    ),
    pytest.param(
        "{id: y, text: Y, why: W}",
        "{id: x, text: Y, why: W}",
        ["24:5: the id 'x' stands 2 times in `items`; choose another"],
        id="the same id in one question",
    ),
    pytest.param(
        "decoys: [{id: r",
        "decoys: [{id: q",
        ["32:5: the id 'q' stands 2 times in `decoys`; choose another"],
        id="a decoy with a pair's id",
    ),
    pytest.param(
        "    accepts: [a]\n", "", ["3:5: `accepts` is empty; list answers that must be graded right"], id="no accepts"
    ),
    pytest.param(
        "rejects: [b]",
        "rejects: []",
        ["10:5: `rejects` is empty; list answers that must be graded wrong"],
        id="no rejects",
    ),
    pytest.param(
        "id: word",
        "id: one",
        ["46:9: the question id 'one' is taken in q.yaml:3:9; choose another"],
        id="a question's id twice",
    ),
    pytest.param(
        "kind: numeric", "kind: number", ["37:11: `kind` is the text 'number'; did you mean numeric?"], id="kind"
    ),
    pytest.param("    value: 5\n", "", ["36:5: `value` is missing; add it here, it must be a number"], id="no value"),
    pytest.param(
        'accepts: ["5"]',
        "accepts: [5]",
        ["44:15: item 1 is the number 5; it must be text, so put it in quotes"],
        id="an answer is text",
    ),
    pytest.param("tolerance: 0.1", "tolerance: -1", ["40:5: `tolerance` must be at least 0"], id="tolerance"),
    pytest.param(
        "answers: [Canary]", "answers: []", ["49:5: `answers` is empty; give the word that is right"], id="no answer"
    ),
    pytest.param(
        "revision: 2",
        "revision: 0",
        ["52:5: `revision` must be at least 1; it goes up when the meaning changes"],
        id="revision",
    ),
    pytest.param(
        "hints: [H]",
        "hints: ['']",
        ["51:5: a hint is empty; say something that helps, or leave it out"],
        id="empty hint",
    ),
    pytest.param(
        "items: [{id: x, text: X, why: W}, ",
        "items: [",
        ["24:5: `items` needs at least two entries"],
        id="nothing to order",
    ),
    pytest.param("format: 1", "format: 2", ["1:9: `format` is the number 2; it must be 1"], id="format"),
]


@pytest.mark.parametrize(("old", "new", "complaints"), WRONG)
def test_what_cannot_be_answered_is_refused(old, new, complaints):
    """Every rule of the format, at the key that breaks it."""
    assert ALL_KINDS.count(old) == 1
    assert said(ALL_KINDS.replace(old, new)) == complaints


def test_one_mistake_hides_no_other():
    """A question that cannot be read does not keep the others from being checked."""
    text = ALL_KINDS.replace("kind: single", "kind: sngle").replace("answers: [Canary]", "answers: []")

    assert [complaint.split(":")[0] for complaint in said(text)] == ["4", "49"]


CONCEPTS = """\
format: 1
questions:
  - id: why
    kind: short-text
    stem: Why?
    answers: [It rolls back.]
    concepts: [{id: back, any: [roll back], say: Where to?}]
    wrong: [{id: waits, any: [wait], say: It does not.}]
    hints: [H]
    explain: E
    accepts: [It rolls back.]
    rejects: [It waits.]
"""


@pytest.mark.parametrize(
    ("old", "new", "complaints"),
    [
        (
            "concepts: [{id: back, any: [roll back], say: Where to?}]",
            "concepts: []",
            ["8:5: wrong claims are looked for only where there are `concepts`; add them, or use `slips`"],
        ),
        ("any: [wait]", "any: []", ["8:5: `any` of 'waits' is empty; list the phrases that say it"]),
        ("id: waits", "id: back", ["7:5: the id 'back' stands 2 times in `concepts`; choose another"]),
        ("any: [roll back]", "any: roll back", ["7:32: `any` is the text 'roll back'; it must be a list"]),
        (", say: Where to?", "", ["7:16: `say` is missing; add it here, it must be text"]),
    ],
)
def test_concepts_say_something_and_what_is_missing(old, new, complaints):
    """A list that can say nothing would make every answer wrong."""
    assert said(CONCEPTS.replace(old, new)) == complaints
