"""What was chosen, how often, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quiz.items.found import LEARNERS
from quiz.items.ranking import share_of, strongest, weakest
from quiz.items.response import Response
from quiz.questions import Multiple, Question, Single

THIRD = 1 / 3
MOST = 8
"""How many different wrong answers are told where anything may be typed or arranged."""
LONGEST = 80
"""Characters of one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An option, or a wrong answer, with those who gave it first."""

    id: str
    """Of the option; the answer itself where there are none."""
    text: str
    key: bool
    """Does it belong to the right answer?"""
    count: int
    share: float
    """Of all first answers."""
    upper: float | None
    """Its share among the stronger third of the learners; None if there are too few learners."""
    lower: float | None
    """Its share among the weaker third."""


def drawn(question: Question | None, first: Mapping[str, Response], rests: Mapping[str, float]) -> tuple[Drawn, ...]:
    """Return what the first answers chose: all options of a question that has some, in its order, and else the wrong
    answers that were given most."""
    by: dict[str, list[str]] = {}
    for learner, response in first.items():
        for id in chosen(question, response):
            by.setdefault(id, []).append(learner)
    telling = len(rests) >= LEARNERS and len(set(rests.values())) > 1
    upper, lower = (strongest(rests, THIRD), weakest(rests, THIRD)) if telling else ({}, {})

    def row(id: str, text: str, key: bool) -> Drawn:
        those = by.get(id, [])
        return Drawn(
            id=id,
            text=text,
            key=key,
            count=len(those),
            share=len(those) / len(first),
            upper=share_of(upper, those) if upper else None,
            lower=share_of(lower, those) if lower else None,
        )

    if isinstance(question, Single | Multiple):
        return tuple(row(option.id, option.text, option.correct) for option in question.options)
    most = sorted(by, key=lambda id: (-len(by[id]), id))[:MOST]
    return tuple(row(id, id, False) for id in most)


def chosen(question: Question | None, response: Response) -> Iterator[str]:
    """Yield what an answer chose, each once: its options; where there are none, the whole answer if it is wrong."""
    answer = response.answer
    if isinstance(question, Single | Multiple):
        given = (answer,) if isinstance(answer, str) else answer if isinstance(answer, tuple) else ()
        yield from {option.id: None for option in question.options if option.id in given}
    elif not response.correct and answer is not None and (text := spelt(answer)):
        yield text


def spelt(answer: object) -> str:
    """Return an answer in one line, not too long, with blanks and case as they are compared."""
    if isinstance(answer, str):
        line = " ".join(answer.casefold().split())
    elif isinstance(answer, Mapping):
        line = ", ".join(f"{key}={answer[key]}" for key in sorted(answer))
    else:
        line = " > ".join(answer) if isinstance(answer, tuple) else ""
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def wrong_ones(question: Question | None, responses: Iterable[Response]) -> tuple[tuple[str, int], ...]:
    """Return what wrong answers chose and should not have chosen, as text, with how often: the most frequent first."""
    texts: Counter[str] = Counter()
    wrong = {each.id: each.text for each in getattr(question, "options", ()) if not each.correct}
    for response in responses:
        if not response.correct:
            texts.update(wrong.get(id, id) for id in chosen(question, response) if id in wrong or not wrong)
    return tuple(sorted(texts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST])
