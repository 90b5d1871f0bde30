"""`mlcourse report-question` and `check --reports`: what a learner says reaches its author as a file alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.course.content.conftest import FILES, QUESTIONS, write_pack

COMPUTED = """\
  - id: share-of-it
    kind: numeric
    computed: {from: canary, over: {instances: [4, 5, 6, 8, 10, 12, 20], size: [1, 2, 3, 4]}}
    stem: Of {instances} instances {size} are the canary. Which share?
    figure: share
    tolerance: 0.1
    hints: [H]
    explain: E
    accepts: ["{share}"]
    rejects: ["{of_both}"]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The small pack by another id for its lesson, with a computed question."""
    text = FILES["01-fleets/lesson.md"].replace("{lab: update}", "{question: share-of-it}\n\n{lab: update}")
    more = {
        "01-fleets/questions.yaml": QUESTIONS + COMPUTED,
        "01-fleets/lesson.md": text,
        "glossary.yaml": "format: 1\nterms: []\n",
    }
    lesson = FILES["01-fleets/lesson.yaml"].replace("[blue, green]", "[]")
    return write_pack(tmp_path / "mine", FILES | more | {"01-fleets/lesson.yaml": lesson})


def test_the_last_answer_is_reported_with_what_was_seen(mlcourse, home, pack):
    """Into the reports folder, or where it is wanted; it is said that nothing is sent."""
    use = ("--pack", str(pack))
    mlcourse(*use, "quiz", "answer", "share-of-it", "--seed", "5", "1", "--record")
    told = mlcourse(*use, "report-question", "share-of-it", "--say", "Two\nlines")
    other = mlcourse(*use, "report-question", "which-fleet", "--answer", "b", "--seed", "3", "--out", "there", "--json")
    fresh = mlcourse(*use, "report-question", "which-fleet", "--json")
    kept = json.loads((home / "reports" / "question-share-of-it.json").read_text())

    assert told.code == 0
    assert "Nothing was sent." in told.out
    assert "the pack small" in told.out
    assert [kept[key] for key in ("question", "revision", "seed", "answer", "correct", "remark", "pack")] == [
        "share-of-it", 1, 5, "1", False, "Two lines", "small",
    ]  # fmt: skip
    assert other.json["file"] == "there/question-which-fleet.json"
    assert [other.json["report"][key] for key in ("answer", "correct", "seed")] == ["b", False, 3]
    assert [fresh.json["report"][key] for key in ("answer", "correct", "seed")] == [None, None, 0]


def test_what_cannot_be_reported(mlcourse, pack):
    """An unknown question, an answer that is none, a remark like a book."""
    use = ("--pack", str(pack), "report-question")

    assert "did you mean which-fleet" in mlcourse(*use, "which-flet").err
    assert "how it is answered" in mlcourse(*use, "which-fleet", "--answer", "z").err
    assert mlcourse(*use, "which-fleet", "--say", "x" * 3000).code == 2


def test_reports_stand_beside_their_questions(mlcourse, tmp_path, pack):
    """With what the answer is graded today; files of any other kind are told by their path; nothing fails by them."""
    use = ("--pack", str(pack))
    mlcourse(*use, "report-question", "which-fleet", "--answer", "b", "--say", "Blue is new.", "--out", "in")
    mlcourse(*use, "report-question", "which-fleet", "--out", "in")
    mlcourse(*use, "report-question", "whose-fault-is-a-503", "--out", "in")
    (tmp_path / "in" / "half.json").write_text("{")
    (tmp_path / "in" / "folder.json").mkdir()
    questions = pack / "01-fleets/questions.yaml"
    key = QUESTIONS.replace("accepts: [a]", "accepts: [b]").replace("rejects: [b]", "rejects: [a]")
    key = key.replace("Green, correct: true", "Green").replace("text: Blue", "text: Blue, correct: true")
    questions.write_text(key.replace("kind: single", "kind: single\n    revision: 2", 1) + COMPUTED)
    result = mlcourse("check", str(pack), "--no-labs", "--reports", "in")
    seen = mlcourse("check", str(pack), "--no-labs", "--reports", "in", "--json").json

    assert result.code == mlcourse("check", str(pack), "--no-labs").code
    lines = result.out.splitlines()
    at = lines.index("01-fleets/questions.yaml:3:9: question which-fleet was reported 2 times")
    assert sorted(lines[at + 1 : at + 3])[0].endswith(
        ', answered b: "Blue is new." (wrong then; older than revision 2 of today; right today: Right.)'
    )
    assert sorted(lines[at + 1 : at + 3])[1].endswith("no answer (not graded then; older than revision 2 of today)")
    assert lines[at + 3 :] == [
        "in/folder.json: it is no file; leave it out",
        "in/half.json: it is no JSON in UTF-8, or only half of it has arrived; leave it out",
        "in/question-whose-fault-is-a-503.json: there is no question whose-fault-is-a-503 here; it was one of the pack "
        "deploying-models-safely",
    ]
    assert (len(seen["reports"]["questions"]), len(seen["reports"]["others"])) == (1, 3)
    assert mlcourse("check", str(pack), "--no-labs", "--reports", "nowhere").code == 2


def test_reports_are_told_of_a_pack_that_is_broken(mlcourse, pack):
    """Where the question stands is known although another one is wrong."""
    mlcourse("--pack", str(pack), "report-question", "share-of-it", "--answer", "1", "--out", "in")
    questions = pack / "01-fleets/questions.yaml"
    questions.write_text(questions.read_text().replace("kind: single", "kind: sigle"))
    result = mlcourse("check", str(pack), "--no-labs", "--reports", "in")
    (pack / "course.yaml").write_text("format: 1\n")
    broken = mlcourse("check", str(pack), "--no-labs", "--reports", "in")

    assert result.code == 1
    assert "questions.yaml:13:9: question share-of-it was reported once" in result.out
    assert "before the outline is mended" in broken.out
