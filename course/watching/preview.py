"""Implements `course.previews.Preview` over the files of a pack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from course.content.drafts.pack import DraftPack
from course.content.drafts.spots import spot_of
from course.content.files.course import COURSE_FILE
from course.content.pack import Pack
from course.content.packs import Packs
from course.content.yaml.errors import ContentError, Problem
from course.previews import Changed, Draft, Fault, Spot
from course.watching.catalog import DraftCatalog
from course.watching.excerpts import fault
from course.watching.files import saved
from course.watching.snapshot import Snapshot, differences, look

Saved = Callable[[Path], AsyncIterator[None]]
"""Yields whenever there may be something new in a folder."""


class PackPreview:
    """A pack that is written, and the catalog that has it as it is now."""

    def __init__(self, root: Path, others: Callable[[], Packs], saved: Saved = saved) -> None:
        """Take the pack's folder, and what opens the packs that it is used with."""
        self.root = root.resolve()
        self._saved = saved
        self._others = others
        self._beside: Packs | None = None
        """For checks, which go on in a thread of their own."""
        self._seen: Snapshot = look(self.root, {})
        self.catalog = DraftCatalog(self.root, others())

    @property
    def name(self) -> str:
        """What the pack's folder is called."""
        return self.root.name

    async def changes(self) -> AsyncIterator[Changed]:
        """Yield each change. What is saved and says the same is none."""
        async for _ in self._saved(self.root):
            changed = await asyncio.to_thread(self.look)
            if changed is not None:
                yield changed

    def look(self) -> Changed | None:
        """Read what is new and return what that is; None if nothing says something else than before."""
        now = look(self.root, self._seen)
        found = differences(self._seen, now)
        self._seen = now
        if not found:
            return None
        own = DraftPack(self.root, self.catalog, self.catalog.own)
        spots = [spot for each in found if (spot := spot_of(own, each.name, each.line))]
        self.catalog.take(own)
        return Changed(files=tuple(str(each.name) for each in found), spot=spots[-1] if spots else None)

    def draft(self, id: str) -> Draft:
        """Return a lesson of any pack; KeyError if there is none."""
        own = self.catalog.own
        if id not in own.course.lessons:
            return Draft(lesson=self.catalog.lesson(id))
        found = own.draft(id)
        file = Path(own.lesson_file(id))
        problems = (*(each for each in own.outline_problems if each.path == file), *found.problems)
        return Draft(lesson=found.lesson, faults=tuple(_faults(own, problems)))

    def faults_at(self, spot: Spot) -> tuple[Fault, ...]:
        """Return why something other than a lesson cannot be shown, or not as it is now."""
        own = self.catalog.own
        match spot.kind:
            case "outline":
                return tuple(_faults(own, own.homeless_problems))
            case "glossary":
                return tuple(_faults(own, own.glossary_problems))
            case "lab":
                return self._faults(own.lab, spot.id)
            case "incident":
                return self._faults(own.incident, spot.id)
            case "exam":
                return self._faults(own.exam, spot.id)
            case _:
                return ()

    def _faults(self, read: Callable[[str], object], id: str) -> tuple[Fault, ...]:
        try:
            read(id)
        except KeyError:  # of another pack, or of none
            return ()
        except ContentError as error:
            return tuple(_faults(self.catalog.own, error.problems))
        return ()

    def version(self, spot: Spot) -> object:
        """Return something that is equal for as long as the files of a place say the same; None of a place that is not
        there."""
        own = self.catalog.own
        try:
            match spot.kind:
                case "lab":
                    return self._below(own.lab_file(spot.id).parent)
                case "incident":
                    return self._below(own.incident_file(spot.id).parent)
                case "exam":
                    return self._below(own.course.exams[spot.id])
                case "question":
                    return self.catalog.question(spot.id)
                case "lesson":
                    return self.catalog.lesson(spot.id).id
                case "glossary":
                    return self.catalog.terms()
                case "outline":
                    return self.catalog.outline
        except KeyError:
            return None

    def _below(self, name: PurePosixPath) -> tuple[tuple[PurePosixPath, bytes], ...]:
        return tuple((each, seen.digest) for each, seen in self._seen.items() if each.is_relative_to(name))

    def check(self, stopped: Callable[[], bool]) -> tuple[Fault, ...]:
        """Return everything that is wrong with the pack, but for what only a run could tell."""
        from course.content.lint.check import lint

        own = self.catalog.own
        if self._beside is None:
            self._beside = self._others()
        problems: list[Problem] = []
        for problem in lint(Pack(self.root), lambda each: (), self._beside.packs, runs=False):
            if stopped():
                break
            problems.append(problem)
        return tuple(_faults(own, problems))

    def spot_named(self, id: str) -> Spot | None:
        """Return the place of this id; None if there is none."""
        own = self.catalog.own
        if id in own.course.lessons:
            return Spot(kind="lesson", id=id)
        if id in own.lab_ids():
            return Spot(kind="lab", id=id)
        if id in own.incident_ids():
            return Spot(kind="incident", id=id)
        for lesson in own.course.lessons:
            draft = own.draft(lesson)
            steps = (draft.step_of(what, id) for what in ("question", "predict"))
            if (step := next((each for each in steps if each is not None), None)) is not None:
                return Spot(kind="lesson", id=lesson, step=step)
            if any(question.id == id for question in draft.lesson.practice):
                return Spot(kind="question", id=id)
        if id in own.exam_ids():
            return Spot(kind="exam", id=id)
        return Spot(kind="glossary", id=id) if any(term.id == id for term in own.terms()) else None

    def ids(self) -> Iterator[str]:
        """Yield the ids of the pack that have a place."""
        own = self.catalog.own
        yield from (*own.course.lessons, *own.lab_ids(), *own.incident_ids())
        for lesson in own.course.lessons:
            yield from (question.id for question in own.lesson(lesson).bank)
        yield from (*own.exam_ids(), *(term.id for term in own.terms()))


def pack_at(folder: Path) -> Path | None:
    """Return the folder of the pack that this folder belongs to: it or one above it; None if there is none."""
    return next((each for each in (folder, *folder.parents) if (each / COURSE_FILE).is_file()), None)


def _faults(own: DraftPack, problems: Iterable[Problem]) -> Iterator[Fault]:
    for problem in dict.fromkeys(problems):
        yield fault(own, problem)
