"""A new lab or incident: a built-in one of its kind under an id of its own, with comments, on the page of a lesson.

No second copy of any exercise is kept: what is built in is proven, and so is what begins with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Literal

from course.content.files.course import LESSON_FILE, LessonEntry
from course.content.making.ground import Ground
from course.content.making.inserting import with_step
from course.content.making.made import CannotBeMade, Made
from course.content.making.names import good_title
from course.content.making.schemas import add_schemas
from course.content.making.templates import yaml_file
from course.content.pack import Pack
from course.content.schema.mentions import Pattern, texts
from course.content.yaml.restructuring import with_item
from course.content.yaml.rewriting import rewritten
from course.content.yaml.wording import nearest, shown

LAB_KINDS: Mapping[str, str] = {
    "canary": "zero-tolerance",
    "blue-green": "first-guarded-update",
    "all-at-once": "warm-up",
    "linear": "the-jump-after-the-canary",
    "rolling": "no-room-for-two-fleets",
    "shadow": "fast-and-wrong",
    "ab-test": "the-early-winner",
    "alarm": "the-alarm-that-cannot-fire",
    "missing-data": "missing-is-not-ok",
    "latency": "average-hides-the-tail",
    "scaling": "flash-crowd",
    "asynchronous": "asleep-for-ever",
    "serverless": "pick-the-type",
    "hardware": "cpu-or-gpu",
    "batch": "by-morning",
    "costs": "the-cheapest-guard",
    "mending": "mend-the-guide",
}
"""The built-in lab that is the working example of each kind."""
INCIDENT_KINDS: Mapping[str, str] = {
    "rollback": "silent-rollback",
    "versions": "the-overwritten-artefact",
    "status": "the-stale-reason",
}


@dataclass(frozen=True, slots=True)
class Sort:
    """What is made: labs or incidents."""

    name: Literal["lab", "incident"]
    kinds: Mapping[str, str]
    named: tuple[Pattern, ...]
    """Where its file names others."""

    @property
    def key(self) -> str:
        """Under which a lesson lists them."""
        return f"{self.name}s"

    def files(self, pack: Pack) -> Mapping[str, PurePosixPath]:
        """Return the file of each one of a pack."""
        if self.name == "lab":
            return {id: pack.lab_file(id) for id in pack.lab_ids()}
        return {id: pack.incident_file(id) for id in pack.incident_ids()}

    def listed(self, entry: LessonEntry) -> tuple[str, ...]:
        """Return the files that a lesson lists."""
        return entry.file.labs if self.name == "lab" else entry.file.incidents


TEXTS: tuple[Pattern, ...] = (("brief",), ("debrief",))
LAB = Sort("lab", LAB_KINDS, (*TEXTS, ("start",), ("reference",), ("near_misses", ..., "plan")))
INCIDENT = Sort("incident", INCIDENT_KINDS, (*TEXTS, ("plan",), ("answers", ..., "plan")))


def new_exercise(
    ground: Ground,
    built_in: Pack,
    sort: Sort,
    id: str,
    *,
    lesson: str,
    kind: str | None = None,
    like: str | None = None,
    title: str | None = None,
) -> Made:
    """Return a copy of the example of a kind, or of the one that it is to be `like`; CannotBeMade."""
    entry = ground.lesson(lesson)
    ground.free(sort.name, id)
    source = sort.files(built_in)[_example(sort, built_in, kind, like)]
    made, folder = Made(ground.pack.root), entry.folder / id
    document = built_in.folder.document(source)
    text = _renamed(built_in.folder.text(source), id, good_title(title, id))
    made.add(folder / source.name, yaml_file(sort.name, text, len(folder.parts)))
    for name in dict.fromkeys(_named(sort, document.data)):
        made.add(folder / name, built_in.folder.text(source.parent / name))
    file = f"{id}/{source.name}"
    listing = partial(with_item, trail=(sort.key,), item=file)
    made.change(entry.folder / LESSON_FILE, listing, f"put `{file}` into the list under `{sort.key}`")
    line = f"{{{sort.name}: {id}}}"
    step = partial(with_step, what=sort.name, id=id)
    made.change(entry.folder / entry.file.body, step, f"put a line {line} where it is to be done")
    add_schemas(made)
    return made


def _example(sort: Sort, built_in: Pack, kind: str | None, like: str | None) -> str:
    if kind is not None and like is not None:
        raise CannotBeMade("say --kind or --like, not both: each kind has an example of its own")
    if like is not None:
        known = tuple(sort.files(built_in))
        if like not in known:
            raise CannotBeMade(f"there is no built-in {sort.name} {shown(like)}; {nearest(like, known)}")
        return like
    if kind is None:
        return next(iter(sort.kinds.values()))
    if kind not in sort.kinds:
        raise CannotBeMade(f"there is no kind of {sort.name} {shown(kind)}; known here: {', '.join(sort.kinds)}")
    return sort.kinds[kind]


def _renamed(text: str, id: str, title: str) -> str:
    for key, value in (("id", id), ("title", title), ("revision", 1)):
        text = rewritten(text, (key,), value)
    return text


def _named(sort: Sort, data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the file holds
    for pattern in sort.named:
        yield from (name for _, name in texts(data, pattern))
