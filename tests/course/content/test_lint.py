"""The linter finds what loading alone cannot: a wrong key, a reference that leads nowhere, a lab without proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from labs.exercise.proof import Doubt


def said(root: Path, prove=lambda lab: (), others=()) -> list[str]:
    """What the linter says about a pack."""
    return [str(problem) for problem in lint(Pack(root), prove, others)]


def test_a_good_pack_has_nothing_to_mend(root: Path):
    """The small pack of these tests is right."""
    assert said(root) == []


QUESTIONS = "01-fleets/questions.yaml"
LESSON = "01-fleets/lesson.yaml"
WRONG = [
    pytest.param(
        QUESTIONS,
        "accepts: [a]",
        "accepts: [b]",
        f"{QUESTIONS}:11:15: 'b' is graded wrong; mend the key, or move it to `rejects`",
        id="accepts what is wrong",
    ),
    pytest.param(
        QUESTIONS,
        "rejects: [b]",
        "rejects: [a]",
        f"{QUESTIONS}:12:15: 'a' is graded right; mend the key, or move it to `accepts`",
        id="rejects what is right",
    ),
    pytest.param(
        QUESTIONS,
        "accepts: [a]",
        "accepts: [a, z]",
        f"{QUESTIONS}:11:18: 'z' is no answer to this question; write one as a learner would",
        id="accepts no answer",
    ),
    pytest.param(
        QUESTIONS,
        "rejects: [b]",
        "rejects: [b, z]",
        f"{QUESTIONS}:12:18: 'z' cannot be chosen here; use the ids of this question",
        id="rejects no answer",
    ),
    pytest.param(
        QUESTIONS,
        "    hints: [Think of a traffic light.]\n",
        "",
        f"{QUESTIONS}:3:5: question which-fleet has no hint; write one that helps without telling",
        id="question without a hint",
    ),
    pytest.param(
        "01-fleets/update/lab.yaml",
        "say: It was fine., hints: [Look.]",
        "say: It was fine.",
        "01-fleets/update/lab.yaml:32:5: this goal has no hint; write one that helps without telling",
        id="goal without a hint",
    ),
    pytest.param(
        LESSON,
        "glossary: [blue, green]",
        "glossary: [blue, grene]",
        f"{LESSON}:10:18: there is no term 'grene'; did you mean green?",
        id="unknown term",
    ),
    pytest.param(
        LESSON,
        "needs: []",
        "needs: [fleet]",
        f"{LESSON}:6:9: there is no lesson 'fleet'; did you mean fleets?",
        id="needs an unknown lesson",
    ),
    pytest.param(
        LESSON,
        "needs: []",
        "needs: [fleets]",
        f"{LESSON}:6:1: the lesson needs itself, so nobody could begin it; break the circle",
        id="needs itself",
    ),
    pytest.param(
        LESSON,
        '"https://docs.aws.amazon.com/sagemaker/"',
        "the docs",
        f"{LESSON}:13:17: 'the docs' is no address; begin it with https://",
        id="source without an address",
    ),
    pytest.param(
        LESSON,
        "2026-11-22",
        "2026-13-22",
        f"{LESSON}:13:68: '2026-13-22' is no date; write the day it was checked, such as 2026-11-22",
        id="source without a date",
    ),
    pytest.param(
        "glossary.yaml",
        "see: [blue]",
        "see: [bleu]",
        "glossary.yaml:3:68: there is no term 'bleu'; did you mean blue?",
        id="term that leads nowhere",
    ),
    pytest.param(
        "glossary.yaml",
        "lesson: fleets",
        "lesson: fleet",
        "glossary.yaml:3:83: there is no lesson 'fleet'; did you mean fleets?",
        id="term of no lesson",
    ),
    pytest.param(
        "glossary.yaml",
        "id: blue",
        "id: green",
        "glossary.yaml:5:10: the term id 'green' is taken in glossary.yaml:3:10; choose another",
        id="term twice",
    ),
    pytest.param(
        LESSON,
        "[update/lab.yaml]",
        "[update/lab.yaml, update/lab.yaml]",
        f"{LESSON}:12:25: the lab id 'update' is taken in {LESSON}:12:8; choose another",
        id="lab twice",
    ),
    pytest.param(
        "01-fleets/lesson.md",
        "{lab: update}",
        "",
        "01-fleets/lesson.md:1:1: lab update is placed nowhere; add a line {lab: update}",
        id="text",
    ),
    pytest.param(
        "course.yaml", "format: 1", "format: 3", "course.yaml:1:9: `format` is the number 3; it must be 1", id="outline"
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "complaint"), WRONG)
def test_what_is_wrong_is_said_at_its_place(root: Path, edit, name, old, new, complaint):
    """Each rule, broken once."""
    edit(name, old, new)

    assert complaint in said(root)


def test_a_question_file_given_twice_is_found(root: Path, edit):
    """Across the files of a lesson, once and not twice."""
    (root / "01-fleets/more.yaml").write_text((root / QUESTIONS).read_text())
    edit(LESSON, "[questions.yaml]", "[questions.yaml, more.yaml]")

    assert said(root) == [
        f"01-fleets/more.yaml:3:9: the question id 'which-fleet' is taken in {QUESTIONS}:3:9; choose another"
    ]


def test_circles_of_needs_are_found(root: Path, edit):
    """Two lessons that need each other can never be begun."""
    (root / "b").mkdir()
    text = (root / LESSON).read_text().replace("id: fleets", "id: b").replace("needs: []", "needs: [fleets]")
    text = text.replace("[questions.yaml]", "[]").replace("[update/lab.yaml]", "[]")
    (root / "b/lesson.yaml").write_text(text)
    (root / "b/lesson.md").write_text("## Page\n\nText.\n")
    edit("course.yaml", "- {lesson: 01-fleets}", "- {lesson: 01-fleets}\n      - {lesson: b}")
    edit(LESSON, "needs: []", "needs: [b]")

    assert [complaint.split(": ")[0] for complaint in said(root)] == [f"{LESSON}:6:1", "b/lesson.yaml:6:1"]


def test_a_lab_that_does_not_prove_itself_is_said_at_its_file(root: Path):
    """What the proof doubts stands at its place in the lab's file; the proof gets the lab's value."""
    complaints = said(root, prove=lambda lab: [Doubt(f"{lab.id} is too easy"), Doubt("mend it", ("goals", 1))])

    assert complaints == [
        "01-fleets/update/lab.yaml:1:1: update is too easy",
        "01-fleets/update/lab.yaml:33:5: mend it",
    ]


def test_a_lab_that_cannot_be_read_is_not_proved(root: Path, edit):
    """It is said to be wrong once, and the rest of the pack is still looked at."""
    edit("01-fleets/update/lab.yaml", "rate: 20", "rate: -1")
    edit(LESSON, "glossary: [blue, green]", "glossary: [blue, grey]")

    assert len(said(root, prove=lambda lab: [Doubt("never")])) == 2


def test_with_other_packs_ids_are_taken_and_lessons_known(root: Path, tmp_path: Path):
    """A pack may need another's lesson, and may not use its ids again."""
    other = tmp_path / "other"
    (other / "x").mkdir(parents=True)
    (other / "course.yaml").write_text(
        "format: 1\nid: o\ntitle: O\nparts: [{id: p, numeral: I, title: P, topics: [{lesson: x}]}]\n"
    )
    (other / "x/lesson.yaml").write_text(
        (root / LESSON)
        .read_text()
        .replace("id: fleets", "id: x")
        .replace("needs: []", "needs: [fleets]")
        .replace("[update/lab.yaml]", "[]")
    )
    (other / "x/questions.yaml").write_text((root / QUESTIONS).read_text())
    (other / "x/lesson.md").write_text("## Page\n\nText.\n\n{question: which-fleet}\n")

    assert said(other, others=[Pack(root)]) == [
        "x/questions.yaml:3:9: the question id 'which-fleet' is taken in "
        f"{root.as_posix()}/{QUESTIONS}:3:9; choose another"
    ]
    assert len(said(other)) == 3


def test_answers_by_concepts_are_held_to_be_certain(root: Path):
    """A model answer that lacks a concept, an accepted one that is unsure, a rejected one that may be right."""
    file = root / QUESTIONS
    more = """\
  - id: why
    kind: short-text
    stem: Why?
    answers: [It goes home.]
    concepts: [{id: back, any: [roll back], say: Where to?}]
    hints: [H]
    explain: E
    accepts: [It rolls back., It does not hesitate and rolls back.]
    rejects: [It waits., It does not know whether it rolls back.]
"""
    (root / "01-fleets/more.yaml").write_text("format: 1\nquestions:\n" + more)
    lesson = root / LESSON
    lesson.write_text(lesson.read_text().replace("labs:", "practice: [more.yaml]\nlabs:"))

    assert file.exists()
    assert [each.partition(": ")[2].partition("; ")[0] for each in said(root)] == [
        "'It does not hesitate and rolls back.' is not graded for certain",
        "the model answer is not right by its own concepts",
        "'It does not know whether it rolls back.' is not graded for certain",
    ]


NUMERIC = """\
  - id: how-many
    kind: numeric
    stem: How many?
    value: 5
    tolerance: 0.5
    slips:
      - {answer: "5.4", why: Nearly.}
      - {answer: "7", why: Two too many.}
      - {answer: "7.0", why: Too many.}
      - {answer: many, why: No number.}
    hints: [H]
    explain: E
    accepts: ["5"]
    rejects: ["7"]
  - id: twice
    kind: single
    stem: Which?
    options:
      - {id: a, text: Green, correct: true, why: Y.}
      - {id: b, text: Blue, why: N.}
      - {id: c, text: "blue ", why: N.}
    hints: [H]
    explain: E
    accepts: [a]
    rejects: [b]
"""


def test_what_no_learner_is_ever_told_is_found(root: Path, edit):
    """A slip that is right, by the tolerance, one that another slip tells, one that is no answer; an option twice."""
    (root / "01-fleets/more.yaml").write_text("format: 1\nquestions:\n" + NUMERIC)
    edit(LESSON, "labs:", "practice: [more.yaml]\nlabs:")

    assert [each.removeprefix("01-fleets/more.yaml:") for each in said(root)] == [
        "9:18: '5.4' is graded right within the tolerance, so this slip is never told; mend it, or the key",
        "11:18: the slip '7.0' is listed above already, so this one is never told; drop one",
        "12:18: 'many' is no answer to this question, so this slip is never told; mend it",
        "23:23: the same option stands above already, 'blue '; nobody can tell them apart: change one",
    ]


ONE_RUN = [
    pytest.param(
        {QUESTIONS: ("explain: Green goes.", 'explain: "Green goes.')},
        [QUESTIONS],
        id="a file of questions that is no YAML: its questions are not missing in the text",
    ),
    pytest.param(
        {QUESTIONS: ("kind: single", "kind: sigle"), "01-fleets/lesson.md": ("## Blue", "# Blue")},
        ["01-fleets/lesson.md", QUESTIONS],
        id="a broken question, and the text",
    ),
    pytest.param(
        {LESSON: ("minutes: 10", "minutes: ten"), QUESTIONS: ("accepts: [a]", "accepts: [b]")},
        [LESSON, QUESTIONS],
        id="a lesson's file, and a key",
    ),
    pytest.param(
        {"course.yaml": ("numeral: I", "numral: I"), QUESTIONS: ("accepts: [a]", "accepts: [b]")},
        [QUESTIONS, "course.yaml", "course.yaml"],
        id="the outline, and a key",
    ),
    pytest.param({LESSON: ("id: fleets", "id: [fleets")}, [LESSON], id="a lesson that is no YAML is not missing"),
    pytest.param({LESSON: ("body: lesson.md", "body: 5")}, [LESSON], id="a text that is not named"),
    pytest.param({LESSON: ("update/lab.yaml", "update/lap.yaml")}, [LESSON], id="a lab that is not there"),
    pytest.param({LESSON: ("questions.yaml", "question.yaml")}, [LESSON], id="questions that are not there"),
    pytest.param({LESSON: ("sources: [", "sources: {")}, [LESSON], id="no YAML at its end"),
    pytest.param({"glossary.yaml": ("format: 1", "format: [1")}, ["glossary.yaml"], id="terms are not missing"),
    pytest.param({"glossary.yaml": ("term: Green fleet, ", "")}, ["glossary.yaml"], id="a term that is wrong is there"),
    pytest.param(
        {"glossary.yaml": ("term: Green fleet, definition: The new one., see: [blue]", "definition: N., see: [bleu]")},
        ["glossary.yaml", "glossary.yaml"],
        id="a term that is wrong, and mentions none",
    ),
    pytest.param(
        {"01-fleets/update/lab.yaml": ("rate: 20", "rate: -1"), "01-fleets/lesson.md": ("{lab: update}", "{lab: up}")},
        ["01-fleets/lesson.md", "01-fleets/lesson.md", "01-fleets/update/lab.yaml"],
        id="a lab, and the text",
    ),
]


@pytest.mark.parametrize(("edits", "files"), ONE_RUN)
def test_all_that_can_be_found_is_found_in_one_run(root: Path, edit, edits, files):
    """Without anything that only follows from something else; by the files that it is said of."""
    for name, (old, new) in edits.items():
        edit(name, old, new)

    assert sorted(each.partition(":")[0] for each in said(root)) == files, said(root)
