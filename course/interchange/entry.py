"""A question on its way into another program: with its figures in it, and with the lesson that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from quiz.computed.asking import figured
from quiz.numbers import number_text, read_number
from quiz.presentation import shuffled
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single, Slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The lesson that a question belongs to."""

    id: str
    title: str
    sources: tuple[str, ...] = ()
    """Addresses of pages in the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question as it is exported; of a computed one there is an entry for each seed."""

    id: str
    """The question's id, with the seed if it is computed: the same for ever, so that a second import updates."""
    question: Question
    """With figures; its parts stand as in the file."""
    origin: Origin
    seed: int = 0
    computed: bool = False

    @property
    def mixed(self) -> Question:
        """The question as it is shown where nobody else mixes it."""
        return shuffled(self.question, self.seed)

    @property
    def tags(self) -> tuple[str, ...]:
        """What it serves and asks for, and its revision: `mla-c01/3.1`, `level:apply`, `revision:2`."""
        question = self.question
        objectives = [f"{exam}/{each}" for exam, named in (question.objectives or {}).items() for each in named]
        level = [f"level:{question.level}"] if question.level else []
        return (*objectives, *level, f"revision:{question.revision}")


def entries(question: Question, origin: Origin, seeds: Iterable[int]) -> Iterator[Entry]:
    """Yield an entry for a question, or of a computed one an entry for each seed."""
    if question.computed is None:
        yield Entry(id=question.id, question=question, origin=origin)
        return
    for seed in seeds:
        told = figured(question, seed)
        yield Entry(id=f"{question.id}-s{seed}", question=told, origin=origin, seed=seed, computed=True)


def reasons(question: Question) -> tuple[tuple[str, str], ...]:
    """Return each part of a question with the reason why it is right or wrong, or stands where it stands."""
    match question:
        case Single() | Multiple():
            return tuple((each.text, each.why) for each in question.options)
        case Ordering():
            steps = tuple((item.text, item.why) for item in question.items)
            return (*steps, *((each.text, each.why) for each in question.distractors))
        case Matching():
            pairs = [(f"{each.prompt}: {each.answer}", each.why) for each in question.pairs]
            return (*pairs, *((each.text, each.why) for each in question.decoys))
        case Numeric() | ShortText():
            return tuple((each.answer, each.why) for each in question.slips)
        case Fix():
            return ()
        case _:
            assert_never(question)


def numbers(question: Numeric) -> Iterator[tuple[str, Slip]]:
    """Yield each slip with its number as programs read it; one that is no number is nowhere an answer."""
    for slip in question.slips:
        number = read_number(slip.answer, question.unit)
        if number is not None:
            yield number_text(number), slip


def model(question: ShortText | Fix) -> str:
    """Return what somebody who marks an answer compares it with."""
    if isinstance(question, Fix):
        return question.solution.rstrip()
    says = [f"It should be said: {each.say}" for each in question.concepts]
    wrong = [f"It must not be said: {each.say}" for each in question.wrong]
    return "\n".join((question.answers[0], *says, *wrong))
