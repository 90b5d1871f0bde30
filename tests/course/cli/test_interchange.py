"""`mlcourse quiz export` and `mlcourse quiz import`, from the command line to the file and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.cli.authoring.exporting import FORMATS
from course.content.files.questions import read_questions
from course.content.yaml.reader import read_yaml

KEYS = {"question", "what", "count", "fate", "why"}


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_says_what_it_drops(mlcourse, form):
    """On stderr in sentences, and as JSON question by question."""
    told = mlcourse("quiz", "export", "--as", form, "canary", "--out", "told")
    as_json = mlcourse("quiz", "export", "--as", form, "canary", "--out", "json", "--json").json

    assert told.code == 0
    assert "told holds 16 questions" in told.out
    assert "with the keys" in told.out
    assert set(as_json) == {"file", "format", "questions", "dropped"}
    assert (as_json["file"], as_json["format"], as_json["questions"]) == ("json", form, 16)
    assert all(set(each) == KEYS for each in as_json["dropped"])
    assert len(told.err.splitlines()) == len({each["what"] for each in as_json["dropped"]})
    assert Path("told").stat().st_size > 1000


def test_conditions_choose(mlcourse):
    """As they do for practice; seeds multiply the computed questions alone."""
    words = ("canary", "linear", "--level", "apply")
    both = mlcourse("quiz", "export", "--as", "gift", *words, "--out", "b", "--json").json
    one = mlcourse("quiz", "export", "--as", "gift", "canary", "--out", "c", "--json").json
    seeds = mlcourse("quiz", "export", "--as", "gift", "canary", "--seeds", "1,2,3", "--out", "d", "--json").json
    listed = mlcourse("quiz", "list", "--json").json
    computed = sum(each["computed"] for each in listed if each["lesson"] == "canary")

    of_two = [each for each in listed if each["lesson"] in ("canary", "linear")]

    assert both["questions"] == sum(each["level"] == "apply" for each in of_two)
    assert computed > 0
    assert seeds["questions"] == one["questions"] + 2 * computed


@pytest.mark.parametrize(
    ("words", "code", "say"),
    [
        (("--as", "gift", "canari"), 2, "did you mean canary?"),
        (("--as", "gift", "--seeds", "x"), 2, "whole number"),
        (("--as", "gift", "--seeds", ",".join(map(str, range(60)))), 2, "50 seeds at most"),
        (("--as", "gift", "canary", "--objective", "none/9"), 1, "No question is like that"),
        (("--as", "gift", "--out", "there"), 2, "there already"),
        (("--as", "gift", "canary", "--out", "no/such/folder"), 2, "cannot be written"),
        (("canary",), 2, "--as"),
    ],
)
def test_what_cannot_be_exported_is_said(mlcourse, home, words, code, say):
    """In a sentence; nothing is written over."""
    Path("there").write_text("mine")
    done = mlcourse("quiz", "export", *words)

    assert done.code == code
    assert say in done.err
    assert Path("there").read_text() == "mine"
    assert not Path("questions.gift").exists()


def test_anki_says_what_it_needs(mlcourse, monkeypatch):
    """Where the library is not installed."""
    monkeypatch.setattr("course.cli.authoring.exporting.find_spec", lambda name: None)
    done = mlcourse("quiz", "export", "--as", "anki", "canary")

    assert done.code == 2
    assert "pip install 'mlcourse[authoring]'" in done.err


@pytest.mark.parametrize(("form", "file"), [("gift", "x.gift"), ("moodle", "x.xml")])
def test_what_was_exported_can_be_imported(mlcourse, form, file):
    """What has a key in the format becomes a file that the readers of questions take, apart from what is missing."""
    mlcourse("quiz", "export", "--as", form, "canary", "--kind", "single", "--out", file)
    done = mlcourse("quiz", "import", file, "--out", "new.yaml", "--json")
    questions = read_questions(read_yaml(Path("new.yaml").read_text(), Path("new.yaml")))

    assert done.json["left_out"] == []
    assert done.code == 0
    assert done.json["questions"] == len(questions) > 5
    assert all(option.why for question in questions for option in question.options)
    says = {each["say"].split(" ", 2)[2] for each in done.json["check"]}
    assert says == ({"has no hint; write one that helps without telling"} if form == "gift" else set())


def test_an_import_is_a_start(mlcourse):
    """What is missing is marked in the file, and what the check will say is said with its place."""
    Path("animals.txt").write_text("::Legs::How many legs has a spider?{=eight ~six}\n\nTell me more.{}\n")
    done = mlcourse("quiz", "import", "animals.txt")
    text = Path("questions.yaml").read_text()

    assert done.code == 1
    assert "animals.txt:3:1: an essay has no key" in done.err
    assert "questions.yaml holds 1 question, as a start." in done.out
    assert done.out.count("`why` is empty") == 2
    for part in ("level", "objectives", "hints", "why this is right or wrong", "what to keep"):
        assert f"missing: {part}" in text
    where = next(number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith('why: ""'))
    assert f"questions.yaml:{where}:" in done.out


def test_json_of_an_import(mlcourse):
    """Keys that programs rely on."""
    Path("a.gift").write_text("What?{=a ~b}\n\nMore.{}")
    told = mlcourse("quiz", "import", "a.gift", "--json").json

    assert set(told) == {"file", "questions", "left_out", "check"}
    assert told["file"] == "questions.yaml"
    assert set(told["left_out"][0]) == {"line", "column", "say"}
    assert set(told["check"][0]) == {"path", "line", "column", "say"}


@pytest.mark.parametrize(
    ("name", "data", "words", "say"),
    [
        ("a.pdf", b"x", (), "say --as gift or --as moodle"),
        ("a.xml", b"<quiz>\n<a>", (), "a.xml:2:4: this is no XML"),
        ("a.xml", b"<!DOCTYPE a><quiz/>", (), "a.xml:1:12: the file declares a document type"),
        ("a.gift", b"a\n\xff", (), "a.gift:2:1: this is not UTF-8"),
        ("missing.gift", None, (), "there is no file missing.gift"),
        ("folder.gift", None, (), "is no file"),
        ("a.gift", b"What?{=a ~b}", ("--out", "there"), "there already"),
    ],
)
def test_what_cannot_be_imported_is_said(mlcourse, home, name, data, words, say):
    """In a sentence with its place; nothing is written."""
    Path("there").write_text("mine")
    Path("folder.gift").mkdir()
    if data is not None:
        Path(name).write_bytes(data)
    done = mlcourse("quiz", "import", name, *words)

    assert done.code == 2
    assert say in done.err
    assert done.out == ""
    assert not Path("questions.yaml").exists()
    assert Path("there").read_text() == "mine"


def test_a_file_without_questions_makes_no_file(mlcourse):
    """And that is said."""
    Path("a.gift").write_text("Nothing is asked here.")
    done = mlcourse("quiz", "import", "a.gift")

    assert done.code == 1
    assert "nothing was written" in done.err
    assert not Path("questions.yaml").exists()


def test_hostile_texts_reach_no_terminal_and_break_no_file(mlcourse):
    """Whatever a file of somebody else holds, the file of ours can be read."""
    nasty = "]: #\\=\\{\\} - '\\\\ \" <script> `*_ %50% &amp; @ ! | > {x}"
    Path("a.gift").write_text(f"::{nasty[:9]}::{nasty[:-4]}{{=a: b # c: d ~- e}}\n")
    done = mlcourse("quiz", "import", "a.gift", "--json")
    [question] = json.loads(json.dumps([done.json["questions"]]))

    assert question == 1
    assert not any("YAML" in each["say"] for each in done.json["check"])
