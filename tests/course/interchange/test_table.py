"""The table for review: a row for each question, and no cell that does anything."""

from __future__ import annotations

import csv
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from course.characters import FORMULAS
from course.interchange.table import COLUMNS, write
from quiz.questions import ShortText, Single
from tests.course.interchange.given import QUESTIONS, entry


def rows(data):
    """Return the rows by the names of their columns."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_question_of_the_course_is_a_row(course):
    """With the lesson's title, its key and its reasons."""
    found = rows(write(course))

    assert [row["id"] for row in found] == [each.id for each in course]
    for row, each in zip(found, course, strict=True):
        assert set(row) == set(COLUMNS)
        assert row["lesson"] == each.origin.title
        assert row["kind"] == each.question.kind
        assert row["stem"].lstrip("'") == each.question.stem.strip()
        assert len(row["hints"].split("\n")) >= len(each.question.hints)
        if isinstance(each.question, Single):
            marked = [line for line in row["options"].split("\n") if line.startswith("[x] ")]
            assert marked == [f"[x] {option.text}" for option in each.question.options if option.correct]


@settings(max_examples=40)
@given(QUESTIONS)
def test_any_question_is_one_row(question):
    """Whatever signs stand in its texts."""
    [row] = rows(write([entry(question)]))

    assert row["id"] == question.id
    assert not any(cell.startswith(FORMULAS) for cell in row.values())


@given(st.sampled_from(["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://example.org")', "\t=1", "  =1"]))
def test_no_cell_is_a_formula(text):
    """An apostrophe makes it text."""
    [row] = rows(write([entry(ShortText(id="a", stem=text, explain=text, answers=(text,), hints=(text,)))]))

    assert all(row[name].startswith("'") for name in ("stem", "explanation", "key", "hints"))
