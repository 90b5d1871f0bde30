"""The packs that there are: where each comes from, what it holds, and whether it is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from course.cli.present import counted
from course.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course import wiring
    from course.content.pack import Pack
    from course.content.yaml.errors import Problem

Origin = Literal["built in", "--pack", "data folder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPack:
    """A pack, used or not."""

    folder: Path
    origin: Origin
    id: str
    """Empty if its outline cannot be read; so is the title, and the counts are 0."""
    title: str
    lessons: int
    questions: int
    labs: int
    why: str
    """Why it is left out; empty for one that is used."""

    def __str__(self) -> str:
        name = f"{one_line(self.id)} ({one_line(self.title)})" if self.id else "unreadable"
        counts = ((self.lessons, "lesson"), (self.questions, "question"), (self.labs, "lab"))
        held = ", ".join(counted(count, thing) for count, thing in counts)
        state = f"left out: {one_line(self.why)}" if self.why else f"{held}, used"
        return f"{name}, {self.origin}, {one_line(self.folder)}: {state}"


def listed_packs(where: wiring.Places) -> tuple[ListedPack, ...]:
    """Return all packs in the order in which they are used; ContentError if the built-in one is wrong."""
    from course.content.packs import built_in_pack, find_packs, open_packs

    roots = find_packs(where.packs, where.data)
    packs, problems = open_packs(roots)
    used = {pack.root: pack for pack in packs.packs}
    named = {path.resolve() for path in where.packs}

    def origin(root: Path) -> Origin:
        return "built in" if root == built_in_pack().resolve() else "--pack" if root in named else "data folder"

    return tuple(_listed(root, origin(root), used.get(root), problems) for root in roots)


def _listed(root: Path, origin: Origin, used: Pack | None, problems: Sequence[Problem]) -> ListedPack:
    from course.content.pack import Pack
    from course.content.yaml.errors import ContentError

    facts: dict[str, Any] = {"id": "", "title": "", "lessons": 0, "questions": 0, "labs": 0}
    pack = used or Pack(root)
    with suppress(ContentError):  # said in `why`
        outline = pack.outline
        facts = {"id": outline.id, "title": outline.title, "lessons": len(outline.topics), "labs": len(pack.lab_ids())}
        facts["questions"] = sum(1 for _ in _questions(pack))
    why = "" if used else next((each.say for each in problems if each.path.is_relative_to(root)), "it cannot be used")
    return ListedPack(folder=root, origin=origin, why=why, **facts)


def _questions(pack: Pack) -> Iterator[str]:
    """Yield the ids of all questions, also of those in which something is wrong."""
    from course.content.pack_ids import inner_ids

    yield from (each.id for each in inner_ids(pack) if each.kind == "question")
