"""The screen goes to what is saved, or stays where the author wants to stay."""

from __future__ import annotations

import pytest

from course.previews import Spot
from course.tui.home.screen import HomeScreen
from course.tui.preview.app import PreviewApp
from course.tui.preview.lesson import DraftScreen
from tests.course.tui.driving import LARGE, press, read, rows, shown, until
from tests.course.tui.preview.driving import PACK, previewed

TEXT, QUESTIONS, LAB = "01-fleets/lesson.md", "01-fleets/questions.yaml", "01-fleets/update/lab.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "seen"),
    [
        (TEXT, "Some *prose*", "Some other words", "Some other words, with <code>"),
        (TEXT, "The old fleet waits.", "It waits.", "Nothing is lost It waits."),
        (QUESTIONS, "How many fleets are there?", "How many are there?", "How many are there?"),
        (QUESTIONS, "text: Blue", "text: Cyan", "2 ○ Cyan"),
        ("glossary.yaml", "The old one.", "It was there before.", "It was there before."),
        ("02-alarms/lesson.md", "They ring.", "They are loud.", "Bells They are loud."),
        ("02-alarms/lesson.yaml", "title: Alarms", "title: Bells and whistles", "Bells and whistles"),
        ("course.yaml", "title: First part", "title: A beginning", "A beginning"),
    ],
)
async def test_what_is_saved_is_seen(tmp_path, name, old, new, seen):
    """Page, question, term, lesson and outline: whatever line is written, its place is on the screen."""
    async with previewed(tmp_path) as (pilot, author):
        await author.edit(name, old, new)
        await pilot.pause()

        assert seen in read(pilot)


async def test_a_lab_is_seen(tmp_path):
    """Any file of its folder leads to the lab, which is read anew."""
    async with previewed(tmp_path) as (pilot, author):
        await author.edit("01-fleets/update/brief.md", "Update the endpoint.", "Bring it into service.")
        await until(pilot, lambda: "Bring it into service." in read(pilot))
        await author.edit(LAB, "title: Goes back", "title: Returns")
        await until(pilot, lambda: "Returns" in read(pilot))


async def test_a_lab_stays_at_its_plan(tmp_path):
    """Who works on the plan is not sent to the brief, and sees the new one."""
    async with previewed(tmp_path, Spot(kind="lab", id="update")) as (pilot, author):
        await until(pilot, lambda: "Goals" in read(pilot))
        await press(pilot, "e")
        await author.save("01-fleets/update/start.yaml", "DeleteEndpoint: {EndpointName: churn}\n")
        await until(pilot, lambda: "DeleteEndpoint" in read(pilot))


async def test_staying(tmp_path):
    """One key, and the screen stays whatever is saved; the same key goes to what was saved last."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=1)) as (pilot, author):
        await press(pilot, "ctrl+k")
        before = shown(pilot)
        await author.edit("02-alarms/lesson.md", "They ring.", "They are loud.")
        await pilot.pause()
        assert shown(pilot) == before
        await press(pilot, "ctrl+k")

        assert "They are loud." in read(pilot)


async def test_the_lines_of_what_is_saved_are_in_sight(tmp_path):
    """A page that is longer than the screen is scrolled to what was written."""
    long = "## Long\n\n" + "\n\n".join(f"Paragraph {number}." for number in range(60)) + "\n"
    async with previewed(tmp_path) as (pilot, author):
        await author.save("02-alarms/lesson.md", long)
        await author.save("02-alarms/lesson.md", long.replace("Paragraph 45.", "This is new."))
        await until(pilot, lambda: "This is new." in read(pilot))


async def test_a_new_lesson(tmp_path):
    """A lesson that is written and then named is on the screen, and so is one whose name comes first."""
    async with previewed(tmp_path) as (pilot, author):
        await author.save("03-new/lesson.md", "## New\n\nJust written.\n")
        await author.save("03-new/lesson.yaml", PACK["02-alarms/lesson.yaml"].replace("id: alarms", "id: new"))
        await author.save("course.yaml", PACK["course.yaml"] + "      - {lesson: 03-new}\n")
        await author.edit("03-new/lesson.md", "Just written.", "Just mended.")
        await pilot.pause()

        assert "New Just mended." in read(pilot)


async def test_many_files_at_once(tmp_path):
    """After a checkout of another branch, what was written last is shown, and everything is as it is by now."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets")) as (pilot, author):
        for name in (QUESTIONS, "glossary.yaml", TEXT):
            (author.root / name).write_text(PACK[name].replace("The", "That"))
        await author.edit("02-alarms/lesson.md", "They ring.", "They sleep.")
        await pilot.pause()
        assert "They sleep." in read(pilot)
        await press(pilot, "g")

        assert "That old one." in read(pilot)


async def test_nothing_moves_for_what_is_not_shown(tmp_path):
    """Another file, a file that was only touched, a comment, and one that the course does not know change no line."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets")) as (pilot, author):
        await press(pilot, "ctrl+k")
        painted = pilot.app.screen.query_one("#column").children[0]
        before = rows(pilot)
        await author.save("notes.txt", "Not of the course.\n")
        await author.save(TEXT, PACK[TEXT])
        await author.save(QUESTIONS, "# a comment\n" + PACK[QUESTIONS])
        await author.edit("02-alarms/lesson.md", "They ring.", "They are loud.")
        await pilot.pause()

        assert rows(pilot) == before
        assert pilot.app.screen.query_one("#column").children[0] is painted


async def test_nobody_is_taken_away_from_an_exam_or_a_dialog(tmp_path):
    """With a dialog open the line says what was saved; once it is closed, the screen goes there."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets")) as (pilot, author):
        await press(pilot, "c")
        await author.edit("02-alarms/lesson.md", "They ring.", "They are loud.")
        await pilot.pause()
        assert isinstance(pilot.app, PreviewApp)
        assert pilot.app.standing.waiting == "02-alarms/lesson.md"
        await press(pilot, "escape")
        await until(pilot, lambda: "They are loud." in read(pilot))
        assert pilot.app.standing.waiting == ""


async def test_nothing_is_kept_and_that_is_said(tmp_path):
    """What is answered is known while the preview runs, and in no file."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=1), LARGE) as (pilot, author):
        files = {path for path in tmp_path.rglob("*") if path.is_file()}
        assert "nothing is kept" in read(pilot)
        await press(pilot, "down", "enter", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.study.journal.events()
        await author.edit(TEXT, "Some *prose*", "More")
        assert isinstance(pilot.app.screen, DraftScreen)

        assert {path for path in tmp_path.rglob("*") if path.is_file()} == files
