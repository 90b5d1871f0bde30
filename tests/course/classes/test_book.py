"""A class is graded by what its plans do, whoever works on it, in whatever order, and however often it was stopped."""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.classes.book.page import page
from course.classes.book.sheets import data, table, text
from course.classes.book.whole import NoSuchExercise
from course.classes.executors import local
from course.classes.folder import NoFolder
from course.classes.grading.done import kept
from course.history import Event
from tests.course.classes.conftest import INCIDENT, LAB, NOON, graded, hand_in


@pytest.fixture(scope="module")
def folder(tmp_path_factory, lab):
    """Four learners: the reference, the start that claims to pass, a near-miss, and nothing. Tests only read it."""
    place = tmp_path_factory.mktemp("class")
    near = lab.near_misses[0].file.text
    hand_in(place, "ada.jsonl", "Ada", graded(lab.reference.text, passed=True, score=100.0))
    hand_in(place, "bo.jsonl", "Bo", graded(lab.start.text, passed=True, score=100.0))
    hand_in(place, "chen.jsonl", "Chen", graded(near))
    hand_in(place, "dee.jsonl", "Dee")
    return place


@pytest.fixture(scope="module")
def book(folder, grade):
    """What comes of it."""
    return grade(folder)


def test_what_counts_is_what_the_plan_does(book, lab):
    """A grade that a file claims is told where it is not so, and changes nothing."""
    rows = {row.learner: row for row in book.rows}

    assert (rows["Ada"].passed, rows["Bo"].passed, rows["Chen"].passed) == (1, 0, 0)
    assert [rows[name].results[LAB].differs for name in ("Ada", "Bo", "Chen")] == [False, True, False]
    assert rows["Chen"].results[LAB].outcome.missed == {lab.near_misses[0].fails}
    assert rows["Dee"].results == {}


def test_a_grade_is_the_same_as_at_home(tmp_path, grade, lab):
    """Worked out beside one comparison for the whole class, it is that of `lab grade` to the last digit."""
    from labs.grading.grade_plan import grade as at_home

    hand_in(tmp_path, "ada.jsonl", "Ada", graded(lab.reference.text, passed=True, score=100.0))
    [row] = grade(tmp_path, seeds=2).rows
    outcome, verdict = row.results[LAB].outcome, at_home(lab, lab.reference.plan, range(2))

    assert (outcome.score, outcome.passed) == (verdict.score, verdict.passed)
    assert [(each.id, each.measured, each.say) for each in outcome.goals] == [
        (each.id, each.measured, each.measured_say) for each in verdict.goals
    ]


def test_near_misses_are_counted(book, lab):
    """Who sends what a near-miss sends, and who fails just its goal."""
    [exercise] = book.exercises
    [found] = [each for each in exercise.near_misses if each.plan == lab.near_misses[0].file.name]

    assert (found.same, found.failing) == (("Chen",), ("Chen",))


def everything(book):
    return text(book), table(book), page(book)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, grade, packs):
    """What comes of four learners of another lab, whose files came in the order of their names."""
    place = tmp_path_factory.mktemp("class")
    _come_in(place, packs.lab("by-morning"), "abcd")
    return everything(grade(place))


def _come_in(place, lab, order):
    plans = dict(zip("abcd", [lab.start.text, *(each.file.text for each in lab.near_misses)], strict=False))
    for name, plan in ((name, plans[name]) for name in order):
        hand_in(place, f"{name}.jsonl", f"Learner {name}", graded(plan, lab=lab.id))


@given(order=st.permutations(["a", "b", "c", "d"]), stop=st.integers(0, 3))
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_gradebook_is_byte_identical(tmp_path_factory, grade, packs, whole, order, stop):
    """In whatever order files came and plans are finished, and wherever it was stopped and begun again."""
    place = tmp_path_factory.mktemp("class")
    _come_in(place, packs.lab("by-morning"), order)

    @contextmanager
    def fickle():
        """Stop in the middle."""
        yield _Fickle(stop)

    file = tmp_path_factory.mktemp("out") / "done.jsonl"
    with pytest.raises(KeyboardInterrupt):
        grade(place, file, open=fickle)
    finished = len(kept(file)[0])

    assert finished <= stop
    assert everything(grade(place, file)) == whole
    assert everything(grade(place, file, open=_nobody)) == whole


class _Fickle(ThreadPoolExecutor):
    """Finishes work at once, and is interrupted after so many plans."""

    workers = 4

    def __init__(self, stop):
        super().__init__(1)
        self.left = stop

    def submit(self, call, /, *arguments):
        future: Future = Future()
        if call.__name__ == "compare_lab":
            future.set_result(call(*arguments))
        elif self.left:
            self.left -= 1
            future.set_result(call(*arguments))
        else:
            future.set_exception(KeyboardInterrupt())
        return future


@contextmanager
def _nobody():
    """An executor that is handed nothing, for everything is done."""
    yield _Refusing()


class _Refusing(ThreadPoolExecutor):
    def submit(self, call, /, *arguments):
        raise AssertionError(f"{call.__name__} is done again")


def test_processes_come_to_the_same(folder, grade, book):
    """As do threads of this one."""
    assert everything(grade(folder, open=local(2))) == everything(book)


def test_equal_plans_are_graded_once(tmp_path, grade, lab, monkeypatch):
    """However many hand them in."""
    from course.classes.grading import tasks

    calls = []
    once = tasks.grade_lab
    monkeypatch.setattr(tasks, "grade_lab", lambda *given: calls.append(1) or once(*given))
    for name in ("a", "b", "c"):
        hand_in(tmp_path, f"{name}.jsonl", name, graded(lab.start.text))

    assert len(grade(tmp_path).rows) == 3
    assert len(calls) == 1


def test_finished_grades_of_others_are_not_believed(folder, grade, book, tmp_path):
    """Damaged lines, half a line, and lines that were changed: what stood there is graded anew."""
    file = tmp_path / "done.jsonl"
    whole = everything(book)
    assert everything(grade(folder, file)) == whole
    lines = file.read_text().splitlines()
    forged = lines[0].replace('"passed": false', '"passed": true').replace('"passed": true', '"passed": false', 1)
    file.write_text("\n".join([forged, "{}", "[" * 90_000, *lines[1:-1], lines[-1][: len(lines[-1]) // 2]]))

    found, wrong = kept(file)
    assert (len(found), wrong) == (len(lines) - 2, 4)
    assert everything(grade(folder, file)) == whole
    assert len(kept(file)[0]) == len(lines)


def test_the_newest_file_of_a_learner_counts(tmp_path, grade, lab):
    """The others are told; a learner of the same name whose history begins otherwise is somebody else."""
    first = graded(lab.start.text)
    hand_in(tmp_path, "1.jsonl", "Ada", first, hours=1)
    hand_in(tmp_path, "2.jsonl", "ada", first, graded(lab.reference.text, 1, passed=True), hours=2)
    hand_in(tmp_path, "3.jsonl", "Ada", graded(lab.start.text, 7), hours=3)

    book = grade(tmp_path)

    assert {row.learner: row.passed for row in book.rows} == {"ada (2.jsonl)": 1, "Ada (3.jsonl)": 0}
    said = {note.file: note.say for note in book.notes}
    assert said["1.jsonl"] == "passed over: 2.jsonl of the same learner counts instead"
    assert "the name of 2 learners: 3.jsonl, 2.jsonl" in said["3.jsonl"]


def test_which_plan_counts(tmp_path, grade, lab):
    """The one that was best at home, of equals the last; or the last of all."""
    good = graded(lab.reference.text, 1, passed=True, score=90.0)
    hand_in(tmp_path, "a.jsonl", "Ada", graded(lab.start.text), good, graded(lab.start.text, 2, score=10.0))

    [best], [last] = grade(tmp_path).rows, grade(tmp_path, which="last").rows

    assert (best.passed, last.passed) == (1, 0)


def test_late_work_is_marked_and_counts(tmp_path, grade, lab):
    """What was graded or handed in after the time; the offset of the time holds."""
    hand_in(tmp_path, "a.jsonl", "Ada", graded(lab.reference.text, 30))
    due = datetime.fromisoformat("2026-11-22T13:15:00+01:00")

    [late], [early] = grade(tmp_path, due=due).rows, grade(tmp_path, due=NOON.replace(hour=18)).rows

    assert (late.late, late.results[LAB].late, late.passed) == (True, True, 1)
    assert (early.late, early.results[LAB].late) == (False, False)


def test_only_the_labs_that_count(folder, grade):
    """Those named, also where nobody has handed anything in; one that there is not is told at once."""
    book = grade(folder, only=("warm-up",))

    assert [each.id for each in book.exercises] == ["warm-up"]
    assert [row.score(book.exercises) for row in book.rows] == [0.0] * 4
    with pytest.raises(NoSuchExercise, match="no lab and no incident 'x'"):
        grade(folder, only=("x",))
    with pytest.raises(NoFolder, match="there is no"):
        grade(folder / "missing")


def test_incidents_are_graded_again(tmp_path, grade, packs):
    """From what was done and when, in the session that the file names; a release that there is not is told."""
    from course.content.yaml.reader import read_yaml

    incident = packs.incident(INCIDENT)
    right = next(each for each in incident.answers if each.fails is None and each.file.plan.steps)
    later = read_yaml(right.file.text, "x").data["Later"]

    def shift(release, actions):
        data = {"passed": True, "release": release, "seed": 3, "later": actions}
        return Event(NOON, "incident-graded", INCIDENT, data)

    hand_in(tmp_path, "a.jsonl", "Ada", shift(right.release, later))
    hand_in(tmp_path, "b.jsonl", "Bo", shift(right.release, []))
    hand_in(tmp_path, "c.jsonl", "Chen", shift("x", later))
    ada, bo, chen = (row.results[INCIDENT].outcome for row in grade(tmp_path).rows)

    assert (ada.passed, bo.passed, chen.status) == (True, False, "not graded")
    assert chen.why == "the incident has no such release"


def test_json_keeps_its_keys(book):
    """Programs rely on them."""
    told = json.loads(text(book))

    assert sorted(told) == sorted(
        ["course", "due", "exercises", "format", "learners", "notes", "plan", "program", "version"]
    )
    assert sorted(told["exercises"][0]) == ["alike", "goals", "id", "kind", "near_misses", "seeds", "title"]
    assert sorted(told["learners"][0]) == sorted(
        ["answers", "at", "exams", "file", "late", "learner", "notes", "passed", "results", "score", "version"]
    )
    assert sorted(told["learners"][0]["results"][LAB]) == sorted(
        ["at", "claimed_passed", "claimed_score", "differs", "goals", "late", "passed", "score", "status", "why"]
    )
    assert data(book)["learners"][0]["learner"] == "Ada"
