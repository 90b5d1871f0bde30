"""What must hold of `computed`: a family that is there, and its parameters with values that it takes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence

from course.content.yaml.document import Trail
from course.content.yaml.wording import nearest, shown
from quiz.computed.computed import Computed
from quiz.computed.drawing import LANES, combinations
from quiz.questions import Numeric, Question

_NEEDED = {"int": (int,), "float": (int, float), "str": (str,)}
"""What a file may give for the type of a parameter."""
_WORDS = {"int": "a whole number", "float": "a number", "str": "a text"}


def computed_mistakes(question: Question) -> Iterator[tuple[Trail, str]]:
    """Yield where something is wrong, below the question, and what."""
    computed = question.computed
    if computed is None:
        if isinstance(question, Numeric) and question.figure:
            yield ("figure",), "only a computed question has figures; add `computed`, or give `value`"
        return
    from quiz.computed.families import FAMILIES  # brings parts of the engine along

    family = FAMILIES.get(computed.from_)
    if family is None:
        say = f"nothing computes {shown(computed.from_)}; {nearest(computed.from_, FAMILIES)}"
        yield ("computed", "from"), say
        return
    wrong = tuple(_wrong_parameters(computed, inspect.signature(family).parameters))
    yield from wrong
    if not wrong and combinations(computed) < LANES:
        say = f"`over` makes {combinations(computed)} combinations; give enough for {LANES} that follow each other"
        yield ("computed", "over"), say


def _wrong_parameters(computed: Computed, parameters: Mapping[str, inspect.Parameter]) -> Iterator[tuple[Trail, str]]:
    for name in computed.over.keys() - parameters.keys():
        say = f"{shown(computed.from_)} has no parameter {shown(name)}; {nearest(name, list(parameters))}"
        yield ("computed", "over", name), say
    for name, parameter in parameters.items():
        trail: Trail = ("computed", "over", name)
        if name not in computed.over:
            yield trail, f"`over` does not say what `{name}` may be; list its values there"
        elif not _fits(computed.choices[name], parameter.annotation):
            yield trail, f"`{name}` needs a list of values, each {_WORDS[parameter.annotation]} and none twice"


def _fits(values: Sequence[object], annotation: str) -> bool:
    kinds = _NEEDED[annotation]
    if isinstance(values, range):  # as long as it likes: nobody counts to a billion
        return bool(values) and int in kinds
    right = all(isinstance(each, kinds) and not isinstance(each, bool) for each in values)
    return bool(values) and right and len(set(values)) == len(values)
