"""Figures put into a question's texts, and whether they tell its parts apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar, assert_never

from quiz.computed.computed import Figure, Figures
from quiz.numbers import read_number
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single
from quiz.verdict import quoted

T = TypeVar("T")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?::(,?(?:\.[0-9])?[f%]?))?\}")
"""`{name}`, or with a format as Python has them: `{name:.1f}`, `{name:,}`."""
_KEPT = {"id", "objectives", "level", "computed", "figure", "case", "judge"}
"""Fields that are no text to be filled."""


def filled(question: Question, figures: Figures) -> Question:
    """Return the question with the figures in all of its texts; what no figure is called stays as it is."""
    whole: Question = _filled(question, figures)
    if isinstance(whole, Numeric) and isinstance(value := figures.get(whole.figure), int | float):
        whole = replace(whole, value=float(value), figure="")
    return replace(whole, computed=None)


def _filled(value: Any, figures: Figures) -> Any:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: _text(found, figures), value)
    if isinstance(value, tuple):
        return tuple(_filled(each, figures) for each in value)
    if isinstance(value, Mapping):
        return {key: _filled(each, figures) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        texts = (each.name for each in fields(value) if each.name not in _KEPT)
        return replace(value, **{name: _filled(getattr(value, name), figures) for name in texts})
    return value


def _text(found: re.Match[str], figures: Figures) -> str:
    name, how = found[1], found[2]
    if name not in figures:
        return found[0]
    return figure_text(figures[name], how)


def figure_text(figure: Figure, how: str | None = None) -> str:
    """Return a figure as it is read: thousands apart, and no `.0`; of a text, itself."""
    if isinstance(figure, str):
        return figure
    if how:
        return format(figure, how)
    return f"{figure:,}".removesuffix(".0")


def texts(question: Question) -> Iterator[str]:
    """Yield every text of a question."""
    yield from _texts({each.name: getattr(question, each.name) for each in fields(question) if each.name not in _KEPT})


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _texts(getattr(value, part.name) if part.name not in _KEPT else "")


def collisions(question: Question) -> Iterator[str]:
    """Yield what cannot be told apart: two options, or a slip and the right answer."""
    match question:
        case Single() | Multiple():
            yield from _twice("option", (option.text for option in question.options))
        case Ordering():
            shown = [*(item.text for item in question.items), *(each.text for each in question.distractors)]
            yield from _twice("item", shown)
        case Matching():
            yield from _twice("prompt", (pair.prompt for pair in question.pairs))
            answers = [pair.answer for pair in question.pairs]
            yield from _twice("answer", (*answers, *(decoy.text for decoy in question.decoys)))
        case Numeric():
            yield from _twice("slip", (slip.answer for slip in question.slips))
            for slip in question.slips:
                number = read_number(slip.answer, question.unit)
                if number is not None and _near(number, question):
                    yield f"the slip {quoted(slip.answer)} is the right answer"
        case Fix():
            return
        case ShortText():
            yield from _twice("answer", (*question.answers, *(slip.answer for slip in question.slips)))
        case _:
            assert_never(question)


def _near(number: Fraction, question: Numeric) -> bool:
    return abs(number - Fraction(str(question.value))) <= Fraction(str(question.tolerance))


def _twice(what: str, found: Iterable[str]) -> Iterator[str]:
    for text, count in Counter(each.strip().casefold() for each in found).items():
        if count > 1:
            yield f"{count} times the same {what}, {quoted(text)}"
