"""A question with the figures of one seed in it."""

from __future__ import annotations

from quiz.computed.drawing import drawn
from quiz.computed.filling import collisions, filled
from quiz.questions import Question


def figured(question: Question, seed: int) -> Question:
    """Return the question with figures that tell its parts apart; itself where it has none.

    Where no figures of the seed do, those that are left: `mlcourse check` has told whoever wrote the question.
    """
    computed = question.computed
    if computed is None:
        return question
    from quiz.computed.families import FAMILIES  # brings parts of the engine along

    family, last = FAMILIES[computed.from_], question
    for given in drawn(computed, seed, question.id):
        figures = family(**given)
        if figures is None:
            continue
        last = filled(question, {**{name: _figure(each) for name, each in given.items()}, **figures})
        if not any(collisions(last)):
            break
    return last


def _figure(given: object) -> float | str:
    return given if isinstance(given, int | float) else str(given)
