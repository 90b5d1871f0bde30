"""Progress as it follows from the history."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import reduce
from types import MappingProxyType
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.folds.advancing import continued, progress
from course.history import Event, EventKind
from course.progress import LabProgress, LessonProgress, Place, Progress, QuestionProgress, as_json, resume

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NESTED = [[], {}, [1, "a", None, True], {"a": {"b": [0.5]}, "": []}, [float("nan")], {"a": float("inf")}]
JUNK = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(NESTED)
KEYS = ["step", "of", "revision", "answer", "correct", "text", "score", "passed"]
DATA = st.dictionaries(st.sampled_from(KEYS), st.integers(-2, 9) | JUNK)
KINDS = st.sampled_from(get_args(EventKind)) | st.text(max_size=5)
EVENTS = st.lists(st.builds(Event, st.just(NOON), KINDS, st.sampled_from(["a", "b", ""]), DATA))


def did(kind, subject="canary", **data):
    """An event at noon."""
    return Event(NOON, kind, subject, data)


@given(EVENTS)
def test_a_fold_of_steps(events):
    """Progress is what comes of one step per event."""
    assert repr(progress(events)) == repr(reduce(lambda before, event: continued(before, (event,)), events, Progress()))


@given(EVENTS, st.integers(0, 20))
def test_cutting_the_history_changes_nothing(events, cut):
    """Folding in two pieces is folding at once."""
    assert repr(continued(progress(events[:cut]), events[cut:])) == repr(progress(events))


@given(EVENTS)
def test_a_step_leaves_what_was_alone(events):
    """Advancing builds a new value; the one before is as it was."""
    before = progress(events)
    described = repr(before)
    continued(before, [did("answered", "new"), did("lesson-step", "new"), did("plan-saved", "new", text="new")])

    assert repr(before) == described


@given(EVENTS)
def test_what_was_done_stays_done(events):
    """One more event never takes away attempts, runs, best scores, passes and finished lessons."""
    before, after = progress(events[:-1]), progress(events)

    for id, lesson in before.lessons.items():
        assert after.lessons[id].finished >= lesson.finished
    for id, question in before.questions.items():
        assert after.questions[id].attempts >= question.attempts
        assert after.questions[id].correct >= question.correct
    for id, lab in before.labs.items():
        then = after.labs[id]
        assert (then.attempts, then.runs) >= (lab.attempts, lab.runs)
        assert then.best_score >= lab.best_score
        assert then.passed >= lab.passed


@given(EVENTS)
def test_every_place_is_there(events):
    """A step lies within its lesson, never beyond the furthest, and the last place can be returned to."""
    folded = progress(events)

    for lesson in folded.lessons.values():
        assert 0 <= lesson.step <= lesson.furthest
        assert lesson.furthest < lesson.of or lesson.of == 0
    place = resume(folded)
    known = {"lesson": folded.lessons, "lab": folded.labs, "aside": (folded.aside,)}

    assert place is None or place.subject in known[place.kind]


@given(EVENTS)
def test_a_draft_is_the_plan_last_saved(events):
    """Runs and grades leave the draft alone."""
    drafts = {}
    for event in events:
        if event.kind == "plan-saved" and isinstance(event.data.get("text"), str):
            drafts[event.subject] = event.data["text"]

    assert {id: lab.draft for id, lab in progress(events).labs.items() if lab.draft or id in drafts} == drafts


@given(EVENTS)
def test_the_json_view_is_json(events):
    """Any progress can be written as strict JSON and read back as the same."""
    view = as_json(progress(events))

    assert json.loads(json.dumps(view, allow_nan=False)) == view


def test_a_lesson():
    """The step is the last one, the furthest stays, and finishing is for good."""
    history = [
        did("lesson-step", step=0, of=9, revision=1),
        did("lesson-step", step=5, of=9, revision=1),
        did("lesson-finished"),
        did("lesson-step", step=2, of=9, revision=1),
    ]

    assert progress(history).lessons == {
        "canary": LessonProgress(step=2, furthest=5, of=9, revision=1, finished=True, seen=(0, 2, 5))
    }


def test_what_has_got_a_higher_revision_begins_anew():
    """From the first event that names it; a lower one, or none, changes nothing. A draft is the learner's own work."""
    begun = [
        did("lesson-step", step=5, of=9, revision=1),
        did("lesson-finished"),
        did("answered", "q", correct=True, revision=1),
        did("predicted", "p", said={"ending": "promoted"}, revision=1),
        did("plan-saved", "l", text="draft"),
        did("lab-graded", "l", passed=True, score=90, text="plan", revision=1),
        did("incident-graded", "i", passed=True, revision=1),
    ]
    raised = [
        did("lesson-step", step=2, of=9, revision=2),
        did("answered", "q", correct=False, revision=2),
        did("predicted", "p", said={"ending": "rolled-back"}, revision=2),
        did("lab-graded", "l", passed=False, score=10, text="plan", revision=2),
        did("incident-graded", "i", passed=False, revision=2),
    ]
    after = progress([*begun, *raised])

    assert after.lessons == {"canary": LessonProgress(step=2, furthest=2, of=9, revision=2, seen=(2,))}
    assert (after.questions["q"].attempts, after.questions["q"].correct) == (1, 0)
    assert (after.predictions["p"].attempts, after.predictions["p"].said) == (1, {"ending": "rolled-back"})
    lab = after.labs["l"]
    assert (lab.attempts, lab.passed, lab.best_score, lab.draft) == (1, False, 10, "draft")
    assert (after.incidents["i"].attempts, after.incidents["i"].passed) == (1, False)
    for lower in (0, 1):
        again = progress([*begun, *raised, did("answered", "q", correct=True, revision=lower)])
        assert (again.questions["q"].attempts, again.questions["q"].correct) == (2, 1)


def test_a_lesson_that_became_shorter():
    """After an edit the steps are clamped to those that are there, and what was finished stays finished."""
    history = [
        did("lesson-step", step=8, of=9, revision=1),
        did("lesson-finished"),
        did("lesson-step", step=7, of=5),
    ]

    assert progress(history).lessons["canary"] == LessonProgress(
        step=4, furthest=4, of=5, revision=1, finished=True, seen=()
    )


@pytest.mark.parametrize(
    ("steps", "step", "furthest"),
    [
        pytest.param(9, 5, 7, id="as it was"),
        pytest.param(12, 5, 7, id="longer now"),
        pytest.param(7, 5, 6, id="shorter now"),
        pytest.param(3, 2, 2, id="much shorter"),
        pytest.param(0, 0, 0, id="empty"),
    ],
)
def test_a_lesson_as_it_is_now(steps, step, furthest):
    """Progress made in another edition fits the lesson that is open."""
    now = LessonProgress(step=5, furthest=7, of=9, finished=True).within(steps)

    assert now == LessonProgress(step=step, furthest=furthest, of=steps, finished=True)


def test_a_question():
    """Every answer counts, and the last one is remembered."""
    history = [
        did("answered", "q", answer="b", correct=False),
        did("answered", "q", answer="a", correct=True),
        did("answered", "q", answer=["c"], correct=False, seed=2, tries=1),
    ]

    assert progress(history).questions == {
        "q": QuestionProgress(attempts=3, correct=1, last_correct=False, last_answer=["c"], last_seed=2, last_tries=1)
    }


def test_a_lab():
    """The best plan is the first of the highest score; runs are no attempts; passed once is passed."""
    history = [
        did("lab-run", "l", release="broken", seed=1),
        did("plan-saved", "l", text="first"),
        did("lab-graded", "l", score=50, passed=False, text="half"),
        did("lab-graded", "l", score=100.0, passed=True, text="whole"),
        did("lab-graded", "l", score=100, passed=True, text="again"),
        did("lab-graded", "l", score=20, passed=False, text="worse"),
        did("plan-saved", "l", text="last"),
    ]

    assert progress(history).labs == {
        "l": LabProgress(attempts=4, runs=1, best_score=100.0, best_text="whole", passed=True, draft="last")
    }


def test_a_draft_without_a_text():
    """An event that lacks its text loses no draft."""
    history = [did("plan-saved", "l", text="mine"), did("plan-saved", "l"), did("plan-saved", "l", text=7)]

    assert progress(history).labs["l"].draft == "mine"


def test_a_first_attempt_of_no_points_is_the_best_so_far():
    """Even a plan that earned nothing is kept."""
    assert progress([did("lab-graded", "l", score=0, text="mine")]).labs["l"].best_text == "mine"


@pytest.mark.parametrize(
    ("score", "kept"),
    [
        pytest.param(float("nan"), 0.0, id="NaN"),
        pytest.param(float("inf"), 0.0, id="infinity"),
        pytest.param(10**400, 100.0, id="more than a float holds"),
        pytest.param(-1, 0.0, id="negative"),
        pytest.param(True, 0.0, id="a boolean"),
        pytest.param("80", 0.0, id="a text"),
    ],
)
def test_a_score_that_is_none(score, kept):
    """A score outside 0 to 100 never spoils the best one."""
    assert progress([did("lab-graded", "l", score=score)]).labs["l"].best_score == kept


def test_unknown_kinds_are_ignored():
    """A history from a newer program is read as far as it is understood."""
    history = [did("lesson-step", step=1, of=3), did("reviewed", rating=3)]

    assert progress(history) == progress(history[:1])


@pytest.mark.parametrize(
    ("events", "place"),
    [
        pytest.param([], None, id="nothing yet"),
        pytest.param([did("answered")], None, id="no lesson and no lab"),
        pytest.param([did("visited", "p")], Place("aside", "p"), id="aside"),
        pytest.param([did("lab-run", "l"), did("visited", "p", left=True)], Place("lab", "l"), id="back again"),
        pytest.param([did("visited", "p"), did("lab-run", "l")], Place("lab", "l"), id="aside, then a lab"),
        pytest.param([did("lesson-step", step=3, of=9)], Place("lesson", "canary", 3), id="a lesson"),
        pytest.param([did("lesson-step", step=3, of=9), did("lab-run", "l")], Place("lab", "l"), id="then a lab"),
        pytest.param(
            [
                did("plan-saved", "l"),
                did("lesson-step", step=3, of=9),
                did("lesson-finished"),
                did("answered"),
            ],
            Place("lesson", "canary", 3),
            id="what happens inside a lesson leaves the place",
        ),
    ],
)
def test_resuming(events, place):
    """One returns to the lesson step or the lab that one was last at."""
    assert resume(progress(events)) == place


def test_the_json_view():
    """It has everything, with plain values."""
    history = [
        did("answered", "q", answer=MappingProxyType({"x": ("y",)}), correct=True),
        did("lesson-step", step=1, of=3, revision=1),
    ]

    assert as_json(progress(history)) == {
        "lessons": {
            "canary": {"step": 1, "furthest": 1, "of": 3, "revision": 1, "finished": False, "seen": [1], "marks": []}
        },
        "predictions": {},
        "questions": {
            "q": {
                "attempts": 1,
                "correct": 1,
                "last_correct": True,
                "last_answer": {"x": ["y"]},
                "last_seed": None,
                "last_tries": 0,
                "lesson": "",
                "revision": 0,
            }
        },
        "labs": {},
        "incidents": {},
        "last": {
            "at": "2026-11-22T12:00:00+00:00",
            "kind": "lesson-step",
            "subject": "canary",
            "data": {"step": 1, "of": 3, "revision": 1},
        },
        "aside": "",
    }


def test_an_event_has_a_zone():
    """A time without a zone is refused."""
    with pytest.raises(ValueError, match="timezone-aware"):
        Event(datetime(2026, 11, 22), "visited", "home")  # noqa: DTZ001 - it is what must be refused
