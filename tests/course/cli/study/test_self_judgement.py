"""A sentence that the program cannot judge, in plain lines and for programs."""

from __future__ import annotations

import sys

import pytest

from tests.course.cli.study.conftest import EXAM, Lines
from tests.course.cli.study.test_practice import events
from tests.course.content.conftest import FILES, LESSON, write_pack

QUESTIONS = """\
format: 1
questions:
  - id: why-real
    kind: short-text
    stem: Why does a tested model need a bake?
    answers: [Live traffic brings out faults that no test has.]
    concepts:
      - {id: live, any: [live/real traffic], say: What do tests lack?}
      - {id: faults, any: [fault], say: What comes out then?}
    wrong:
      - {id: warm, any: [warm up], say: Instances are warm by then.}
    hints: [What do tests lack?]
    explain: Tests hold what somebody has thought of.
    accepts: [Faults need real traffic.]
    rejects: [It has to warm up.]
"""
UNSURE = "Live traffic brings weird odd bugs"
MODEL = "A model answer: Live traffic brings out faults that no test has."


@pytest.fixture
def course(tmp_path):
    """A pack with one question, which is answered in a sentence."""
    files = FILES | {
        "01-fleets/lesson.yaml": LESSON.replace("questions: [questions.yaml]", "practice: [more.yaml]"),
        "01-fleets/lesson.md": FILES["01-fleets/lesson.md"].replace("{question: which-fleet}\n\n", ""),
        "01-fleets/more.yaml": QUESTIONS,
    }
    return write_pack(tmp_path / "sentences", files)


@pytest.fixture
def quiz(mlcourse, course, monkeypatch):
    def run(*lines):
        monkeypatch.setattr(sys, "stdin", Lines(lines))
        return mlcourse("--pack", str(course), "quiz", "fleets")

    return run


@pytest.mark.parametrize(("said", "right"), [("y", True), ("no", False)])
def test_the_learner_is_asked_and_it_counts_as_they_say(quiz, home, said, right):
    """Once: there is no second try after the model answer."""
    run = quiz(UNSURE, "3", "perhaps", said)
    [answer] = events(home, "answered")

    assert MODEL in run.out
    assert run.out.count("Type y for yes, n for no.") == 2
    assert f"It counts as {'right' if right else 'wrong'}: you judged it." in run.out
    assert (answer.data["correct"], answer.data["judged"]) == (right, "learner")
    assert f"{int(right)} of 1 item" in run.out


def test_who_leaves_before_judging_has_not_answered(quiz, home):
    """The same question comes next time, and once judged it does not come again."""
    quiz(UNSURE, "3", "quit")
    assert events(home, "answered") == []
    quiz(UNSURE, "3", "n", "quit")
    assert len(events(home, "answered")) == 1


def test_a_sentence_that_is_right_or_wrong_is_judged_by_the_program(quiz, home):
    """With what is claimed wrongly, and a second try."""
    run = quiz("It warms up.", "1", "Faults wait for real traffic")

    assert "Not yet.\nInstances are warm by then." in run.out
    assert [(each.data["correct"], each.data.get("judged")) for each in events(home, "answered")] == [
        (False, None),
        (True, None),
    ]


@pytest.fixture
def answered(mlcourse, course):
    def run(text, *options):
        return mlcourse("--pack", str(course), "quiz", "answer", "why-real", text, *options)

    return run


def test_programs_are_told_that_it_is_unsure(answered):
    """With the model answer, and 1 as for what is not right."""
    told = answered(UNSURE, "--json")

    assert (told.code, told.json["status"], told.json["score"]) == (1, "unsure", 0.0)
    assert told.json["model"] == MODEL.removeprefix("A model answer: ")
    assert MODEL in answered(UNSURE).out


def test_commands_take_a_judgement_where_there_is_one_to_make(answered, home):
    """Without it nothing is written down; a verdict for certain stays as it is."""
    asked = answered(UNSURE, "--record")
    assert "--judge right or --judge wrong" in asked.err
    assert events(home, "answered") == []

    right = answered(UNSURE, "--record", "--judge", "right", "--json")
    assert (right.code, right.json["status"], right.json["judged"]) == (0, "right", "learner")
    assert [each.data["judged"] for each in events(home, "answered")] == ["learner"]

    wrong = answered("It warms up", "--judge", "right", "--json")
    assert (wrong.code, wrong.json["status"], wrong.json["judged"]) == (1, "wrong", "program")


@pytest.fixture
def exam(mlcourse, course, monkeypatch, clock):
    """Take an exam with the one question."""
    profile = EXAM.replace("questions: 5\nunscored: 1", "questions: 1").replace(
        "kinds: [single]", "kinds: [short-text]"
    )
    (course / "exams").mkdir()
    (course / "exams" / "small.yaml").write_text(
        profile.replace("title: A", "tags: lessons\ntitle: A").replace('"3.1"', "fleets")
    )
    outline = course / "course.yaml"
    outline.write_text(outline.read_text().replace("parts:", "exams: [exams/small.yaml]\nparts:"))

    def run(*lines, command=("take", "small")):
        monkeypatch.setattr(sys, "stdin", Lines(lines))
        return mlcourse("--pack", str(course), "exam", *command)

    return run


def test_an_exam_asks_after_its_end(exam, home):
    """It counts as the learner says, is marked as judged by them, and is an answer as everywhere else."""
    run = exam(UNSURE, "end", "yes", "perhaps", "y")
    [judged], [answer] = events(home, "exam-judged"), events(home, "answered")

    assert MODEL in run.out
    assert "Judged by yourself: 1 answer, 1 of them right." in run.out
    assert "Right: 1 of 1" in run.out
    assert (judged.data, answer.data["judged"]) == ({"question": "why-real", "right": True}, "learner")
    told = exam(command=("result", "--json")).json
    assert (told["score"]["right"], told["to_judge"], told["questions"][0]["judged"]) == (1, [], "learner")
    assert "It counts as right: you judged it." in exam(command=("result",)).out


def test_what_is_not_judged_counts_as_wrong_until_it_is(exam, home):
    """It can be done at any time, once."""
    run = exam(UNSURE, "end", "yes")
    assert "Left for you to judge, and wrong until then: why-real." in run.out
    assert events(home, "answered") == []
    assert "Right: 0 of 1" in run.out

    later = exam("n", command=("judge",))
    assert (later.code, [each.data["correct"] for each in events(home, "answered")]) == (0, [False])
    assert "Judged by yourself: 1 answer, 0 of them right." in later.out
    assert exam(command=("judge",)).code == 1
