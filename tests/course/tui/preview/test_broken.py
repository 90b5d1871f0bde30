"""What is wrong stands in its place, all else can be used, and a good save brings everything back."""

from __future__ import annotations

import pytest

from course.previews import Fault, Spot
from course.tui.home.screen import HomeScreen
from course.tui.preview.app import PreviewApp
from course.tui.preview.broken import BrokenScreen
from course.tui.preview.lesson import DraftScreen
from tests.course.tui.driving import LARGE, press, read, rows, until
from tests.course.tui.preview.driving import COURSE, PACK, counted, previewed

TEXT, QUESTIONS, LAB = "01-fleets/lesson.md", "01-fleets/questions.yaml", "01-fleets/update/lab.yaml"
FLEETS = Spot(kind="lesson", id="fleets")


async def test_a_broken_question_stands_in_its_place(tmp_path):
    """Place, problem, remedy, the lines and a caret below the column; the pages around it are as they were."""
    async with previewed(tmp_path, FLEETS, LARGE) as (pilot, author):
        await author.edit(QUESTIONS, "value: 2", "valeu: 2")
        await until(pilot, lambda: "01-fleets/questions.yaml:16:5 unknown key 'valeu'" in read(pilot).replace("▌ ", ""))
        lines = [row.rstrip() for row in rows(pilot)]
        at = next(number for number, line in enumerate(lines) if "16 │     valeu: 2" in line)
        assert lines[at + 1].index("^") == lines[at].index("valeu")
        assert "→ did you mean value?" in read(pilot)
        await press(pilot, "p")
        assert "The old fleet waits." in read(pilot)
        await author.edit(QUESTIONS, "valeu: 2", "value: 2")
        await pilot.pause()

        assert "How many fleets are there?" in read(pilot)


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        (QUESTIONS, "stem: Which fleet", "stem: 'Which fleet", "01-fleets/questions.yaml:5:11"),
        (TEXT, "The old fleet waits.", "<b>The old</b> fleet.", "01-fleets/lesson.md:19:1"),
        (TEXT, "blue: [[0, 100], [5, 0]]", "blue: [[0, 100]]", "01-fleets/lesson.md:10:"),
        (TEXT, "{question: how-many}", "{question: how-mny}", "01-fleets/lesson.md:21:1"),
        (QUESTIONS, "accepts: [a]", "accepts: [c]", "01-fleets/questions.yaml:11:"),
    ],
    ids=["an open quote", "markup", "a plot", "a wrong name", "a wrong key"],
)
async def test_the_rest_of_the_lesson_and_the_course_stay(tmp_path, name, old, new, where):
    """Whatever is wrong in a lesson: it is told at its step, with the same step after the mending, and all other
    lessons open."""
    async with previewed(tmp_path, FLEETS) as (pilot, author):
        await author.edit(name, old, new)
        await until(pilot, lambda: where in read(pilot))
        step = pilot.app.screen.pager.step
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        await press(pilot, "end", "enter")
        assert "They ring." in read(pilot)
        await author.edit(name, new, old)
        await pilot.pause()
        await counted(pilot, 0)

        assert isinstance(pilot.app.screen, DraftScreen)
        assert pilot.app.screen.pager.step == step
        assert where not in read(pilot)


@pytest.mark.parametrize("broken", ["format: 1\nparts: [", COURSE.replace("title: A small course\n", ""), ""])
async def test_a_broken_outline(tmp_path, broken):
    """What is wrong with it is shown; the lessons that were there can be read on, and it comes back."""
    async with previewed(tmp_path, FLEETS) as (pilot, author):
        await author.save("course.yaml", broken)
        await until(pilot, lambda: "course.yaml:" in read(pilot))
        assert isinstance(pilot.app.screen, BrokenScreen)
        await author.edit(TEXT, "Some *prose*", "More words")
        await pilot.pause()
        assert "More words" in read(pilot)
        await author.save("course.yaml", COURSE)
        await pilot.pause()

        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_pack_that_is_broken_from_the_start(tmp_path):
    """The preview begins with what is wrong, and with the mending the course is there."""
    async with previewed(tmp_path, course_yaml="format: 1\nparts: [") as (pilot, author):
        assert "course.yaml:3:1 ▌ a value is missing here" in read(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        await author.save("course.yaml", COURSE)
        await pilot.pause()

        assert "Two fleets" in read(pilot)


async def test_a_broken_lab(tmp_path):
    """It is told in place of the lab; the lesson that it belongs to can be read."""
    async with previewed(tmp_path, Spot(kind="lab", id="update")) as (pilot, author):
        await author.edit(LAB, "at_least: 0.9, say: It was fine.", "at_lest: 0.9, say: It was fine.")
        await until(pilot, lambda: "01-fleets/update/lab.yaml:32:" in read(pilot))
        await press(pilot, "escape", "down", "enter")
        assert isinstance(pilot.app.screen, DraftScreen)
        await author.edit(LAB, "at_lest: 0.9, say: It was fine.", "at_least: 0.9, say: It was fine.")
        await until(pilot, lambda: "Goals" in read(pilot))


async def test_a_broken_glossary(tmp_path):
    """It is told in place of the glossary; the terms on the pages are as they were."""
    async with previewed(tmp_path) as (pilot, author):
        await author.edit("glossary.yaml", "definition: The new one.", "defintion: The new one.")
        await until(pilot, lambda: "glossary.yaml:3:" in read(pilot))
        assert isinstance(pilot.app.screen, BrokenScreen)
        await author.edit(TEXT, "Some *prose*", "A blue fleet")
        await pilot.pause()
        await press(pilot, "t")
        assert "The old one." in read(pilot)
        await press(pilot, "escape")
        await author.edit("glossary.yaml", "defintion: The new one.", "definition: The newer one.")
        await pilot.pause()

        assert "The newer one." in read(pilot)


async def test_the_folder_goes_and_comes_back(tmp_path):
    """Nothing ends; it is said that the files are gone, and once they are back so is the lesson."""
    async with previewed(tmp_path, FLEETS) as (pilot, author):
        await author.take_away()
        await until(pilot, lambda: "there is no such file" in read(pilot))
        await author.bring_back()
        await counted(pilot, 0)
        await author.edit(TEXT, "Some *prose*", "Back again")
        await pilot.pause()

        assert "Back again" in read(pilot)


async def test_the_list_of_problems(tmp_path):
    """The line counts what a check finds without running anything; a key lists it, and Enter goes to its place."""
    async with previewed(tmp_path) as (pilot, author):
        await counted(pilot, 0)
        await press(pilot, "ctrl+e")
        assert "No problems." in read(pilot)
        await press(pilot, "escape", "ctrl+k")
        await author.edit(QUESTIONS, 'accepts: ["2"]', 'accepts: ["4"]')
        await author.edit("02-alarms/lesson.yaml", "needs: []", "needs: [bells]")
        await counted(pilot, 2)
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "2 problems ^e" in read(pilot)
        await press(pilot, "ctrl+e", "enter")
        await until(pilot, lambda: "01-fleets/questions.yaml:19:" in read(pilot))
        assert "How many fleets are there?" in read(pilot)
        await press(pilot, "ctrl+e", "down", "enter")
        await until(pilot, lambda: "02-alarms/lesson.yaml:6:" in read(pilot))


async def test_the_last_check_wins(tmp_path):
    """A check that was begun earlier and ends later says nothing any more."""
    async with previewed(tmp_path) as (pilot, _):
        await counted(pilot, 0)
        assert isinstance(pilot.app, PreviewApp)
        stale = Fault(file="course.yaml", line=1, column=1, say="It was wrong.")
        pilot.app.post_message(PreviewApp.Checked((stale,), 0))
        await pilot.pause()

        assert pilot.app.standing.problems == 0


@pytest.mark.parametrize(
    "text", ["\x1b]0;owned\x07\x1b[31m", "[@click=app.quit]press[/] [bold", "\u202egnp.exe", "a" * 5000]
)
async def test_hostile_lines_are_shown_and_nothing_else(tmp_path, text):
    """Escapes, markup and lines without end in a broken file are text like any other."""
    async with previewed(tmp_path, FLEETS) as (pilot, author):
        await author.edit(QUESTIONS, "kind: numeric", f"kind: {text}")
        await until(pilot, lambda: "01-fleets/questions.yaml:" in read(pilot))
        assert not {"\x1b", "\x07", "\u202e"} & set("".join(rows(pilot)))
        await pilot.click("FaultsView")
        await counted(pilot, pilot.app.standing.problems or 1)
        await press(pilot, "ctrl+e")
        assert not {"\x1b", "\x07", "\u202e"} & set("".join(rows(pilot)))
        assert PACK[QUESTIONS] != (author.root / QUESTIONS).read_text()
