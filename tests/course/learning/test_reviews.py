"""What is remembered and due, as it follows from the history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.learning.items import Item
from course.learning.resets import effective
from course.learning.reviews import Reviews, continued, due, due_times, minutes_for, reviews_of
from quiz.memory.scheduling import reviewed
from tests.course.learning.histories import DAY, HISTORIES, NOON, answered, card, did

Q, R = Item("question", "q"), Item("question", "r")
HOUR = 1 / 24


def rated(*events, item=Q):
    """Return the ratings that a history gives an item: they are what leads to its memory."""
    found = reviews_of(events).studied[item]
    return found.latest.rating


@pytest.mark.parametrize(
    ("data", "rating"),
    [
        pytest.param({"correct": True}, "good", id="right"),
        pytest.param({"correct": True, "confidence": "sure"}, "good", id="surely right"),
        pytest.param({"correct": True, "confidence": "unsure"}, "good", id="right though in doubt"),
        pytest.param({"correct": True, "confidence": "guess"}, "hard", id="a guess"),
        pytest.param({"correct": True, "hints": 1}, "hard", id="with a hint"),
        pytest.param({"correct": True, "tries": 2}, "hard", id="at the second try"),
        pytest.param({"correct": False}, "again", id="wrong"),
        pytest.param({"correct": False, "tries": 2, "hints": 3}, "again", id="wrong with everything"),
        pytest.param({"correct": True, "where": "exam"}, "good", id="in an exam"),
    ],
)
def test_ratings(data, rating):
    """An answer tells how well something is known."""
    assert rated(did("answered", "q", **data)) == rating
    assert reviews_of([did("answered", "q", **data)]).memories == {Q: reviewed(None, rating, NOON)}


@pytest.mark.parametrize("rating", ["again", "hard", "good"])
def test_a_term(rating):
    """Of a card the learner says it."""
    assert rated(did("recalled", "q", rating=rating), item=Item("term", "q")) == rating


def test_goals():
    """Each goal of a grade is an item of its own."""
    found = reviews_of([did("lab-graded", "lab", goals={"promotes": True, "protects": False})])

    assert {item.name: each.latest.rating for item, each in found.studied.items()} == {
        "goal:lab/promotes": "good",
        "goal:lab/protects": "again",
    }


@pytest.mark.parametrize(
    ("first", "second", "rating", "seen"),
    [
        pytest.param({"session": "s"}, {"session": "s", "days": 3}, "hard", 1, id="in one session"),
        pytest.param({"session": "s"}, {"session": "t"}, "good", 2, id="in two sessions"),
        pytest.param({}, {"days": HOUR / 2}, "hard", 1, id="half an hour later"),
        pytest.param({}, {"days": -HOUR / 2}, "hard", 1, id="a clock set back"),
        pytest.param({}, {"days": 2 * HOUR}, "good", 2, id="two hours later"),
        pytest.param({}, {"session": "s"}, "good", 2, id="in a lesson, then in a session"),
    ],
)
def test_a_second_try(first, second, rating, seen):
    """Two answers in one go are one exposure: right after wrong is hard, and counts as wrong for what was known."""
    found = reviews_of([answered("q", correct=False, **first), answered("q", **second)]).studied[Q]

    assert (found.latest.rating, found.seen, found.right) == (rating, seen, True)
    assert not found.first.right
    if seen == 1:
        assert found.memory == reviewed(None, "hard", NOON)


def test_a_second_try_replaces_the_first():
    """The memory is what one hard review makes of the memory before, not an again and a hard one."""
    history = [answered("q"), answered("q", 3, correct=False, session="s"), answered("q", 3, session="s")]

    assert reviews_of(history).memories[Q] == reviewed(reviewed(None, "good", NOON), "hard", NOON + 3 * DAY)


def test_what_was_right_at_first_stays_so():
    """Asked again in the same session and wrong then, it is not forgotten; but its last answer was wrong."""
    found = reviews_of([answered("q", session="s"), answered("q", session="s", correct=False)]).studied[Q]

    assert (found.latest.rating, found.first.right, found.right) == ("good", True, False)


@settings(max_examples=60)
@given(HISTORIES, st.integers(0, 12))
def test_cutting_the_history_changes_nothing(events, cut):
    """Folding in two pieces is folding at once, whatever was written."""
    cards, labs = [card("a", "l"), card("c", "l")], {"a": "l"}

    assert continued(reviews_of(events[:cut], cards, labs), events[cut:], cards, labs) == reviews_of(
        events, cards, labs
    )


@settings(max_examples=40)
@given(HISTORIES)
def test_a_reset_is_as_if_nothing_had_been(events):
    """Folding what still counts is folding everything."""
    everything, counting = reviews_of(events), reviews_of(effective(events))

    assert everything.studied == counting.studied
    assert everything.missed == counting.missed


@settings(max_examples=40)
@given(HISTORIES)
def test_whatever_was_written_is_due_or_not(events):
    """No event makes the queue fail, and it is in order."""
    found = reviews_of(events)
    times = due_times(found, NOON, date(2026, 12, 1))
    waiting = due(found, NOON, date(2026, 12, 1))

    assert all(times[item] <= NOON for item in waiting)
    assert [times[item] for item in waiting] == sorted(times[item] for item in waiting)
    assert set(waiting) == {item for item, at in times.items() if at <= NOON}


@pytest.mark.parametrize(
    "event",
    [
        did("answered", "q"),
        did("answered", "q", correct="yes"),
        did("answered", "", correct=True),
        did("recalled", "q", rating="easy"),
        did("recalled", "q", rating=3),
        did("lab-graded", "lab", goals=[True]),
        did("lab-graded", "lab", goals={"g": "yes", "": True}),
        did("reset", "poem:q"),
        did("poem", "q", correct=True),
    ],
    ids=lambda event: f"{event.kind} {event.data}",
)
def test_what_is_not_understood_changes_nothing(event):
    """It may stem from a newer program, or from a hand."""
    assert reviews_of([answered("r"), event]) == reviews_of([answered("r")])


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("question:q", {"question:r", "term:t", "goal:lab/g"}),
        ("lesson:canary", {"question:r", "term:t", "goal:lab/g"}),
        ("lab:lab", {"question:q", "question:r", "term:t"}),
        ("term:t", {"question:q", "question:r", "goal:lab/g"}),
        ("all", set()),
        ("incident:x", {"question:q", "question:r", "term:t", "goal:lab/g"}),
    ],
)
def test_resets(what, left):
    """What was before is forgotten, and the first answer afterwards is a first one again."""
    history = [
        answered("q", correct=False),
        answered("r", lesson="linear"),
        did("recalled", "t", rating="good"),
        did("lab-graded", "lab", goals={"g": False}),
        did("reset", what, 1),
    ]
    found = reviews_of(history)

    assert {item.name for item in found.studied} == left
    if Q not in found.studied:
        assert reviews_of([*history, answered("q", 1)]).studied[Q].first.right


def test_a_missed_goal_makes_its_questions_due():
    """Those of its lab's lesson, seen or not, until they are answered; other lessons are left alone."""
    cards = [card("q"), card("new"), card("r", "linear")]
    labs = {"lab": "canary", "other": "linear"}
    history = [
        answered("q"),
        answered("r", lesson="linear"),
        did("lab-graded", "lab", HOUR * 2, goals={"g": False, "h": True}),
        did("lab-graded", "other", HOUR * 2, goals={"g": True}),
    ]
    now = NOON + timedelta(hours=3)
    found = reviews_of(history, cards, labs)

    assert due(found, now) == (Item("question", "new"), Q)
    assert due(reviews_of(history), now) == ()
    assert due(continued(found, [answered("q", HOUR * 2.5)], cards, labs), now) == (Item("question", "new"),)
    assert due(continued(found, [did("reset", "lab:lab", HOUR * 2.5)], cards, labs), now) == ()


def test_the_longest_due_comes_first():
    """What has waited longest; after that by name."""
    history = [answered("b"), answered("a"), answered("late", 2), answered("c", -1, correct=False)]

    assert [item.id for item in due(reviews_of(history), NOON + 5 * DAY)] == ["c", "a", "b", "late"]
    assert due(reviews_of(history), NOON + DAY) == (Item("question", "c"),)
    assert due(Reviews(), NOON) == ()


def test_minutes():
    """Half a minute for a question, a quarter for a term, five minutes for a goal; begun ones are whole ones."""
    term, goal = Item("term", "t"), Item("goal", "l/g")

    assert [minutes_for(items) for items in ([], [Q], [Q] * 8, [Q, term, term], [goal])] == [0, 1, 4, 1, 5]
