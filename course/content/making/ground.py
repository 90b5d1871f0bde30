"""The pack in which something new is made, and those that it is used with: what is there, and which ids are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.content.files.course import COURSE_FILE, LessonEntry
from course.content.making.made import CannotBeMade
from course.content.making.names import good_id
from course.content.pack import Pack
from course.content.pack_ids import all_ids, seen_from_outside
from course.content.packs import packs_beside
from course.content.schema.ids import Given
from course.content.schema.mentions import places
from course.content.yaml.errors import ContentError
from course.content.yaml.wording import nearest, shown
from course.errors import one_line


@dataclass(frozen=True, slots=True)
class Ground:
    """A pack whose outline can be read."""

    pack: Pack
    others: tuple[Pack, ...]
    """Those whose ids it may not use again."""

    def free(self, kind: str, id: str) -> str:
        """Return the id; CannotBeMade if it is none or taken."""
        good_id(id)
        check_free(kind, id, (*all_ids(self.pack), *taken(self.others)))
        return id

    def lesson(self, id: str) -> LessonEntry:
        """Return a lesson of the pack; CannotBeMade with the nearest if there is none."""
        known = self.pack.course.lessons
        if id not in known:
            raise CannotBeMade(f"this pack has no lesson {shown(id)}; {nearest(id, tuple(known))}")
        return known[id]

    def questions(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield each question that is a mapping, parts of cases by themselves, after the id of its lesson."""
        for lesson, entry in self.pack.course.lessons.items():
            for name in (*entry.file.questions, *entry.file.practice):
                try:
                    data = self.pack.folder.document(entry.folder / name).data
                except ContentError:
                    continue
                for pattern in (("questions", ...), ("questions", ..., "parts", ...)):
                    yield from ((lesson, each) for _, each in places(data, pattern) if isinstance(each, Mapping))


def find_ground(folders: Sequence[Path], roots: Callable[[Path], Iterable[Path]]) -> Ground:
    """Return the pack of the first folder that holds one; `roots` gives all packs that are used with it.

    Raises CannotBeMade where there is none, ContentError if its outline is wrong.
    """
    found = next((each for each in folders if (each / COURSE_FILE).is_file()), None)
    if found is None:
        around = ", and no folder around it" if len(folders) > 1 else ""
        where = f"{one_line(folders[0])} holds no course.yaml{around}"
        raise CannotBeMade(f"{where}; say --pack FOLDER, or begin with: mlcourse new pack FOLDER")
    pack = Pack(found)
    _ = pack.course
    return Ground(pack, packs_beside(found, roots(found)))


def taken(packs: Iterable[Pack]) -> Iterator[Given]:
    """Yield every id of some packs, with its place as seen from outside."""
    return (seen_from_outside(pack, given) for pack in packs for given in all_ids(pack))


def check_free(kind: str, id: str, given: Iterable[Given]) -> None:
    """Raise CannotBeMade if an id of this kind is among those that are given."""
    for each in given:
        if (each.kind, each.id) == (kind, id):
            raise CannotBeMade(f"the {kind} id {shown(id)} is taken in {each.place}; choose another")
