"""Pieces put into files by whoever wrote them, in whatever layout: nothing else changes, or there is a ValueError."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.making.comments import commented
from course.content.making.inserting import with_piece, with_step
from course.content.packs import built_in_pack
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml

PIECE = "  # what it is\n  - id: new\n    # why\n    text: |\n      two\n      lines\n"
NEW = {"id": "new", "text": "two\nlines\n"}
LINES = st.sampled_from(
    [
        "# a comment",
        "",
        "questions:",
        "questions: []",
        "questions: [{id: old}]",
        "questions: none",
        "  # inside",
        "  - {id: old}",
        "  - id: old",
        "    text: >-",
        "      folded",
        "    more: [1, 2]",
        "- id: flush",
        "    - id: deep",
        "format: 1",
    ]
)


def data_of(text: str):
    return read_yaml(text, "questions.yaml").data


@given(st.lists(LINES, max_size=8))
def test_one_item_more_and_nothing_else(lines: list[str]):
    """Whatever the file looks like: one item more at the end of the list and every line as it was, or it is refused."""
    text = "\n".join((*lines, ""))
    try:
        after = with_piece(text, "questions", PIECE)
    except (ValueError, ContentError):
        return
    before, found = data_of(text) or {}, data_of(after)

    assert found == {**before, "questions": [*(before.get("questions") or ()), NEW]}
    left = iter(after.split("\n"))
    assert all(line in left for line in lines if line and line != "questions: []")


@pytest.mark.parametrize(
    "text",
    [
        "format: 1\nquestions:\n  - id: old\n",
        "format: 1\nquestions:\n- id: old\n  text: at the edge\n# the end\n",
        "format: 1\nquestions:\n    - id: old\n      text: >-\n        deep\n\nmore: 1\n",
        "format: 1\nquestions: []\n",
        "format: 1\n",
    ],
)
def test_usual_layouts_are_not_refused(text: str):
    """Each way in which people write such a file."""
    assert data_of(with_piece(text, "questions", PIECE))["questions"][-1] == NEW


@pytest.mark.parametrize("text", ["- a\n", "questions: 3\n", "questions: [{id: a}]\n", "questions: {a: 1}\n"])
def test_what_is_no_such_list_is_refused(text: str):
    """Nobody can say what was meant."""
    with pytest.raises(ValueError, match="cannot be changed here"):
        with_piece(text, "questions", PIECE)


@pytest.mark.parametrize("text", ["", "no page yet\n", "## A page\n\n```text\nnever closed\n"])
def test_a_step_needs_a_page_to_stand_behind(text: str):
    """At the end of a text that has begun no page, or is in the middle of a drawing, it would be something else."""
    with pytest.raises(ValueError, match=r"page has begun|fence is open"):
        with_step(text, "lab", "own")


def test_every_exercise_of_the_course_can_be_commented():
    """The comments change nothing that the file says, and no line of it."""
    files = [*built_in_pack().glob("*/*/lab.yaml"), *built_in_pack().glob("*/*/incident.yaml")]
    assert len(files) > 25
    for file in files:
        text = file.read_text()
        after = commented(text, file.stem)
        left = iter(after.split("\n"))

        assert data_of(after) == data_of(text)
        assert all(line in left for line in text.split("\n")), Path(file)
        assert after.count("# ") >= text.count("# ") + 20, Path(file)
