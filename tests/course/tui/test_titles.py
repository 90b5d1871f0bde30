"""Labs are called what their files call them, wherever they are shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.content.packs import built_in_pack
from course.ports import Study
from course.shelf import Shelf
from course.tui.lab.plan.pane import PlanPane
from course.tui.lab.screen import LabScreen
from course.tui.lab.workspace import Workspace
from course.tui.memory import LabMemory
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, rows, type_text, until
from tests.course.tui.fakes import Clock, FakeDesk, FakeJournal, event

COURSE = """\
format: 1
id: ours
title: Ours
parts:
  - {id: ours, numeral: V, title: Ours, topics: [{lesson: seven}]}
"""
LESSON = """\
format: 1
id: seven
revision: 1
title: The seventh
minutes: 10
about: Made by an instructor.
body: lesson.md
labs: [lab-07/lab.yaml]
"""
BEGUN = event("lesson-step", "seven", step=0, of=2, revision=1)


@pytest.fixture
def lab_file(tmp_path: Path) -> Path:
    """The lab of a second pack, which has a number for a name."""
    lesson = tmp_path / "pack" / "seven"
    [template] = built_in_pack().glob("*/first-guarded-update")
    shutil.copytree(template, lesson / "lab-07")
    (tmp_path / "pack" / "course.yaml").write_text(COURSE)
    (lesson / "lesson.yaml").write_text(LESSON)
    (lesson / "lesson.md").write_text("## A page\n\nText.\n\n{lab: lab-07}\n")
    edit(lesson / "lab-07" / "lab.yaml", "id: first-guarded-update", "id: lab-07")
    edit(lesson / "lab-07" / "lab.yaml", "title: First guarded update", "title: Trickle")
    return lesson / "lab-07" / "lab.yaml"


def edit(file: Path, old: str, new: str) -> None:
    """Replace the one place at which a text stands."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def started(lab_file: Path) -> Study:
    """The next start of the program, for a learner who has begun the lesson."""
    home = lab_file.parents[3] / "home"
    shelf = Shelf([lab_file.parents[2]], home)
    return Study(catalog=shelf, journal=FakeJournal([BEGUN]), desk=FakeDesk(), now=Clock())


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_a_lab_is_called_by_its_title(lab_file, size, monkeypatch):
    """On Home in the list and on the card, in the palette, and on its own screen."""
    monkeypatch.setattr(PlanPane, "CHECK_PAUSE_S", 3600)  # this desk checks no plan, however slow the test is
    async with learner(started(lab_file), size=size) as pilot:
        assert "◆ Lab Trickle" in read(pilot)

        await press(pilot, "end")
        assert "◆ Trickle" in read(pilot)

        await press(pilot, "ctrl+p")
        await type_text(pilot, "trickle")
        await until(pilot, lambda: "Lab: Trickle" in read(pilot))
        await press(pilot, "escape", "l")
        assert isinstance(pilot.app.screen, LabScreen)
        await until(pilot, lambda: bool(pilot.app.screen.query(Workspace)))
        assert "Trickle" in rows(pilot)[0]


async def test_an_edited_title_is_shown_after_the_edit(lab_file):
    """An author sees it at the next start."""
    assert started(lab_file).catalog.outline.title_of("lab", "lab-07") == "Trickle"
    edit(lab_file, "title: Trickle", "title: A trickle, and a flood")

    async with learner(started(lab_file), "end") as pilot:
        assert "A trickle, and a flood" in read(pilot)


def test_the_title_is_there_before_the_lab(lab_file):
    """What the learner chose stands in the first line at once."""
    assert LabScreen(started(lab_file), "lab-07", LabMemory()).title_bar.heading == "Trickle"


async def test_a_lab_of_a_broken_file_shows_its_id(lab_file):
    """No title is made up; the lab's own screen says what is wrong."""
    lab_file.write_text("format: 1\ntitle: [Trickle\n")
    async with learner(started(lab_file), "end") as pilot:
        assert "◆ lab-07" in read(pilot)

        await press(pilot, "l")
        await until(pilot, lambda: "lab.yaml" in read(pilot))
        assert "lab-07" in rows(pilot)[0]
