"""A pack as it is at each moment: where lines belong, what is wrong, what stays readable."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from course.content.drafts.pack import DraftPack
from course.content.drafts.spots import spot_of
from course.content.packs import Packs
from course.previews import Spot
from course.syllabus import Checkpoint, Reading
from course.watching.excerpts import WIDEST, excerpt_of
from course.watching.preview import PackPreview, pack_at
from tests.course.content.conftest import FILES, LESSON, QUESTIONS, write_pack

CASE = """\
  - id: night
    kind: case
    stem: A night.
    parts:
      - {id: first-part, kind: numeric, stem: One?, value: 1, hints: [One.], explain: One.,
         accepts: ["1"], rejects: ["2"]}
      - kind: numeric
        id: second-part
        stem: Two?
        value: 2
        hints: [Two.]
        explain: Two.
        accepts: ["2"]
        rejects: ["1"]
"""
OUTLINE = Spot(kind="outline")


def _preview(root: Path) -> PackPreview:
    return PackPreview(root, lambda: Packs(()))


def _spot(root: Path, name: str, line: int = 1) -> Spot | None:
    return spot_of(DraftPack(root), PurePosixPath(name), line)


@pytest.mark.parametrize(
    ("name", "line", "kind", "id", "step"),
    [
        ("course.yaml", 3, "outline", "", None),
        ("glossary.yaml", 5, "glossary", "blue", None),
        ("01-fleets/lesson.yaml", 4, "lesson", "fleets", None),
        ("01-fleets/lesson.md", 1, "lesson", "fleets", 0),
        ("01-fleets/lesson.md", 9, "lesson", "fleets", 0),
        ("01-fleets/lesson.md", 13, "lesson", "fleets", 1),
        ("01-fleets/lesson.md", 14, "lesson", "fleets", 1),
        ("01-fleets/lesson.md", 15, "lesson", "fleets", 2),
        ("01-fleets/questions.yaml", 9, "lesson", "fleets", 1),
        ("01-fleets/update/lab.yaml", 9, "lab", "update", None),
        ("01-fleets/update/whatever.txt", 1, "lab", "update", None),
        ("01-fleets/notes.md", 1, "lesson", "fleets", None),
    ],
)
def test_where_a_line_belongs(root, name, line, kind, id, step):
    """Outline, term, page, question, lab: by file and line."""
    spot = _spot(root, name, line)

    assert spot is not None
    assert (spot.kind, spot.id, spot.step) == (kind, id, step)


@pytest.mark.parametrize("name", ["README.md", "elsewhere/lesson.md", "01-fleets-old/lesson.md"])
def test_a_file_that_the_course_does_not_show(root, name):
    """It has no place, whatever it is called."""
    assert _spot(root, name) is None


@pytest.mark.parametrize("broken", [False, True], ids=["right", "no YAML"])
def test_the_parts_of_a_case(root, broken):
    """Each line of a case leads to its own part, and the scenario to the first; also while the file is no YAML."""
    text = QUESTIONS + CASE
    write_pack(root, {"01-fleets/questions.yaml": text, "01-fleets/lesson.md": FILES["01-fleets/lesson.md"]})
    with (root / "01-fleets/lesson.md").open("a") as body:
        body.write("\n{question: night}\n")
    lines = text.split("\n")
    wanted = {"A night.": 3, "One?": 3, "Two?": 4, "Which fleet": 1}
    if broken:
        (root / "01-fleets/questions.yaml").write_text(text + "  - id: [\n")
        wanted = {"Which fleet": 1, "A night.": 3}
    steps = {}
    for words in wanted:
        number = next(at for at, line in enumerate(lines, 1) if words in line)
        spot = _spot(root, "01-fleets/questions.yaml", number)
        steps[words] = spot.step if spot else None

    assert {words: steps[words] for words in wanted} == wanted


def test_one_wrong_question_covers_itself_alone(root):
    """The sound one beside it is there, and of the wrong one is said what is wrong, not that it is missing."""
    wrong = (
        QUESTIONS.replace("which-fleet", "another").replace("format: 1\nquestions:\n", "").replace("single", "singel")
    )
    write_pack(root, {"01-fleets/questions.yaml": QUESTIONS + wrong})
    with (root / "01-fleets/lesson.md").open("a") as body:
        body.write("\n{question: another}\n")
    draft = _preview(root).draft("fleets")

    assert [type(step).__name__ for step in draft.lesson.steps] == ["Reading", "Checkpoint", "Practice", "Reading"]
    assert [(fault.where, fault.spot.step if fault.spot else None) for fault in draft.faults] == [
        ("01-fleets/questions.yaml:14:11", 3)
    ]


@pytest.mark.parametrize(
    "text", ["", "title: [", LESSON.replace("id: fleets", "id: [fleets"), LESSON + "title: Again\n"]
)
def test_a_lesson_whose_own_file_breaks(root, text):
    """Its line in the outline and its pages stay as they were; what is wrong is told of it."""
    preview = _preview(root)
    (root / "01-fleets/lesson.yaml").write_text(text)
    changed = preview.look()
    draft = preview.draft("fleets")

    assert changed is not None
    assert changed.spot is not None
    assert (changed.spot.kind, changed.spot.id) == ("lesson", "fleets")
    assert [topic.title for topic in preview.catalog.outline.topics] == ["Two fleets"]
    assert isinstance(draft.lesson.steps[1], Checkpoint)
    assert {fault.file for fault in draft.faults} == {"01-fleets/lesson.yaml"}


def test_a_new_lesson_that_cannot_be_read_is_told_in_place_of_the_outline(root):
    """Nobody knows its place yet, so it is told where there is room."""
    preview = _preview(root)
    write_pack(root, {"02-new/lesson.yaml": "title: ["})
    (root / "course.yaml").write_text(FILES["course.yaml"] + "      - {lesson: 02-new}\n")
    changed = preview.look()

    assert changed is not None
    assert changed.spot == OUTLINE
    assert {fault.file for fault in preview.faults_at(OUTLINE)} == {"02-new/lesson.yaml"}
    assert [topic.id for topic in preview.catalog.outline.topics] == ["fleets"]


def test_what_cannot_be_read_has_an_empty_page(root):
    """A text that is gone leaves one page with the lesson's title, and the sentence about the missing file."""
    (root / "01-fleets/lesson.md").unlink()
    draft = _preview(root).draft("fleets")

    assert draft.lesson.steps == (Reading(title="Two fleets", blocks=()),)
    assert "lesson.md" in draft.faults[0].say


def test_cards_and_questions_leave_out_what_is_wrong(root):
    """Practice and search work on with whatever is right."""
    (root / "01-fleets/questions.yaml").write_text(QUESTIONS.replace("single", "singel"))
    preview = _preview(root)
    assert preview.catalog.question_cards() == ()
    (root / "01-fleets/questions.yaml").write_text(QUESTIONS)
    preview.look()

    assert [card.id for card in preview.catalog.question_cards()] == ["which-fleet"]
    assert preview.catalog.question("which-fleet").id == "which-fleet"


@pytest.mark.parametrize(
    ("id", "kind", "step"),
    [("fleets", "lesson", None), ("which-fleet", "lesson", 1), ("update", "lab", None), ("blue", "glossary", None)],
)
def test_a_place_by_its_id(root, id, kind, step):
    """Lesson, question, lab, term."""
    spot = _preview(root).spot_named(id)

    assert spot is not None
    assert (spot.kind, spot.step) == (kind, step)


def test_the_pack_of_a_folder(root, tmp_path):
    """The folder itself or one above; none where there is no outline."""
    assert [pack_at(root), pack_at(root / "01-fleets" / "update"), pack_at(tmp_path)] == [root, root, None]


@pytest.mark.parametrize("column", [1, 30, 63, 200, 400])
def test_a_long_line_is_cut_around_the_column(column):
    """The caret points at the same character, and no line is wider than there is room."""
    line = "".join(chr(ord("a") + at % 26) for at in range(400))
    excerpt, caret = excerpt_of(["first", line, "last"], 2, column)

    assert [number for number, _ in excerpt] == [1, 2, 3]
    assert all(len(text) <= WIDEST + 1 for _, text in excerpt)
    assert excerpt[1][1][caret] == line[column - 1]
