"""The exams that go on, as the first screen knows them without the questions, agree with the sittings themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from course.folds.exams import OPEN_EXAMS
from course.history import Event
from course.learning.sittings import sittings

START = datetime(2026, 11, 26, 10, tzinfo=UTC)
DATA = (
    {"profile": "small", "minutes": 8, "questions": ["q1"]},
    {"profile": "small", "minutes": 0, "questions": ["q1"]},
    {"profile": "", "minutes": 8, "questions": ["q1"]},
    {"profile": "small", "minutes": 10**9, "questions": ["q1"]},
    {"profile": "small", "minutes": 8, "tasks": ["lab"]},
    {"profile": "small", "minutes": 8},
    {"profile": "small", "minutes": 8, "questions": [1]},
    {"question": "q1", "answer": "a"},
)
EVENTS = st.builds(
    lambda minutes, kind, id, data: Event(START + timedelta(minutes=minutes), kind, id, data),
    st.integers(-5, 20),
    st.sampled_from(["exam-begun", "exam-answered", "exam-noted", "exam-ended"]),
    st.sampled_from(["s1", "s2"]),
    st.sampled_from(DATA),
)


@given(st.lists(EVENTS, max_size=12), st.integers(-5, 20), st.integers(0, 12))
def test_the_fold_agrees_with_the_sittings(events, minutes, cut):
    """The same ones are open with as much time, however the history is cut into pieces."""
    ends = {event.subject: at for at, event in reversed([*enumerate(events)]) if event.kind == "exam-ended"}
    begins = ((at, event) for at, event in enumerate(events) if event.kind == "exam-begun")
    assume(all(at < ends.get(event.subject, at + 1) for at, event in begins))  # an id is used once
    now = START + timedelta(minutes=minutes)
    open_ones = {each.id: each.left(now) for each in sittings(events) if each.ended is None}
    folded = OPEN_EXAMS.onward(OPEN_EXAMS.of(events[:cut]), events[cut:])

    assert {id: each.left(now) for id, each in folded.items()} == open_ones


def test_a_reset_of_all_forgets_them():
    """As it forgets everything that follows from the history."""
    begun = Event(START, "exam-begun", "s1", DATA[0])
    assert OPEN_EXAMS.of([begun])
    assert not OPEN_EXAMS.of([begun, Event(START, "reset", "all", {})])
