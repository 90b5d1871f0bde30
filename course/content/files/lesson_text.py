"""A lesson's Markdown becomes its steps: pages to read, questions to answer, runs to predict, labs to do, incidents to
live through."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import whitespace

from course.content.files.drawn import DRAWN, PLOT, read_deciders, read_plot
from course.content.files.markdown import Fence, markdown_problems
from course.content.yaml.document import MOST_PROBLEMS
from course.content.yaml.errors import ContentError, Problem
from course.content.yaml.wording import nearest, shown
from course.syllabus import (
    Block,
    Checkpoint,
    Foretelling,
    LessonStep,
    OnCall,
    Practice,
    Prediction,
    Prose,
    Reading,
)
from quiz.questions import Question

_HEADING = re.compile(r"(?P<level>#{1,2})\s+(?P<title>.*)")
_AFTER_A_HEADING = f"{whitespace}#"
_STEP = re.compile(r"\s*\{\s*(?P<what>[\w-]+)\s*:(?P<id>[^{}]*)\}\s*")
KEYS = {"question": "questions", "lab": "labs", "incident": "incidents", "predict": "predictions"}
"""The keys of `lesson.yaml` that name the files of what a line places."""
Unread = Mapping[str, Collection[str] | None]
"""Things that are there and cannot be used, by the word that places them (`question`); None where nobody knows which
there are."""


@dataclass(frozen=True, slots=True)
class StepMark:
    """Where a step stands in the text."""

    line: int
    """From 1."""
    what: str = ""
    """The word of a line such as `{question: ID}`; empty for a page."""
    id: str = ""


def read_lesson_text(
    text: str,
    path: Path,
    questions: Mapping[str, Question],
    labs: Mapping[str, str],
    incidents: Mapping[str, str] | None = None,
    predictions: Mapping[str, Prediction] | None = None,
    unread: Unread | None = None,
) -> tuple[LessonStep, ...]:
    """Return the steps; ContentError with all that is wrong. `labs` and `incidents` give the titles by id. What is
    `unread` may be placed, and has to be."""
    reader = _read(text, path, questions, labs, incidents, predictions, unread)
    if reader.problems:
        raise ContentError(reader.problems)
    return tuple(reader.steps)


def draft_lesson_text(
    text: str,
    path: Path,
    questions: Mapping[str, Question],
    labs: Mapping[str, str],
    incidents: Mapping[str, str] | None = None,
    predictions: Mapping[str, Prediction] | None = None,
) -> tuple[tuple[LessonStep, ...], tuple[StepMark, ...]]:
    """Return the steps of a text that somebody is writing, whatever is wrong with it, and where each of them stands; a
    page without anything on it stands for what cannot be read."""
    reader = _read(text, path, questions, labs, incidents, predictions, {})
    return tuple(reader.steps), tuple(reader.marks)


def _read(
    text: str,
    path: Path,
    questions: Mapping[str, Question],
    labs: Mapping[str, str],
    incidents: Mapping[str, str] | None,
    predictions: Mapping[str, Prediction] | None,
    unread: Unread | None,
) -> _Reader:
    problems = list(markdown_problems(path, text))
    placeable = by_place(questions.values())
    reader = _Reader(path, placeable, labs, incidents or {}, predictions or {}, problems, unread or {})
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line)
    reader.finish()
    return reader


@dataclass(slots=True)
class _Page:
    """A page while it is read."""

    title: str
    line: int
    blocks: list[Block] = field(default_factory=list)
    broken: bool = False
    """Does it hold something that cannot be drawn?"""


@dataclass(slots=True)
class _Reader:
    path: Path
    questions: Mapping[str, tuple[Question, ...]]
    """What a line may place: a question, or all parts of a case."""
    labs: Mapping[str, str]
    incidents: Mapping[str, str]
    predictions: Mapping[str, Prediction]
    problems: list[Problem]
    unread: Unread
    steps: list[LessonStep] = field(default_factory=list)
    marks: list[StepMark] = field(default_factory=list)
    """Where each of the steps stands."""
    unknown: int = 0
    """Steps that only stand for what cannot be read."""
    fence: Fence = field(default_factory=Fence)
    page: _Page | None = None
    prose: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    """The lines of a fence that becomes a block of its own."""
    placed: dict[tuple[str, str], int] = field(default_factory=dict)
    """The line of each question, lab, incident and prediction that stands in the text."""

    def take(self, number: int, line: str) -> None:
        """Take in the next line."""
        before = self.fence.info
        turned = self.fence.turns(line)
        if turned and self.fence.info in DRAWN:
            self._close_prose()
        elif turned and before in DRAWN:
            self._close_drawn(number, before)
        elif before in DRAWN:
            self.drawn.append(line)
        elif turned or before is not None:
            self._prose_line(number, line)
        elif found := _HEADING.fullmatch(line):
            self._heading(number, found)
        elif found := _STEP.fullmatch(line):
            self._step(number, found)
        else:
            self._prose_line(number, line)

    def finish(self) -> None:
        """Look whether everything is there."""
        self._close_page()
        for step in self._expected():
            if step not in self.placed:
                self._complain(1, f"{_thing(step[0])} {step[1]} is placed nowhere; add a line {{{': '.join(step)}}}")
        if len(self.steps) == self.unknown and not self.placed:
            self._complain(1, "there is no page; begin one with `## Heading`")

    def _expected(self) -> Iterator[tuple[str, str]]:
        yield from ((what, id) for what, ids in self.unread.items() for id in ids or ())
        yield from (("question", id) for id in self.questions)
        yield from (("lab", id) for id in self.labs)
        yield from (("incident", id) for id in self.incidents)
        yield from (("predict", id) for id in self.predictions)

    def _heading(self, number: int, found: re.Match[str]) -> None:
        self._close_page()
        if found["level"] == "#":
            self._complain(number, "a page begins with two signs: `## Heading`; the title stands in lesson.yaml")
        title = found["title"].rstrip(_AFTER_A_HEADING)
        if not title:
            self._complain(number, "this heading is empty; give the page a title")
        self.page = _Page(title, number)

    def _prose_line(self, number: int, line: str) -> None:
        if self.page is not None:
            self.prose.append(line)
        elif line.strip():
            self._complain(number, "this text is on no page; begin one above it with `## Heading`")
            self.page = _Page("", number)
            self.prose.append(line)

    def _close_drawn(self, number: int, info: str) -> None:
        fence = number - len(self.drawn) - 1
        lines, self.drawn = "\n".join(self.drawn), []
        if self.page is None:
            what = "plot" if info == PLOT else "table of deciders"
            self._complain(fence, f"this {what} is on no page; begin one above it with `## Heading`")
            self.page = _Page("", fence)
        try:
            read = read_plot if info == PLOT else read_deciders
            self.page.blocks.append(read(lines, self.path))
        except ContentError as error:
            self.page.broken = True
            self.problems += [replace(problem, line=problem.line + fence) for problem in error.problems]

    def _close_prose(self) -> None:
        markdown = "\n".join(self.prose).strip("\n")
        self.prose = []
        if self.page is not None and markdown.strip():
            self.page.blocks.append(Prose(markdown=markdown))

    def _close_page(self) -> None:
        self._close_prose()
        if self.page is not None:
            if not self.page.blocks and not self.page.broken:
                self._complain(self.page.line, "this page is empty; write it, or remove its heading")
            reading = Reading(title=self.page.title, blocks=tuple(self.page.blocks))
            self._add(StepMark(self.page.line), [reading])
        self.page = None

    def _step(self, number: int, found: re.Match[str]) -> None:
        self._close_page()
        what, id = found["what"], found["id"].strip()
        kinds: dict[str, Collection[str]] = {
            "question": self.questions,
            "lab": self.labs,
            "incident": self.incidents,
            "predict": self.predictions,
        }
        known = kinds.get(what)
        mark = StepMark(number, what, id)
        if known is None or id not in known:
            self.unknown += 1
            self._add(mark, [Reading(title=id, blocks=())])
        if known is None:
            self._complain(number, f"{shown(what)} is no kind of step; {nearest(what, kinds)}")
        elif id not in known and not self._may_be_there(what, id):
            if len(self.problems) < MOST_PROBLEMS:  # looking for the nearest is slow
                say = f"there is no {_thing(what)} {shown(id)} in this lesson; {self._meant(what, id, known)}"
                self._complain(number, say)
        elif (what, id) in self.placed:
            first = self.placed[what, id]
            self._complain(number, f"{_thing(what)} {id} was placed in line {first} already; place it once")
        else:
            self.placed[what, id] = number
            if id in known:
                self._add(mark, self._placed_steps(what, id))

    def _add(self, mark: StepMark, steps: Sequence[LessonStep]) -> None:
        self.steps += steps
        self.marks += [mark] * len(steps)

    def _may_be_there(self, what: str, id: str) -> bool:
        """Is it in a file that cannot be used as it is?"""
        there = self.unread.get(what, ())
        return there is None or id in there

    def _meant(self, what: str, id: str, known: Collection[str]) -> str:
        there = (*known, *(self.unread.get(what) or ()))
        key = KEYS[what]
        return nearest(id, there) if there else f"name its file under `{key}` in lesson.yaml, or take the line out"

    def _placed_steps(self, what: str, id: str) -> list[LessonStep]:
        if what == "lab":
            return [Practice(lab=id, title=self.labs[id])]
        if what == "incident":
            return [OnCall(incident=id, title=self.incidents[id])]
        if what == "predict":
            return [Foretelling(prediction=self.predictions[id])]
        return [Checkpoint(question=question) for question in self.questions[id]]

    def _complain(self, line: int, say: str) -> None:
        self.problems.append(Problem(self.path, line, 1, say))


def by_place(questions: Iterable[Question]) -> dict[str, tuple[Question, ...]]:
    """Return what can be placed in a lesson by its id: a question, or all parts of a case."""
    found: dict[str, tuple[Question, ...]] = {}
    for each in questions:
        name = each.case.id if each.case else each.id
        found[name] = (*found.get(name, ()), each)
    return found


def _thing(what: str) -> str:
    """Return what a line such as `{predict: ID}` places."""
    return "prediction" if what == "predict" else what
