"""A lesson on paper, and several of them in one file.

Nothing is read here: whoever prints hands over the values, so that nothing can be in a page that was not meant for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from course.printed.blocks import blocks
from course.printed.markdown import code, flow, is_link, phrase
from course.printed.questions import LINE, question
from course.printed.style import STYLE
from course.report.frame import framed, html
from course.syllabus import (
    Checkpoint,
    Foretelling,
    Lesson,
    LessonStep,
    OnCall,
    Practice,
    Prediction,
    Reading,
    Source,
    Term,
)
from labs.prediction import ASKED

BY = "Printed by mlcourse."
"""Stands in every page, and tells it from a file that somebody else has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """A lesson with what it refers to."""

    lesson: Lesson
    terms: Sequence[Term] = ()
    """Of its glossary."""
    briefs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Markdown, by `lab` or `incident` and its id."""


def printed(title: str, printings: Sequence[Printing], seed: int, *, answers: bool) -> str:
    """Return one page of HTML; computed questions have the figures of the seed, and only with `answers` there are keys
    and reasons in it."""
    return framed(title, _whole(printings, seed, answers=answers), STYLE)


def _whole(printings: Sequence[Printing], seed: int, *, answers: bool) -> Iterator[str]:
    keys = "with the keys" if answers else "without the keys"
    yield f'<p class="how">{BY} Figures and order of the questions: seed {seed}; {keys}.</p>'
    if len(printings) > 1:
        entries = (f'<li><a href="#{html(each.lesson.id)}">{html(each.lesson.title)}</a></li>' for each in printings)
        yield f"<nav><ol>{''.join(entries)}</ol></nav>"
    for each in printings:
        yield f'<article id="{html(each.lesson.id)}">'
        if len(printings) > 1:
            yield f'<h1 class="lesson">{html(each.lesson.title)}</h1>'
        yield f'<p class="how">About {each.lesson.minutes} minutes.</p>'
        yield from _steps(each, seed, answers=answers)
        yield from _terms(each.terms)
        yield from _sources(each.lesson.sources)
        yield "</article>"


def _steps(printing: Printing, seed: int, *, answers: bool) -> Iterator[str]:
    asked = 0
    for step in printing.lesson.steps:
        if isinstance(step, Checkpoint):
            asked += 1
            yield from question(step.question, asked, seed, answers=answers)
        else:
            yield from _step(step, printing, answers=answers)


def _step(step: LessonStep, printing: Printing, *, answers: bool) -> Iterator[str]:
    match step:
        case Reading():
            yield f"<h2>{phrase(step.title)}</h2>"
            yield from blocks(step.blocks)
        case Foretelling():
            yield from _prediction(step.prediction, answers=answers)
        case Practice():
            yield from _box(
                "Lab",
                step.title,
                printing.briefs.get(("lab", step.lab), ""),
                f"mlcourse lab start {step.lab} plan.yaml",
            )
        case OnCall():
            brief = printing.briefs.get(("incident", step.incident), "")
            yield from _box("Live incident", step.title, brief, f"mlcourse incident live {step.incident}")
        case Checkpoint():
            raise TypeError("a question has a number, and is printed where they are counted")
        case _:
            assert_never(step)


def _box(kind: str, title: str, brief: str, command: str) -> Iterator[str]:
    yield f'<section class="box"><h3>{kind}: {html(title)}</h3>'
    yield flow(brief)
    yield f"<p>To begin: <code>{html(command)}</code></p></section>"


def _prediction(prediction: Prediction, *, answers: bool) -> Iterator[str]:
    yield f'<section class="box"><h3>Prediction: {html(prediction.title)}</h3>'
    yield flow(prediction.stem)
    yield code(prediction.plan_text)
    for part in prediction.asks:
        yield f'<p>{html(ASKED[part].question)} <span class="how">({html(ASKED[part].counts)})</span></p>{LINE}'
    if answers:
        yield f'<div class="key"><h4>What happens</h4>{flow(prediction.explain)}</div>'
    yield "</section>"


def _terms(terms: Sequence[Term]) -> Iterator[str]:
    if terms:
        yield '<section><h2>Words of this lesson</h2><dl class="terms">'
        for term in terms:
            example = f" <em>{phrase(term.example)}</em>" if term.example else ""
            yield f"<dt>{html(term.term)}</dt><dd>{phrase(term.definition)}{example}</dd>"
        yield "</dl></section>"


def _sources(sources: Sequence[Source]) -> Iterator[str]:
    if sources:
        yield "<section><h2>Sources</h2><ul>"
        yield from (f"<li>{_linked(each.url)}, checked {html(each.checked)}</li>" for each in sources)
        yield "</ul></section>"


def _linked(url: str) -> str:
    return f'<a href="{html(url)}">{html(url)}</a>' if is_link(url) else html(url)
