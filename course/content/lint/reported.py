"""Reports of learners, beside the questions that they are about: what was answered then, and what it is graded now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from course.content.files.questions import sound_questions
from course.content.pack import Pack
from course.content.pack_ids import inner_ids
from course.content.schema.ids import Given
from course.content.yaml.errors import Problem
from course.errors import one_line
from course.question_reports import LARGEST, NotAReport, QuestionReport, read, told
from quiz.grading import grade, takes_long
from quiz.presentation import posed
from quiz.questions import Question

MOST_FILES = 10_000
"""Of a folder; more than a large class writes in a term."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file of a folder with reports: what it holds, or why that cannot be told."""

    file: Path
    report: QuestionReport | None
    say: str = ""


def received(folder: Path) -> Iterator[Received]:
    """Yield every file of a folder that is called as reports are, by name; OSError if there is no such folder."""
    names = sorted(islice((each.name for each in os.scandir(folder) if each.name.endswith(".json")), MOST_FILES))
    for name in names:
        file = folder / name
        try:
            if not file.is_file():
                raise NotAReport("it is no file")
            with file.open("rb") as opened:
                yield Received(file, read(opened.read(LARGEST + 1)))
        except NotAReport as error:
            yield Received(file, None, str(error))
        except OSError as error:
            yield Received(file, None, f"it cannot be read ({error.strerror})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A question with what learners say of it."""

    at: Problem
    """Its place, and how often it was reported."""
    said: tuple[str, ...]
    """A line for each report."""
    files: tuple[Path, ...]


def reported(pack: Pack, given: Iterable[Received]) -> Iterator[Reported]:
    """Yield the questions of a pack that reports are about, in the order of the files; ContentError if its outline is
    wrong."""
    by_id: dict[str, list[Received]] = {}
    for each in given:
        if each.report is not None:
            by_id.setdefault(each.report.question, []).append(each)
    places = {each.id: each for each in inner_ids(pack) if each.kind == "question" and each.id in by_id}
    questions = dict(_questions(pack, places.values()))
    for id, place in places.items():
        about = by_id[id]
        count = "once" if len(about) == 1 else f"{len(about)} times"
        where = place.document.where(place.trail)
        yield Reported(
            at=Problem(place.document.path, *where, f"question {id} was reported {count}"),
            said=tuple(_line(each.report, questions.get(id)) for each in about if each.report is not None),
            files=tuple(each.file for each in about),
        )


def elsewhere(packs: Sequence[Pack], given: Iterable[Received]) -> Iterator[tuple[Path, str]]:
    """Yield the files that are about no question of these packs, and those that are no reports, with the reason."""
    there = {each.id for pack in packs for each in inner_ids(pack) if each.kind == "question"}
    for each in given:
        if each.report is None:
            yield each.file, f"{each.say}; leave it out"
        elif each.report.question not in there:
            id, pack = one_line(each.report.question), one_line(each.report.pack)
            yield each.file, f"there is no question {id} here; it was one of the pack {pack}"


def _questions(pack: Pack, places: Iterable[Given]) -> Iterator[tuple[str, Question]]:
    """Yield those of the questions that can be read, by id."""
    documents = {each.document.path: each.document for each in places}
    for document in documents.values():
        yield from ((question.id, question) for question, _ in sound_questions(document, pack.labs))


def _line(report: QuestionReport, question: Question | None) -> str:
    return f"{told(report)} ({'; '.join(_since(report, question))})"


def _since(report: QuestionReport, question: Question | None) -> Iterator[str]:
    """Yield what has become of it since the report was written."""
    yield {True: "right then", False: "wrong then", None: "not graded then"}[report.correct]
    if question is None:
        yield "the question cannot be read now"
        return
    if report.revision < question.revision:
        yield f"older than revision {question.revision} of today"
    elif report.revision > question.revision:
        yield f"newer than revision {question.revision} that is here"
    if report.answer is None:
        return
    if takes_long(question):
        yield "not graded again, for that takes runs"
        return
    verdict = grade(posed(question, report.seed), report.answer)
    if not verdict.valid:
        yield "today this is no answer to it"
    else:
        today = "unsure" if verdict.unsure else "right" if verdict.correct else "wrong"
        yield f"{today} today: {one_line(verdict.say)}"
