"""What the lines of a pack's files are about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from course.content.drafts.pack import DraftPack
from course.content.files.course import COURSE_FILE, LessonEntry
from course.content.schema.mentions import texts
from course.content.yaml.document import Document
from course.content.yaml.errors import ContentError
from course.previews import Spot

_ID = re.compile(r"""(?:^\s*(?:-\s+)*|[{,]\s*)id:\s*["']?(?P<id>[a-z0-9-]+)""")


def spot_of(pack: DraftPack, name: PurePosixPath, line: int) -> Spot | None:
    """Return what a line of a file is about; None for a file that the course does not show."""
    if name == COURSE_FILE:
        return Spot(kind="outline")
    if name == pack.course.glossary:
        return Spot(kind="glossary", id=_listed(pack, name, "terms", line, pack.outline.terms))
    for id, exam in pack.course.exams.items():
        if name == exam:
            return Spot(kind="exam", id=id)
    found = (_of_lesson(pack, id, entry, name, line) for id, entry in pack.course.lessons.items())
    if spot := next((each for each in found if each), None):
        return spot
    broken = {problem.path.as_posix() for problem in pack.homeless_problems}
    return Spot(kind="outline") if str(name) in broken else None  # of a lesson that is not there yet


def _of_lesson(pack: DraftPack, id: str, entry: LessonEntry, name: PurePosixPath, line: int) -> Spot | None:
    here, file = entry.folder, entry.file
    if not name.is_relative_to(here):
        return None
    for kind, named in (("lab", file.labs), ("incident", file.incidents)):
        for path in (here / each for each in named):
            if name.is_relative_to(path.parent) and path.parent != here:
                return Spot(kind="lab" if kind == "lab" else "incident", id=path.parent.name)
    draft = pack.draft(id)
    if name == here / file.body:
        step = draft.step_at(line)
        first, after = draft.lines_of(step)
        last = after or len(_lines(pack, name))
        share = (line - first) / max(1, last - first)
        return Spot(kind="lesson", id=id, step=step, share=min(1.0, max(0.0, share)))
    placed = {mark.id for mark in draft.marks}
    for each in file.predictions:
        if name == here / each:
            found = _listed(pack, name, "predictions", line, placed)
            return Spot(kind="lesson", id=id, step=draft.step_of("predict", found))
    if name in [here / each for each in file.questions]:
        parts = {question.id for question in draft.lesson.questions}
        found = _listed(pack, name, "questions", line, placed | parts)
        return Spot(kind="lesson", id=id, step=draft.step_of("question", found))
    if name in [here / each for each in file.practice]:
        found = _listed(pack, name, "questions", line, {question.id for question in draft.lesson.practice})
        return Spot(kind="question", id=found) if found else Spot(kind="lesson", id=id)
    return Spot(kind="lesson", id=id)


def _lines(pack: DraftPack, name: PurePosixPath) -> list[str]:
    """Return the lines of a file, none if it cannot be read."""
    try:
        return pack.folder.text(name).split("\n")
    except ContentError:
        return []


def _listed(pack: DraftPack, name: PurePosixPath, key: str, line: int, known: Collection[str]) -> str:
    """Return the id of that item of a list on whose lines this one is; empty if it is none of those known."""
    try:
        starts = sorted(_starts(pack.folder.document(name), key))
    except ContentError:
        starts = list(_written(pack, name, known))
    ids = [id for start, id in starts if start <= line and id in known]
    return ids[-1] if ids else ""


def _starts(document: Document, key: str) -> Iterator[tuple[int, str]]:
    """Yield the first line of each item, and of the parts of a case, with its id."""
    for pattern in ((key, ..., "id"), (key, ..., "parts", ..., "id")):
        for trail, id in texts(document.data, pattern):
            yield document.where(trail[:-1])[0], id


def _written(pack: DraftPack, name: PurePosixPath, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that give one of the known ids, of a file that is no YAML at the moment."""
    for number, line in enumerate(_lines(pack, name), 1):
        found = _ID.search(line)
        if found and found["id"] in known:
            yield number, found["id"]
