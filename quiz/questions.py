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
    """A letter, or a word that tells nothing."""
    text: str
    """What is chosen."""
    why: str
    """Why it is right or wrong; told after the answer, chosen or not."""
    correct: bool = False
    """Is it right?"""


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
    """Of letters, digits and hyphens; for ever: what a learner did is kept under it."""
    stem: str
    """What is asked."""
    exhibit: Exhibit | None = None
    """What there is to look at before one answers."""
    case: Case | None = field(default=None, metadata=unwritten())
    """What it is about together with others; each of them is asked, answered and judged by itself."""
    explain: str
    """Told after the answer, to those who were right as well."""
    revision: int = 1
    """Goes up when the meaning changes, and not for a typo."""
    hints: tuple[str, ...] = ()
    """From a nudge to nearly the solution."""
    objectives: Mapping[str, tuple[str, ...]] | None = None
    """Exam objectives by exam id."""
    level: Level | None = None
    """None: nobody has said."""
    accepts: tuple[Answer, ...] = ()
    """Answers that must be graded right: the key proves itself."""
    rejects: tuple[Answer, ...] = ()
    """Answers that must be graded wrong: those that people really give."""
    computed: Computed | None = None
    """Where the figures come from that its texts leave open; `quiz.presentation.posed` puts them in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Common):
    """One option is right."""

    kind: ClassVar[str] = "single"
    options: tuple[Option, ...]
    """Two at least, of which one is correct."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Common):
    """Several options are right; all or nothing."""

    kind: ClassVar[str] = "multiple"
    options: tuple[Option, ...]
    """Two at least are correct."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One step of an ordering."""

    id: str
    """A letter, or a word that tells nothing."""
    text: str
    """What is put into its place."""
    why: str
    """Why it stands where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Common):
    """Put the items in order; the file gives them in the right one. Where there are distractors, those that belong
    have to be chosen too: an answer lists only these."""

    kind: ClassVar[str] = "ordering"
    items: tuple[Item, ...]
    """In the right order; they are shuffled when they are shown."""
    distractors: tuple[Option, ...] = ()
    """What belongs to no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A prompt and the answer that belongs to it."""

    id: str
    """A letter, or a word that tells nothing."""
    prompt: str
    """What needs a partner."""
    answer: str
    """Its partner."""
    why: str
    """Why they belong together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Common):
    """Give each prompt its answer. An answer to the question maps each pair's id to the id of the chosen answer;
    the id of a pair's own answer is the pair's id, that of a decoy its own."""

    kind: ClassVar[str] = "matching"
    pairs: tuple[Pair, ...]
    """Two at least; partners are shown by alphabet."""
    decoys: tuple[Option, ...] = ()
    """Answers that belong to no prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A wrong answer that people give, and what it tells about their thinking."""

    answer: str
    """As somebody types it."""
    why: str
    """What went wrong in their thinking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Common):
    """A number, within a tolerance, in a unit."""

    kind: ClassVar[str] = "numeric"
    value: float = 0.0
    """The right answer."""
    figure: str = ""
    """The name of the figure that is the value, of a computed question."""
    tolerance: float = 0.0
    """Absolute."""
    unit: str = ""
    """Stands behind the answer."""
    slips: tuple[Slip, ...] = ()
    """Wrong answers whose reason is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """Something that a sentence may say, in words that mean about the same."""

    id: str
    """Of letters, digits and hyphens."""
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
    """Wrong answers whose reason is known."""
    concepts: tuple[Concept, ...] = ()
    """What a sentence has to say, each of them."""
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
