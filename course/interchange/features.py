"""What a question can hold, and what becomes of it in a format: kept, changed or dropped. Each writer has a table of
fates, the documents show it, and what is said of an export follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from course.interchange.entry import Entry
from course.syllabus import Plot
from quiz.exhibit import Exhibit
from quiz.questions import Fix, Matching, Multiple, Numeric, Option, Ordering, Question, ShortText, Single

Fate = Literal["kept", "changed", "dropped"]


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a question has, or is."""

    id: str
    one: str
    """What one of it is called."""
    many: str
    held: Callable[[Entry], int]
    """How many of it a question has."""


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a format makes of a feature."""

    fate: Fate
    how: str = ""
    """In a few words, as they follow `9 sentences: `; empty where all is kept as it is."""


KEPT = Becomes("kept")
Fates = Mapping[str, Becomes]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something of a question that is not in the file as it was."""

    question: str
    """The id of the entry."""
    what: str
    """The id of the feature."""
    count: int
    fate: Fate
    why: str


def changed(how: str) -> Becomes:
    """Return that it is there in another form."""
    return Becomes("changed", how)


def dropped(why: str) -> Becomes:
    """Return that it is not there."""
    return Becomes("dropped", why)


def losses(entries: Iterable[Entry], fates: Fates) -> Iterator[Dropped]:
    """Yield what is changed or dropped, feature by feature."""
    listed = tuple(entries)
    for feature in FEATURES:
        becomes = fates[feature.id]
        for entry in listed if becomes.fate != "kept" else ():
            if count := feature.held(entry):
                yield Dropped(entry.id, feature.id, count, becomes.fate, becomes.how)


def summary(found: Iterable[Dropped]) -> Iterator[str]:
    """Yield a sentence for each feature that is changed or dropped."""
    for id, group in groupby(found, lambda each: each.what):
        each = tuple(group)
        feature = next(feature for feature in FEATURES if feature.id == id)
        count = sum(one.count for one in each)
        named = feature.one if count == 1 else feature.many
        yield f"{count} {named} {each[0].fate}: {each[0].why}."


def _is(*kinds: type[Question]) -> Callable[[Entry], int]:
    return lambda entry: int(isinstance(entry.question, kinds))


def _plots(exhibit: Exhibit | None) -> int:
    return sum(isinstance(block, Plot) for block in exhibit.blocks()) if exhibit else 0


def _exhibits(question: Question) -> tuple[Exhibit, ...]:
    both = (question.case.exhibit if question.case else None, question.exhibit)
    return tuple(each for each in both if each is not None)


def _others(question: Question) -> tuple[Option, ...]:
    """Return what belongs to no place or no prompt."""
    if isinstance(question, Ordering):
        return question.distractors
    return question.decoys if isinstance(question, Matching) else ()


def _placed(question: Question) -> int:
    """Return how many reasons there are of steps, pairs and what belongs to none."""
    parts = (
        question.items if isinstance(question, Ordering) else question.pairs if isinstance(question, Matching) else ()
    )
    return sum(bool(part.why) for part in (*parts, *_others(question)))


def _choices(question: Question) -> int:
    return sum(bool(each.why) for each in question.options) if isinstance(question, Single | Multiple) else 0


FEATURES: tuple[Feature, ...] = (
    Feature("single", "question with one right option", "questions with one right option", _is(Single)),
    Feature("multiple", "question with several right options", "questions with several right options", _is(Multiple)),
    Feature(
        "ordering",
        "ordering of all steps",
        "orderings of all steps",
        lambda entry: int(isinstance(entry.question, Ordering) and not entry.question.distractors),
    ),
    Feature(
        "distractors",
        "ordering with steps to leave out",
        "orderings with steps to leave out",
        lambda entry: int(isinstance(entry.question, Ordering) and bool(entry.question.distractors)),
    ),
    Feature("matching", "matching", "matchings", _is(Matching)),
    Feature(
        "decoys",
        "answer that belongs to no prompt",
        "answers that belong to no prompt",
        lambda entry: len(entry.question.decoys) if isinstance(entry.question, Matching) else 0,
    ),
    Feature("numeric", "number", "numbers", _is(Numeric)),
    Feature(
        "tolerance",
        "tolerance",
        "tolerances",
        lambda entry: int(isinstance(entry.question, Numeric) and entry.question.tolerance > 0),
    ),
    Feature(
        "unit", "unit", "units", lambda entry: int(isinstance(entry.question, Numeric) and bool(entry.question.unit))
    ),
    Feature(
        "words",
        "word or name",
        "words and names",
        lambda entry: int(isinstance(entry.question, ShortText) and not entry.question.concepts),
    ),
    Feature(
        "slips",
        "wrong answer that people give",
        "wrong answers that people give",
        lambda entry: len(entry.question.slips) if isinstance(entry.question, Numeric | ShortText) else 0,
    ),
    Feature(
        "sentence",
        "sentence judged by its concepts",
        "sentences judged by their concepts",
        lambda entry: int(isinstance(entry.question, ShortText) and bool(entry.question.concepts)),
    ),
    Feature("fix", "request to mend", "requests to mend", _is(Fix)),
    Feature("case", "part of a case", "parts of cases", lambda entry: int(entry.question.case is not None)),
    Feature("exhibit", "exhibit", "exhibits", lambda entry: len(_exhibits(entry.question))),
    Feature("plot", "plot", "plots", lambda entry: sum(map(_plots, _exhibits(entry.question)))),
    Feature("whys", "reason of an option", "reasons of options", lambda entry: _choices(entry.question)),
    Feature(
        "places", "reason of a step or a pair", "reasons of steps and pairs", lambda entry: _placed(entry.question)
    ),
    Feature("explain", "explanation", "explanations", lambda entry: int(bool(entry.question.explain.strip()))),
    Feature("hints", "hint", "hints", lambda entry: len(entry.question.hints)),
    Feature("lesson", "name of a lesson", "names of lessons", lambda entry: 1),
    Feature("sources", "list of sources", "lists of sources", lambda entry: int(bool(entry.origin.sources))),
    Feature(
        "objectives",
        "objective",
        "objectives",
        lambda entry: sum(map(len, (entry.question.objectives or {}).values())),
    ),
    Feature("level", "level", "levels", lambda entry: int(entry.question.level is not None)),
    Feature("revision", "revision", "revisions", lambda entry: 1),
    Feature("computed", "computed question", "computed questions", lambda entry: int(entry.computed)),
    Feature(
        "proofs",
        "list of answers that prove a key",
        "lists of answers that prove a key",
        lambda entry: bool(entry.question.accepts) + bool(entry.question.rejects),
    ),
)
"""In the order in which documents and summaries have them."""

COMPUTED = changed("each has the numbers of its seed, and they stay as they are")
PROOFS = dropped("only mlcourse check needs them")
"""What every format makes of the two."""
