"""The instructor's linter: a pack proves itself, or says where it does not and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath

from course.content.files.course import LessonEntry
from course.content.files.questions import sound_questions
from course.content.files.world import left_out
from course.content.lint.answers import complain_of_question
from course.content.lint.known import Draft, Known, known_in
from course.content.lint.predictions import prediction_problems
from course.content.lint.references import (
    complain_of_exam,
    complain_of_lesson,
    complain_of_objectives,
    complain_of_terms,
)
from course.content.mending import Labs
from course.content.pack import Pack
from course.content.pack_ids import all_ids, taken
from course.content.packs import Packs
from course.content.schema.ids import question_ids
from course.content.schema.mentions import places, texts
from course.content.yaml.document import Complaints, Document, Trail
from course.content.yaml.errors import ContentError, Problem
from labs.exercise.proof import Doubt
from labs.incidents.session import Incident
from labs.lab import Lab
from quiz.questions import Question

Prove = Callable[[Lab | Incident], Iterable[Doubt]]
"""Runs the own proof of a lab or an incident, and returns each claim that does not hold."""


def lint(pack: Pack, prove: Prove, others: Collection[Pack] = (), *, runs: bool = True) -> Iterator[Problem]:
    """Yield everything that is wrong with a pack, each thing once, the slow proofs of its incidents and labs last.

    `others` are packs that it is used with: it may refer to whatever they have, and their ids are taken. With `runs`
    predictions are simulated. What is wrong with the outline keeps nobody from looking at the files that it names; but
    then nothing is run.
    """
    try:
        draft = Draft(pack)
    except ContentError as error:
        yield from error.problems
        return
    runs, found = runs and not draft.problems, draft if draft.problems else pack
    Packs((found, *others))  # from now on its questions may name the labs of the others
    lessons = found.course.lessons.values()
    # A repeated id is found by the file's own reader and by the look across files.
    said = dict.fromkeys((*draft.problems, *_quick(found, lessons, others)))
    yield from said
    for entry in lessons:
        for problem in prediction_problems(found, entry, (found, *others), runs=runs):
            if problem not in said:
                yield problem
    if draft.problems:
        return
    for id in pack.incident_ids():
        yield from _proof(pack, pack.incident_file(id), partial(pack.incident, id), prove)
    for id in pack.lab_ids():
        yield from _proof(pack, pack.lab_file(id), partial(pack.lab, id), prove)


def _quick(pack: Pack, lessons: Iterable[LessonEntry], others: Collection[Pack]) -> Iterator[Problem]:
    yield from taken(pack, others, all_ids)
    known = known_in((pack, *others))
    yield from _terms(pack, known)
    for id, name in pack.course.exams.items():
        yield from _exam(pack, id, name, known)
    try:
        pack.blueprint(known.exams)
    except ContentError as error:
        yield from error.problems
    for entry in lessons:
        yield from _lesson(pack, entry, known)
    for id in pack.lab_ids():
        yield from _exercise(pack, pack.lab_file(id), partial(pack.lab, id))
    for id in pack.incident_ids():
        yield from _exercise(pack, pack.incident_file(id), partial(pack.incident, id))


def _exam(pack: Pack, id: str, name: PurePosixPath, known: Known) -> Iterator[Problem]:
    try:
        exam = pack.exam(id)
    except ContentError as error:
        yield from error.problems
        return
    complaints = Complaints(pack.folder.document(name))
    complain_of_exam(complaints, exam, known)
    yield from complaints.problems


def _terms(pack: Pack, known: Known) -> Iterator[Problem]:
    if pack.course.glossary is None:
        return
    document = None
    try:
        document = pack.folder.document(pack.course.glossary)
        pack.terms()
    except ContentError as error:
        yield from error.problems
        if document is None:
            return
    complaints = Complaints(document)
    complain_of_terms(complaints, known)
    yield from complaints.problems


def _lesson(pack: Pack, entry: LessonEntry, known: Known) -> Iterator[Problem]:
    complaints = Complaints(entry.document)
    complain_of_lesson(complaints, entry, known)
    yield from complaints.problems
    questions: dict[str, Question] | None = None
    try:
        questions = {question.id: question for question in pack.whole_lesson(entry.file.id).bank}
    except ContentError as error:
        yield from error.problems
    for name in (*entry.file.questions, *entry.file.practice):
        try:
            document = pack.folder.document(entry.folder / name)
        except ContentError:
            continue  # said of the lesson
        complaints = Complaints(document)
        for question, trail in _asked(document, questions, pack.labs):
            complain_of_question(complaints, question, trail, pack.labs)
            complain_of_objectives(complaints, (*trail, "objectives"), question.objectives or {}, known)
        yield from complaints.problems


def _asked(document: Document, bank: Mapping[str, Question] | None, labs: Labs) -> Iterator[tuple[Question, Trail]]:
    """Yield the questions of a file with their places; without a `bank`, those that can be used by themselves."""
    if bank is None:
        yield from sound_questions(document, labs)
    else:
        yield from ((bank[given.id], given.trail[:-1]) for given in question_ids(document, cases=False))


def _is_there(pack: Pack, file: PurePosixPath) -> bool:
    try:
        return (pack.root / file).is_file()
    except OSError:  # no disk takes a name like that
        return False


def _exercise(pack: Pack, file: PurePosixPath, load: Callable[[], object]) -> Iterator[Problem]:
    """Load a lab or an incident, and look whether its goals help and its world is simulated, whatever else is wrong
    with it."""
    if not _is_there(pack, file):
        return  # said of the lesson
    try:
        load()
    except ContentError as error:
        yield from error.problems
    try:
        complaints = Complaints(pack.folder.document(file))
    except ContentError:
        return
    for trail, goal in places(complaints.document.data, ("goals", ...)):
        if (
            isinstance(goal, Mapping)
            and isinstance(goal.get("hints", []), list)
            and not any(texts(goal, ("hints", ...)))
        ):
            complaints.at_key((*trail, "hints"), "this goal has no hint; write one that helps without telling")
    yield from complaints.problems
    yield from left_out(complaints.document, ("world",))


def _proof(pack: Pack, file: PurePosixPath, load: Callable[[], Lab | Incident], prove: Prove) -> Iterator[Problem]:
    try:
        claims = load()
    except ContentError:
        return
    complaints = Complaints(pack.folder.document(file))
    for doubt in prove(claims):
        complaints.at_value(doubt.at, doubt.say)
    yield from complaints.problems
