"""`mlcourse lesson` and `mlcourse ID`: a lesson line by line, and the course opened at a place."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from course.cli import open_course
from course.cli.study.lesson import prose
from course.cli.words import completed
from course.report import plots
from course.syllabus import Plot
from tests.course.cli.study.test_practice import events
from tests.course.content.conftest import FILES, TEAL, write_pack

DIAGRAM = "```text {about}\n  old ──▶ new\n  ┌─┐\n```"
COMMANDS = ("open", "lab", "quiz", "lesson", "review")


@pytest.fixture
def read(mlcourse, tmp_path, clock, monkeypatch):
    """Read the lesson of the small pack, and type these lines."""
    pack = write_pack(
        tmp_path / "pack",
        FILES
        | {
            "course.yaml": FILES["course.yaml"]
            .replace("id: small", "id: small-course")
            .replace("id: first", "id: one"),
            "glossary.yaml": TEAL,
            "01-fleets/lesson.yaml": FILES["01-fleets/lesson.yaml"].replace("[blue, green]", "[teal]"),
        },
    )

    def run(*lines, command=("lesson", "fleets")):
        monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{line}\n" for line in lines)))
        return mlcourse("--pack", str(pack), *command)

    return run


def test_a_lesson_from_page_to_page(read, home):
    """Read, asked and named; what was seen is written down, and the end says what is open."""
    first = read("", "a", "quit")
    rest = read("a", "", "")
    last = [each.data["step"] for each in events(home, "lesson-step")]
    [answered, *_] = events(home, "answered")

    assert first.code == rest.code == 0
    assert "Page 1 of 3: Blue and green\n\nSome prose, with <code> and a link (https://example.com/)." in first.out
    assert "A plot: Traffic.\nAcross: minutes. Upwards: share.\nLine blue: 100 at 0, 0 at 5." in first.out
    assert "You are on page 2 of 3. Go on with: mlcourse lesson fleets" in first.out
    assert "Page 2 of 3: a question" in rest.out
    assert "mlcourse lab grade update plan.yaml" in rest.out
    assert "The end of the lesson. Open: lab open." in rest.out
    assert last == [0, 1, 1, 2]
    assert (answered.data["where"], answered.data["lesson"]) == ("lesson", "fleets")
    assert len(events(home, "lesson-finished")) == 1


def test_who_jumps_to_the_end_has_not_read_it(read, home):
    """Pages are numbered from 1, and one beyond the end is the last."""
    run = read("9", "back", "quit", command=("lesson", "fleets", "--page", "9"))

    assert [each.data["step"] for each in events(home, "lesson-step")] == [2, 1]
    assert "Page 3 of 3" in run.out
    assert events(home, "lesson-finished") == []


def test_all_pages_at_once_write_nothing_down(read, home):
    """Printing is not reading."""
    run = read(command=("lesson", "fleets", "--all"))
    view = read(command=("lesson", "fleets", "--json")).json

    assert all(f"Page {number} of 3" in run.out for number in (1, 2, 3))
    assert [page["kind"] for page in view["pages"]] == ["reading", "checkpoint", "practice"]
    assert events(home, "lesson-step") == []
    assert "fleets: Two fleets" in read(command=("lesson",)).out
    assert "did you mean fleets?" in read(command=("lesson", "fleet")).err


def test_a_diagram_is_told_where_it_is_described():
    """On screen it stands as well; to be read out, one without words is drawn in ASCII."""
    told, bare = DIAGRAM.format(about="Old leads to new."), DIAGRAM.format(about="").replace(" \n", "\n")

    assert list(prose.lines(told, plain=True)) == ["A diagram: Old leads to new."]
    assert list(prose.lines(told, plain=False))[1] == "  old ──▶ new"
    assert list(prose.lines(bare, plain=True)) == ["A diagram, 2 lines:", "  old ---> new", "  +-+"]


def test_tables_and_lists_keep_their_sense():
    """Each value stands behind the name of its column."""
    text = "| | Blue |\n|---|---|\n| Speed | *fast* |\n\n1. one\n2. two\n   - inner\n"

    assert list(prose.lines(text, plain=True)) == [
        *("A table with 1 row.", "- Speed; Blue: fast", ""),
        *("1. one", "2. two", "  - inner"),
    ]


def test_lines_of_a_plot_share_a_row_for_each_place():
    """As a table, where they can."""
    plot = Plot(title="T", x="x", y="y", series={"a": ((0, 1), (5, 2)), "b": ((0, 3), (5, 4.5))}, steps=True)

    assert list(plots.told(plot))[2:] == [
        *("Each value holds until the next point.", "Lines: a, b."),
        *("- at 0: a 1, b 3", "- at 5: a 2, b 4.5"),
    ]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("fleets", "open fleets"),
        ("--pack DIR fleets", "--pack DIR open fleets"),
        ("--pack=DIR fleets --plain", "--plain --pack=DIR open fleets"),
        ("lab list --plain", "--plain lab list"),
        ("quiz", "quiz take"),
        ("quiz --kind single", "quiz take --kind single"),
        ("quiz fleets", "quiz take fleets"),
        ("quiz ask id", "quiz ask id"),
        ("review", "review"),
        ("--help", "--help"),
    ],
)
def test_words_that_need_not_be_typed(given, meant):
    """Commands stay what they are."""
    assert completed(given.split(), COMMANDS) == meant.split()


def test_a_place_opens_the_course_there(read, monkeypatch):
    """A lesson is read in lines where there is no terminal; a lab needs one; what is neither is said."""
    opened = []
    lesson = read("quit", command=("fleets",))
    lab = read(command=("update",))
    wrong = read(command=("fleet",))
    monkeypatch.setattr(open_course, "open_course", lambda packs, start, plain: opened.append((start, plain)) or 0)
    read(command=("playground",))
    read(command=("open", "review", "--plain"))

    assert "Page 1 of 3" in lesson.out
    assert (lab.code, lab.out) == (2, "")
    assert "needs a terminal" in lab.err
    assert (wrong.code, "did you mean fleets?" in wrong.err) == (2, True)
    assert opened == [("playground", False), ("review", True)]
