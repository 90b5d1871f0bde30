"""`mlcourse progress` and what is done with a history: taken elsewhere and back, reported, forgotten."""

from __future__ import annotations

import csv
import io
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from course import wiring
from course.characters import harmless
from course.history import Event
from course.store.opening import open_journal

NOW = datetime(2026, 11, 26, 20, tzinfo=UTC)
ANSWER = "=HYPERLINK(1)"


def answer(question, hours, *, correct=True, lesson="canary"):
    """So many hours ago."""
    at = NOW - timedelta(hours=hours)
    return Event(at, "answered", question, {"answer": ANSWER, "correct": correct, "lesson": lesson})


GRADE = Event(
    NOW - timedelta(hours=1),
    "lab-graded",
    "zero-tolerance",
    {
        "passed": False,
        "score": 50.0,
        "goals": {"a": True, "b": False},
        "text": "",
        "grade": {
            "releases": {"broken": {"harmed": {"mean": 218.0}}},
            "compared": {"reference": {"broken": {"harmed": {"mean": 118.0}}}},
        },
    },
)
EVENTS = (answer("canary-field", 50), answer("canary-field", 2, correct=False), answer("x", 1, lesson="linear"), GRADE)


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    """The clock stands still."""
    monkeypatch.setattr(wiring, "now", lambda: NOW)
    for module in ("show", "report", "reset"):
        monkeypatch.setattr(f"course.cli.keeping.{module}.now", lambda: NOW)


@pytest.fixture
def history(home):
    """A short one."""
    write(home, EVENTS)
    return home / "history.db"


def write(home, events):
    with closing(open_journal(home / "history.db", NOW)) as journal:
        journal.save(events)


def says_yes(monkeypatch, said="yes\n"):
    monkeypatch.setattr("sys.stdin", io.StringIO(said))


def test_programs_are_told_more_and_nothing_is_taken_away(mlcourse, history):
    """The keys that were there, and mastery, reviews, readiness, minutes, days in a row, labs, predictions, exams."""
    found = mlcourse("progress", "--json").json

    assert {"lessons", "questions", "labs", "incidents", "last", "aside"} <= found.keys()
    assert found["mastery"]["lessons"]["canary"]["of"] > 0
    assert {"exam", "objective", "low", "estimate", "high", "right", "of"} <= found["mastery"]["objectives"][0].keys()
    assert "question:canary-field" not in found["due"]["items"] or found["due"]["minutes"] > 0
    assert len(found["due"]["days"]) == 14
    assert sum(found["minutes"]["days"].values()) == found["minutes"]["total"]
    assert found["streak"] >= 1
    assert found["exams"] == []
    assert sum(each["count"] for each in found["calibration"]["bins"]) == 3
    [lab] = [each for each in found["exercises"] if each["id"] == "zero-tolerance"]
    assert (lab["met"], lab["goals"], lab["harmed"], lab["par"]) == (1, 2, 218.0, 118.0)


def test_a_chance_is_hidden_until_there_is_evidence(mlcourse, history):
    """What is missing is said in its place."""
    found = mlcourse("progress", "--json").json["readiness"]

    assert {each["profile"] for each in found} >= {"mla-c01"}
    for each in found:
        assert (each["enough"], each["p_pass"], each["low"], each["high"]) == (False, None, None, None)
        assert each["why"].startswith("First answers are missing")


def test_people_are_told_in_words(mlcourse, history):
    """Each line can be understood alone."""
    said = mlcourse("progress").out

    assert "Canary: " in said
    assert "lab zero-tolerance: best 50, 1 attempt" in said
    assert "not yet known. First answers are missing" in said
    assert "Brier score" in said


def test_nothing_done_is_said(mlcourse):
    """And where to begin."""
    assert mlcourse("progress").out == "Nothing yet. Run mlcourse to begin.\n"


def test_a_history_moves_to_another_machine(mlcourse, history, tmp_path, monkeypatch):
    """Export there, import here: all of it is new once."""
    before = mlcourse("progress", "--json").json
    assert mlcourse("progress", "export", "h.jsonl").code == 0
    monkeypatch.setenv("MLCOURSE_HOME", str(tmp_path / "other"))

    assert mlcourse("progress", "import", "h.jsonl", "--json").json == {"new": len(EVENTS)}
    assert mlcourse("progress", "import", "h.jsonl").out == "h.jsonl: nothing new.\n"
    assert mlcourse("progress", "--json").json == before


def test_a_damaged_file_changes_nothing(mlcourse, history, tmp_path):
    """A sentence, and exit code 2."""
    mlcourse("progress", "export", "h.jsonl")
    text = (tmp_path / "h.jsonl").read_text()
    (tmp_path / "h.jsonl").write_text(text.replace("canary", "linear"))
    before = mlcourse("progress", "--json").out
    result = mlcourse("progress", "import", "h.jsonl")

    assert (result.code, result.out) == (2, "")
    assert "damaged or changed" in result.err
    assert mlcourse("progress", "--json").out == before


def test_nothing_is_written_over(mlcourse, history, tmp_path):
    """A file of this name stays as it is."""
    (tmp_path / "mine").write_text("mine")
    for words in (("export", "mine"), ("export", "mine", "--csv"), ("report", "mine")):
        result = mlcourse("progress", *words)

        assert (result.code, (tmp_path / "mine").read_text()) == (2, "mine")
        assert "is there already" in result.err
    assert mlcourse("progress", "export", "nowhere/h").code == 2


def test_a_table_holds_every_answer_and_no_formula(mlcourse, history, tmp_path):
    """What a table program would carry out has an apostrophe before it."""
    assert mlcourse("progress", "export", "t.csv", "--csv").code == 0
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))

    assert [row["question"] for row in rows] == ["canary-field", "canary-field", "x"]
    assert {row["answer"] for row in rows} == {f"'{ANSWER}"}
    assert [row["correct"] for row in rows] == ["true", "false", "true"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1"])
def test_formulas_are_made_inert(cell):
    """Also behind blanks; plain words stay as they are."""
    assert harmless(cell).startswith("'")
    assert harmless("a=1") == "a=1"


def test_a_report_needs_nothing_else(mlcourse, history, tmp_path):
    """No links, no scripts; each figure has a sentence, and its section a table."""
    assert mlcourse("progress", "report", "r.html").code == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")

    assert not re.search(r"https?:|<script|<link|@import", page)
    images = re.findall(r"<img ([^>]*)>", page)
    assert images
    assert all(re.match(r'alt="[^"]{20,}" src="data:image/png;base64,', each) for each in images)
    for section in re.findall(r"<section.*?</section>", page, re.DOTALL):
        assert "<img" not in section or "<table>" in section


def test_a_reset_wants_a_yes(mlcourse, history, home, monkeypatch):
    """Anything else, or no answer at all, changes nothing and copies nothing."""
    for said in ("no\n", "y\n", ""):
        says_yes(monkeypatch, said)
        assert mlcourse("progress", "reset", "lab:zero-tolerance").code == 1
    assert not list(home.glob("*backup*"))
    assert "zero-tolerance" in mlcourse("progress", "--json").json["labs"]


@pytest.mark.parametrize("what", ["question:canary-field", "lesson:canary", "lab:zero-tolerance", "all"])
def test_a_reset_lets_it_no_longer_count(mlcourse, history, home, what, monkeypatch):
    """The history keeps it, and a copy of how it was lies beside it."""
    says_yes(monkeypatch)
    result = mlcourse("progress", "reset", what, "--json")

    found = mlcourse("progress", "--json").json
    assert result.code == 0
    assert ("canary-field" in found["questions"]) == (what == "lab:zero-tolerance")
    assert ("zero-tolerance" in found["labs"]) == (what in ("question:canary-field", "lesson:canary"))
    [copy] = home.glob("history.backup-20261126T200000Z.db")
    assert result.json == {"reset": what, "copy": str(copy)}
    with closing(open_journal(copy, NOW)) as before, closing(open_journal(home / "history.db", NOW)) as after:
        assert before.events() == EVENTS
        assert after.events()[:-1] == EVENTS


def test_scripts_say_yes_beforehand(mlcourse, history):
    """Nothing is asked."""
    assert mlcourse("progress", "reset", "all", "--yes").code == 0
    assert mlcourse("progress").out == "Nothing yet. Run mlcourse to begin.\n"


@pytest.mark.parametrize(
    ("what", "say"), [("lab:zero-tolerence", "did you mean lab:zero-tolerance?"), ("rm -rf", "name question:ID")]
)
def test_what_is_not_there_cannot_be_reset(mlcourse, history, what, say):
    """The nearest name is told."""
    result = mlcourse("progress", "reset", what, "--yes")

    assert result.code == 2
    assert say in result.err


def test_where_nothing_can_be_copied_nothing_is_reset(mlcourse, tmp_path, monkeypatch):
    """The copy comes first."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MLCOURSE_HOME", str(tmp_path / "file" / "home"))
    result = mlcourse("progress", "reset", "all", "--yes")

    assert result.code == 2
    assert "Nothing can be saved" in result.err
