"""Answers of classes, made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from quiz.items.response import Response
from quiz.questions import Option, Single

BEGAN = datetime(2026, 9, 1, 8, tzinfo=UTC)


def response(item, learner, correct=True, **more):
    """Return a first answer; the right one is `a`."""
    given = {"answer": "a" if correct else "b", "revision": 1, "at": BEGAN} | more
    return Response(item=item, learner=str(learner), correct=correct, **given)


def later(minutes):
    return BEGAN + timedelta(minutes=minutes)


def single(id, options="abcd", revision=1):
    """Return a question whose key is `a`."""
    return Single(
        id=id,
        stem=f"What is {id}?",
        explain="So it is.",
        revision=revision,
        options=tuple(Option(id=each, text=f"Option {each}", why="", correct=each == "a") for each in options),
    )


def questions(*ids):
    return {id: single(id) for id in ids}


def matrix(rows, items=None):
    """Return the answers of a table of 0 and 1: a row for each learner, a column for each item."""
    names = items or [f"q{column}" for column in range(len(rows[0]))]
    return [
        response(name, learner, bool(right))
        for learner, row in enumerate(rows)
        for name, right in zip(names, row, strict=True)
    ]
