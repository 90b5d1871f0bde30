"""Question files: the shapes of `quiz.questions`, and what must hold inside one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Literal, assert_never

from course.content.files.cases import CaseFile, read_case
from course.content.files.computed import computed_mistakes
from course.content.files.exhibit import exhibit_problems, read_exhibit
from course.content.files.fix import read_fix
from course.content.mending import Labs, NoLabs
from course.content.schema.build import known_fields, shape_of
from course.content.schema.ids import question_ids, repeated
from course.content.schema.shapes import WRONG, Job
from course.content.yaml.document import Complaints, Document, Trail
from course.content.yaml.wording import shown
from quiz.exhibit import Exhibit
from quiz.questions import (
    Concept,
    Fix,
    Item,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    ShortText,
    Single,
)

FIRST_REVISION = 1
LEAST_TOLERANCE = 0
FEWEST_ENTRIES = 2
"""Of options, items and pairs."""


@dataclass(frozen=True, slots=True)
class QuestionsFile:
    """A questions file; each question is read by itself, so that one mistake hides no other."""

    format: Literal[1]
    questions: tuple[object, ...]
    """Questions, and cases of several."""


def read_questions(document: Document, labs: Labs | None = None) -> tuple[Question, ...]:
    """Return the questions of a file; ContentError with all that is wrong with them. A request that is to be mended
    meets the world of one of the `labs`."""
    return tuple(chain.from_iterable(read_entries(document, labs)))


def read_entries(document: Document, labs: Labs | None = None) -> tuple[tuple[Question, ...], ...]:
    """Return the questions entry by entry: a case has several, and any other entry is one."""
    complaints = Complaints(document)
    given = known_fields(QuestionsFile, document.data, complaints).get("questions", ())
    job = Job(complaints, {Exhibit: read_exhibit, Fix: partial(read_fix, labs=labs or NoLabs())})
    entries = tuple(tuple(_entry(data, ("questions", index), job)) for index, data in enumerate(given))
    complaints.problems.extend(repeated(question_ids(document)))
    return complaints.settle(entries)


def sound_questions(document: Document, labs: Labs | None = None) -> Iterator[tuple[Question, Trail]]:
    """Yield those questions of a file in which nothing is wrong, each with its place, whatever is wrong with others."""
    given = known_fields(QuestionsFile, document.data, Complaints(document)).get("questions", ())
    for index, data in enumerate(given):
        complaints = Complaints(document)
        trail, before = ("questions", index), len(complaints.problems)
        job = Job(complaints, {Exhibit: read_exhibit, Fix: partial(read_fix, labs=labs or NoLabs())})
        entry = tuple(_entry(data, trail, job))
        if len(complaints.problems) == before and not complaints.unread_in(trail):
            yield from ((each, (*trail, "parts", at) if each.case else trail) for at, each in enumerate(entry))


def _entry(data: Any, trail: Trail, job: Job) -> Iterator[Question]:  # noqa: ANN401 - whatever the file holds
    if isinstance(data, Mapping) and data.get("kind") == CaseFile.kind:
        return read_case(data, trail, job, _question)
    return _question(data, trail, job, Question | CaseFile)


def _question(data: Any, trail: Trail, job: Job, kinds: Any = Question) -> Iterator[Question]:  # noqa: ANN401
    question = shape_of(kinds).read(data, trail, job)
    if question is not WRONG:
        _check(question, trail, job.complaints)
        if isinstance(question, Numeric):
            _check_value(question, isinstance(data, Mapping) and "value" in data, trail, job.complaints)
        yield question


def _check_value(question: Numeric, given: bool, trail: Trail, complaints: Complaints) -> None:
    if given and question.figure:
        complaints.at_key((*trail, "value"), "the value is the figure that `figure` names; leave this out")
    elif not (given or question.figure):
        complaints.at_key(trail, "`value` is missing; add it here, it must be a number")


def _check(question: Question, trail: Trail, complaints: Complaints) -> None:
    for key, say in _mistakes(question):
        complaints.at_key((*trail, key), say)
    for at, say in computed_mistakes(question):
        complaints.at_value((*trail, *at), say)
    if question.exhibit is not None:
        at = (*trail, "exhibit")
        found = exhibit_problems(question.exhibit, complaints.document, at, plots=question.computed is None)
        complaints.problems.extend(found)


def _mistakes(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the key that is wrong, and what is wrong with it."""
    proves_itself = isinstance(question, Fix)  # by its solution, and by the request that is to be mended
    if not question.accepts and not proves_itself:
        yield "accepts", "`accepts` is empty; list answers that must be graded right"
    if not question.rejects and not proves_itself:
        yield "rejects", "`rejects` is empty; list answers that must be graded wrong"
    if question.revision < FIRST_REVISION:
        yield "revision", f"`revision` must be at least {FIRST_REVISION}; it goes up when the meaning changes"
    if not all(hint.strip() for hint in question.hints):
        yield "hints", "a hint is empty; say something that helps, or leave it out"
    match question:
        case Single() | Multiple():
            yield from _option_mistakes(question)
        case Ordering():
            yield from _list_mistakes("items", question.items)
            if question.distractors:
                yield from _list_mistakes("distractors", (*question.distractors, *question.items))
        case Matching():
            yield from _list_mistakes("pairs", question.pairs)
            yield from _list_mistakes("decoys", (*question.decoys, *question.pairs))
        case Numeric():
            if question.tolerance < LEAST_TOLERANCE:
                yield "tolerance", f"`tolerance` must be at least {LEAST_TOLERANCE}"
        case Fix():
            pass
        case ShortText():
            if not any(answer.strip() for answer in question.answers):
                yield "answers", "`answers` is empty; give the word that is right"
            yield from _concept_mistakes(question)
        case _:
            assert_never(question)


def _concept_mistakes(question: ShortText) -> Iterator[tuple[str, str]]:
    if question.wrong and not question.concepts:
        yield "wrong", "wrong claims are looked for only where there are `concepts`; add them, or use `slips`"
    yield from _twice("concepts", (*question.concepts, *question.wrong))
    for key, concepts in (("concepts", question.concepts), ("wrong", question.wrong)):
        for concept in concepts:
            if not any(phrase.strip() for phrase in concept.any):
                yield key, f"`any` of {shown(concept.id)} is empty; list the phrases that say it"


def _option_mistakes(question: Single | Multiple) -> Iterator[tuple[str, str]]:
    yield from _list_mistakes("options", question.options)
    right = sum(option.correct for option in question.options)
    if isinstance(question, Single) and right != 1:
        yield "options", f"{_options(right)} correct; a single question has exactly one"
    if isinstance(question, Multiple) and right < 2:
        yield "options", f"{_options(right)} correct; a multiple question has at least two"


def _options(count: int) -> str:
    return "1 option is" if count == 1 else f"{count or 'no'} options are"


def _list_mistakes(key: str, items: Sequence[Option | Item | Pair]) -> Iterator[tuple[str, str]]:
    if len(items) < FEWEST_ENTRIES:
        yield key, f"`{key}` needs at least two entries"
    yield from _twice(key, items)


def _twice(key: str, items: Sequence[Option | Item | Pair | Concept]) -> Iterator[tuple[str, str]]:
    for id, count in Counter(item.id for item in items).items():
        if count > 1:
            yield key, f"the id {shown(id)} stands {count} times in `{key}`; choose another"
