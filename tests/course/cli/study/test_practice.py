"""`mlcourse quiz` and `mlcourse review`: line by line, interrupted anywhere, gone on with at the same item."""

from __future__ import annotations

import sys
from datetime import timedelta
from io import StringIO

import pytest

from course import wiring
from course.history import Event
from tests.course.cli.study.conftest import START, Lines


@pytest.fixture
def quiz(mlcourse, pack, clock, monkeypatch):
    """Type these lines to a command that studies."""

    def run(*lines, command=("quiz", "fleets")):
        monkeypatch.setattr(sys, "stdin", Lines(lines))
        return mlcourse("--pack", str(pack), *command)

    return run


def events(home, *kinds):
    history = wiring.journal(wiring.Places(home, ()))
    try:
        return [event for event in history.events() if event.kind in kinds]
    finally:
        history.close()


def record(home, *more):
    history = wiring.journal(wiring.Places(home, ()))
    for event in more:
        history.record(event)
    history.close()


def test_a_session_from_beginning_to_end(quiz, home):
    """A hint, how sure one is, a second try, a look, a skip, and the sum of it."""
    run = quiz("hint", "a", "3", "b", "b", "1", "b", "x", "a", "show", "skip")
    [begun] = events(home, "practice-begun")
    first, wrong, second = events(home, "answered")

    assert run.code == 0
    assert "Hint 1 of 1: Think of a traffic light." in run.out
    assert "That is the answer you gave." in run.out
    assert "There is no option 'x'" in run.out
    assert "1 of 4 items right" not in run.out  # a hint was taken
    assert "0 of 4 items right at the first try." in run.out
    assert run.out.count("Left out: ") == 2
    assert (first.data["hints"], first.data["confidence"], first.data["correct"]) == (1, "sure", True)
    assert (wrong.data["correct"], wrong.data["tries"], wrong.data["confidence"]) == (False, 1, "guess")
    assert (second.data["correct"], second.data["tries"], second.data["session"]) == (True, 2, begun.subject)
    assert [step.data["step"] for step in events(home, "practice-step")] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("end", [(), ("quit",), (KeyboardInterrupt(),)], ids=["end of input", "quit", "Ctrl-C"])
def test_it_goes_on_at_the_same_question(quiz, home, end):
    """However it was interrupted; a second try is still one."""
    quiz("a", "2", "b", "3", *end)
    run = quiz("a")
    answered = events(home, "answered")

    assert len(events(home, "practice-begun")) == 1
    assert "at 2 of 4.\n\nItem 2 of 4\nYou have answered this once" in run.out
    assert [(each.data["tries"], each.data["correct"]) for each in answered] == [(1, True), (1, False), (2, True)]
    assert answered[1].subject == answered[2].subject
    assert answered[1].data["seed"] == answered[2].data["seed"]


def test_nothing_is_judged_before_it_is_said_how_sure_one_is(quiz, home):
    """Who leaves there has not answered."""
    run = quiz("a", "maybe")

    assert run.out.count("How sure are you?") == 2
    assert events(home, "answered") == []


def test_conditions_that_nothing_meets(quiz, home):
    """A sentence, and nothing is begun."""
    run = quiz(command=("quiz", "--lesson-is-none"))
    none = quiz(command=("quiz", "--objective", "none/9.9"))

    assert run.code == 2
    assert (none.code, none.out) == (1, "")
    assert "No question is like that." in none.err
    assert events(home, "practice-begun") == []
    assert "did you mean fleets?" in quiz(command=("quiz", "fleet")).err


@pytest.mark.parametrize("command", [("quiz", "fleets"), ("review",), ("lesson", "fleets")])
def test_without_a_stdin_nothing_can_be_asked(mlcourse, pack, clock, home, monkeypatch, command):
    """A closed one is none; it is said before anything is begun."""
    closed = StringIO()
    closed.close()
    for stdin in (closed, None):
        monkeypatch.setattr(sys, "stdin", stdin)
        run = mlcourse("--pack", str(pack), *command)

        assert (run.code, run.out) == (2, "")
        assert "there is no stdin" in run.err
    assert events(home, "practice-begun", "lesson-step") == []


def test_a_review_asks_what_is_due(quiz, home):
    """A question, a word and a goal; afterwards nothing is due."""
    long_ago = START - timedelta(days=400)
    assert "Nothing is due." in quiz(command=("review",)).out
    record(
        home,
        Event(long_ago, "answered", "which-one", {"answer": "a", "correct": True, "lesson": "fleets"}),
        Event(long_ago + timedelta(hours=2), "recalled", "teal", {"rating": "good"}),
    )
    run = quiz("a", "3", "", "2", command=("review",))
    [recalled] = events(home, "recalled")[1:]

    assert "Do you know this word? Teal" in run.out
    assert "A colour." in run.out
    assert "2 of 2 items right at the first try." in run.out
    assert (recalled.subject, recalled.data["rating"]) == ("teal", "hard")
    assert events(home, "answered")[-1].data["where"] == "review"
    assert "Nothing is due." in quiz(command=("review",)).out
