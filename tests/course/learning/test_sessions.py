"""Sessions: what is asked in one, and where one was interrupted."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings

from course.learning.items import Item
from course.learning.reviews import Reviews, reviews_of
from course.learning.sessions import Session, Wanted, chosen, interrupted, sessions
from tests.course.learning.histories import DAY, HISTORIES, NOON, answered, card, did

A, B, T = Item("question", "a"), Item("question", "b"), Item("term", "t")
BEGUN = did("practice-begun", "s", title="Mixed", mode="practice", items=["question:a", "question:b", "term:t"])


def everything(item):
    """A course that has whatever is asked for."""
    return True


def test_a_session_goes_on_where_it_was():
    """At the same item, with what was answered in it."""
    history = [
        BEGUN,
        answered("a", correct=False, session="s"),
        answered("a", session="s"),
        answered("b", session="another"),
        did("practice-step", "s", step=1),
    ]

    assert interrupted(history, everything) == Session(
        id="s",
        title="Mixed",
        mode="practice",
        items=(A, B, T),
        step=1,
        first_tries={A: False},
        answers={A: (history[1], history[2])},
    )


@pytest.mark.parametrize("step", [3, 4, 10**30])
def test_a_session_at_its_end_is_over(step):
    """There is nothing to go on with."""
    assert interrupted([BEGUN, did("practice-step", "s", step=step)], everything) is None


def test_what_is_gone_from_the_course_is_left_out():
    """The session goes on at the same item, or at the next one."""
    history = [BEGUN, did("practice-step", "s", step=1)]

    assert interrupted(history, lambda item: item != A) == Session(
        id="s", title="Mixed", mode="practice", items=(B, T), step=0
    )
    assert interrupted(history, lambda item: item == A) is None


def test_the_one_last_worked_at():
    """Another session that was finished meanwhile does not hide it; one of the same title takes its place."""
    other = did("practice-begun", "o", title="Canary", mode="practice", items=["question:a"])
    anew = did("practice-begun", "n", title="Mixed", mode="practice", items=["question:b"])
    ended = did("practice-step", "o", step=1)

    assert interrupted([BEGUN, other], everything).id == "o"
    assert interrupted([BEGUN, other, did("practice-step", "s", step=0)], everything).id == "s"
    assert interrupted([BEGUN, other, ended], everything).id == "s"
    assert interrupted([BEGUN, other, ended, anew], everything).id == "n"
    assert interrupted([BEGUN, anew, did("practice-step", "n", step=1)], everything) is None


def test_rounds_from_before_there_was_practice():
    """A round of a lesson's questions is a session of that lesson."""
    history = [
        did("quiz-begun", "canary", questions=["a"]),
        did("quiz-begun", "canary", questions=["a", "b"]),
        answered("a", quiz="canary"),
        did("quiz-step", "canary", step=1),
        BEGUN,
    ]
    found = interrupted(history, everything, lesson="canary")

    assert (found.items, found.step, found.first_tries, found.lesson) == ((A, B), 1, {A: True}, "canary")
    assert interrupted(history, everything).id == "s"
    assert interrupted([*history, did("quiz-step", "canary", step=2)], everything, lesson="canary") is None


@settings(max_examples=60)
@given(HISTORIES)
def test_whatever_was_written(events):
    """A session's step is within it, and only its own items were answered."""
    for session in sessions(events):
        assert 0 <= session.step <= len(session.items)
        assert session.first_tries.keys() == session.answers.keys() <= set(session.items)
    found = interrupted(events, everything)

    assert found is None or found.step < len(found.items)


CARDS = [
    card("a", "canary", "single", {"mla": ("3.1", "3.3")}, "apply"),
    card("b", "canary", "multiple", {"mla": ("3.3",)}, "analyse"),
    card("c", "linear", "single", {"own": ("1",)}),
    card("d", "linear", "numeric"),
]
ASKED = reviews_of(
    [answered("a"), answered("b", correct=False), answered("c", lesson="linear"), answered("d", 9, lesson="linear")]
)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "abcd"),
        (Wanted(lesson="linear"), "cd"),
        (Wanted(objective="3.3"), "ab"),
        (Wanted(objective="mla/3.1"), "a"),
        (Wanted(objective="own/3.1"), ""),
        (Wanted(kind="single"), "ac"),
        (Wanted(kind="single", lesson="canary"), "a"),
        (Wanted(level="analyse"), "b"),
        (Wanted(wrong=True), "b"),
        (Wanted(due=True), "abc"),
        (Wanted(due=True, lesson="linear"), "c"),
        (Wanted(weak=True), "ab"),
        (Wanted(unseen=True), ""),
        (Wanted(lesson="gone"), ""),
    ],
)
def test_what_is_wanted(wanted, expected):
    """All that is said must hold."""
    found = chosen(CARDS, ASKED, wanted, seed=1, now=NOON + 9 * DAY)

    assert sorted(item.id for item in found) == list(expected)


def test_unseen():
    """What was never asked."""
    found = chosen(CARDS, reviews_of([answered("a")]), Wanted(unseen=True), seed=1, now=NOON)

    assert sorted(item.id for item in found) == ["b", "c", "d"]


def test_an_empty_bank():
    """There is nothing to choose from."""
    assert chosen([], Reviews(), Wanted(), seed=1, now=NOON) == ()


BANK = [card(f"{lesson}-{n}", lesson) for lesson in ("canary", "linear", "rolling") for n in range(20)]


def test_lessons_are_mixed():
    """No lesson comes twice in a row while others have questions, and any beginning has about as many of each."""
    found = [item.id.partition("-")[0] for item in chosen(BANK, Reviews(), Wanted(), seed=7, now=NOON)]

    assert all(one != other for one, other in pairwise(found))
    assert set(Counter(found[:9]).values()) == {3}


def test_as_many_as_wanted_by_chance():
    """The same for the same seed; over many seeds every question has its turn."""
    wanted = Wanted(count=6)
    rounds = [chosen(BANK, Reviews(), wanted, seed, now=NOON) for seed in range(60)]

    assert {len(each) for each in rounds} == {6}
    assert rounds == [chosen(BANK, Reviews(), wanted, seed, now=NOON) for seed in range(60)]
    assert {item.id for each in rounds for item in each} == {each.id for each in BANK}
