"""What is mastered: a lesson when everything is right and passed, an objective by first answers."""

from __future__ import annotations

import pytest

from course.folds.advancing import progress
from course.learning.lessons import lesson_mastery
from course.learning.mastery import objectives
from course.learning.reviews import reviews_of
from course.outline import Topic
from tests.course.learning.histories import DAY, NOON, answered, card, did

PAGES = ("a", "b", "c")
LESSON = Topic(id="canary", title="Canary", questions=PAGES, labs={"lab": "A lab"}, incidents={"night": "A night"})
RIGHT = [answered(id) for id in PAGES]
PASSED = [did("lab-graded", "lab", passed=True), did("incident-graded", "night", passed=True)]
TO_THE_END = [did("lesson-step", "canary", step=8, of=9), did("lesson-finished", "canary")]


@pytest.mark.parametrize(
    ("history", "done", "note"),
    [
        pytest.param([], False, "0 of 3 right, lab open, incident open", id="nothing"),
        pytest.param(TO_THE_END, False, "0 of 3 right, lab open, incident open", id="jumped to the end"),
        pytest.param(RIGHT[:2], False, "2 of 3 right, lab open, incident open", id="begun"),
        pytest.param(RIGHT, False, "lab open, incident open", id="all right"),
        pytest.param([*RIGHT, PASSED[0]], False, "incident open", id="and the lab passed"),
        pytest.param(PASSED, False, "0 of 3 right", id="only passed"),
        pytest.param([*RIGHT, *PASSED], True, "", id="all"),
        pytest.param([*RIGHT, *PASSED, answered("a", correct=False)], False, "2 of 3 right", id="wrong at last"),
        pytest.param([answered("a", correct=False), *RIGHT, *PASSED], True, "", id="wrong at first"),
        pytest.param(
            [*RIGHT, *PASSED, did("lab-graded", "lab", passed=False)], True, "", id="a lab that is passed stays so"
        ),
        pytest.param(
            [*RIGHT, *PASSED, did("reset", "lesson:canary")], False, "0 of 3 right", id="reset but for its labs"
        ),
    ],
)
def test_a_lesson(history, done, note):
    """It says what is open."""
    found = lesson_mastery(LESSON, progress(history))

    assert (found.done, found.note) == (done, note)


def test_several_labs():
    """Those that are open are counted."""
    lesson = Topic(id="canary", title="Canary", labs={"lab": "", "other": "", "third": ""})

    assert lesson_mastery(lesson, progress([])).note == "3 of 3 labs open"
    assert lesson_mastery(lesson, progress(PASSED)).note == "2 of 3 labs open"


def test_what_asks_nothing_is_done_when_it_was_read():
    """A lesson without questions and labs has nothing else to go by."""
    lesson = Topic(id="canary", title="Canary")

    assert not lesson_mastery(lesson, progress(TO_THE_END[:1])).done
    assert lesson_mastery(lesson, progress(TO_THE_END)).done


@pytest.mark.parametrize("event", [TO_THE_END[0], RIGHT[0], PASSED[0], PASSED[1]], ids=lambda event: event.kind)
def test_begun(event):
    """Whatever of it was looked at."""
    assert lesson_mastery(LESSON, progress([event])).begun
    assert not lesson_mastery(LESSON, progress([])).begun


def test_objectives():
    """First answers count, whatever came later, in each objective that a question serves."""
    cards = [
        card("a", objectives={"mla": ("3.1", "3.3")}),
        card("b", objectives={"mla": ("3.3",), "own": ("1",)}),
        card("c", objectives={"mla": ("3.3",)}),
    ]
    history = [answered("a"), answered("b", correct=False), answered("b", 2)]
    found = objectives(cards, reviews_of(history), NOON)

    assert [(each.exam, each.objective, each.right, each.of, each.questions) for each in found] == [
        ("mla", "3.1", 1, 1, 1),
        ("mla", "3.3", 1, 2, 3),
        ("own", "1", 0, 1, 1),
    ]
    assert [each.estimate for each in found] == pytest.approx([2 / 3, 1 / 2, 1 / 3])
    assert found[0].low == pytest.approx(0.05**0.5)
    assert found[0].high == pytest.approx(0.95**0.5)


def test_what_is_forgotten_is_not_known():
    """The estimate falls with the probability of remembering, and comes back with a review."""
    cards = [card("a", objectives={"mla": ("3.1",)})]

    def estimate(history, days):
        [found] = objectives(cards, reviews_of(history), NOON + days * DAY)
        return found.estimate

    assert estimate([answered("a")], 0) > estimate([answered("a")], 10) > estimate([answered("a")], 100)
    assert estimate([answered("a"), answered("a", 100)], 100) == pytest.approx(2 / 3)
