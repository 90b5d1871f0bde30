"""A report on a question: what is written is read back, and whatever else is read is refused with a sentence."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.question_reports import LARGEST, NotAReport, QuestionReport, answer_of, read, told, written

ANSWERS = st.none() | st.text() | st.lists(st.text()).map(tuple) | st.dictionaries(st.text(), st.text())
REPORT = QuestionReport(
    question="which-fleet",
    revision=2,
    seed=7,
    answer=("a", "c"),
    correct=False,
    remark="Both are right.",
    pack="small",
    version="0.1.0",
    at="2026-11-27T10:00:00+00:00",
)


@given(answer=ANSWERS, remark=st.text(max_size=100), seed=st.integers(0, 2**32 - 1), correct=st.none() | st.booleans())
def test_what_is_written_is_read_back(answer, remark, seed, correct):
    """Answers of every kind, and any text."""
    report = QuestionReport(**asdict(REPORT) | {"answer": answer, "remark": remark, "seed": seed, "correct": correct})
    raw = written(report).encode()

    assert len(raw) > LARGEST or read(raw) == report


@given(
    st.binary()
    | st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(
        lambda v: json.dumps(v).encode()
    )
)
def test_nothing_else_raises_anything_else(raw):
    """A hostile file is told in a sentence."""
    with pytest.raises(NotAReport):
        read(raw)


def changed(**values) -> bytes:
    """A report with something else in it."""
    return json.dumps(json.loads(written(REPORT)) | values).encode()


WRONG = [
    pytest.param(written(REPORT).encode()[:-20], "only half of it has arrived", id="half a file"),
    pytest.param(b"[" * 50_000, "it is no JSON", id="deep"),
    pytest.param(b" " * (LARGEST + 1), "which no report does", id="large"),
    pytest.param(b"\xff\xfe", "it is no JSON in UTF-8", id="no text"),
    pytest.param(changed(format=2), "a newer program", id="a newer one"),
    pytest.param(changed(program="mlcourse history"), "no report of mlcourse", id="another file of ours"),
    pytest.param(changed(question=5), "`question` is no text", id="no id"),
    pytest.param(changed(remark="x" * 3000), "`remark` is no text of at most 2000", id="a long remark"),
    pytest.param(changed(seed=-1), "`seed` is no whole number", id="a seed below 0"),
    pytest.param(changed(seed=True), "`seed` is no whole number", id="a seed that is none"),
    pytest.param(changed(answer=5), "`answer` is none", id="no answer"),
    pytest.param(changed(correct="yes"), "`answer` is none", id="no verdict"),
    pytest.param(changed(at="soon"), "`at` is no moment", id="no moment"),
]


@pytest.mark.parametrize(("raw", "said"), WRONG)
def test_each_mistake_is_told(raw, said):
    """What is the matter with the file."""
    with pytest.raises(NotAReport, match=said):
        read(raw)


def test_a_report_is_told_on_one_line():
    """Nothing in it reaches a terminal as a command."""
    report = QuestionReport(**asdict(REPORT) | {"remark": "a\x1b[2J\nb", "answer": "\x07" + "x" * 500})

    assert told(report) == ("2026-11-27, revision 2, seed 7, answered \\x07" + "x" * 79 + '…: "a\\x1b[2J\\nb"')
    assert answer_of(5) is None
