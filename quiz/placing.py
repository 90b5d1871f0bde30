"""Putting things where they belong: items in order, answers to prompts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quiz.choosing import decision
from quiz.presentation import right_order
from quiz.questions import Matching, Ordering
from quiz.verdict import Detail, Verdict, judged, malformed, quoted


def grade_ordering(question: Ordering, given: tuple[str, ...]) -> Verdict:
    """Judge an order; anything but every item once is no answer, unless there are distractors to leave out.

    What belongs is judged by its place among what was chosen and belongs, so that one mistake moves no other.
    """
    order = right_order(question)
    known = frozenset(order) | {each.id for each in question.distractors}
    if question.distractors and (not given or len(set(given)) < len(given) or not known.issuperset(given)):
        return malformed("Put those that belong in order, each once.")
    if not question.distractors and sorted(given) != sorted(order):
        return malformed(f"Put all {len(order)} in order, each once.")
    return judged(tuple(_placed(question, order, given)), _say(order, given))


def _placed(question: Ordering, order: tuple[str, ...], given: tuple[str, ...]) -> Iterator[Detail]:
    """Yield the details: what was given in its order, then what was left out."""
    items = {item.id: item for item in question.items}
    wrong = {each.id: each for each in question.distractors}
    hits = _in_place(order, given)
    for id in (*given, *(id for id in order if id not in given)):
        if id in wrong:
            yield decision(wrong[id], chosen=True)
        else:
            item = items[id]
            yield Detail(id=id, text=item.text, chosen=id in given, right=id in hits, correct=True, why=item.why)
    yield from (decision(each, chosen=False) for each in question.distractors if each.id not in given)


def _in_place(order: tuple[str, ...], given: tuple[str, ...]) -> frozenset[str]:
    """Return what stands where it should, among what was chosen and belongs."""
    mine = [id for id in given if id in order]
    due = [id for id in order if id in mine]
    return frozenset(id for id, other in zip(mine, due, strict=True) if id == other)


def _say(order: tuple[str, ...], given: tuple[str, ...]) -> str:
    extra, missing = len(set(given) - set(order)), len(set(order) - set(given))
    counts = (f"{len(_in_place(order, given))} of {len(order)} stand in their place",)
    too_many = (f"{extra} belong{'s' if extra == 1 else ''} to no place",) if extra else ()
    return ", ".join((*counts, *too_many, *((f"{missing} missing",) if missing else ()))) + "."


def grade_matching(question: Matching, given: Mapping[str, str]) -> Verdict:
    """Judge which prompt got which answer; a text that belongs to two prompts is right for both."""
    texts = {pair.id: pair.answer for pair in question.pairs} | {each.id: each.text for each in question.decoys}
    refusal = _refusal([pair.id for pair in question.pairs], texts, given)
    if refusal:
        return malformed(refusal)
    pairs = tuple(
        Detail(
            id=pair.id,
            text=pair.prompt,
            chosen=True,
            right=texts[given[pair.id]] == pair.answer,
            correct=True,
            why=pair.why,
        )
        for pair in question.pairs
    )
    decoys = tuple(decision(decoy, decoy.id in given.values()) for decoy in question.decoys)
    return judged(pairs, f"{_hits(pairs)} of {len(pairs)} pairs are right.", aside=decoys)


def _refusal(prompts: list[str], texts: Mapping[str, str], given: Mapping[str, str]) -> str:
    for known, used, what in ((prompts, given.keys(), "prompt"), (texts, given.values(), "answer")):
        unknown = sorted(set(used) - set(known))
        if unknown:
            return f"There is no {what} {quoted(unknown[0])}."
    left = [prompt for prompt in prompts if prompt not in given]
    return f"Give an answer to {', '.join(left)} too." if left else ""


def _hits(details: tuple[Detail, ...]) -> int:
    return sum(detail.right for detail in details)
