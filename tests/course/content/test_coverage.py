"""What a pack covers is counted, beside its blueprint if it has one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.lint.coverage import Count, coverage
from course.content.pack import Pack
from course.content.yaml.errors import ContentError
from tests.built_in import PACK
from tests.course.content.conftest import COURSE, FILES, LESSON, write_pack

QUESTIONS = """\
format: 1
questions:
""" + "".join(
    f"""\
  - id: {id}
    kind: numeric
    level: apply
    objectives: {{mla-c01: [{objective}]}}
    stem: How many?
    value: 5
    hints: [H]
    explain: E
    accepts: ["5"]
    rejects: ["6"]
"""
    for id, objective in (("one", '"3.3.1", "3.3.2"'), ("two", '"3.1"'))
)
BLUEPRINT = """\
format: 1
lessons:
  fleets: {single: 1, numeric: 4, computed: 1}
  tails: {single: 2}
levels: {apply: 3, evaluate: 1}
objectives: {mla-c01: {"3.3": 2, "3.1": 1}}
"""


def pack_with(tmp_path: Path, blueprint: str | None) -> Pack:
    """The small pack with two numbers to work out."""
    files = FILES | {
        "01-fleets/lesson.yaml": LESSON.replace("labs:", "practice: [more.yaml]\nlabs:"),
        "01-fleets/more.yaml": QUESTIONS,
    }
    if blueprint is not None:
        files |= {
            "blueprint.yaml": blueprint,
            "course.yaml": COURSE.replace("parts:", "blueprint: blueprint.yaml\nparts:"),
        }
    return Pack(write_pack(tmp_path / "covered", files))


def test_lessons_kinds_levels_and_objectives_are_counted(tmp_path):
    """A question counts once for 3.3, whatever it serves below it; what nobody asked for is counted too."""
    found = coverage(pack_with(tmp_path, BLUEPRINT))

    assert found.lessons["fleets"]["numeric"] == Count(2, 4)
    assert found.lessons["fleets"]["single"] == Count(1, 1)
    assert found.lessons["fleets"]["items"] == found.lessons["fleets"]["items"] == Count(3, 5)
    assert found.whole["items"] == Count(3, 7)
    assert (found.levels["apply"], found.levels["evaluate"]) == (Count(2, 3), Count(0, 1))
    assert found.objectives["mla-c01"] == {
        "3.3": Count(1, 2),
        "3.1": Count(1, 1),
        "3.3.1": Count(1),
        "3.3.2": Count(1),
    }


def test_what_falls_short_is_said(tmp_path):
    """Lesson by lesson, then levels and objectives."""
    assert coverage(pack_with(tmp_path, BLUEPRINT)).short == (
        "tails: the lesson is not there",
        "fleets: numeric by 2, computed by 1",
        "levels: apply by 1, evaluate by 1",
        "objectives of mla-c01: 3.3 by 1",
    )


def test_without_a_blueprint_there_are_counts_alone(tmp_path):
    """And nothing falls short."""
    found = coverage(pack_with(tmp_path, None))

    assert found.whole["items"] == Count(3)
    assert found.short == ()


def test_the_parts_of_a_case_count_as_one_item_and_by_themselves_for_levels(tmp_path, monkeypatch):
    """However a part says which case it is of."""
    pack = pack_with(tmp_path, BLUEPRINT)
    lesson = pack.whole_lesson("fleets")

    @dataclass(frozen=True)
    class Scenario:
        id: str

    @dataclass(frozen=True)
    class Part:
        id: str
        case: Scenario | None
        kind: str = "single"
        level: str = "apply"
        objectives: None = None
        computed: None = None

    bank = (Part("a", Scenario("night")), Part("b", Scenario("night")), Part("c", None))
    monkeypatch.setattr(type(lesson), "bank", property(lambda self: bank))
    found = coverage(pack)

    assert found.whole["items"].have == 2
    assert (found.whole["case"].have, found.whole["single"].have) == (1, 1)
    assert found.levels["apply"].have == 3


WRONG = [
    ("format: 1\nlessons: 3\n", "blueprint.yaml:2:10: `lessons` is the number 3; it must be a mapping"),
    (
        "format: 1\nlessons: {fleets: {singel: 1}}\n",
        "blueprint.yaml:2:20: there is no kind of question 'singel'; did you mean single?",
    ),
    ("format: 1\nlessons: {fleets: {single: -1}}\n", "blueprint.yaml:2:20: 'single' is -1; give a number from 0"),
    ("format: 1\nlevels: {aply: 1}\n", "blueprint.yaml:2:10: there is no level 'aply'; did you mean apply?"),
    (
        "format: 1\nlevels: {apply: many}\n",
        "blueprint.yaml:2:17: `apply` is the text 'many'; it must be a whole number",
    ),
    ("format: 1\nlessens: {}\n", "blueprint.yaml:2:1: unknown key 'lessens'; did you mean lessons?"),
]


@pytest.mark.parametrize(("text", "complaint"), WRONG)
def test_a_wrong_blueprint_is_said_with_its_line(tmp_path, text, complaint):
    """By the linter and whoever counts, and nothing else breaks."""
    pack = pack_with(tmp_path, text)

    [problem] = [str(each) for each in lint(pack, lambda lab: ())]
    assert problem.removeprefix(pack.root.as_posix() + "/") == complaint
    with pytest.raises(ContentError):
        coverage(pack)


def test_objectives_of_a_known_exam_are_looked_up():
    """The built-in blueprint is right, and one with an objective that its exam lacks is not."""
    blueprint = PACK.blueprint()

    assert blueprint is not None
    assert sum(count for row in blueprint.lessons.values() for kind, count in row.items() if kind != "computed") == 280
    assert sum(row["computed"] for row in blueprint.lessons.values()) == 82
    assert sum(blueprint.levels.values()) == 280
    assert replace(blueprint) == blueprint
