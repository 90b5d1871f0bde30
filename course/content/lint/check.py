"""The instructor's linter: a pack proves itself, or says where it does not and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import PurePosixPath

from course.content.files.course import LessonEntry
from course.content.files.world import left_out
from course.content.lint.figures import Posing, complain_of_figures, posings
from course.content.lint.predictions import prediction_problems
from course.content.lint.references import (
    Known,
    complain_of_exam,
    complain_of_lesson,
    complain_of_objectives,
    complain_of_terms,
)
from course.content.pack import Pack
from course.content.pack_ids import all_ids, inner_ids, seen_from_outside
from course.content.schema.ids import question_ids, repeated
from course.content.schema.mentions import places, texts
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError, Problem
from course.content.yaml.wording import shown
from labs.exercise.proof import Doubt
from labs.incidents.session import Incident
from labs.lab import Lab
from quiz.exams.profile import Profile
from quiz.grading import grade
from quiz.questions import Fix, Numeric, Question, ShortText
from quiz.wording.judging import judge

Prove = Callable[[Lab | Incident], Iterable[Doubt]]
"""Runs the own proof of a lab or an incident, and returns each claim that does not hold."""


def lint(pack: Pack, prove: Prove, others: Collection[Pack] = (), *, runs: bool = True) -> Iterator[Problem]:
    """Yield everything that is wrong with a pack, the slow proofs of its incidents and labs last.

    `others` are packs that it is used with: its lessons may build on theirs, and their ids are taken. With `runs`
    predictions are simulated.
    """
    try:
        lessons = pack.course.lessons.values()
    except ContentError as error:
        yield from error.problems
        return
    # A repeated id is found by the file's own reader and by the look across files.
    yield from dict.fromkeys(_quick(pack, lessons, others))
    for entry in lessons:
        yield from _predictions(pack, entry, (pack, *others), runs=runs)
    for id in pack.incident_ids():
        yield from _proof(pack, pack.incident_file(id), partial(pack.incident, id), prove)
    for id in pack.lab_ids():
        yield from _proof(pack, pack.lab_file(id), partial(pack.lab, id), prove)


def _quick(pack: Pack, lessons: Iterable[LessonEntry], others: Collection[Pack]) -> Iterator[Problem]:
    taken = [seen_from_outside(other, given) for other in others for given in all_ids(other)]
    yield from repeated(all_ids(pack), taken)
    known = _known((pack, *others))
    yield from _terms(pack, known)
    for id, name in pack.course.exams.items():
        yield from _exam(pack, id, name, known)
    try:
        pack.blueprint()
    except ContentError as error:
        yield from error.problems
    for entry in lessons:
        yield from _lesson(pack, entry, known)
    for id in pack.lab_ids():
        yield from _exercise(pack, pack.lab_file(id), partial(pack.lab, id))
    for id in pack.incident_ids():
        yield from _exercise(pack, pack.incident_file(id), partial(pack.incident, id))


def _known(packs: Collection[Pack]) -> Known:
    needs = {topic.id: topic.needs for pack in packs for topic in pack.outline.topics}
    terms = {given.id: None for pack in packs for given in inner_ids(pack) if given.kind == "term"}
    labs = tuple(lab for pack in packs for lab in pack.lab_ids())
    return Known(needs, terms, labs, {exam.id: exam for pack in packs for exam in _readable_exams(pack)})


def _readable_exams(pack: Pack) -> Iterator[Profile]:
    for id in pack.exam_ids():
        with suppress(ContentError):  # said of the exam itself
            yield pack.exam(id)


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
    try:
        pack.terms()
    except ContentError as error:
        yield from error.problems
        return
    complaints = Complaints(pack.folder.document(pack.course.glossary))
    complain_of_terms(complaints, known)
    yield from complaints.problems


def _lesson(pack: Pack, entry: LessonEntry, known: Known) -> Iterator[Problem]:
    complaints = Complaints(entry.document)
    complain_of_lesson(complaints, entry.file, known)
    yield from complaints.problems
    try:
        questions = {question.id: question for question in pack.whole_lesson(entry.file.id).bank}
    except ContentError as error:
        yield from error.problems
        return
    for name in (*entry.file.questions, *entry.file.practice):
        complaints = Complaints(pack.folder.document(entry.folder / name))
        for given in question_ids(complaints.document, cases=False):
            question, trail = questions[given.id], given.trail[:-1]
            complain_of_question(complaints, question, trail)
            complain_of_objectives(complaints, (*trail, "objectives"), question.objectives or {}, known)
        yield from complaints.problems


def _predictions(pack: Pack, entry: LessonEntry, packs: Collection[Pack], *, runs: bool) -> Iterator[Problem]:
    with suppress(ContentError):  # said of the lesson itself
        yield from prediction_problems(pack, entry, packs, runs=runs)


def complain_of_question(complaints: Complaints, question: Question, trail: Trail) -> None:
    """Complain about each answer that is graded otherwise than the file says, and about missing hints."""
    posed = tuple(posings(question))
    complain_of_figures(complaints, question, trail, posed)
    if isinstance(question, Fix):
        _complain_of_fix(complaints, question, trail)
    for index in range(len(question.accepts)):
        _complain_once(complaints, posed, (*trail, "accepts", index), _accepted)
    if isinstance(question, ShortText) and question.concepts:
        for index in range(len(question.answers)):
            _complain_once(complaints, posed, (*trail, "answers", index), _model)
    for index in range(len(question.rejects)):
        _complain_once(complaints, posed, (*trail, "rejects", index), _rejected)
    if not question.hints:
        complaints.at_key(trail, f"question {question.id} has no hint; write one that helps without telling")


def _complain_of_fix(complaints: Complaints, question: Fix, trail: Trail) -> None:
    """Complain where the solution of a request that is to be mended is none, or the request needs no mending."""
    solved = grade(question, question.solution)
    if not solved.correct:
        missed = [f"{each.text}: {each.why}" for each in solved.details if not each.right]
        complaints.at_key((*trail, "solution"), f"`solution` is graded wrong. {' '.join(missed) or solved.say}")
    if grade(question, question.request).correct:
        complaints.at_key((*trail, "request"), "`request` is graded right as it stands; leave something to mend")


def _complain_once(
    complaints: Complaints, posed: Iterable[Posing], trail: Trail, judge: Callable[[Question, int], str | None]
) -> None:
    """Complain about an answer as `judge` does, of a computed question with the first seed that it is wrong with."""
    for seed, asked in posed:
        if say := judge(asked, int(trail[-1])):
            complaints.at_value(trail, f"{say}{seed}")
            return


def _accepted(question: Question, index: int) -> str | None:
    answer = question.accepts[index]
    verdict = grade(question, answer)
    if not verdict.valid:
        return f"{shown(answer)} is no answer to this question; write one as a learner would"
    if verdict.unsure:
        return f"{shown(answer)} is not graded for certain; add its words to `any` of the concepts"
    return None if verdict.correct else f"{shown(answer)} is graded wrong; mend the key, or move it to `rejects`"


def _model(question: Question, index: int) -> str | None:
    """A model answer has to say every concept in words that are listed, as any other answer has."""
    assert isinstance(question, ShortText)
    if judge(question, question.answers[index]).correct:
        return None
    return "the model answer is not right by its own concepts; say all of them in it, in phrases that are listed"


def _rejected(question: Question, index: int) -> str | None:
    answer = question.rejects[index]
    verdict = grade(question, answer)
    if verdict.valid and verdict.correct:
        return f"{shown(answer)} is graded right; mend the key, or move it to `accepts`"
    if not verdict.valid and isinstance(question, Fix):
        return f"{verdict.say} Write one that can be judged"
    if verdict.unsure:
        return f"{shown(answer)} is not graded for certain; add its claim to `wrong`"
    # Anything may be typed into a text field; ids are chosen, so an unknown one is the author's slip.
    if not verdict.valid and not isinstance(question, Numeric | ShortText):
        return f"{shown(answer)} cannot be chosen here; use the ids of this question"
    return None


def _exercise(pack: Pack, file: PurePosixPath, load: Callable[[], object]) -> Iterator[Problem]:
    """Load a lab or an incident, and look whether its goals help and its world is simulated, whatever else is wrong
    with it."""
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
