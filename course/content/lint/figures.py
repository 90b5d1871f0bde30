"""Computed questions, tried with as many seeds as it takes to know that every seed is well: each must be readable, have
one key, and differ from the one before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from course.content.files.exhibit import exhibit_problems
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import shown
from quiz.computed.asking import figured
from quiz.computed.drawing import LANES
from quiz.computed.filling import PLACEHOLDER, collisions, texts
from quiz.questions import Numeric, Question

_UNREADABLE = re.compile(r"\d\.\d{5,}|\d[eE][+-]?\d+")
"""More decimals than anybody reads, or none at all."""


Posing = tuple[str, Question]
"""What a message says of a seed, and the question as it is asked with it."""


def posings(question: Question) -> Iterator[Posing]:
    """Yield the question as it is asked, with what a message says of the seed; once where there are no figures."""
    if question.computed is None:
        yield "", question
    else:
        for seed in range(LANES):
            yield f" (with seed {seed})", figured(question, seed)


def complain_of_figures(complaints: Complaints, question: Question, trail: Trail, posed_as: Iterable[Posing]) -> None:
    """Complain once about each kind of thing that is wrong with the figures of a computed question."""
    if question.computed is None:
        return
    said, before = set[str](), None
    for seed, posed in posed_as:
        _complain_of_exhibit(complaints, posed, trail, seed, said)
        for kind, say in _mistakes(posed, question, before):
            if kind not in said:
                said.add(kind)
                complaints.at_key(trail, f"question {question.id}: {say}{seed}")
        before = posed


def _complain_of_exhibit(complaints: Complaints, posed: Question, trail: Trail, seed: str, said: set[str]) -> None:
    """Complain of the plots of an exhibit, once they have their figures."""
    if posed.exhibit is None or "exhibit" in said:
        return
    for problem in exhibit_problems(posed.exhibit, complaints.document, (*trail, "exhibit")):
        said.add("exhibit")
        complaints.problems.append(replace(problem, say=f"{problem.say}{seed}"))


def _mistakes(posed: Question, template: Question, before: Question | None) -> Iterator[tuple[str, str]]:
    """Yield the kind of each mistake, and what to say of it."""
    if posed.computed is not None:
        yield "none", "no values of `over` make a question; give others"
        return
    for say in collisions(posed):
        yield "twice", f"{say}; give other values under `over`, or other texts"
    if isinstance(posed, Numeric) and posed.figure:
        yield "figure", f"no number is called {shown(posed.figure)}; name a figure of the family under `figure`"
    for text in texts(posed):
        for found in PLACEHOLDER.finditer(text):
            yield found[0], f"no figure is called {shown(found[0])}; the family's docstring says which there are"
        for number in _UNREADABLE.finditer(text):
            yield "long", f"a number cannot be read, {shown(number[0])}; round it, as in {{name:.1f}}"
    if before is not None and tuple(texts(posed)) == tuple(texts(before)):
        yield "same", "the figures are the same as with the seed before; put what varies into its texts"
