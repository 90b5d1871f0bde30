"""Exam files: what they may hold, what is wrong with one at its place, and the exams that come with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.packs import Packs, built_in_pack, open_packs
from course.shelf import Shelf
from tests.built_in import PACK
from tests.course.content.conftest import Edit
from tests.course.content.test_pack import said

EXAM = """\
format: 1
id: mla-c01
title: An exam
about: For tests.
questions: 20
unscored: 5
minutes: 40
pass_mark: 720
kinds: [single]
domains:
  - {id: "2", title: Models, weight: 60, objectives: {"2.3": Judge a model.}}
  - {id: "3", title: Deployment, weight: 40, objectives: {"3.1": Choose where.}}
tasks:
  - {lab: update, domain: "3", counts: 2}
sold:
  - {what: English, from: 2024-10-08, until: 2026-09-28}
sources: [{url: "https://aws.amazon.com/certification/", checked: 2026-11-22}]
"""


@pytest.fixture
def with_exam(root: Path, edit: Edit) -> Path:
    """The small pack with an exam."""
    edit("course.yaml", "glossary: glossary.yaml", "glossary: glossary.yaml\nexams: [exams/mla-c01.yaml]")
    (root / "exams").mkdir()
    (root / "exams" / "mla-c01.yaml").write_text(EXAM)
    return root


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in lint(Pack(root), lambda *_: ())]


def test_an_exam_is_read(with_exam: Path):
    """With its numbers, domains, tasks and dates."""
    exam = Pack(with_exam).exam("mla-c01")

    assert (exam.scored, exam.time, exam.pass_mark, exam.expires) == (15, 40, 720, "2026-09-28")
    assert exam.domains[1].objectives == {"3.1": "Choose where."}
    assert (exam.tasks[0].lab, exam.tasks[0].counts, exam.sold[0].from_) == ("update", 2, "2024-10-08")
    assert problems(with_exam) == []


def test_the_course_finds_the_exams_of_all_packs(with_exam: Path, tmp_path: Path):
    """By their ids; one that nobody has is a KeyError."""
    shelf = Shelf([], tmp_path / "data")
    small, _ = open_packs([with_exam])

    assert shelf.exam_ids() == ("mla-c01", "me1-c02", "mla-c02", "course")
    assert shelf.exam("mla-c02").minutes is None
    assert Packs([Pack(with_exam)]).exam_ids() == small.exam_ids() == ("mla-c01",)
    with pytest.raises(KeyError):
        small.exam("none")


def test_an_exam_of_a_taken_id_leaves_the_pack_out(with_exam: Path):
    """Ids are unique among all packs."""
    packs, left_out = open_packs([built_in_pack(), with_exam])

    assert len(packs.packs) == 1
    assert "the exam id 'mla-c01' is taken" in left_out[0].say


FILE = "exams/mla-c01.yaml"
WRONG = [
    pytest.param(
        ('weight: 60, objectives: {"2.3"', 'weight: 50, objectives: {"2.3"'),
        [f"{FILE}:11:3: `domains` have weights that add up to 90; they must add up to 100"],
        id="weights",
    ),
    pytest.param(("id: mla-c01", "id: mla-c02"), [f"{FILE}:2:5: the exam stands in 'mla-c01.yaml'; give"], id="id"),
    pytest.param(("unscored: 5", "unscored: 20"), ["leaves none of 20 questions that counts"], id="unscored"),
    pytest.param(("minutes: 40", "minutes: null"), ["say in `estimated_minutes`"], id="no time"),
    pytest.param(("kinds: [single]", "kinds: [essay]"), [f"{FILE}:9:9: "], id="unknown kind"),
    pytest.param(('"3.1": Choose', '"3.x": Choose'), ["'3.x' is no number of an objective"], id="no objective"),
    pytest.param(('{"3.1": Choose', '{"2.3": Choose'), ["two domains ask for '2.3'"], id="objective twice"),
    pytest.param(('id: "3", title', 'id: "2", title'), ["the domain id '2' is taken in"], id="domain twice"),
    pytest.param(("2026-09-28", "2026-09-31"), ["'2026-09-31', which is no date; write one such as"], id="no date"),
    pytest.param(('domain: "3", counts', 'domain: "5", counts'), ["`domain` names '5', which does not"], id="task"),
    pytest.param(("questions: 20", "questions: 0"), ["`questions` must be at least 1"], id="no questions"),
    pytest.param(("title: An exam", "titel: An exam"), ["unknown key 'titel'", "`title` is missing"], id="key"),
]


@pytest.mark.parametrize(("change", "say"), WRONG)
def test_what_is_wrong_is_said_at_its_place(with_exam: Path, edit: Edit, change, say):
    """Where it stands and what would be right; the linter says the same."""
    edit(FILE, *change)
    found = said(lambda: Pack(with_exam).exam("mla-c01"))

    for each in say:
        assert any(each in problem for problem in found), found
    assert all(problem.startswith(FILE) for problem in found)
    assert set(found) <= set(problems(with_exam))


def test_all_that_is_wrong_is_said_at_once(with_exam: Path, edit: Edit):
    """Four mistakes, four sentences."""
    edit(FILE, "2026-09-28", "soon")
    edit(FILE, '"3.1": Choose', '"2.3": Choose')
    edit(FILE, "minutes: 40", "minutes: forty")
    edit(FILE, "id: mla-c01", "id: exam")

    assert len(said(lambda: Pack(with_exam).exam("mla-c01"))) == 4


@pytest.mark.parametrize(
    ("file", "change", "say"),
    [
        (FILE, ("lab: update", "lab: upgrade"), "there is no lab 'upgrade'; did you mean update?"),
        (FILE, ("kinds: [single]", "kinds: [single]\ntags: lessons"), "there is no lesson '2.3'"),
        (FILE, ("checked: 2026-11-22", "checked: today"), "'today' is no date; write the day it was checked"),
        (
            "01-fleets/lesson.yaml",
            ('{mla-c01: ["3.1"]}', '{mla-c01: ["3.1", "3.9"], other: ["9"]}'),
            "01-fleets/lesson.yaml:8:31: the exam mla-c01 has no objective '3.9'; did you mean 3.1?",
        ),
        (
            "01-fleets/questions.yaml",
            ("    kind: single", '    kind: single\n    objectives: {mla-c01: ["4.1"]}'),
            "01-fleets/questions.yaml:5:28: the exam mla-c01 has no objective '4.1'",
        ),
    ],
    ids=["lab", "lesson", "source", "objective of a lesson", "objective of a question"],
)
def test_the_linter_follows_names(with_exam: Path, edit: Edit, file, change, say):
    """Labs, lessons and objectives lead somewhere, in exams and from questions to them."""
    edit(file, *change)

    assert any(say in problem for problem in problems(with_exam)), problems(with_exam)


def test_a_file_that_is_not_there(root: Path, edit: Edit):
    """Said with the outline."""
    edit("course.yaml", "glossary: glossary.yaml", "glossary: glossary.yaml\nexams: [exams/none.yaml]")

    assert any("'exams/none.yaml' is no file here" in problem for problem in said(lambda: Pack(root).exam_ids()))


@pytest.mark.parametrize(
    ("id", "questions", "unscored", "minutes", "mark", "kinds", "weights"),
    [
        ("mla-c01", 65, 15, 130, 720, {"single", "multiple", "ordering", "matching"}, [28, 26, 22, 24]),
        ("me1-c02", 85, 0, 170, None, {"single", "multiple"}, [28, 24, 24, 24]),
        ("mla-c02", 65, 15, None, 720, {"single", "multiple"}, [28, 24, 24, 24]),
    ],
)
def test_the_real_exams(id, questions, unscored, minutes, mark, kinds, weights):
    """As published (spec exam)."""
    exam = PACK.exam(id)

    assert (exam.questions, exam.unscored, exam.minutes, exam.pass_mark) == (questions, unscored, minutes, mark)
    assert set(exam.kinds) == kinds
    assert [domain.weight for domain in exam.domains] == weights
    assert exam.sources
    assert exam.sold
