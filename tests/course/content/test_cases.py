"""A case is one scenario and several questions, each of which is known, asked and judged by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.files.questions import read_questions
from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.packs import open_packs
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.syllabus import Checkpoint
from quiz.exhibit import Plot, Prose
from quiz.grading import grade, solution
from quiz.presentation import posed
from tests.course.content.conftest import write_pack
from tests.course.content.kinds import CASE, IDS, PACK, pack_of_kinds


def file(text: str) -> str:
    return f"format: 1\nquestions:\n{text}"


def said(text: str) -> list[str]:
    """What is wrong with a questions file."""
    with pytest.raises(ContentError) as caught:
        read_questions(read_yaml(text, "q.yaml"))
    return [str(problem).removeprefix("q.yaml:") for problem in caught.value.problems]


def test_each_part_becomes_a_question_with_the_scenario():
    """Of its own kind, with its place; the scenario and its exhibit are the same for all."""
    alarm, rate = read_questions(read_yaml(file(CASE), "q.yaml"))

    assert (alarm.id, alarm.kind, rate.id, rate.kind) == ("night-alarm", "single", "night-rate", "numeric")
    assert alarm.case is not None
    assert rate.case is not None
    assert (alarm.case.id, alarm.case.place, alarm.case.of) == ("night", 1, 2)
    assert (rate.case.place, rate.case.of) == (2, 2)
    assert alarm.case.stem == "Ines rolls out a model at night, and nobody is awake."
    assert alarm.case.exhibit is not None
    table, plot = alarm.case.exhibit.blocks()
    assert isinstance(table, Prose)
    assert isinstance(plot, Plot)
    assert plot.series == {"green": ((1, 0), (2, 40))}


def test_a_computed_part_has_its_figures_and_the_scenario_as_it_is():
    """Its own exhibit has them too, the plot included."""
    _, rate = read_questions(read_yaml(file(CASE), "q.yaml"))
    asked = posed(rate, 3)

    assert "{" not in asked.stem
    assert asked.exhibit is not None
    words, plot = asked.exhibit.blocks()
    assert isinstance(words, Prose)
    assert isinstance(plot, Plot)
    assert "{" not in words.markdown + plot.title
    assert asked.case == rate.case
    assert grade(asked, solution(asked)).correct


def test_a_lesson_places_all_parts_one_after_the_other(tmp_path: Path):
    """By the id of the case."""
    lesson = Pack(pack_of_kinds(tmp_path)).lesson("fleets")

    ids = [step.question.id for step in lesson.steps if isinstance(step, Checkpoint)]
    assert ids == ["which-fleet", *IDS]


def test_a_part_is_not_placed_by_itself(tmp_path: Path):
    """It would be told without its case."""
    text = PACK["01-fleets/lesson.md"].replace("{question: night}", "{question: night-rate}")
    pack = Pack(write_pack(tmp_path, PACK | {"01-fleets/lesson.md": text}))

    with pytest.raises(ContentError) as caught:
        pack.lesson("fleets")
    assert "there is no question 'night-rate' in this lesson; did you mean night?" in str(caught.value)


def test_the_outline_and_the_cards_know_the_parts(tmp_path: Path):
    """A case is no question; each card says which part of which case it is."""
    root = pack_of_kinds(tmp_path / "pack")
    packs = open_packs([root], tmp_path)[0]
    [topic] = packs.outline.topics
    cards = {card.id: card for card in packs.question_cards()}

    assert topic.questions == ("which-fleet", *IDS)
    assert tuple(cards) == topic.questions
    assert [(cards[id].case, cards[id].part) for id in IDS] == [("night", 1), ("night", 2), ("", 0), ("", 0)]
    again = open_packs([root], tmp_path)[0]
    assert again.question_cards() == packs.question_cards()
    assert again.question("night-rate").case == packs.question("night-rate").case


WRONG = [
    pytest.param(
        "    stem: Ines rolls", "    stam: Ines rolls", ["3:5: `stem` is missing", "5:5: unknown key"], id="key"
    ),
    pytest.param("- id: night-rate", "- id: night", ["31:13: the question id 'night' is taken"], id="a case's own id"),
    pytest.param("kind: numeric", "kind: case", ["32:15: `kind` is the text 'case'"], id="a case in a case"),
    pytest.param("accepts: [a]", "accepts: []", ["29:9: `accepts` is empty"], id="a part is checked"),
    pytest.param(
        "| 2 | 40 |", "| 2 | <b>40</b> |", ["10:13: HTML is not shown", "10:18: HTML is not shown"], id="exhibit"
    ),
    pytest.param(
        "green: [[1, 0], [2, 40]]",
        "green: [[1, 0]]",
        ["17:16: line 'green' needs at least two points"],
        id="a plot in it",
    ),
]


@pytest.mark.parametrize(("old", "new", "complaints"), WRONG)
def test_what_is_wrong_is_said_at_its_place(old, new, complaints):
    """With line and column, also inside of an exhibit."""
    text = file(CASE)
    assert text.count(old) == 1
    found = said(text.replace(old, new))

    assert len(found) == len(complaints)
    for each, complaint in zip(found, complaints, strict=True):
        assert each.startswith(complaint)


def test_one_part_is_no_case():
    """Two to four."""
    short = file(CASE[: CASE.index("      - id: night-rate")])

    assert said(short) == ["19:5: a case has 2 to 4 parts, and this one has 1; one question needs no case"]


def test_a_plot_that_figures_break_is_found_by_the_linter(tmp_path: Path):
    """At its place, with the seed."""
    broken = PACK["01-fleets/kinds.yaml"].replace("[5, {new}]]", "[5, {newest}]]")
    root = write_pack(tmp_path, PACK | {"01-fleets/kinds.yaml": broken})
    said = [str(problem) for problem in lint(Pack(root), lambda lab: ())]

    assert len(said) == 2
    assert "01-fleets/kinds.yaml:42:" in said[0] + said[1]
    assert "(with seed 0)" in said[0] + said[1]
