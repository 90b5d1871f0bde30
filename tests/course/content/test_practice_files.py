"""Questions that stand on no page: for practice, reviews and exams alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.packs import open_packs
from tests.course.content.conftest import QUESTIONS, Edit
from tests.course.content.test_pack import said


@pytest.fixture
def more(root: Path, edit: Edit) -> Path:
    """The small pack with one more question, in a file of its own."""
    edit("01-fleets/lesson.yaml", "questions: [questions.yaml]", "questions: [questions.yaml]\npractice: [more.yaml]")
    (root / "01-fleets" / "more.yaml").write_text(QUESTIONS.replace("which-fleet", "which-again"))
    return root


def test_they_belong_to_the_bank_and_to_no_page(more: Path):
    """The lesson asks what stands on its pages; its bank holds all."""
    lesson = Pack(more).whole_lesson("fleets")

    assert [question.id for question in lesson.questions] == ["which-fleet"]
    assert [question.id for question in lesson.bank] == ["which-fleet", "which-again"]


def test_the_course_knows_a_card_for_each(more: Path):
    """With the lesson and the kind, in learning order; the question itself is found by its id."""
    packs, problems = open_packs([more])

    assert not problems
    assert [(card.id, card.lesson, card.kind, card.level) for card in packs.question_cards()] == [
        ("which-fleet", "fleets", "single", None),
        ("which-again", "fleets", "single", None),
    ]
    assert packs.question("which-again").stem == "Which fleet is new?"
    with pytest.raises(KeyError):
        packs.question("which-never")


def test_an_id_is_used_once(more: Path):
    """Also between a page's questions and the others."""
    file = more / "01-fleets" / "more.yaml"
    file.write_text(file.read_text().replace("which-again", "which-fleet"))

    assert any("which-fleet" in problem for problem in said(lambda: Pack(more).whole_lesson("fleets")))


def test_its_key_is_proved_like_any_other(more: Path):
    """An answer that the file calls right and that is graded wrong is found."""
    file = more / "01-fleets" / "more.yaml"
    file.write_text(file.read_text().replace("accepts: [a]", "accepts: [b]"))

    assert any(
        "graded wrong" in str(problem) and "more.yaml" in str(problem)
        for problem in lint(Pack(more), lambda *_: iter(()))
    )
