"""Whatever lies in a class's folder, everybody else is graded, and a sentence says what it was."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from course.classes.book.gradescope import results
from course.classes.book.page import page
from course.classes.book.sheets import data, table
from course.classes.folder import Unread, submissions
from course.classes.grading.limits import LONGEST_PLAN, Until, watch
from course.classes.grading.tasks import compare_lab, grade_lab
from course.classes.submission import FORM, written
from course.classes.submission import read as read_submission
from course.history import Event
from tests.course.classes.conftest import LAB, NOON, graded, hand_in


def forged(path, facts, *rows):
    """A file that holds whatever somebody likes, under a hash that is right."""
    told = {"at": NOON.isoformat(), "version": "1", "packs": [], **facts}
    body = "".join(f"{json.dumps(row)}\n" for row in (told, *rows))
    count = len(rows) + 1
    head = {"program": FORM.program, "format": 1, "lines": count, "sha256": sha256(body.encode()).hexdigest()}
    path.write_text(json.dumps(head) + "\n" + body)


def test_a_folder_of_everything(tmp_path, grade, lab):
    """Links, pipes, folders, gigabytes, zips, half a file, a newer one: each is named, and Ada is graded."""
    ada = hand_in(tmp_path, "ada.jsonl", "Ada", graded(lab.reference.text, passed=True))
    whole = ada.read_text()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.jsonl").symlink_to(ada)
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge.jsonl").open("wb") as out:
        out.truncate(5 * 2**30)
    (tmp_path / "bomb.zip").write_bytes(b"PK\x03\x04" + b"\0" * 1000)
    (tmp_path / "half.jsonl").write_text(whole[: whole.index("\n") + 40])
    (tmp_path / "newer.jsonl").write_text(whole.replace('"format": 1', '"format": 2'))
    (tmp_path / "forged.jsonl").write_text(whole.replace('"passed": true', '"passed": null'))
    (tmp_path / "esc\x1b[31m\n.jsonl").write_text("x")
    (tmp_path / ".DS_Store").write_text("x")

    book = grade(tmp_path)

    assert [(row.learner, row.passed) for row in book.rows] == [("Ada", 1)]
    said = {note.file: note.say for note in book.notes}
    assert len(said) == 9
    for file, say in (
        ("folder", "no file"),
        ("link.jsonl", "a link"),
        ("pipe", "no file"),
        ("huge.jsonl", "larger than 32 MB"),
        ("bomb.zip", "no file that mlcourse submit"),
        ("half.jsonl", "cut off"),
        ("newer.jsonl", "a newer mlcourse"),
        ("forged.jsonl", "damaged or changed"),
        (r"esc\x1b[31m\n.jsonl", "no file that mlcourse submit"),
    ):
        assert say in said[file], file


def test_devices_are_not_read():
    """One that never ends is told apart by what it is."""
    [found] = submissions(Path("/dev/zero"))

    assert isinstance(found, Unread) and "no file" in found.why


def test_names_are_words_and_nothing_else(tmp_path, grade):
    """A path, a formula, markup, escapes, ten thousand letters: inert in every form of the gradebook."""
    names = ["../../etc/passwd", "=HYPERLINK(1)", "<script>alert(1)</script>", "A\x1b[2J\u202eda", "x" * 10_000]
    for number, name in enumerate(names):
        forged(tmp_path / f"{number}.jsonl", {"learner": name})
    book = grade(tmp_path)
    rows = list(csv.DictReader(io.StringIO(table(book))))
    html = page(book)

    assert len(book.rows) == len(rows) == 5
    assert all(row["learner"][0] not in "=+-@" for row in rows)
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert max(len(row.learner) for row in book.rows) == 100
    for text in (html, table(book), json.dumps(data(book))):
        assert "\x1b" not in text and "\u202e" not in text


def test_what_a_file_claims_is_only_data(tmp_path, grade, lab, packs):
    """Grades of labs that there are not, from the future, with figures that are none; answers of any shape."""
    question = next(card.id for card in packs.question_cards() if card.kind == "single")
    graded_row = {"kind": "lab-graded", "at": (NOON + timedelta(days=900)).isoformat(), "subject": LAB}
    answered = {"kind": "answered", "at": NOON.isoformat(), "subject": question}
    odd = (None, 3, [[1]], {"a": {}}, ["x"] * 9999, "x" * 9999)
    rows = [
        {**graded_row, "data": {"text": lab.start.text, "passed": True, "score": 10**30, "seeds": "x", "goals": 3}},
        {**graded_row, "subject": "no-such-lab<b>", "data": {"text": "x", "passed": True, "score": -5}},
        {**graded_row, "subject": "the-stale-reason", "kind": "incident-graded", "data": {"later": {}, "seed": -1}},
        {**graded_row, "data": {"text": 7}},
        *({**answered, "data": {"answer": given, "correct": True}} for given in odd),
        {"kind": "exam-begun", "at": NOON.isoformat(), "subject": "s", "data": {"profile": 3, "questions": {}}},
        {"kind": "exam-ended", "at": NOON.isoformat(), "subject": "s", "data": {"right": [], "tasks": 1}},
        {"kind": "no-such-kind", "at": NOON.isoformat(), "subject": "", "data": {}},
    ]
    forged(tmp_path / "a.jsonl", {"learner": "Ada"}, *rows)
    hand_in(tmp_path, "b.jsonl", "Bo", graded(lab.reference.text))

    book = grade(tmp_path)
    ada, bo = book.rows

    assert (ada.passed, bo.passed) == (0, 1)
    assert (ada.results[LAB].outcome.passed, ada.results[LAB].differs) == (False, True)
    assert (ada.answers.right, ada.answers.judged) == (0, 0)
    said = " ".join(note.say for note in book.notes if note.file == "a.jsonl")
    assert "no-such-lab<b>" in said and "dated after the file" in said
    assert "no-such-lab<b>" not in page(book)


def test_thousands_of_files(tmp_path):
    """Are read one at a time, in the order of their names."""
    for number in range(3_000):
        (tmp_path / f"{number:05d}").write_bytes(b"")

    found = [each.file for each in submissions(tmp_path) if isinstance(each, Unread)]

    assert len(found) == 3_000 and found == sorted(found)


def plan(lab, **more):
    """The reference, with more in it."""
    return {**copy.deepcopy(yaml.safe_load(lab.reference.text)), **more}


def many_alarms(lab, number, **fields):
    [alarm] = plan(lab)["PutMetricAlarm"]
    more = ({**alarm, "AlarmName": f"a{each}", **fields} for each in range(number))
    return plan(lab, PutMetricAlarm=[alarm, *more])


def after(seconds):
    state = {"AlarmName": "churn-v2-5xx", "StateValue": "OK", "StateReason": "x"}
    return [{"AfterSeconds": seconds, "SetAlarmState": state}]


def text_of(given):
    return given if isinstance(given, str) else json.dumps(given, default=str)


@pytest.mark.parametrize(
    ("make", "status", "say"),
    [
        pytest.param(lambda lab: plan(lab, Later=after(2_419_200)), "not graded", "simulated hours", id="four weeks"),
        pytest.param(lambda lab: plan(lab, Later=after(100) * 100), "not graded", "60 requests", id="many requests"),
        pytest.param(
            lambda lab: many_alarms(lab, 50, EvaluationPeriods=1440), "not graded", "simulated hours", id="looks back"
        ),
        pytest.param(lambda lab: many_alarms(lab, 190), "not graded", f"{LONGEST_PLAN:,} characters", id="long"),
        pytest.param(lambda lab: "a: &a [1]\nb: " + "[*a, *a]", "refused", "anchors", id="aliases"),
        pytest.param(lambda lab: "[" * 30_000, "refused", "", id="deep"),
        pytest.param(lambda lab: "Later: \x1b[2J", "refused", "", id="escapes"),
        pytest.param(lambda lab: "UpdateEndpoint: {a: .nan, b: 1e999}", "refused", "", id="no numbers"),
        pytest.param(lambda lab: "", "refused", "", id="empty"),
    ],
)
def test_a_plan_makes_bounded_work(lab, make, status, say):
    """One that would take hours is not begun; a text that is no plan is refused. Both in a sentence, in one line."""
    outcome = grade_lab(lab, text_of(make(lab)), range(1), compare_lab(lab, range(1)))

    assert (outcome.status, outcome.passed, outcome.score) == (status, False, 0.0)
    assert say in outcome.why and outcome.why.isprintable()


def test_a_run_that_goes_on_is_ended(lab, monkeypatch):
    """An update may last longer than could be known: it is stopped at the same simulated minute everywhere."""
    from course.classes.grading import tasks

    monkeypatch.setattr(tasks, "watch", lambda world, plan: Until(900.0))
    outcomes = [grade_lab(lab, lab.reference.text, range(1), compare_lab(lab, range(1))) for _ in range(2)]

    assert outcomes[0] == outcomes[1]
    assert outcomes[0].why == "it would take too long (limit of 0.2 simulated hours for a run of it)"


def test_every_plan_of_the_course_is_far_within_the_limits(packs):
    """No learner meets them by working on a lab."""
    for id in packs.lab_ids():
        lab = packs.lab(id)
        for each in (lab.start, lab.reference, *(near.file for near in lab.near_misses)):
            assert watch(lab.world, each.plan).latest_s >= 3 * lab.world.duration_s, (id, each.name)


def test_a_mistake_of_ours_is_told(lab, monkeypatch):
    """And takes nobody along."""
    from labs.grading import grade_plan

    def broken(*given, **named):
        raise ZeroDivisionError("x\x1b")

    monkeypatch.setattr(grade_plan, "grade", broken)
    outcome = grade_lab(lab, lab.reference.text, range(1), compare_lab(lab, range(1)))

    assert outcome.status == "not graded"
    assert "ZeroDivisionError" in outcome.why and outcome.why.isprintable()


def test_gradescope_is_told_no_markup_and_no_escapes(tmp_path, grade, lab):
    """Its page shows plain text."""
    hand_in(tmp_path, "a.jsonl", "Ada <b>", Event(NOON, "lab-graded", LAB, {"text": "\x1b[2J", "passed": True}))
    book = data(grade(tmp_path))
    found = results(book["exercises"], book["learners"][0], "visible")

    assert found["score"] == 0.0
    assert "refused" in found["tests"][0]["output"]
    assert "\x1b" not in json.dumps(found, ensure_ascii=False)


def test_a_submission_survives_being_written_again(tmp_path, lab):
    """What is read of a hostile file can be written and read again: nothing odd is carried on."""
    path = tmp_path / "a.jsonl"
    forged(path, {"learner": "A\u202e\x07"}, {"kind": "answered", "at": NOON.isoformat(), "subject": "q", "data": {}})
    found = read_submission(path)
    path.write_text(written(found))

    assert read_submission(path) == found
