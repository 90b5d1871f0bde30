"""Are the names in options explained: fields, operations, states, whatever stands in quotes or as code?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from course.content.lint.items.asked import Asked
from course.content.pack import Pack
from course.content.yaml.errors import Problem
from course.content.yaml.wording import shown
from course.syllabus import Prose, Reading
from quiz.computed.filling import PLACEHOLDER

_NAME = re.compile(r"\b(?:[A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*)+|[a-z]+(?:[A-Z][a-z0-9]+)+|[A-Z]{2,}_[A-Z_]+)\b")
"""Names such as `TreatMissingData`, `notBreaching` and `ALL_AT_ONCE`."""
_QUOTED = re.compile(r"`([^`]+)`|“([^”]+)”|\"([^\"]+)\"")
_IDENTIFIER = re.compile(r"[A-Za-z][\w.-]{2,}")


def taught(pack: Pack) -> str:
    """Return all that pages and glossary of a pack say, in lower case."""
    pages = (step for id in pack.course.lessons for step in pack.lesson(id).steps if isinstance(step, Reading))
    blocks = (block.markdown for page in pages for block in page.blocks if isinstance(block, Prose))
    terms = (f"{term.term} {term.definition} {term.example}" for term in pack.terms())
    return "\n".join((*blocks, *terms)).casefold()


def name_advice(each: Asked, lessons: str) -> Iterator[Problem]:
    """Yield each option with a name that nothing explains."""
    question = each.question
    said = (option.why for option in each.options)
    known = "\n".join((*said, question.explain, *question.hints)).casefold()
    for at, option in enumerate(each.options):
        unknown = [
            name for name in _names(option.text) if name.casefold() not in known and name.casefold() not in lessons
        ]
        if unknown:
            say = f"{shown(unknown[0])} is explained nowhere; say in `why` what it is, or leave it out"
            yield each.problem(("options", at, "text"), say)


def _names(text: str) -> Iterable[str]:
    text = PLACEHOLDER.sub(" ", text)
    quoted = (part for found in _QUOTED.findall(text) for part in found if part)
    return dict.fromkeys((*_NAME.findall(text), *(name for each in quoted for name in _IDENTIFIER.findall(each))))
