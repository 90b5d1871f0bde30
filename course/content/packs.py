"""Several packs as one course: the built-in one, those named, and those in the user's data folder."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from course.content import kept_questions
from course.content.files.course import COURSE_FILE
from course.content.files.folder import Folder
from course.content.pack import Pack
from course.content.pack_ids import ids_of_pages, outline_ids, taken
from course.content.sources.finding import Found, built_in_pack, find
from course.content.stamps import Stamp
from course.content.yaml.errors import ContentError, Problem
from course.outline import Outline, Part
from course.syllabus import Lesson, QuestionCard, Term

__all__ = ["LeftOut", "Packs", "built_in_pack", "clashes", "find_packs", "open_packs", "opened", "packs_beside"]

if TYPE_CHECKING:
    from course.content.files.card import Card
    from course.content.index import Entry
    from labs.incidents.session import Incident
    from labs.lab import Lab
    from quiz.exams.profile import Profile
    from quiz.questions import Question


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pack that cannot be used."""

    found: Found
    problems: tuple[Problem, ...] = ()
    """What is wrong in its files; none if it cannot be had at all."""

    @property
    def why(self) -> tuple[str, ...]:
        """Say it in lines, each with its place."""
        return (self.found.wrong,) if self.found.wrong else tuple(str(problem) for problem in self.problems)


def find_packs(
    named: Iterable[Path] = (), data_folder: Path | None = None, written: Path | None = None
) -> tuple[Path, ...]:
    """Return the folders of all packs: the built-in one, those named, those in `data_folder`/packs, those installed.

    `written` is the folder of a pack that somebody works on: copies of it that were added or installed are left out.
    """
    mine = () if written is None else (_id_of(written),)
    return tuple(found.root for found in find(named, data_folder) if not _is_copy(found, mine))


def _is_copy(found: Found, ids: Container[str]) -> bool:
    """Is it a copy that was kept of a pack which is there itself, by one of these ids, and takes its place?"""
    return found.origin in ("added", "installed") and not found.wrong and (_id_of(found.root) or None) in ids


def _id_of(root: Path) -> str:
    """Return the id of a pack as it is written down; empty if it cannot be read."""
    try:
        course = Folder(root).document(COURSE_FILE).data
    except ContentError:
        return ""
    id = course.get("id") if isinstance(course, Mapping) else None
    return id if isinstance(id, str) else ""


def packs_beside(folder: Path, roots: Iterable[Path]) -> tuple[Pack, ...]:
    """Return the packs that a pack is used with, whose ids it may not use again: all others that can be used.

    The first one comes with the program: it stands by itself, and is right or wrong whatever is added to it.
    """
    first, *more = roots
    if folder.resolve() == first.resolve():
        return ()
    return open_packs([first, *(root for root in more if root.resolve() != folder.resolve())])[0].packs


class Packs:
    """Packs that share no id, as one `course.ports.Catalog`."""

    def __init__(self, packs: Iterable[Pack], kept: Path | None = None) -> None:
        self.packs = tuple(packs)
        for pack in self.packs:
            pack.labs = self
        self.warning: str | None = None
        """None: whoever opened them has been told of those that are left out."""
        self.kept = kept
        """The file in which the cards of all questions are kept."""

    @cached_property
    def outline(self) -> Outline:
        """The first pack's outline; others add parts, or topics to a part that is there."""
        parts: dict[str, Part] = {}
        for part in (part for pack in self.packs for part in pack.outline.parts):
            before = parts.get(part.id)
            parts[part.id] = replace(before, topics=before.topics + part.topics) if before else part
        terms = tuple(id for pack in self.packs for id in pack.outline.terms)
        return replace(self.packs[0].outline, parts=tuple(parts.values()), terms=terms)

    @property
    def stamps(self) -> Mapping[Path, Stamp]:
        """Each YAML file that has been read until now, as it was just before."""
        return {path: stamp for pack in self.packs for path, stamp in pack.folder.stamps.items()}

    def lesson(self, id: str) -> Lesson:
        """Return the lesson; KeyError if there is none, ContentError if its files are wrong."""
        return self._pack_of_lesson[id].lesson(id)

    def question_cards(self) -> tuple[QuestionCard, ...]:
        """Return a card for each question, in learning order; ContentError where a lesson is wrong."""
        return tuple(entry.card for entry in self._entries.values())

    def has_question(self, id: str) -> bool:
        """Is there a question of this id?"""
        return id in self._entries

    def question(self, id: str) -> Question:
        """Return the question, reading little more than its lines; KeyError if there is none, ContentError if a file of
        questions is wrong."""
        return self._entries[id].question()

    def pack_of(self, question: str) -> str:
        """Return the id of the pack that a question is from; KeyError if there is none."""
        return self._entries[question].pack.outline.id

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        from course.content.index import entries  # reads questions, which no screen shows at the start

        return entries(self.packs, self.kept)

    def terms(self) -> tuple[Term, ...]:
        """Return all glossaries as one, sorted by term."""
        terms = (term for pack in self.packs for term in pack.terms())
        return tuple(sorted(terms, key=lambda term: term.term.casefold()))

    def lab(self, id: str) -> Lab:
        """Return the lab; KeyError if there is none, ContentError if its files are wrong."""
        return self._pack_of_lab[id].lab(id)

    def lab_cards(self) -> Iterator[Card]:
        """Yield what a list shows of the labs, in learning order; ContentError where a file is wrong in that."""
        return (card for pack in self.packs for card in pack.lab_cards())

    def lab_ids(self) -> tuple[str, ...]:
        """Return the labs' ids in learning order."""
        return tuple(self._pack_of_lab)

    def incident(self, id: str) -> Incident:
        """Return the incident; KeyError if there is none, ContentError if its files are wrong."""
        return self._pack_of_incident[id].incident(id)

    def incident_cards(self) -> Iterator[Card]:
        """Yield what a list shows of the incidents, in learning order; ContentError where a file is wrong in that."""
        return (card for pack in self.packs for card in pack.incident_cards())

    def incident_ids(self) -> tuple[str, ...]:
        """Return the incidents' ids in learning order."""
        return tuple(self._pack_of_incident)

    def exam(self, id: str) -> Profile:
        """Return the exam; KeyError if there is none, ContentError if its file is wrong."""
        return self._pack_of_exam[id].exam(id)

    def exam_ids(self) -> tuple[str, ...]:
        """Return the exams' ids, those of the first pack first."""
        return tuple(self._pack_of_exam)

    @cached_property
    def _pack_of_exam(self) -> Mapping[str, Pack]:
        return {id: pack for pack in self.packs for id in pack.exam_ids()}

    @cached_property
    def _pack_of_lesson(self) -> Mapping[str, Pack]:
        return {id: pack for pack in self.packs for id in pack.course.lessons}

    @cached_property
    def _pack_of_lab(self) -> Mapping[str, Pack]:
        return {id: pack for pack in self.packs for id in pack.lab_ids()}

    @cached_property
    def _pack_of_incident(self) -> Mapping[str, Pack]:
        return {id: pack for pack in self.packs for id in pack.incident_ids()}


def open_packs(roots: Iterable[Path], data_folder: Path | None = None) -> tuple[Packs, tuple[Problem, ...]]:
    """Return the packs that can be used together, and what is wrong with those that are left out.

    A pack in somebody's data folder must not keep the course from starting; only the first one must be right
    (ContentError).
    """
    packs, left_out = opened((Found(root, "--pack", root) for root in roots), data_folder)
    return packs, tuple(problem for each in left_out for problem in each.problems)


def opened(places: Iterable[Found], data_folder: Path | None = None) -> tuple[Packs, tuple[LeftOut, ...]]:
    """Return the packs that can be used together, and those that are left out; ContentError as above.

    A copy that was added or installed of a pack that is named with --pack is neither: for this once it is not there.
    """
    usable: list[Pack] = []
    left_out: list[LeftOut] = []
    named: set[str] = set()
    for found in places:
        if named and _is_copy(found, named):
            continue
        if found.wrong:
            left_out.append(LeftOut(found))
            continue
        pack = Pack(found.root, found.called)
        wrong = _wrong(pack, usable)
        if wrong and not usable:
            raise ContentError(wrong)
        if wrong:
            placed = tuple(replace(problem, path=pack.called / problem.path) for problem in wrong)
            left_out.append(LeftOut(found, placed))
        else:
            usable.append(pack)
            named |= {pack.outline.id} if found.origin == "--pack" else set()
    return Packs(usable, data_folder / kept_questions.NAME if data_folder else None), tuple(left_out)


def _wrong(pack: Pack, earlier: Sequence[Pack]) -> tuple[Problem, ...]:
    try:
        clashing = tuple(clashes(pack, earlier))
        if earlier and not clashing:
            pack.terms()  # all glossaries are one: a mistake in this one must not take the others away
        return clashing
    except ContentError as error:
        return error.problems


def clashes(pack: Pack, earlier: Iterable[Pack]) -> Iterator[Problem]:
    """Yield every id that an earlier pack has already, or this one twice; ContentError if the outline is wrong.

    Questions that stand on no page are left out: there may be ten thousand, and no start waits for them.
    """
    others = tuple(earlier)
    # A pack by itself has nobody to clash with; its questions and terms need not be read before the first screen.
    yield from taken(pack, others, ids_of_pages if others else outline_ids)
