"""What can be done in a pack, each with its revision: what is told of a replaced pack, and what counts anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from course.content.pack import Pack
from course.content.schema.ids import Given, listed_ids, question_ids
from course.content.schema.mentions import places
from course.content.yaml.document import Document, Trail
from course.content.yaml.errors import ContentError

Revisions = Mapping[str, int]
"""By name, such as `question:canary-order`; 1 where the file says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What another version of a pack changes, by names as of `Revisions`, in the order of the packs."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    raised: tuple[str, ...]
    """Whose revision went up: they count anew."""
    lowered: tuple[str, ...]
    """Whose revision went down."""

    def touching(self, done: frozenset[str]) -> tuple[str, ...]:
        """Return those of what was done that are gone or count anew."""
        return tuple(name for name in (*self.gone, *self.raised) if name in done)


def changes(before: Revisions, after: Revisions) -> Changes:
    """Compare two versions."""
    both = [name for name in before if name in after]
    return Changes(
        gone=tuple(name for name in before if name not in after),
        new=tuple(name for name in after if name not in before),
        raised=tuple(name for name in both if before[name] < after[name]),
        lowered=tuple(name for name in both if before[name] > after[name]),
    )


def revisions(pack: Pack) -> Revisions:
    """Return those of everything that a learner does, practice included; ContentError if the outline is wrong."""
    return dict(_lessons(pack))


def _lessons(pack: Pack) -> Iterator[tuple[str, int]]:
    for id, entry in pack.course.lessons.items():
        yield f"lesson:{id}", entry.file.revision
        for name in (*entry.file.questions, *entry.file.practice):
            document = _document(pack, entry.folder / name)
            yield from _listed(document, question_ids(document, cases=False) if document else ())
        for name in entry.file.predictions:
            document = _document(pack, entry.folder / name)
            yield from _listed(document, listed_ids(document, "predictions", "prediction") if document else ())
        for kind, ids, files in (
            ("lab", entry.labs, entry.file.labs),
            ("incident", entry.incidents, entry.file.incidents),
        ):
            for exercise, name in zip(ids, files, strict=True):
                yield f"{kind}:{exercise}", _revision(_document(pack, entry.folder / name), ())


def _listed(document: Document | None, given: Iterable[Given]) -> Iterator[tuple[str, int]]:
    for each in given:
        yield f"{each.kind}:{each.id}", _revision(document, each.trail[:-1])


def _revision(document: Document | None, item: Trail) -> int:
    """Return the revision that stands beside an id; 1 where there is none, as the readers have it."""
    found = places(document.data, (*item, "revision")) if document else ()
    return next((each for _, each in found if isinstance(each, int) and not isinstance(each, bool)), 1)


def _document(pack: Pack, name: PurePosixPath) -> Document | None:
    """Return a file; None if it cannot be read, which is said to whoever opens what is in it."""
    try:
        return pack.folder.document(name)
    except ContentError:
        return None
