"""`mlcourse print`: where the files go, what is in them, and that a hostile pack does nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.course.content.conftest import FILES, write_pack
from tests.course.printed.test_lesson import ATTRIBUTES, TAGS, Seen
from tests.course.tui.hostile.pack import hostile_pack

SLY = '" onmouseover="alert(1)" --> &lt;script&gt;alert(1)&lt;/script&gt; $x$'


@pytest.fixture
def small(tmp_path):
    return write_pack(tmp_path / "small", FILES)


def test_a_lesson_in_a_file(mlcourse, small, tmp_path):
    """Of another pack, too; the answers are in it where they are asked for alone."""
    without = mlcourse("--pack", str(small), "print", "fleets", "--out", "f.html", "--json")
    page = (tmp_path / "f.html").read_text()
    with_them = mlcourse("--pack", str(small), "print", "fleets", "--out", "f.html", "--answers", "--seed", "3")

    assert without.code == with_them.code == 0
    assert without.json == {
        "files": [{"file": "f.html", "lesson": "fleets", "was": "new"}],
        "lessons": ["fleets"],
        "answers": False,
        "seed": 0,
    }
    assert "Two fleets" in page
    assert 'class="key"' not in page
    assert 'class="key"' in (tmp_path / "f.html").read_text()
    assert with_them.out == "1 lesson with the answers in f.html: 1 replaced.\n"


def test_lessons_in_a_folder_and_in_one_file(mlcourse, small, tmp_path):
    """Each file is named like its lesson; --one has all of them, one after the other."""
    mlcourse("--pack", str(small), "print", "fleets", "blue-green")
    together = mlcourse("--pack", str(small), "print", "fleets", "blue-green", "--one", "all.html")

    assert {path.name for path in (tmp_path / "printed").iterdir()} == {"fleets.html", "blue-green.html"}
    assert together.out.startswith("2 lessons without the answers in all.html")
    assert {("href", "#fleets"), ("href", "#blue-green")} <= set(Seen((tmp_path / "all.html").read_text()).attributes)


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        (("no-such",), "there is no lesson 'no-such'; see mlcourse lesson\n"),
        (("fleets", "blue-green", "--out", "x.html"), "x.html is one file for 2 lessons"),
        (("fleets", "--out", "mine.html"), "mine.html is there already, and mlcourse has not written it"),
        (("fleets", "--out", "mine.html/below"), "mine.html/below cannot be made a folder"),
        (("fleets", "--seed", "-1"), "must be a whole number from 0"),
    ],
)
def test_what_cannot_be(mlcourse, small, tmp_path, arguments, say):
    """It is said, and nothing is written over."""
    (tmp_path / "mine.html").write_text("mine")
    said = mlcourse("--pack", str(small), "print", *arguments)

    assert said.code == 2
    assert say in said.err
    assert (tmp_path / "mine.html").read_text() == "mine"


@pytest.mark.parametrize("answers", [(), ("--answers",)])
def test_a_hostile_pack_is_printed_as_text(mlcourse, tmp_path, answers):
    """Every text of every file has markup in it: the page has no element, attribute or address of it."""
    pack = hostile_pack(tmp_path / "pack", SLY)
    said = mlcourse("--pack", str(pack), "print", "fleets", "--out", "h.html", *answers)
    page = (tmp_path / "h.html").read_text()
    seen = Seen(page)

    assert said.code == 0
    assert seen.tags <= TAGS
    assert {key for key, _ in seen.attributes} <= ATTRIBUTES
    assert {urlsplit(value).scheme for key, value in seen.attributes if key == "href"} <= {"http", "https", ""}
    assert all(value.startswith("data:image/png") for key, value in seen.attributes if key == "src")
    assert "<script>alert(1)</script>" in seen.text
