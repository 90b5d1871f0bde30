"""What a learner should do next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.folds.advancing import progress
from course.tui.home.overview import Offer, overview
from course.tui.home.resume import what_next
from course.tui.places import GlossaryPlace, LabPlace, LessonPlace, PlaygroundPlace, place_named
from tests.course.tui.fakes import LAB, OUTLINE, event

STEPPED = event("lesson-step", "canary", step=3, of=9, revision=1)
THIRD = LessonPlace("canary", 3)
FINISHED = event("lesson-finished", "canary")
DRAFTED = event("plan-saved", LAB, text="UpdateEndpoint: {}")
PASSED = event("lab-graded", LAB, passed=True, score=88.0, text="")
VISITED, LEFT = event("visited", "playground"), event("visited", "playground", left=True)
LINEAR_FINISHED = event("lesson-finished", "linear")


@pytest.mark.parametrize(
    ("events", "verb", "place"),
    [
        pytest.param((), "Start", LessonPlace("canary"), id="nothing done yet"),
        pytest.param((STEPPED,), "Continue", LessonPlace("canary", 3), id="in the middle of a lesson"),
        pytest.param((STEPPED, FINISHED), "Next", LabPlace(LAB), id="lesson done, lab open"),
        pytest.param((STEPPED, FINISHED, DRAFTED), "Continue", LabPlace(LAB), id="in the middle of a lab"),
        pytest.param((STEPPED, DRAFTED), "Continue", LabPlace(LAB), id="the lab was visited last"),
        pytest.param((DRAFTED, STEPPED), "Continue", LessonPlace("canary", 3), id="the lesson was last"),
        pytest.param((STEPPED, FINISHED, PASSED), "Next", LessonPlace("linear"), id="all of it done"),
        pytest.param(
            (STEPPED, FINISHED, PASSED, LINEAR_FINISHED), "Again", LessonPlace("canary"), id="everything done"
        ),
        pytest.param((event("lesson-step", "gone", step=1, of=2),), "Next", LessonPlace("canary"), id="lesson is gone"),
    ],
)
def test_the_next_thing(events, verb, place):
    """What was begun last comes first, then whatever is open, in the course's order."""
    following = what_next(OUTLINE, progress(events))

    assert following is not None
    assert (following.verb, following.place) == (verb, place)


@pytest.mark.parametrize(
    ("events", "places"),
    [
        pytest.param((STEPPED, VISITED), [PlaygroundPlace(), THIRD], id="in the playground"),
        pytest.param((STEPPED, VISITED, LEFT), [THIRD], id="back from the playground"),
        pytest.param((VISITED, STEPPED), [THIRD], id="on in a lesson, in another window"),
        pytest.param((STEPPED, event("visited", "gone")), [THIRD], id="a place of another version"),
    ],
)
def test_the_playground_is_a_place_to_go_on(events, places):
    """Whoever left the program there finds it on top, and the lesson below."""
    offers = [line for line in overview(OUTLINE, progress(events)) if isinstance(line, Offer)]

    assert [offer.place for offer in offers][: len(places)] == places


def test_the_time_left_shrinks_with_the_steps():
    """At step 4 of 9, two thirds of fifteen minutes are left."""
    following = what_next(OUTLINE, progress([STEPPED]))

    assert following is not None
    assert following.note == "step 4 of 9 · about 10 min"


def test_a_course_without_lessons_offers_nothing():
    """An outline of parts alone has no next thing."""
    empty = tuple(replace(part, topics=()) for part in OUTLINE.parts)

    assert what_next(replace(OUTLINE, parts=empty), progress([STEPPED])) is None


EVENTS = st.lists(
    st.sampled_from([STEPPED, FINISHED, DRAFTED, PASSED, LINEAR_FINISHED])
    | st.builds(lambda step: event("lesson-step", "linear", step=step, of=2), st.integers(-1, 5))
)


@given(EVENTS)
def test_there_is_always_something_to_do_that_exists(events):
    """No history leads to nowhere."""
    following = what_next(OUTLINE, progress(events))

    assert following is not None
    name = following.place.lab if isinstance(following.place, LabPlace) else following.place.lesson
    assert place_named(OUTLINE, name) is not None


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("canary", LessonPlace("canary")),
        (LAB, LabPlace(LAB)),
        ("glossary", GlossaryPlace()),
        ("playground", PlaygroundPlace()),
        pytest.param("rolling", None, id="no lesson of this course"),
        pytest.param("nonsense", None, id="unknown"),
    ],
)
def test_places_have_names(name, place):
    """Lessons and labs go by their ids on the command line."""
    assert place_named(OUTLINE, name) == place
