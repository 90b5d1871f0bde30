"""Bookmarks and notes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.history import Event
from course.learning.marks import MARKS, Spot, page, run, spot_named
from course.learning.resets import effective
from tests.course.learning.histories import NOON, did

JUNK = st.none() | st.integers(0, 2) | st.booleans() | st.text(max_size=4)
DATA = st.fixed_dictionaries({}, optional={"on": st.booleans() | JUNK, "text": st.text(max_size=4) | JUNK})
KINDS = st.sampled_from(["marked", "noted", "marked", "noted", "reset", "answered", "poem"])
SUBJECTS = st.sampled_from(["lesson:canary#0", "question:q", "lesson:canary", "all", "lab:lab", ""])
EVENTS = st.lists(
    st.builds(lambda kind, place, data: Event(NOON, kind, place, data), KINDS, SUBJECTS, DATA), max_size=9
)
PAGE = page("canary", 3)


def test_the_last_mark_and_the_last_note_hold():
    """A mark can be taken away, and a note that was emptied is none; what is not as it should be changes nothing."""
    marks = MARKS.of(
        [
            did("marked", PAGE, on=True),
            did("marked", "lab:lab", on=True),
            did("marked", "lab:lab", on=False),
            did("marked", PAGE, on="no"),
            did("noted", PAGE, text="first"),
            did("noted", PAGE, text="[b]second[/b]\n\x1b[31m"),
            did("noted", "term:canary", text="gone"),
            did("noted", "term:canary", text=" \n"),
            did("noted", PAGE, text=7),
        ]
    )

    assert dict(marks.on) == {PAGE: NOON}
    assert dict(marks.notes) == {PAGE: "[b]second[/b]\n\x1b[31m"}
    assert [marks.sign(place) for place in (PAGE, "lab:lab")] == ["★ note", ""]


@given(EVENTS, st.integers(0, 9))
def test_folding_in_pieces_is_folding_at_once(events, cut):
    """Also by way of what is kept on disk between them."""
    kept = MARKS.read(json.loads(json.dumps(MARKS.written(MARKS.of(events[:cut])))))

    assert MARKS.onward(kept, events[cut:]) == MARKS.of(events)


@given(EVENTS)
def test_marks_are_those_of_what_still_counts(events):
    """A reset takes away here what it takes away everywhere."""
    assert MARKS.of(events) == MARKS.of(effective(events))


@pytest.mark.parametrize(
    ("name", "spot"),
    [
        (PAGE, Spot("lesson", "canary", 3)),
        ("lesson:canary", Spot("lesson", "canary")),
        ("lesson:canary#many", Spot("lesson", "canary")),
        ("lesson:canary#" + "9" * 5000, Spot("lesson", "canary")),
        ("question:q", Spot("question", "q")),
        (run("lab", "broken", 7), Spot("run", "lab", release="broken", seed="7")),
        ("run:lab", None),
        ("lesson:#1", None),
        ("poem:q", None),
        ("all", None),
        ("", None),
    ],
)
def test_a_name_tells_its_place(name, spot):
    """Whoever wrote it."""
    assert spot_named(name) == spot
