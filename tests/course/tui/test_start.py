"""Starting: what is imported on the way to the first screen."""

from __future__ import annotations

import subprocess
import sys

import pytest

import course.tui
from course.tui.app import CourseApp
from tests.course.tui import fakes
from tests.course.tui.driving import press, shown

HEAVY = ("numpy", "matplotlib", "botocore", "pydantic", "simpy", "markdown_it", "yaml", "sqlite3", "tree_sitter")


def test_the_first_screen_needs_nothing_heavy():
    """Importing the app leaves out everything that only lessons and labs need."""
    code = f"import sys, course.tui.app; print([name for name in {HEAVY} if name in sys.modules])"
    root = str(next(iter(course.tui.__path__))).removesuffix("/course/tui")
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("theme", ["mlcourse-light", "mlcourse-ansi", "textual-dark"])
async def test_any_theme_draws_every_screen(theme):
    """Our stylesheets use no colour that another theme lacks."""
    app = CourseApp(fakes.study())
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        for keys in (["enter", "enter", "enter"], ["escape", "g"], ["escape", "t"], ["question_mark"]):
            await press(pilot, *keys)

        assert "Keys that work here" in shown(pilot)


async def test_nothing_moves_where_motion_is_unwanted(monkeypatch):
    """Scrolling jumps at once, so that TEXTUAL_ANIMATIONS=none changes nothing that matters."""
    app = CourseApp(fakes.study(), "canary")
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "end")
        page = app.screen.query_one("Page")

        assert page.scroll_offset.y == page.max_scroll_y
