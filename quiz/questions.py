"""The kinds of question: a closed union, each kind with only its own fields.

To add a kind: a dataclass here with its `kind`, a `case` in `quiz.grading`, and a widget in `course.tui`; the type
checker names every place that is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from quiz.computed.computed import Computed
from quiz.exhibit import Exhibit
from quiz.verdict import Judge

Answer = str | tuple[str, ...] | Mapping[str, str]
"""What a learner gives: one id or text; several ids (for ordering, in order); or prompt id -> answer id."""


Level = Literal["remember", "understand", "apply", "analyse", "evaluate"]
"""What a question asks of the learner, from the least to the most: the steps of Anderson and Krathwohl's taxonomy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose, with the reason why it is right or wrong."""

    id: str
    text: str
    why: str
    correct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The scenario that several questions share, and which of them this one is."""

    id: str
    stem: str
    exhibit: Exhibit | None = None
    place: int
    """From 1."""
    of: int


def unwritten() -> dict[str, bool]:
    """Return the metadata of a field that no key of a file stands for: whoever reads the file fills it in."""
    return {"unwritten": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What every question has."""

    id: str
    stem: str
    exhibit: Exhibit | None = None
    """What there is to look at before one answers."""
    case: Case | None = field(default=None, metadata=unwritten())
    """What it is about together with others; each of them is asked, answered and judged by itself."""
    explain: str
    revision: int = 1
    hints: tuple[str, ...] = ()
    objectives: Mapping[str, tuple[str, ...]] | None = None
    """Exam objectives by exam id."""
    level: Level | None = None
    """None: nobody has said."""
    accepts: tuple[Answer, ...] = ()
    """Answers that must be graded right: the key proves itself."""
    rejects: tuple[Answer, ...] = ()
    computed: Computed | None = None
    """Where the figures come from that its texts leave open; `quiz.presentation.posed` puts them in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Common):
    """One option is right."""

    kind: ClassVar[str] = "single"
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Common):
    """Several options are right; all or nothing."""

    kind: ClassVar[str] = "multiple"
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One step of an ordering."""

    id: str
    text: str
    why: str
    """Why it stands where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Common):
    """Put the items in order; the file gives them in the right one. Where there are distractors, those that belong
    have to be chosen too: an answer lists only these."""

    kind: ClassVar[str] = "ordering"
    items: tuple[Item, ...]
    distractors: tuple[Option, ...] = ()
    """What belongs to no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A prompt and the answer that belongs to it."""

    id: str
    prompt: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Common):
    """Give each prompt its answer. An answer to the question maps each pair's id to the id of the chosen answer;
    the id of a pair's own answer is the pair's id, that of a decoy its own."""

    kind: ClassVar[str] = "matching"
    pairs: tuple[Pair, ...]
    decoys: tuple[Option, ...] = ()
    """Answers that belong to no prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A wrong answer that people give, and what it tells about their thinking."""

    answer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Common):
    """A number, within a tolerance, in a unit."""

    kind: ClassVar[str] = "numeric"
    value: float = 0.0
    figure: str = ""
    """The name of the figure that is the value, of a computed question."""
    tolerance: float = 0.0
    """Absolute."""
    unit: str = ""
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """Something that a sentence may say, in words that mean about the same."""

    id: str
    any: tuple[str, ...]
    """Phrases; inflections and the order of their words do not matter, and `real/live traffic` is either. `green old
    !new` must stand in one part of a sentence, and `new` must not stand there."""
    say: str
    """What is missing where it is not said; of a wrong claim: why it is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(Common):
    """A word or a name, compared without regard to case, spaces and punctuation; or, where there are concepts, a
    sentence that has to say each of them."""

    kind: ClassVar[str] = "short-text"
    answers: tuple[str, ...]
    """Where there are concepts: model answers."""
    slips: tuple[Slip, ...] = ()
    concepts: tuple[Concept, ...] = ()
    wrong: tuple[Concept, ...] = ()
    """What must not be claimed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix(Common):
    """Mend a request; an answer is the whole text of the mended one, and a judge says what holds of it."""

    kind: ClassVar[str] = "fix"
    request: str
    """What the learner begins with."""
    lab: str
    """The id of the lab whose world it is sent to."""
    solution: str
    judge: Judge = field(metadata=unwritten())


Question = Single | Multiple | Ordering | Matching | Numeric | ShortText | Fix
