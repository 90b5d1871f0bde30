"""What the linter says of a reference, and what the running course makes of it, is the same: for each kind of
reference, to something of the pack itself, of another pack, and of none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.packs import Packs, open_packs, packs_beside
from course.content.yaml.errors import ContentError
from tests.course.content.conftest import COURSE, FILES, GLOSSARY, LESSON, QUESTIONS, write_pack

EXAM = """\
format: 1
id: near
title: An exam
about: For tests.
questions: 5
minutes: 20
pass_mark: 720
kinds: [single]
domains: [{id: "3", title: Deployment, weight: 100, objectives: {"3.1": Choose where.}}]
tasks: [{lab: update, domain: "3"}]
sources: [{url: "https://example.com/", checked: 2026-11-22}]
"""
OVER_LESSONS = (
    EXAM.replace("id: near", "id: over")
    .replace('"3.1": Choose', "fleets: Choose")
    .replace("about", "tags: lessons\nabout")
)
PREDICTIONS = """\
format: 1
predictions:
  - {id: night, title: T, lab: update, release: good, plan: update/reference.yaml, stem: S, asks: [ending], explain: E}
"""
FIX = """\
  - id: mend
    kind: fix
    stem: Mend it.
    lab: update
    request: |
      UpdateEndpoint: {EndpointName: churn, EndpointConfigName: nobody}
    must: [{be: accepted, say: It is refused.}]
    solution: |
      UpdateEndpoint: {EndpointName: churn, EndpointConfigName: churn-v2}
    hints: [Which configuration?]
    explain: E
"""
NEAR = FILES | {
    "course.yaml": FILES["course.yaml"].replace(
        "parts:", "exams: [near.yaml, over.yaml]\nblueprint: plan.yaml\nparts:"
    ),
    "near.yaml": EXAM,
    "over.yaml": OVER_LESSONS,
    "plan.yaml": 'format: 1\nobjectives: {near: {"3.1": 1}}\n',
    "01-fleets/lesson.yaml": LESSON.replace("mla-c01", "near").replace("labs:", "predictions: [p.yaml]\nlabs:"),
    "01-fleets/lesson.md": FILES["01-fleets/lesson.md"] + "\n{predict: night}\n\n{question: mend}\n",
    "01-fleets/questions.yaml": QUESTIONS.replace("hints:", 'objectives: {near: ["3.1"]}\n    hints:') + FIX,
    "01-fleets/p.yaml": PREDICTIONS,
}
FAR = {
    "course.yaml": COURSE.replace("id: small", "id: elsewhere")
    .replace("01-fleets", "01-far")
    .replace("parts:", "exams: [far.yaml]\nparts:"),
    "far.yaml": EXAM.replace("id: near", "id: far").replace("lab: update", "lab: far-update"),
    "glossary.yaml": GLOSSARY.replace("green", "far-green")
    .replace("[blue]", "[far-blue]")
    .replace("id: blue", "id: far-blue")
    .replace("lesson: fleets", "lesson: far-fleets"),
    "01-far/lesson.yaml": LESSON.replace("mla-c01", "far")
    .replace("id: fleets", "id: far-fleets")
    .replace("[blue, green]", "[far-blue]")
    .replace("labs: [", "predictions: [p.yaml]\nlabs: [far-"),
    "01-far/lesson.md": "## Page\n\nText.\n\n{lab: far-update}\n{question: far-which-fleet}\n{predict: far-night}\n",
    "01-far/questions.yaml": QUESTIONS.replace("id: which", "id: far-which"),
    "01-far/p.yaml": PREDICTIONS.replace("update", "far-update").replace("id: night", "id: far-night"),
    **{
        name.replace("01-fleets/", "01-far/far-"): text.replace("id: update", "id: far-update")
        for name, text in FILES.items()
        if "/update/" in name
    },
}


def opens(packs: Packs) -> bool:
    """Does the course open the lesson?"""
    try:
        packs.lesson("fleets")
    except ContentError:
        return False
    return True


@dataclass(frozen=True)
class Reference:
    """A kind of reference: what stands in a file for the pack's own thing, and for that of the other pack."""

    file: str
    text: str
    near: str
    far: str
    leads: Callable[[Packs, str], bool]
    """Does it lead somewhere in the running course?"""

    def files(self, id: str) -> dict[str, str]:
        """The near pack, referring to this id."""
        old = NEAR[self.file]
        assert old.count(self.text) == 1
        return NEAR | {self.file: old.replace(self.text, self.text.replace(self.near, id))}


def has_lesson(packs: Packs, id: str) -> bool:
    """Is there such a lesson?"""
    return any(topic.id == id for topic in packs.outline.topics)


def has_lessons(packs: Packs, ids: str) -> bool:
    """Are there all lessons of a list?"""
    return all(has_lesson(packs, id) for id in ids[1:-1].split(",") if id)


def has_term(packs: Packs, id: str) -> bool:
    """Is there such a term?"""
    return any(term.id == id for term in packs.terms())


def has_lab(packs: Packs, id: str) -> bool:
    """Can the lab be opened?"""
    return id in packs.lab_ids() and packs.lab(id).id == id


def has_exam(packs: Packs, id: str) -> bool:
    """Can the exam be taken?"""
    return id in packs.exam_ids()


def opened(packs: Packs, id: str) -> bool:
    """Does the lesson open, whatever stands in it?"""
    return opens(packs)


LESSON_FILE, TEXT_FILE = "01-fleets/lesson.yaml", "01-fleets/lesson.md"
KINDS = {
    "needs": Reference(LESSON_FILE, "needs: []", "[]", "[far-fleets]", has_lessons),
    "glossary": Reference(LESSON_FILE, "glossary: [blue, green]", "blue", "far-blue", has_term),
    "see": Reference("glossary.yaml", "see: [blue]", "blue", "far-blue", has_term),
    "lesson of a term": Reference("glossary.yaml", "lesson: fleets", "fleets", "far-fleets", has_lesson),
    "task of an exam": Reference("near.yaml", "lab: update", "update", "far-update", has_lab),
    "lesson of an exam": Reference("over.yaml", "{fleets:", "fleets", "far-fleets", has_lesson),
    "lab of a prediction": Reference("01-fleets/p.yaml", "lab: update", "update", "far-update", has_lab),
    "lab of a request to mend": Reference("01-fleets/questions.yaml", "lab: update", "update", "far-update", opened),
    "exam of a lesson": Reference(LESSON_FILE, "{near:", "near", "far", has_exam),
    "exam of a question": Reference("01-fleets/questions.yaml", "{near:", "near", "far", has_exam),
    "exam of a blueprint": Reference("plan.yaml", "{near:", "near", "far", has_exam),
    "placed lab": Reference(TEXT_FILE, "{lab: update}", "update", "far-update", opened),
    "placed question": Reference(TEXT_FILE, "{question: which-fleet}", "which-fleet", "far-which-fleet", opened),
    "placed prediction": Reference(TEXT_FILE, "{predict: night}", "night", "far-night", opened),
}  # fmt: skip
TARGETS = [(kind, target) for kind in KINDS for target in ("near", "far", "nowhere")]


@pytest.mark.parametrize(("kind", "target"), TARGETS)
def test_the_linter_says_what_the_course_does(tmp_path: Path, kind, target):
    """A reference is found wanting where it leads nowhere in the course, and only there."""
    reference = KINDS[kind]
    nowhere = "[nowhere]" if kind == "needs" else "nowhere"
    id = {"near": reference.near, "far": reference.far, "nowhere": nowhere}[target]
    other = write_pack(tmp_path / "far", FAR)
    pack = write_pack(tmp_path / "near", reference.files(id))
    packs, left_out = open_packs([other, pack])
    said = [str(each) for each in lint(Pack(pack), lambda lab: (), packs_beside(pack, [other, pack]), runs=False)]

    assert left_out == ()
    assert (said == []) == reference.leads(packs, id), said
    assert all("nowhere" in each or "far-" in each or "placed nowhere" in each for each in said)


def test_a_request_to_mend_meets_the_world_of_a_lab_of_another_pack(tmp_path: Path):
    """It is judged in the running course, too, and not merely found."""
    other = write_pack(tmp_path / "far", FAR)
    pack = write_pack(tmp_path / "near", KINDS["lab of a request to mend"].files("far-update"))
    mend = open_packs([other, pack])[0].question("mend")

    assert mend.judge.judge(mend.solution).correct
    assert not mend.judge.judge(mend.request).correct


def test_ids_are_taken_by_packs_before_and_after(tmp_path: Path):
    """A lesson id that another pack has, in whatever order they are named: both places are said, with their columns."""
    first = write_pack(tmp_path / "first", {"course.yaml": "format: 1\nid: first\ntitle: F\nparts: []\n"})
    more = {"course.yaml": NEAR["course.yaml"].replace("id: small", "id: other")}
    near, other = write_pack(tmp_path / "near", NEAR), write_pack(tmp_path / "other", NEAR | more)
    for pack, taken in ((near, other), (other, near)):
        found = lint(Pack(pack), lambda lab: (), packs_beside(pack, [first, near, other]), runs=False)
        said = {str(each) for each in found}

        place = f"{taken}/01-fleets/lesson.yaml:2:5"
        assert f"01-fleets/lesson.yaml:2:5: the lesson id 'fleets' is taken in {place}; choose another" in said
        assert {each.split(": the ")[1].split(" id ")[0] for each in said} == {
            "lesson", "lab", "exam", "question", "term", "prediction",
        }  # fmt: skip
    assert len(open_packs([first, near, other])[1]) > 0


def test_a_copy_of_a_pack_is_told_once(tmp_path: Path):
    """Two packs of one id: only that is said, by the linter as by the course, which uses the first."""
    first, copy = write_pack(tmp_path / "first", NEAR), write_pack(tmp_path / "copy", NEAR)
    said = [str(each) for each in lint(Pack(copy), lambda lab: (), [Pack(first)], runs=False)]

    assert said == [f"course.yaml:2:5: the pack id 'small' is taken in {first}/course.yaml:2:5; choose another"]
    assert str(copy / "course.yaml") in str(open_packs([first, copy])[1][0])
