"""An edit never takes a learner's progress away, unless a revision says so."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from course.content.pack import Pack
from course.counting import current, raised_in
from course.folds.advancing import progress
from course.history import Event
from course.learning.lessons import lesson_mastery
from course.learning.reviews import reviews_of
from course.progress import LessonProgress, Progress, step_data
from course.steps import marks, moved

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@dataclass
class Page:
    """A page of the author's; it is the same page as long as it is this object."""

    title: str
    text: str
    touched: str = ""


@dataclass
class Question:
    id: str
    stem: str
    options: list[str]
    revision: int = 1


@dataclass
class Lesson:
    id: str
    title: str
    steps: list[Page | Question]
    lab: str
    goals: int = 1
    revision: int = 1
    lab_revision: int = 1


@dataclass
class Course:
    """What an author edits, and how it is written."""

    parts: list[list[Lesson]]
    made: int = 0

    @property
    def lessons(self) -> list[Lesson]:
        return [lesson for part in self.parts for lesson in part]

    def fresh(self, what: str) -> str:
        self.made += 1
        return f"{what} {self.made}"

    def write(self, root: Path) -> Pack:
        """Write the pack as it is now."""
        shutil.rmtree(root, ignore_errors=True)
        parts = []
        for n, part in enumerate(self.parts):
            topics = ", ".join(f"{{lesson: {each.id}}}" for each in part)
            parts.append(f"  - {{id: part-{n}, numeral: I, title: Part, topics: [{topics}]}}\n")
        files = {"course.yaml": f"format: 1\nid: ours\ntitle: Ours\nparts:\n{''.join(parts)}"}
        for lesson in self.lessons:
            asked = [step for step in lesson.steps if isinstance(step, Question)]
            files |= {
                f"{lesson.id}/lesson.yaml": f"format: 1\nid: {lesson.id}\nrevision: {lesson.revision}\nminutes: 5\n"
                f"title: {lesson.title}\nbody: lesson.md\nquestions: [questions.yaml]\nlabs: [{lesson.lab}/lab.yaml]\n",
                f"{lesson.id}/lesson.md": "".join(map(_text, lesson.steps)) + f"\n{{lab: {lesson.lab}}}\n",
                f"{lesson.id}/questions.yaml": f"format: 1\nquestions:{''.join(map(_question, asked)) or ' []'}\n",
                f"{lesson.id}/{lesson.lab}/lab.yaml": f"title: A lab\nrevision: {lesson.lab_revision}\ngoals:\n"
                + "".join(f"  - {{id: goal-{n}}}\n" for n in range(lesson.goals)),
            }
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return Pack(root)


def _text(step: Page | Question) -> str:
    return f"\n{{question: {step.id}}}\n" if isinstance(step, Question) else f"\n## {step.title}\n\n{step.text}\n"


def _question(question: Question) -> str:
    right = {"a": ", correct: true"}
    each = "\n      - {{id: {0}, text: Text of {0}, why: W.{1}}}"
    options = "".join(each.format(id, right.get(id, "")) for id in question.options)
    return (
        f"\n  - id: {question.id}\n    revision: {question.revision}\n    kind: single\n    stem: {question.stem}?\n"
        f"    options:{options}\n    explain: E.\n    hints: [H.]\n    accepts: [a]\n    rejects: [b]"
    )


def course() -> Course:
    """Two parts with three lessons."""
    made = [
        Lesson(
            id=f"lesson-{n}",
            title="A lesson",
            steps=[
                Page(f"Page {n}.1", "Text one."),
                Question(f"question-{n}-1", "Why", ["a", "b", "c"]),
                Page("The same title", f"Text two of {n}."),
                Page(f"Page {n}.3", "The same text."),
                Question(f"question-{n}-2", "What", ["a", "b", "c"]),
                Page(f"Page {n}.4", "The same text."),
                Page("The same title", f"Text five of {n}."),
            ],
            lab=f"lab-{n}",
        )
        for n in range(3)
    ]
    return Course([made[:2], made[2:]])


Chosen = Callable[[int], int]
"""A whole number below the one given."""


def pick(chosen: Chosen, found: list) -> object:
    return found[chosen(len(found))]


def page_added(course: Course, chosen: Chosen) -> None:
    steps = pick(chosen, course.lessons).steps
    steps.insert(chosen(len(steps) + 1), Page(course.fresh("New page"), course.fresh("New text")))


def step_removed(course: Course, chosen: Chosen) -> None:
    steps = pick(chosen, course.lessons).steps
    if sum(isinstance(step, Page) for step in steps) > 1:
        gone = pick(chosen, steps)
        if isinstance(gone, Question) or sum(isinstance(step, Page) for step in steps) > 1:
            steps.remove(gone)


def steps_reordered(course: Course, chosen: Chosen) -> None:
    steps = pick(chosen, course.lessons).steps
    steps.insert(chosen(len(steps)), steps.pop(chosen(len(steps))))


def page_edited(course: Course, chosen: Chosen) -> None:
    """Its title or its text; both at once make another page of it."""
    page = pick(chosen, [step for each in course.lessons for step in each.steps if isinstance(step, Page)])
    what = page.touched or pick(chosen, ["title", "text"])
    setattr(page, what, course.fresh(f"Another {what}"))
    page.touched = what


def question_added(course: Course, chosen: Chosen) -> None:
    steps = pick(chosen, course.lessons).steps
    id = course.fresh("new").replace(" ", "-")
    steps.insert(chosen(len(steps) + 1), Question(id, "New", ["a", "b"]))


def question_edited(course: Course, chosen: Chosen) -> None:
    found = [step for lesson in course.lessons for step in lesson.steps if isinstance(step, Question)]
    if found:
        question = pick(chosen, found)
        question.stem = course.fresh("Another stem")
        question.options.insert(chosen(len(question.options)), question.options.pop())


def question_moved(course: Course, chosen: Chosen) -> None:
    here = pick(chosen, course.lessons)
    found = [step for step in here.steps if isinstance(step, Question)]
    if found:
        question, there = pick(chosen, found), pick(chosen, course.lessons).steps
        here.steps.remove(question)
        there.insert(chosen(len(there) + 1), question)


def lesson_renamed(course: Course, chosen: Chosen) -> None:
    pick(chosen, course.lessons).title = course.fresh("Another title")


def lesson_moved(course: Course, chosen: Chosen) -> None:
    lesson = pick(chosen, course.lessons)
    for part in course.parts:
        if lesson in part:
            part.remove(lesson)
    part = pick(chosen, course.parts)
    part.insert(chosen(len(part) + 1), lesson)


def goal_added(course: Course, chosen: Chosen) -> None:
    pick(chosen, course.lessons).goals += 1


EDITS = (
    page_added,
    step_removed,
    steps_reordered,
    page_edited,
    question_added,
    question_edited,
    question_moved,
    lesson_renamed,
    lesson_moved,
    goal_added,
)


def history(made: Course, pack: Pack, chosen: Chosen) -> list[Event]:
    """What a learner did in the course as it is."""
    done: list[Event] = []

    def did(kind: str, subject: str, data: dict[str, object]) -> None:
        done.append(Event(NOW + timedelta(hours=2 * len(done)), kind, subject, data))

    for lesson in made.lessons:
        read = pack.lesson(lesson.id)
        for step in range(len(read.steps)):
            if chosen(3):
                so_far = progress(done).lessons.get(lesson.id)
                did("lesson-step", lesson.id, step_data(so_far, step, lesson.revision, marks(read)))
        if chosen(2):
            did("lesson-finished", lesson.id, {})
        for question in read.questions:
            for _ in range(chosen(3)):
                data = {"correct": bool(chosen(2)), "lesson": lesson.id, "revision": question.revision, "tries": 1}
                did("answered", question.id, data)
        if chosen(2):
            goals = {f"goal-{n}": bool(chosen(2)) for n in range(lesson.goals)}
            score, passed = 100.0 * all(goals.values()), all(goals.values())
            data = {"goals": goals, "passed": passed, "score": score, "revision": lesson.lab_revision, "text": "plan"}
            did("lab-graded", lesson.lab, data)
            did("plan-saved", lesson.lab, {"text": "draft"})
    return done


def names(lesson: Lesson) -> list[object]:
    """What each step is, to the author."""
    return [*(id(step) if isinstance(step, Page) else step.id for step in lesson.steps), lesson.lab]


def seen(so_far: Progress, pack: Pack, lesson: Lesson) -> set[object]:
    """The steps of a lesson that were seen, by what they are."""
    known = so_far.lessons.get(lesson.id, LessonProgress())
    return {names(lesson)[index] for index in known.among(marks(pack.lesson(lesson.id))).seen}


@settings(max_examples=60, deadline=None)
@given(data=some.data())
def test_no_edit_takes_progress_away_unless_a_revision_says_so(data):
    """Pages, questions and labs keep all that is known of them, wherever they are now; what has got a higher revision
    counts anew, that and nothing else."""

    def chosen(below: int) -> int:
        return data.draw(some.integers(0, below - 1))

    with tempfile.TemporaryDirectory() as folder:
        made = course()
        pack = made.write(Path(folder))
        events = history(made, pack, chosen)
        before, remembered = progress(events), reviews_of(events)
        seen_before = {lesson.id: seen(before, pack, lesson) for lesson in made.lessons}
        for edit in data.draw(some.lists(some.sampled_from(EDITS), max_size=8)):
            edit(made, chosen)
        raised = raise_some(made, data)
        pack = made.write(Path(folder))
        after, reviews = current(before, pack.outline), remembered.current(raised_in(pack.outline))

        for lesson in made.lessons:
            if f"lesson:{lesson.id}" in raised:
                assert lesson.id not in after.lessons
            else:
                assert seen(after, pack, lesson) == seen_before[lesson.id] & set(names(lesson))
                assert finished(after, lesson) == finished(before, lesson)
            if f"lab:{lesson.lab}" not in raised:
                assert after.labs.get(lesson.lab) == before.labs.get(lesson.lab)
            elif lab := after.labs.get(lesson.lab):
                assert replace(lab, revision=0, draft="") == type(lab)()
                assert lab.draft == "draft"
        for id, known in before.questions.items():
            assert after.questions.get(id) == (None if f"question:{id}" in raised else known)
        for item, studied in remembered.studied.items():
            of = f"lab:{item.id.split('/')[0]}" if item.kind == "goal" else item.name
            assert reviews.studied.get(item) == (None if of in raised else studied)
        for topic in pack.outline.topics:
            right = [id for id in topic.questions if id in before.questions and before.questions[id].last_correct]
            assert lesson_mastery(topic, after).right == len([id for id in right if f"question:{id}" not in raised])


def finished(so_far: Progress, lesson: Lesson) -> bool:
    return so_far.lessons.get(lesson.id, LessonProgress()).finished


def raise_some(made: Course, data: some.DataObject) -> set[str]:
    """Raise the revision of some things; return their names."""
    raised = set()
    for lesson in made.lessons:
        if data.draw(some.booleans()):
            lesson.revision += 1
            raised.add(f"lesson:{lesson.id}")
        if data.draw(some.booleans()):
            lesson.lab_revision += 1
            raised.add(f"lab:{lesson.lab}")
        for step in lesson.steps:
            if isinstance(step, Question) and data.draw(some.booleans()):
                step.revision += 1
                raised.add(f"question:{step.id}")
    return raised


def test_a_revision_that_goes_back_brings_the_progress_back(tmp_path):
    """Nothing was lost: raising it by mistake can be undone."""
    made = course()
    events = history(made, made.write(tmp_path), lambda below: below - 1)
    before = progress(events)
    made.lessons[0].revision = 2
    assert "lesson-0" not in current(before, made.write(tmp_path).outline).lessons
    made.lessons[0].revision = 1

    assert current(before, made.write(tmp_path).outline) == before


def test_going_on_after_an_edit_counts_where_the_steps_are_now(tmp_path):
    """The first step in the changed lesson takes along what was seen before, and the place to go on at."""
    made = course()
    events = history(made, made.write(tmp_path), lambda below: below - 1)
    lesson = made.lessons[0]
    lesson.steps[:0] = [Page("New", "New."), Page("Newer", "Newer.")]
    read = made.write(tmp_path).lesson(lesson.id)
    so_far = progress(events).lessons[lesson.id]
    assert so_far.among(marks(read)).step == so_far.step + 2
    after = progress([*events, Event(NOW, "lesson-step", lesson.id, step_data(so_far, 0, 1, marks(read)))])

    assert after.lessons[lesson.id].seen == (0, *(step + 2 for step in so_far.seen))
    assert after.lessons[lesson.id].of == len(read.steps)
    assert "steps" not in step_data(after.lessons[lesson.id], 1, 1, marks(read))


MARKS = some.lists(some.sampled_from(["aaaaaa", "bbbbbb", "cccccc"]), max_size=6).map(tuple)


@given(MARKS, MARKS)
def test_no_two_steps_become_one(before, after):
    """Whatever is alike: each step goes to one place, and each place is taken once."""
    to = moved([2 * each for each in before], [2 * each for each in after])

    assert len(set(to.values())) == len(to)
    assert all(before[old] == after[new] for old, new in to.items())
    assert len(to) == sum(min(before.count(mark), after.count(mark)) for mark in set(before))


@given(MARKS)
def test_where_nothing_has_changed_every_step_stays(before):
    """Pages that are alike to the letter, too."""
    assert moved(before, before) == {index: index for index in range(len(before))}
