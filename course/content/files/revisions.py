"""The revisions in a lesson's files: of the lesson itself, and of all that is done in it.

On the way to the first screen, so these are read from plain data; what is wrong with it is said by others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from course.content.files.course import LessonEntry
from course.content.files.folder import Folder
from course.content.schema.ids import Given, listed_ids, question_ids
from course.content.schema.mentions import places
from course.content.yaml.document import Document, Trail
from course.content.yaml.errors import ContentError


def revisions_of(folder: Folder, entry: LessonEntry, *, practice: bool = False) -> Iterator[tuple[str, int]]:
    """Yield each of them with its name, such as `question:canary-order`; with `practice` also those of the questions
    that stand on no page."""
    yield f"lesson:{entry.file.id}", entry.file.revision
    for name in (*entry.file.questions, *(entry.file.practice if practice else ())):
        yield from _listed(folder, entry.folder / name)
    for name in entry.file.predictions:
        yield from _listed(folder, entry.folder / name)
    for kind, ids, files in (("lab", entry.labs, entry.file.labs), ("incident", entry.incidents, entry.file.incidents)):
        for id, name in zip(ids, files, strict=True):
            document = _document(folder, entry.folder / name)
            yield f"{kind}:{id}", 1 if document is None else _revision(document, ())


def _listed(folder: Folder, name: PurePosixPath) -> Iterator[tuple[str, int]]:
    """Yield those of the questions or predictions of a file."""
    document = _document(folder, name)
    given: Iterable[Given] = ()
    if document is not None:
        given = (*question_ids(document, cases=False), *listed_ids(document, "predictions", "prediction"))
    for each in given:
        yield f"{each.kind}:{each.id}", _revision(each.document, each.trail[:-1])


def _revision(document: Document, item: Trail) -> int:
    """Return the revision that stands beside an id; 1 where there is none, as the readers have it."""
    found = places(document.data, (*item, "revision"))
    return next((each for _, each in found if isinstance(each, int) and not isinstance(each, bool)), 1)


def _document(folder: Folder, name: PurePosixPath) -> Document | None:
    try:
        return folder.document(name)
    except ContentError:
        return None
