"""A lesson's Markdown becomes pages, questions and labs; what does not belong there is refused at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.files.lesson_text import read_lesson_text
from course.content.files.markdown import markdown_problems, without_code
from course.content.yaml.errors import ContentError
from course.syllabus import Checkpoint, Plot, Practice, Prose, Reading
from engine.deciders.argo_rollouts import ArgoRollouts
from engine.deciders.cloudwatch import CloudWatch
from engine.deciders.flagger import Flagger
from quiz.deciders import Deciders
from quiz.questions import ShortText

QUESTIONS = {id: ShortText(id=id, stem="?", explain="!", answers=("x",)) for id in ("which", "why")}
LABS = {"update": "An update"}
STEPS = "\n{question: which}\n{question: why}\n{lab: update}\n"
PLOT = """\
## Page

```plot
title: Traffic
x: minutes
y: share
series: {blue: [[0, 1], [5, 0]]}
```
"""
DECIDERS = """\
## Page

```deciders
title: One row
row: 0 X - X
argo_rollouts: {failure_limit: 1}
flagger: {threshold: 2}
cloudwatch: {evaluation_periods: 3, datapoints_to_alarm: 2}
```
"""


def read(text: str):
    return read_lesson_text(text, Path("lesson.md"), QUESTIONS, LABS)


def said(text: str) -> list[str]:
    """What is wrong with the text of a lesson."""
    with pytest.raises(ContentError) as caught:
        read(text)
    return [str(problem).removeprefix("lesson.md:") for problem in caught.value.problems]


def test_headings_begin_pages_and_lines_place_questions_and_labs():
    """A page, a question, a page with a plot between prose, a question, a lab."""
    text = "## One\n\nProse.\n\n{question: which}\n\n" + PLOT + "After.\n\n  { question : why }\n{lab: update}\n"
    plot = Plot(title="Traffic", x="minutes", y="share", series={"blue": ((0.0, 1.0), (5.0, 0.0))})

    assert read(text) == (
        Reading(title="One", blocks=(Prose(markdown="Prose."),)),
        Checkpoint(question=QUESTIONS["which"]),
        Reading(title="Page", blocks=(plot, Prose(markdown="After."))),
        Checkpoint(question=QUESTIONS["why"]),
        Practice(lab="update", title="An update"),
    )


def test_a_fence_of_deciders_is_a_block_of_its_own():
    """Between prose, as a plot is."""
    deciders = Deciders(
        title="One row",
        row="0 X - X",
        argo_rollouts=ArgoRollouts(failure_limit=1),
        flagger=Flagger(threshold=2),
        cloudwatch=CloudWatch(evaluation_periods=3, datapoints_to_alarm=2),
    )

    assert read(DECIDERS + "After." + STEPS)[0] == Reading(title="Page", blocks=(deciders, Prose(markdown="After.")))


def test_code_fences_are_left_as_they_stand():
    """Headings, steps and HTML inside a fence are text to show."""
    fence = "~~~yaml\n## no heading\n{question: which}\n<b>\n```\n~~~"
    steps = read(f"## One\n\n{fence}\n{STEPS}")

    assert steps[0] == Reading(title="One", blocks=(Prose(markdown=fence),))
    assert len(steps) == 4


def test_smaller_headings_are_part_of_the_page():
    """Only `##` begins a page."""
    [page, *_] = read("## One ##\n\n### Detail\n\nText.\n" + STEPS)

    assert page == Reading(title="One", blocks=(Prose(markdown="### Detail\n\nText."),))


WRONG = [
    pytest.param(
        "Text.\n\n## One\n\nText.\n" + STEPS,
        ["1:1: this text is on no page; begin one above it with `## Heading`"],
        id="text before the first heading",
    ),
    pytest.param(
        "## One\n\nText.\n" + STEPS + "More.\n",
        ["8:1: this text is on no page; begin one above it with `## Heading`"],
        id="text after a step",
    ),
    pytest.param(
        "# One\n\nText.\n" + STEPS,
        ["1:1: a page begins with two signs: `## Heading`; the title stands in lesson.yaml"],
        id="one sign",
    ),
    pytest.param(
        "## One\n## Two\n\nText.\n" + STEPS,
        ["1:1: this page is empty; write it, or remove its heading"],
        id="empty page",
    ),
    pytest.param("##  \nText.\n" + STEPS, ["1:1: this heading is empty; give the page a title"], id="empty heading"),
    pytest.param(
        "## One\n\nText.\n{question: whihc}\n" + STEPS,
        ["4:1: there is no question 'whihc' in this lesson; did you mean which?"],
        id="unknown question",
    ),
    pytest.param(
        "## One\n\nText.\n{lab: which}\n" + STEPS,
        ["4:1: there is no lab 'which' in this lesson; known here: update"],
        id="a question is no lab",
    ),
    pytest.param(
        "## One\n\nText.\n{questoin: which}\n" + STEPS,
        ["4:1: 'questoin' is no kind of step; did you mean question?"],
        id="unknown step",
    ),
    pytest.param(
        "## One\n\nText.\n{question: which}\n" + STEPS,
        ["6:1: question which was placed in line 4 already; place it once"],
        id="placed twice",
    ),
    pytest.param(
        "## One\n\nText.\n{question: why}\n",
        [
            "1:1: question which is placed nowhere; add a line {question: which}",
            "1:1: lab update is placed nowhere; add a line {lab: update}",
        ],
        id="placed nowhere",
    ),
    pytest.param(
        "## One\n\nA <b>bold</b> word.\n" + STEPS,
        [
            "3:3: HTML is not shown; put it in backticks, or write Markdown",
            "3:10: HTML is not shown; put it in backticks, or write Markdown",
        ],
        id="HTML",
    ),
    pytest.param(
        "## One\n\n<!-- note -->\n" + STEPS,
        ["3:1: HTML is not shown; put it in backticks, or write Markdown"],
        id="HTML comment",
    ),
    pytest.param(
        "## One\n\nA [link](file:///etc/passwd).\n" + STEPS,
        ["3:8: a link may only lead to https://; write the address out"],
        id="link to a file",
    ),
    pytest.param(
        "## One\n\n[x]: javascript:alert(1)\n" + STEPS,
        ["3:1: a link may only lead to https://; write the address out"],
        id="link definition",
    ),
    pytest.param(
        "## One\n\n![x](https://example.com/x.png)\n" + STEPS,
        ["3:1: pictures cannot be shown; draw with a `plot` or a `text` fence"],
        id="picture",
    ),
    pytest.param(
        "## One\n\nRed \x1b[31m.\n" + STEPS,
        ["3:5: the invisible character U+001B is not allowed; remove it"],
        id="terminal escape",
    ),
    pytest.param("## One\n\n\udce9\n" + STEPS, ["3:1: byte E9 is not UTF-8; save the file as UTF-8"], id="not UTF-8"),
    pytest.param(
        "## One\n" + STEPS + "\n```text\nx\n",
        [
            "1:1: this page is empty; write it, or remove its heading",
            "7:1: this fence is never closed; end it with the same signs on a line of their own",
            "7:1: this text is on no page; begin one above it with `## Heading`",
        ],
        id="open fence",
    ),
    pytest.param(
        "## One\n\n```text\n" + "-" * 77 + "\n```\n" + STEPS,
        ["4:77: the diagram is 77 columns wide; draw it within 76"],
        id="wide diagram",
    ),
    pytest.param(
        "## One\n\n```text A line.\n" + "-" * 77 + "\n```\n" + STEPS,
        ["4:77: the diagram is 77 columns wide; draw it within 76"],
        id="wide diagram with a description",
    ),
    pytest.param(
        PLOT.replace("x: min", "w: min") + STEPS,
        [
            "4:1: `x` is missing; add it here, it must be text",
            "5:1: unknown key 'w'; known here: title, x, y, series, steps",
        ],
        id="plot with a wrong key",
    ),
    pytest.param(
        PLOT.replace("[5, 0]", "[5, a]") + STEPS,
        ["7:29: item 2 is the text 'a'; it must be a number"],
        id="plot with a wrong point",
    ),
    pytest.param(
        PLOT.replace("[5, 0]", "[-5, 0]") + STEPS,
        ["7:16: line 'blue' goes back; sort its points by their first number"],
        id="plot that goes back",
    ),
    pytest.param(
        PLOT.replace(", [5, 0]", "") + STEPS, ["7:16: line 'blue' needs at least two points"], id="plot with one point"
    ),
    pytest.param(
        PLOT.replace("{blue: [[0, 1], [5, 0]]}", "{}") + STEPS,
        ["7:1: `series` holds no line; give at least one"],
        id="plot without a line",
    ),
    pytest.param(
        PLOT.replace("[5, 0]", "[5, .inf]") + STEPS,
        ["7:29: .inf is no number that can be used; give a finite one"],
        id="plot with infinity",
    ),
    pytest.param(
        DECIDERS.replace("flagger", "flager") + STEPS,
        [
            "4:1: `flagger` is missing; add it here, it must be a mapping",
            "7:1: unknown key 'flager'; did you mean flagger?",
        ],
        id="deciders with a wrong key",
    ),
    pytest.param(
        DECIDERS.replace("0 X -", "0 Y -") + STEPS,
        ["5:6: `row` 'Y' in '0 Y - X': write 0 for good, X for breaching, - for missing"],
        id="deciders with a wrong point",
    ),
    pytest.param(
        DECIDERS.replace("datapoints_to_alarm: 2", "datapoints_to_alarm: 4") + STEPS,
        ["8:58: `datapoints_to_alarm` must be at most evaluation_periods, 3, got 4"],
        id="deciders with more bad points than periods",
    ),
    pytest.param(
        "## One\n\n```plot\n```\n" + STEPS,
        ["4:1: there is nothing here; write the first key"],
        id="empty plot",
    ),
    pytest.param(
        "",
        [
            "1:1: question which is placed nowhere; add a line {question: which}",
            "1:1: question why is placed nowhere; add a line {question: why}",
            "1:1: lab update is placed nowhere; add a line {lab: update}",
            "1:1: there is no page; begin one with `## Heading`",
        ],
        id="empty",
    ),
]


@pytest.mark.parametrize(("text", "complaints"), WRONG)
def test_mistakes_have_their_lines(text, complaints):
    """All of them at once, in the order of their lines."""
    assert said(text) == complaints


INERT = [
    pytest.param("`<b>` and ``<i> ` <u>`` are code", id="code spans"),
    pytest.param("1 < 2 and a <- b", id="signs"),
    pytest.param(r"\<b> is escaped", id="escaped"),
    pytest.param("<https://example.com/>", id="a bare address"),
    pytest.param("[a](https://example.com/) and [b](<http://example.com>)", id="links to the web"),
    pytest.param("[bold]markup[/bold] [@click=app.quit]x[/]", id="the terminal's own markup is never read"),
    pytest.param("Stop! [1]", id="an exclamation mark"),
    pytest.param("| a | b |\n|---|---|\n| 1 | `<name>` |", id="a table"),
]


@pytest.mark.parametrize("text", INERT)
def test_harmless_text_is_left_alone(text):
    """What no screen would act on may be written."""
    assert list(markdown_problems(Path("x.md"), text)) == []


def test_code_spans_are_blanked_in_place():
    """Columns after a code span stay where they were, and an open backtick hides nothing."""
    assert without_code("a `b` c ``d ` e`` f ` <b>") == "a     c           f ` <b>"


PIECES = ["## A\n", "text\n", "```plot\n", "```\n", "~~~\n", "{question: which}\n", "{lab: x}\n", "a: 1\n", "`", "<b>"]
PIECES += ["\n", "# \n", "![", "](x)", "\x1b", "    ", "title: &x\n", "series: {a: [[0, 1], [1, 2]]}\n"]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(st.one_of(st.text(max_size=200), MARKDOWN))
def test_no_text_raises_anything_else(text):
    """Whatever a lesson holds, it is read or refused with a ContentError."""
    try:
        steps = read(text)
    except ContentError as error:
        assert error.problems
    else:
        assert {type(step) for step in steps} >= {Checkpoint, Practice}
