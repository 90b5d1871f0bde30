"""Drafts made of what other formats say: options with shares, pairs, numbers and words become questions of ours, as a
start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from string import ascii_lowercase
from typing import TypeVar, get_args

from course.interchange.reading import MOST_ANSWERS, MOST_QUESTIONS, Draft, Finding, Unreadable, slug
from quiz.grading import grade, solution
from quiz.numbers import number_text
from quiz.questions import (
    Answer,
    Item,
    Level,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    ShortText,
    Single,
    Slip,
)

Q = TypeVar("Q", bound=Question)
_OBJECTIVE = re.compile(r"([a-z0-9-]+)/([0-9][0-9.]*)")
_PLACE = re.compile(r"(\d+)\.?")
FULL = 100.0


class NotTaken(Exception):
    """A question that has no place here; the message says why and what could be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What every question has, in our words already."""

    name: str
    id: str
    """Empty where the file has none."""
    stem: str
    explain: str
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer with its share of the points, from -100 to 100."""

    text: str
    share: float
    why: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that counts its share, within an absolute tolerance."""

    value: Fraction
    tolerance: Fraction
    share: float
    why: str


@dataclass(slots=True)
class Drafts:
    """What was found of a file so far."""

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    """The ids of the drafts."""

    def add(self, question: Question, given: Given, line: int) -> None:
        """Take a question in, with an id of its own, what its tags say, and answers that prove its key."""
        self._count(line, 1)
        id = slug(given.id or given.name, self.taken, len(self.drafts) + 1)
        self.taken.add(id)
        notes = list(given.notes)
        if given.id and id != given.id:
            notes.append(f"its id was {given.id}")
        level, revision, objectives, others = _told(given.tags)
        if others:
            notes.append(f"its tags were {', '.join(others)}")
        named = replace(question, id=id, level=level, revision=revision, objectives=objectives or None)
        accepts, rejects = _proofs(named)
        self.drafts.append(Draft(replace(named, accepts=accepts, rejects=rejects), line, tuple(notes)))

    def leave_out(self, line: int, column: int, say: str) -> None:
        """Note what could not be taken."""
        self._count(line, column)
        self.findings.append(Finding(line, column, say))

    def _count(self, line: int, column: int) -> None:
        if len(self.drafts) + len(self.findings) >= MOST_QUESTIONS:
            say = f"the file has more than {MOST_QUESTIONS:,} questions; export fewer at a time"
            raise Unreadable(line, column, say)


def chosen(given: Given, choices: Sequence[Choice], *, one: bool) -> tuple[Question, Given]:
    """Return a question with options; `one` may be chosen, or several."""
    _bounded(choices, 2)
    right = [choice.share >= FULL if one else choice.share > 0 for choice in choices]
    if one and sum(right) > 1:
        raise NotTaken("several answers are right, and one of them is enough; here exactly one may be right")
    if not any(right):
        raise NotTaken("no answer is right; say which one is")
    if one and any(0 < choice.share < FULL for choice in choices):
        given = replace(given, notes=(*given.notes, "some answers were right in part; here they are wrong"))
    options = tuple(
        Option(id=_letter(at), text=choice.text, why=choice.why, correct=correct)
        for at, (choice, correct) in enumerate(zip(choices, right, strict=True))
    )
    if sum(right) == 1:
        return Single(id="", stem=given.stem, explain=given.explain, hints=given.hints, options=options), given
    return Multiple(id="", stem=given.stem, explain=given.explain, hints=given.hints, options=options), given


def matched(given: Given, rows: Sequence[tuple[str, str]]) -> Question:
    """Return a matching; where the prompts are the numbers of places, an ordering. A row without a prompt is an answer
    that belongs to none."""
    _bounded(rows, 2)
    pairs = [(prompt, answer) for prompt, answer in rows if prompt.strip()]
    spare = [answer for prompt, answer in rows if not prompt.strip()]
    others = tuple(Option(id=_letter(at), text=text, why="") for at, text in enumerate(spare, len(pairs)))
    places = [found and int(found[1]) for found in (_PLACE.fullmatch(prompt.strip()) for prompt, _ in pairs)]
    if places == list(range(1, len(pairs) + 1)):
        steps = tuple(Item(id=_letter(at), text=answer, why="") for at, (_, answer) in enumerate(pairs))
        common = {"stem": given.stem, "explain": given.explain, "hints": given.hints}
        return Ordering(id="", items=steps, distractors=others, **common)  # type: ignore[arg-type]
    made = tuple(
        Pair(id=_letter(at), prompt=prompt, answer=answer, why="") for at, (prompt, answer) in enumerate(pairs)
    )
    return Matching(id="", stem=given.stem, explain=given.explain, hints=given.hints, pairs=made, decoys=others)


def ordered(given: Given, steps: Sequence[tuple[str, str]]) -> Question:
    """Return an ordering of steps with their reasons."""
    _bounded(steps, 2)
    items = tuple(Item(id=_letter(at), text=text, why=why) for at, (text, why) in enumerate(steps))
    return Ordering(id="", stem=given.stem, explain=given.explain, hints=given.hints, items=items)


def counted(given: Given, numbers: Sequence[Number], unit: str = "") -> tuple[Question, Given]:
    """Return a question after a number: the first that counts in full, with all that count nothing as slips."""
    _bounded(numbers, 1)
    right = next((each for each in numbers if each.share >= FULL), None)
    if right is None:
        raise NotTaken("no number is right; say which one is")
    if len([each for each in numbers if each.share > 0]) > 1:
        given = replace(given, notes=(*given.notes, "other numbers were right too, or in part; here one is right"))
    slips = tuple(Slip(answer=number_text(each.value), why=each.why) for each in numbers if each.share <= 0)
    question = Numeric(
        id="",
        stem=given.stem,
        explain=given.explain,
        hints=given.hints,
        value=float(right.value),
        tolerance=float(right.tolerance),
        unit=unit,
        slips=slips,
    )
    return question, given


def worded(given: Given, words: Sequence[Choice]) -> tuple[Question, Given]:
    """Return a question after a word: all that count in full are right, and those that count nothing are slips."""
    _bounded(words, 1)
    answers = tuple(each.text for each in words if each.share >= FULL)
    if not answers:
        raise NotTaken("no answer is right; say which one is")
    if any(0 < each.share < FULL for each in words):
        given = replace(given, notes=(*given.notes, "some answers were right in part; they are left out"))
    if any("*" in each.text for each in words):
        given = replace(given, notes=(*given.notes, "an asterisk may have stood for any letters; here it is a sign"))
    slips = tuple(Slip(answer=each.text, why=each.why) for each in words if each.share <= 0 and each.text != "*")
    question = ShortText(id="", stem=given.stem, explain=given.explain, hints=given.hints, answers=answers, slips=slips)
    return question, given


def _bounded(parts: Sequence[object], least: int) -> None:
    if len(parts) > MOST_ANSWERS:
        raise NotTaken(f"it has {len(parts)} answers, and {MOST_ANSWERS} are the most")
    if len(parts) < least:
        raise NotTaken(f"it has {len(parts)} answers, and needs at least {least}")


def _letter(at: int) -> str:
    return ascii_lowercase[at] if at < len(ascii_lowercase) else f"o{at + 1}"


def _told(tags: Iterable[str]) -> tuple[Level | None, int, Mapping[str, tuple[str, ...]], list[str]]:
    """Return what tags of our own say, and all others."""
    level: Level | None = None
    revision, objectives, others = 1, dict[str, tuple[str, ...]](), list[str]()
    for tag in tags:
        kind, _, value = tag.partition(":")
        if kind == "level" and value in get_args(Level):
            level = next(each for each in get_args(Level) if each == value)
        elif kind == "revision" and value.isascii() and value.isdigit() and int(value[:6]) > 0:
            revision = int(value[:6])
        elif found := _OBJECTIVE.fullmatch(tag):
            objectives[found[1]] = tuple(dict.fromkeys((*objectives.get(found[1], ()), found[2])))
        else:
            others.append(tag)
    return level, revision, objectives, others


def _proofs(question: Question) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return an answer that is right, and some that are wrong for certain."""
    right = solution(question)
    wrong = [each for each in _wrong(question) if not (verdict := grade(question, each)).correct and verdict.valid]
    return (right,), tuple(wrong[:3])


def _wrong(question: Question) -> Iterable[Answer]:
    match question:
        case Single():
            return (option.id for option in question.options if not option.correct)
        case Multiple():
            right = [option.id for option in question.options if option.correct]
            return (tuple(right[1:]), tuple(right[:-1]), tuple(option.id for option in question.options))
        case Ordering():
            return (tuple(item.id for item in reversed(question.items)),)
        case Matching():
            ids = [pair.id for pair in question.pairs]
            return (dict(zip(ids, [*ids[1:], *ids[:1]], strict=True)),)
        case Numeric():
            more = question.value + 2 * question.tolerance + max(1.0, abs(question.value))
            return chain((slip.answer for slip in question.slips), [number_text(more)])
        case _:
            slips = question.slips if isinstance(question, ShortText) else ()
            return chain((slip.answer for slip in slips), ["something else entirely"])
