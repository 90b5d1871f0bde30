"""The study guide that the course grew from, line by line: each element is taught, asked and done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from course.content.pack import Pack
from course.content.yaml.reader import read_yaml
from course.syllabus import Reading

HERE = Path(__file__).parent
GUIDE = read_yaml((HERE / "guide.yaml").read_text(encoding="utf-8"), "guide.yaml").data
ELEMENTS = [(section, each) for section, elements in GUIDE.items() for each in elements]
SECTIONS = {
    "objectives": 5,
    "terms": 6,
    "big idea": 1,
    "concept box": 4,
    "outline": 8,
    "pictures": 2,
    "pairs": 3,
    "worked example": 6,
    "checkpoint questions": 5,
    "muddy points": 1,
}
"""How many elements each part of the guide has; of the worked example the scenario, four steps and the command."""


@pytest.fixture(scope="module")
def pack():
    """The course."""
    return Pack(HERE.parent / "lessons")


@pytest.fixture(scope="module")
def pages(pack):
    """The pages of each lesson, by title."""
    lessons = {id: pack.lesson(id) for id in pack.course.lessons}
    return {id: {step.title for step in lesson.steps if isinstance(step, Reading)} for id, lesson in lessons.items()}


@pytest.fixture(scope="module")
def questions(pack):
    """The ids of all questions, cases among them."""
    bank = [question for id in pack.course.lessons for question in pack.whole_lesson(id).bank]
    return {question.id for question in bank} | {question.case.id for question in bank if question.case}


@pytest.fixture(scope="module")
def exercises(pack):
    """The ids of all labs and incidents."""
    topics = pack.course.outline.topics
    return {id for topic in topics for id in (*topic.labs, *topic.incidents)}


def test_no_element_is_forgotten():
    """As many as the guide has, part by part, and none twice."""
    assert {section: len(elements) for section, elements in GUIDE.items()} == SECTIONS
    assert max(Counter((section, each["element"]) for section, each in ELEMENTS).values()) == 1


@pytest.mark.parametrize(
    ("section", "element"), ELEMENTS, ids=lambda value: value if isinstance(value, str) else value["element"]
)
def test_an_element_is_taught_asked_and_done(section, element, pages, questions, exercises):
    """On pages that there are, by questions that there are, in labs or incidents that there are."""
    taught = [(lesson, title) for lesson, titles in element["pages"].items() for title in titles]

    assert taught
    assert [(lesson, title) for lesson, title in taught if title not in pages[lesson]] == []
    assert set(element["questions"]) - questions == set() != set(element["questions"])
    assert set(element["labs"]) - exercises == set() != set(element["labs"])


def test_where_the_guide_is_wrong_the_course_says_so(pages):
    """On pages that there are."""
    said = [
        (lesson, title) for _, each in ELEMENTS for lesson, titles in each.get("mends", {}).items() for title in titles
    ]

    assert len(said) >= 6
    assert [(lesson, title) for lesson, title in said if title not in pages[lesson]] == []
