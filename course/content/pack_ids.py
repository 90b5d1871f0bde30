"""All ids of a pack, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from course.content.files.course import COURSE_FILE
from course.content.pack import Pack
from course.content.schema.ids import Given, listed_ids, question_ids, repeated
from course.content.yaml.document import Document
from course.content.yaml.errors import ContentError, Problem


def all_ids(pack: Pack) -> Iterator[Given]:
    """Yield all of them; ContentError if the outline is wrong."""
    yield from outline_ids(pack)
    yield from inner_ids(pack)


def outline_ids(pack: Pack) -> Iterator[Given]:
    """Yield the ids of a pack, its lessons, exams, labs and incidents; reads no file that the outline does not need."""
    course = pack.folder.document(COURSE_FILE)
    yield from _own_id(pack)
    for at, exam in enumerate(pack.course.exams):
        yield Given("exam", exam, course, ("exams", at))
    for id, entry in pack.course.lessons.items():
        yield Given("lesson", id, entry.document, ("id",))
        for at, lab in enumerate(entry.labs):
            yield Given("lab", lab, entry.document, ("labs", at))
        for at, incident in enumerate(entry.incidents):
            yield Given("incident", incident, entry.document, ("incidents", at))


def taken(pack: Pack, others: Iterable[Pack], ids: Callable[[Pack], Iterable[Given]]) -> Iterator[Problem]:
    """Yield a complaint about every id that another pack has already, or this one twice; ContentError if the outline is
    wrong. Of a pack that has the id of another one that alone is said, for it may be a copy. `ids` are what counts.
    """
    own = pack.course.outline.id
    before = [
        seen_from_outside(other, given)
        for other in others
        for given in (_own_id(other) if own and other.course.outline.id == own else ids(other))
    ]
    yield from repeated((given for given in ids(pack) if given.id), before)


def _own_id(pack: Pack) -> tuple[Given, ...]:
    course = pack.folder.document(COURSE_FILE)
    return (Given("pack", pack.course.outline.id, course, ("id",)),)


def seen_from_outside(pack: Pack, given: Given) -> Given:
    """Return the id with a place that names the pack too."""
    return replace(given, document=replace(given.document, path=pack.called / given.document.path))


def ids_of_pages(pack: Pack) -> Iterator[Given]:
    """Yield all but the questions for practice; ContentError if the outline is wrong."""
    yield from outline_ids(pack)
    yield from inner_ids(pack, practice=False)


def inner_ids(pack: Pack, *, practice: bool = True) -> Iterator[Given]:
    """Yield the questions, predictions and terms of a pack, of those files that can be read at all."""
    if pack.course.glossary is not None:
        yield from _read(pack, pack.course.glossary, partial(listed_ids, key="terms", kind="term"))
    for entry in pack.course.lessons.values():
        for name in (*entry.file.questions, *(entry.file.practice if practice else ())):
            yield from _read(pack, entry.folder / name, question_ids)
        for name in entry.file.predictions:
            yield from _read(pack, entry.folder / name, partial(listed_ids, key="predictions", kind="prediction"))


def _read(pack: Pack, name: PurePosixPath, ids: Callable[[Document], Iterator[Given]]) -> Iterator[Given]:
    try:
        document = pack.folder.document(name)
    except ContentError:
        return
    yield from ids(document)
