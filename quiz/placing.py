"""Putting things where they belong: items into order, answers to prompts."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.choosing import decision
from quiz.presentation import right_order
from quiz.questions import Matching, Ordering
from quiz.verdict import Detail, Verdict, judged, malformed, quoted


def grade_ordering(question: Ordering, given: tuple[str, ...]) -> Verdict:
    """Judge an order; anything but every item once is no answer."""
    order = right_order(question)
    if sorted(given) != sorted(order):
        return malformed(f"Put all {len(order)} in order, each once.")
    items = {item.id: item for item in question.items}
    details = tuple(
        Detail(id=id, text=items[id].text, chosen=True, right=id == due, correct=True, why=items[id].why)
        for id, due in zip(given, order, strict=True)
    )
    return judged(details, f"{_hits(details)} of {len(order)} stand in their place.")


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
