"""Histories to learn from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import strategies as st

from course.history import Event
from course.syllabus import QuestionCard

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def did(kind, subject, days=0.0, **data):
    """An event, so many days after a certain noon."""
    return Event(NOON + timedelta(days=days), kind, subject, data)


def answered(question, days=0.0, *, correct=True, lesson="canary", **data):
    """An answer."""
    return did("answered", question, days, correct=correct, lesson=lesson, **data)


def card(id, lesson="canary", kind="single", objectives=None, level=None):
    """A question as a list of them has it."""
    return QuestionCard(
        id=id, lesson=lesson, kind=kind, objectives=objectives or {}, level=level, computed=False, revision=1
    )


def simulated(skills, seed, days=1.0):
    """Return the first answers of a learner of known skill by lesson, in random order, so many days in all."""
    random = Random(seed)
    asked = [(lesson, n) for lesson, (_, questions) in skills.items() for n in range(questions)]
    random.shuffle(asked)
    for place, (lesson, n) in enumerate(asked):
        right = random.random() < skills[lesson][0]
        yield answered(f"{lesson}-{n}", place * days / len(asked), correct=right, lesson=lesson)


_JUNK = st.none() | st.booleans() | st.integers(-2, 3) | st.floats() | st.text(max_size=3) | st.just([]) | st.just({})
_DATA = st.fixed_dictionaries(
    {},
    optional={
        "correct": st.booleans() | _JUNK,
        "lesson": st.sampled_from(["l", "m", ""]) | _JUNK,
        "session": st.sampled_from(["s", "t"]) | _JUNK,
        "quiz": st.sampled_from(["l", "m"]) | _JUNK,
        "tries": st.integers(0, 2) | _JUNK,
        "hints": st.integers(0, 2) | _JUNK,
        "confidence": st.sampled_from(["guess", "sure"]) | _JUNK,
        "rating": st.sampled_from(["again", "hard", "good"]) | _JUNK,
        "goals": st.dictionaries(st.sampled_from(["g", "h", ""]), st.booleans() | _JUNK, max_size=2) | _JUNK,
        "items": st.lists(st.sampled_from(["question:a", "question:b", "term:a", "poem:a"]), max_size=3) | _JUNK,
        "questions": st.lists(st.sampled_from(["a", "b"]) | _JUNK, max_size=3) | _JUNK,
        "title": st.text(max_size=2) | _JUNK,
        "step": st.integers(0, 3) | _JUNK,
    },
)
_KINDS = st.sampled_from(
    [
        *("answered", "answered", "answered", "recalled", "lab-graded", "reset", "practice-begun", "practice-step"),
        *("quiz-begun", "quiz-step", "lesson-step", "preferred", "poem"),
    ]
)
_SUBJECTS = st.sampled_from(["a", "b", "l", "s", "", "question:a", "lesson:l", "lab:a", "all", "term:a", "poem:b"])
_TIMES = st.floats(0, 40).map(lambda days: NOON + timedelta(days=days)) | st.datetimes(timezones=st.just(UTC))
HISTORIES = st.lists(st.builds(Event, _TIMES, _KINDS, _SUBJECTS, _DATA), max_size=12)
"""Whatever a newer program, an older one or a hand may have written."""
