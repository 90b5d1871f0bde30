"""`mlcourse new`: what it prints, where it looks for the pack, and the sentences for what cannot be."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from course import wiring
from course.content.pack import Pack
from course.content.packs import built_in_pack
from course.content.yaml.reader import read_yaml

LABS = ("by-morning", "mend-the-guide")


def test_a_pack_from_nothing_in_a_few_words(mlcourse, tmp_path: Path):
    """Each command says what it wrote, and what to do next."""
    made = mlcourse("new", "pack", "tides", "--title", "The tides")

    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines()[:2] == [f"new     {Path('tides', name)}" for name in ("course.yaml", "glossary.yaml")]
    assert made.out.splitlines()[-3:] == [
        "See it: mlcourse preview tides",
        "Check it: mlcourse check tides",
        "Add to it: mlcourse new lesson|question|lab|incident|exam ID --pack tides",
    ]
    added = mlcourse("new", "lesson", "waves", "--pack", "tides")
    assert added.out.splitlines()[-2:] == [
        "See it: mlcourse preview tides --at waves",
        "Check it: mlcourse check tides",
    ]
    assert mlcourse("check", "--strict", "tides").code == 0
    assert Pack(tmp_path / "tides").outline.title == "The tides"


def test_programs_are_told_which_files(mlcourse):
    """The keys of JSON are for ever."""
    mlcourse("new", "pack", "tides")
    told = mlcourse(
        "new", "question", "ebb", "--pack", "tides", "--lesson", "tides-begin", "--kind", "single", "--json"
    )

    assert told.json == {
        "folder": "tides",
        "new": [],
        "changed": ["tides/01-begin/questions.yaml", "tides/01-begin/lesson.md"],
    }


def test_the_pack_is_the_one_that_one_stands_in(mlcourse, tmp_path: Path, monkeypatch):
    """In any of its folders; before the command it can be named as well, and without one there is a sentence."""
    mlcourse("new", "pack", "tides")
    lost = mlcourse("new", "lesson", "waves")
    monkeypatch.chdir(tmp_path / "tides" / "01-begin")
    inside = mlcourse("new", "lesson", "waves")
    monkeypatch.chdir(tmp_path)
    named = mlcourse("--pack", "tides", "new", "lesson", "winds")
    elsewhere = mlcourse("new", "lesson", "rain", "--pack", "nowhere")

    assert (lost.code, inside.code, named.code, elsewhere.code) == (2, 0, 0, 2)
    assert lost.err == (
        ". holds no course.yaml, and no folder around it; say --pack FOLDER, or begin with: mlcourse new pack FOLDER\n"
    )
    assert elsewhere.err.startswith("nowhere holds no course.yaml;")
    assert list(Pack(tmp_path / "tides").course.lessons) == ["tides-begin", "waves", "winds"]


@pytest.mark.parametrize(
    ("words", "say"),
    [
        (("pack", "tides"), "tides is there already, and not empty"),
        (("pack", "My Tides"), "'My Tides' is no id; use a-z and 0-9"),
        (("pack", "tides/course.yaml"), "is no folder"),
        (("question", "q", "--pack", "tides", "--lesson", "tides-begin", "--kind", "singel"), "did you mean single?"),
        (("lab", "own", "--pack", "tides", "--lesson", "tides-begin", "--kind", "-"), "known here: canary, blue-green"),
        (("lab", "own", "--pack", "tides", "--lesson", "tides-begin", "--kind", "canry"), "known here: canary, blue-g"),
        (("lab", "own", "--pack", "tides", "--lesson", "x" * 5000), "this pack has no lesson 'xxxx"),
        (("lesson", "\u202egnp", "--pack", "tides"), r"'\u202egnp' is no id"),
        (("classroom", "room", "--labs", "mend-the-gide"), "did you mean mend-the-guide?"),
        (("classroom", "room", "--labs", "own", "--points", "0"), "must be a whole number"),
    ],
)
def test_what_cannot_be_is_said(mlcourse, tmp_path: Path, words: tuple[str, ...], say: str):
    """In one sentence, with exit code 2, and nothing is written."""
    mlcourse("new", "pack", "tides")
    before = sorted(tmp_path.rglob("*"))
    told = mlcourse("new", *words)

    assert told.code == 2
    assert say in told.err
    assert "Traceback" not in told.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_pack_that_is_wrong_is_told_and_left_alone(mlcourse, tmp_path: Path):
    """With the place, as the check tells it."""
    mlcourse("new", "pack", "tides")
    outline = tmp_path / "tides" / "course.yaml"
    outline.write_text(outline.read_text().replace("title: Tides", "titel: Tides", 1))
    told = mlcourse("new", "lesson", "waves", "--pack", "tides")

    assert told.code == 2
    assert "course.yaml:5:1: " in told.err
    assert not (tmp_path / "tides" / "02-waves").exists()


def test_a_file_that_cannot_be_changed_is_told_and_left_alone(mlcourse, tmp_path: Path):
    """What cannot be read has to be mended first; what has another layout is told as it would be written by hand."""
    mlcourse("new", "pack", "tides")
    file = tmp_path / "tides" / "01-begin" / "questions.yaml"
    told = {}
    for text in ("questions: [\n", "questions: [{id: old}]\n"):
        file.write_text(text)
        told[text] = mlcourse(
            "new", "question", "ebb", "--pack", "tides", "--lesson", "tides-begin", "--kind", "single"
        )
        assert (told[text].code, file.read_text()) == (2, text)

    unread, flowing = told.values()
    assert unread.err.startswith(f"{Path('01-begin', 'questions.yaml')} cannot be read, and nothing was written;")
    assert "By hand: put this under questions:\n" in flowing.err
    assert "  - id: ebb\n" in flowing.err


def test_the_workflow_of_a_classroom_grades_as_it_says(mlcourse, tmp_path: Path, monkeypatch):
    """Its very commands fail with the plans that learners begin with, and pass with the references."""
    assert mlcourse("new", "classroom", "room", "--labs", ",".join(LABS), "--points", "7").code == 0
    room = tmp_path / "room"
    workflow = read_yaml((room / ".github/workflows/classroom.yml").read_text(), "classroom.yml").data
    job = workflow["jobs"]["run-autograding-tests"]
    graders = [step for step in job["steps"] if "command" in step.get("with", {})]
    reporter = job["steps"][-1]

    assert (workflow["name"], list(workflow["jobs"])) == ("Autograding Tests", ["run-autograding-tests"])
    assert [(step["id"], step["with"]["max-score"]) for step in graders] == [(id, 7) for id in LABS]
    assert reporter["with"]["runners"] == ",".join(LABS)
    assert reporter["env"] == {f"{id.upper()}_RESULTS": f"${{{{steps.{id}.outputs.result}}}}" for id in LABS}
    assert {"run": "pip install -r requirements.txt", "name": "Install mlcourse"} in job["steps"]

    monkeypatch.chdir(room)
    monkeypatch.setattr(wiring, "cores", lambda: 1)  # to start processes takes longer than what they would do
    for step in graders:
        program, *words = shlex.split(step["with"]["command"])
        assert program == "mlcourse"
        assert mlcourse(*words).code == 1
        [example] = built_in_pack().glob(f"*/{step['id']}/reference.yaml")
        shutil.copy(example, words[-1])
        assert mlcourse(*words).code == 0


def test_the_older_form_says_the_same(mlcourse, tmp_path: Path):
    """autograding.json has the same commands and points, with the keys that it is documented to have."""
    mlcourse(
        "new", "classroom", "room", "--labs", ",".join(LABS), "--install", "mlcourse @ git+https://example.org/m\n"
    )
    tests = json.loads((tmp_path / "room/.github/classroom/autograding.json").read_text())["tests"]

    assert [(each["run"], each["points"]) for each in tests] == [
        (f"mlcourse lab grade {id} plans/{id}.yaml", 10) for id in LABS
    ]
    keys = {"name", "setup", "run", "input", "output", "comparison", "timeout", "points"}
    assert all(set(each) == keys for each in tests)
    assert (tmp_path / "room/requirements.txt").read_text().endswith("\nmlcourse @ git+https://example.org/m\n")


def test_nothing_of_a_classroom_is_written_over(mlcourse, tmp_path: Path):
    """A README that is there stays, and nothing comes beside it."""
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "README.md").write_text("mine")
    told = mlcourse("new", "classroom", "room", "--labs", LABS[0])

    assert (told.code, told.err) == (
        2,
        f"{Path('room', 'README.md')} is there already; nothing was written over. Choose another name\n",
    )
    assert [path.name for path in (tmp_path / "room").iterdir()] == ["README.md"]
