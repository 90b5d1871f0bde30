"""`mlcourse class grade` and `class results`: from what learners have written to a gradebook, and to Gradescope."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from course.classes.submission import read
from course.cli import main
from tests.course.cli.conftest import LAB, plan_of

GRADE = ("class", "grade", "class", "--seeds", "1", "--workers", "1")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """Two learners, each with a history of their own, and a file that is none; and what grading them has left."""
    place = tmp_path_factory.mktemp("handed-in")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        (place / "class").mkdir()
        for name, plan in (("ada", "reference.yaml"), ("bo", "start.yaml")):
            patch.setenv("MLCOURSE_HOME", str(place / name))
            main(("lab", "grade", LAB, plan_of(plan), "--seeds", "1", "--workers", "1"))
            assert main(("submit", "--name", f"{name}=<b>", "--out", f"class/{name}.jsonl")) == 0
        assert main(GRADE) == 0
    (place / "class" / "notes.txt").write_text("x")
    return place


@pytest.fixture
def folder(handed_in, home, tmp_path):
    """A copy of what they have handed in."""
    return Path(shutil.copytree(handed_in / "class", tmp_path / "class"))


@pytest.fixture
def grades(handed_in, folder, tmp_path):
    """A copy of their grades beside it."""
    return Path(shutil.copytree(handed_in / "class-grades", tmp_path / "class-grades"))


def test_from_learners_to_a_gradebook(mlcourse, folder, tmp_path):
    """Three files, what could not be read on stderr, and the same once more from what was kept."""
    first = mlcourse(*GRADE)
    out = tmp_path / "class-grades"
    files = {path.name: path.read_bytes() for path in out.iterdir()}

    assert first.code == 1 and "notes.txt: not read" in first.err
    assert "2 learners, 1 exercise" in first.out
    assert sorted(files) == ["gradebook.csv", "gradebook.html", "gradebook.json", "grades.done.jsonl"]
    rows = list(csv.DictReader(files["gradebook.csv"].decode().splitlines()))
    assert [(row["learner"], row[f"{LAB} result"][:6]) for row in rows] == [("ada=<b>", "passed"), ("bo=<b>", "missed")]
    assert b"ada=&lt;b&gt;" in files["gradebook.html"]
    (folder / "notes.txt").unlink()
    assert mlcourse(*GRADE).code == 0
    assert (out / "grades.done.jsonl").read_bytes() == files["grades.done.jsonl"]


def test_a_teacher_stands_in_the_folder(mlcourse, folder, tmp_path, monkeypatch):
    """The gradebook comes beside it all the same, and is no submission the next time."""
    monkeypatch.chdir(folder)
    said = mlcourse("class", "grade", ".", "--seeds", "1", "--workers", "1", "--json").json

    assert (tmp_path / "class-grades" / "gradebook.csv").is_file()
    assert sorted(path.name for path in folder.iterdir()) == ["ada.jsonl", "bo.jsonl", "notes.txt"]
    assert len(said["learners"]) == 2


def test_wrong_words_are_told(mlcourse, folder):
    """A folder, a lab or a time that is none, and a cluster that does not answer."""
    for words, say in (
        (("class", "grade", "missing"), "there is no missing"),
        ((*GRADE, "--labs", "x"), "no lab and no incident 'x'"),
        ((*GRADE, "--due", "2026-12-01"), "with its offset"),
        ((*GRADE, "--seeds", "0"), "from 1"),
    ):
        refused = mlcourse(*words)
        assert (refused.code, say in refused.err) == (2, True), refused.err
        assert not list(folder.parent.glob("*-grades"))


def test_results_as_gradescope_takes_them(mlcourse, grades, tmp_path):
    """From a gradebook, and from one submission, as an autograder is called; the sum of the tests is the score."""
    done = mlcourse("class", "results", "class-grades", "--as", "gradescope", "--out", "out")
    [ada, bo] = [json.loads(path.read_text()) for path in sorted((tmp_path / "out").glob("*/results.json"))]
    one = mlcourse("class", "results", "class/ada.jsonl", "--labs", LAB, "--seeds", "1", "--workers", "1")

    assert done.code == 0
    assert (ada["score"], one.json["score"]) == (100.0, 100.0) and bo["score"] < 100
    for found in (ada, bo, one.json):
        assert found["score"] == sum(test["score"] for test in found["tests"])
        assert all(0 <= test["score"] <= test["max_score"] == 100 for test in found["tests"])
        assert found["visibility"] == "visible"
    assert "missed: " in bo["tests"][0]["output"]


def test_a_file_that_is_none_gets_results_too(mlcourse, folder, tmp_path):
    """Gradescope shows why; a gradebook that is none is told."""
    found = mlcourse("class", "results", "class/notes.txt", "--labs", LAB)

    assert (found.code, found.json["score"], len(found.json["tests"])) == (1, 0.0, 1)
    assert "mlcourse submit" in found.json["output"]
    for text, say in (("[", "no gradebook"), ('{"program": "mlcourse gradebook", "format": 2}', "a newer mlcourse")):
        (tmp_path / "gradebook.json").write_text(text)
        refused = mlcourse("class", "results", "gradebook.json")
        assert (refused.code, say in refused.err) == (2, True)


def test_json_has_all_of_it(mlcourse, folder, grades):
    """And the files, on one page of keys that stay."""
    found = mlcourse(*GRADE, "--json").json

    assert found["learners"][0]["results"][LAB]["passed"] is True
    assert sorted(found["files"]) == ["csv", "html", "json"]
    assert read(folder / "ada.jsonl").learner == found["learners"][0]["learner"]
