"""How a question is laid before the learner: in an order that gives nothing away."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace
from typing import TypeVar, assert_never

from quiz.computed.asking import figured
from quiz.computed.filling import PLACEHOLDER
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffledOrdering(Ordering):
    """An ordering whose items stand as shown, with the right order kept apart: it grades the same."""

    order: tuple[str, ...]
    """Ids in the right order."""
    shown: tuple[str, ...]
    """All ids in the order in which they are shown, those of the distractors among them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be given a place: as partner in a matching, or in an order."""

    id: str
    text: str


def posed(question: Question, seed: int) -> Question:
    """Return the question as it is asked: with the figures of this seed, if it is a computed one, then mixed.

    Equal seeds, equal questions; of a computed one, seeds in a row have different figures. The seed is the number of
    earlier answers, and stands with each answer in the history.
    """
    return shuffled(figured(question, seed), seed)


def open_stem(question: Question) -> str:
    """Return the stem as a list shows it: of a computed question, with gaps for its figures."""
    return question.stem if question.computed is None else PLACEHOLDER.sub("…", question.stem)


def shuffled(question: Question, seed: int) -> Question:
    """Return the question as it is shown: equal seeds, equal order; an ordering is never shown solved.

    The order depends on the question's id too: under one seed the right option does not always come to the
    same place. The result grades like the question itself.
    """
    chance = random.Random(f"{seed}:{question.id}")
    match question:
        case Single() | Multiple():
            return replace(question, options=_mixed(question.options, chance))
        case Ordering():
            return _unsolved(question, chance)
        case Matching():
            return replace(question, pairs=_mixed(question.pairs, chance))
        case Numeric() | ShortText() | Fix():
            return question
        case _:
            assert_never(question)


def right_order(question: Ordering) -> tuple[str, ...]:
    """Return the ids of the items in the right order, however they are shown."""
    if isinstance(question, ShuffledOrdering):
        return question.order
    return tuple(item.id for item in question.items)


def laid_out(question: Ordering) -> tuple[Choice, ...]:
    """Return what there is to put in order, and what to leave out, as it is shown."""
    texts = {item.id: item.text for item in question.items} | {each.id: each.text for each in question.distractors}
    shown = question.shown if isinstance(question, ShuffledOrdering) else tuple(texts)
    return tuple(Choice(id, texts[id]) for id in shown)


def choices(question: Matching) -> tuple[Choice, ...]:
    """Return the answers to choose from, decoys among them, sorted by text: the prompts' order tells nothing.

    An answer that belongs to several prompts is listed once.
    """
    ids = {pair.answer: pair.id for pair in reversed(question.pairs)}
    ids |= {decoy.text: decoy.id for decoy in question.decoys if decoy.text not in ids}
    return tuple(Choice(ids[text], text) for text in sorted(ids, key=lambda text: (text.casefold(), text)))


def _unsolved(question: Ordering, chance: random.Random) -> ShuffledOrdering:
    order = right_order(question)
    items = _mixed(question.items, chance)
    if tuple(item.id for item in items) == order:
        items = (*items[1:], *items[:1])
    given = {each.name: getattr(question, each.name) for each in fields(Ordering)}
    shown = _strewn([item.id for item in items], [each.id for each in question.distractors], chance)
    return ShuffledOrdering(**{**given, "items": items}, order=order, shown=shown)


def _strewn(ids: list[str], others: list[str], chance: random.Random) -> tuple[str, ...]:
    """Return the ids in their order, with the others anywhere between them."""
    for other in others:
        ids.insert(chance.randint(0, len(ids)), other)
    return tuple(ids)


def _mixed(entries: tuple[T, ...], chance: random.Random) -> tuple[T, ...]:
    return tuple(chance.sample(entries, len(entries)))
