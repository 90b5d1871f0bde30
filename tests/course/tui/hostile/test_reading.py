"""Home, lessons, questions, glossary and palette of a pack whose author means harm."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette

from course.tui.home.screen import HomeScreen
from course.tui.lesson.lesson import LessonScreen
from tests.course.tui.driving import press, read, type_text, until
from tests.course.tui.hostile.driving import LINES, LONG, MARKUP, TEXTS, go, look, study, visitor
from tests.course.tui.hostile.pack import KINDS

WRONG = {
    "single": ("down", "down"),
    "multiple": ("3",),
    "ordering": ("J",),
    "matching": ("2", "1"),
    "numeric": ("2",),
    "short-text": ("2",),
    "fix": ("e", "x", "escape"),
}
"""The keys of some answer to each kind of question."""


@TEXTS
async def test_home(tmp_path, text):
    """Outline, card and trouble; what is seen is read, and a click on it is a click on a line."""
    async with visitor(study(tmp_path, text, warning=text)) as pilot:
        look(pilot)
        await go(pilot, "down", "down")
        if text == MARKUP:
            assert "[@click=app.quit]press[/]" in read(pilot)
        lines = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
        places = [(line.index("press") + 2, y) for y, line in enumerate(lines) if "press" in line]
        for place in places[:3]:
            await pilot.click(offset=place)
            await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert bool(places) == (text == MARKUP)


async def test_palette(tmp_path):
    """Titles and helps are listed as they stand, at once and when they are looked for."""
    async with visitor(study(tmp_path, MARKUP)) as pilot:
        await press(pilot, "ctrl+p")
        assert isinstance(pilot.app.screen, CommandPalette)
        await type_text(pilot, "press")
        await until(pilot, lambda: "Term: blue" in read(pilot))
        look(pilot)
        assert f"Lesson: {MARKUP} {MARKUP}" in read(pilot)


@pytest.mark.parametrize("text", [MARKUP, LONG], ids=["markup", "long"])
async def test_lesson(tmp_path, text):
    """Every page, and every question with its hints and verdict."""
    async with visitor(study(tmp_path, text), "fleets") as pilot:
        look(pilot)
        await go(pilot, "c")
        await press(pilot, "escape", "pagedown")
        await go(pilot, "end", "n")
        for kind in KINDS:
            if text == MARKUP or kind in ("single", "matching"):
                await press(pilot, *WRONG[kind], "f2")
                await go(pilot, "enter")
                await pilot.app.workers.wait_for_complete()
                look(pilot)
            await press(pilot, "ctrl+n")
        await go(pilot, "n", "n")
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_questions_answered_right(tmp_path):
    """What is said of a right answer, and the list of all questions at the end."""
    async with visitor(study(tmp_path, LINES)) as pilot:
        await press(pilot, "t")
        await go(pilot, "down", "enter", "3", "n")
        for _ in KINDS[1:]:
            await press(pilot, "ctrl+n")
        look(pilot)
        assert "1 of 7 questions right" in read(pilot)


@TEXTS
async def test_glossary(tmp_path, text):
    """The list, the card, what is found, and what is pasted to be found."""
    async with visitor(study(tmp_path, text), "glossary") as pilot:
        look(pilot)
        await go(pilot, "down", "tab", "enter")
        await type_text(pilot, "gren")
        look(pilot)
        assert " 1 term" in read(pilot)
